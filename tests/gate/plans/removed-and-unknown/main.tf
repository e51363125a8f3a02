resource "aws_route_table" "rt" {
  vpc_id = "vpc-0abc1230000000001"
  route {
    cidr_block = "10.91.0.0/16"
    vpc_peering_connection_id = "pcx-0abc1230000000001"
  }
  route {
    cidr_block = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.new.id
  }
}
resource "aws_route_table" "same" {
  vpc_id = "vpc-0abc1230000000001"
  route {
    cidr_block = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.new.id
  }
}
resource "aws_security_group" "ranges" {
  name = "ranges"
  ingress {
    from_port = 5432
    to_port = 5432
    protocol = "tcp"
    security_groups = [aws_security_group.new.id]
  }
}
resource "aws_security_group" "groups" {
  name = "groups"
  ingress {
    from_port = 5432
    to_port = 5432
    protocol = "tcp"
    security_groups = [aws_security_group.new.id]
  }
}
resource "aws_s3_bucket_policy" "unknown" {
  bucket = "b2"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "tls", Effect = "Deny", Action = "s3:*", Resource = aws_s3_bucket.new.arn, Principal = "*" }] })
}
resource "aws_iam_role" "inline" {
  name = "inline"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
  inline_policy {
    name = "a"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })
  }
}
resource "aws_iam_group_membership" "g" {
  name = "g"
  group = "ops"
  users = ["bob"]
}
resource "aws_db_option_group" "o" {
  name = "o"
  engine_name = "mysql"
  major_engine_version = "8.0"
}
resource "aws_lb_listener_rule" "r" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/0123456789abcdef/0123456789abcdef"
  priority = 10
  action {
    type = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/0123456789abcdef"
  }
  condition {
    path_pattern { values = ["/admin/*"] }
  }
}
resource "aws_lb_listener" "swap" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/0123456789abcdef"
  port = 80
  protocol = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      port = "443"
      protocol = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}
resource "aws_route53_record" "one" {
  zone_id = "Z1"
  name = "one.example.com"
  type = "A"
  ttl = 60
  records = [aws_eip.new.public_ip]
}
resource "aws_route53_zone" "z" {
  name = "internal.example.com"
  vpc { vpc_id = "vpc-0abc1230000000001" }
}
resource "aws_wafv2_ip_set" "i" {
  name = "i"
  scope = "REGIONAL"
  ip_address_version = "IPV4"
  addresses = ["203.0.113.2/32"]
}
resource "aws_dynamodb_table" "cap" {
  name = "cap"
  hash_key = "a"
  read_capacity = 5
  write_capacity = 5
  attribute {
    name = "a"
    type = "S"
  }
  attribute {
    name = "b"
    type = "S"
  }
  global_secondary_index {
    name = "by-b"
    hash_key = "b"
    projection_type = "ALL"
    read_capacity = 9
    write_capacity = 5
  }
}
resource "aws_s3_bucket_replication_configuration" "rep" {
  bucket = "src"
  role = "arn:aws:iam::123456789012:role/r"
  rule {
    id = "all"
    priority = 1
    status = "Enabled"
    delete_marker_replication { status = "Enabled" }
    filter {}
    destination { bucket = "arn:aws:s3:::dst" }
  }
}
resource "aws_efs_file_system" "fs" {
}
resource "aws_cognito_user_pool_client" "cl" {
  name = "cl"
  user_pool_id = "eu-west-1_abc"
  prevent_user_existence_errors = "ENABLED"
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows = ["code"]
  allowed_oauth_scopes = ["openid"]
  callback_urls = ["https://a.example.com/"]
}
resource "aws_codepipeline" "p" {
  name = "p"
  role_arn = "arn:aws:iam::123456789012:role/r"
  artifact_store {
    location = "bucket"
    type = "S3"
  }
  stage {
    name = "Source"
    action {
      name = "S"
      category = "Source"
      owner = "AWS"
      provider = "CodeCommit"
      version = "1"
      output_artifacts = ["s"]
      configuration = {
        RepositoryName = "r"
        BranchName = "main"
      }
    }
  }
  stage {
    name = "Deploy"
    action {
      name = "D"
      category = "Deploy"
      owner = "AWS"
      provider = "S3"
      version = "1"
      input_artifacts = ["s"]
      configuration = {
        BucketName = "b"
        Extract = "true"
      }
    }
  }
}
resource "aws_lambda_function" "fn" {
  function_name = "fn"
  role = "arn:aws:iam::123456789012:role/r"
  handler = "a.b"
  runtime = "python3.12"
  s3_bucket = "b"
  s3_key = "k"
  environment {
    variables = {
      A = "1"
    }
  }
}

resource "aws_nat_gateway" "new" {
  connectivity_type = "private"
  subnet_id = "subnet-0abc1230000000001"
}
resource "aws_security_group" "new" {
  name = "new"
}
resource "aws_s3_bucket" "new" {
  bucket = "new"
}
resource "aws_eip" "new" {
  domain = "vpc"
}
