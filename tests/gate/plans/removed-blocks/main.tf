resource "aws_network_acl" "n" {
  vpc_id = "vpc-0abc1230000000001"
  ingress {
    rule_no = 100
    action = "allow"
    protocol = "-1"
    from_port = 0
    to_port = 0
    cidr_block = "0.0.0.0/0"
  }
}
resource "aws_security_group" "narrow" {
  name = "narrow"
  ingress {
    from_port = 22
    to_port = 22
    protocol = "tcp"
    cidr_blocks = ["198.51.100.7/32"]
  }
}
resource "aws_security_group" "split" {
  name = "split"
  ingress {
    from_port = 443
    to_port = 443
    protocol = "tcp"
    cidr_blocks = ["10.0.1.0/24"]
  }
  ingress {
    from_port = 443
    to_port = 443
    protocol = "tcp"
    description = "one"
    cidr_blocks = ["10.0.0.0/24"]
  }
}
resource "aws_security_group" "lost" {
  name = "lost"
  ingress {
    from_port = 443
    to_port = 443
    protocol = "tcp"
    cidr_blocks = ["10.0.1.0/24"]
  }
}
resource "aws_dynamodb_table" "gsi" {
  name = "gsi"
  hash_key = "a"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "a"
    type = "S"
  }
}
resource "aws_dynamodb_table" "rep" {
  name = "rep"
  hash_key = "a"
  billing_mode = "PAY_PER_REQUEST"
  stream_enabled = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "a"
    type = "S"
  }
  replica { region_name = "eu-west-1" }
}
resource "aws_wafv2_web_acl" "w" {
  name = "w"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name = "w"
    sampled_requests_enabled = true
  }
  rule {
    name = "rate"
    priority = 1
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit = 1000
        aggregate_key_type = "IP"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name = "r"
      sampled_requests_enabled = true
    }
  }
}
resource "aws_backup_plan" "b" {
  name = "b"
  rule {
    rule_name = "daily"
    target_vault_name = "vault"
    schedule = "cron(0 3 * * ? *)"
  }
}
resource "aws_s3_bucket_notification" "n" {
  bucket = "b1"
  queue {
    id = "two"
    queue_arn = "arn:aws:sqs:eu-west-1:123456789012:two"
    events = ["s3:ObjectRemoved:*"]
  }
}
resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "p" {
  name = "p"
  role = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })
}
resource "aws_s3_bucket_policy" "tls" {
  bucket = "b2"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "RequireTls", Effect = "Deny", Action = "s3:*", Resource = "*", Principal = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } },
    { Sid = "read", Effect = "Allow", Action = "s3:GetObject", Resource = "*", Principal = { AWS = "123456789012" } }] })
}
resource "aws_cloudfront_distribution" "c" {
  enabled = true
  aliases = ["a.example.com"]
  origin {
    origin_id = "one"
    domain_name = "one.example.com"
    custom_origin_config {
      http_port = 80
      https_port = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols = ["TLSv1.2"]
    }
  }
  origin {
    origin_id = "two"
    domain_name = "two.example.com"
    custom_origin_config {
      http_port = 80
      https_port = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    allowed_methods = ["GET", "HEAD"]
    cached_methods = ["GET", "HEAD"]
    target_origin_id = "one"
    viewer_protocol_policy = "https-only"
    cache_policy_id = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }
  restrictions {
    geo_restriction { restriction_type = "none" }
  }
  viewer_certificate { cloudfront_default_certificate = true }
}
resource "aws_route53_record" "rr" {
  zone_id = "Z1"
  name = "x.example.com"
  type = "A"
  ttl = 60
  records = ["192.0.2.2"]
}
resource "aws_route_table" "moved" {
  vpc_id = "vpc-0abc1230000000001"
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = "igw-0abc1230000000002"
  }
}
resource "aws_s3_bucket_lifecycle_configuration" "ren" {
  bucket = "b3"
  rule {
    id = "new-name"
    status = "Enabled"
    filter { prefix = "tmp/" }
    expiration { days = 7 }
  }
}
resource "aws_s3_bucket_lifecycle_configuration" "tr" {
  bucket = "b4"
  rule {
    id = "audit"
    status = "Enabled"
    filter { prefix = "a/" }
    transition {
      days = 90
      storage_class = "GLACIER"
    }
  }
}
resource "aws_secretsmanager_secret" "s" {
  name = "s"
}
resource "aws_launch_template" "grow" {
  name = "grow"
  image_id = "ami-0aaaaaaaaaaaaaaa1"
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs { volume_size = 60 }
  }
}
resource "aws_ecs_service" "e" {
  name = "e"
  cluster = "c"
  task_definition = "t:1"
  desired_count = 1
}
resource "aws_ec2_managed_prefix_list" "pl" {
  name = "pl"
  address_family = "IPv4"
  max_entries = 5
  entry {
    cidr = "10.0.0.0/8"
    description = "a"
  }
}
resource "aws_instance" "web" {
  ami = "ami-0aaaaaaaaaaaaaaa2"
  instance_type = "t3.micro"
  root_block_device { volume_size = 20 }
}
resource "aws_instance" "kept" {
  ami = "ami-0aaaaaaaaaaaaaaa2"
  instance_type = "t3.micro"
  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 20
    delete_on_termination = false
  }
}
resource "aws_mq_broker" "mq" {
  broker_name = "mq"
  engine_type = "RabbitMQ"
  engine_version = "3.13"
  host_instance_type = "mq.t3.micro"
  user {
    username = "admin"
    password = "MindTheGap123456"
  }
}
resource "aws_lambda_layer_version" "layer" {
  layer_name = "l"
  s3_bucket = "b"
  s3_key = "k2"
}
resource "aws_ecs_task_definition" "td" {
  family = "td"
  container_definitions = jsonencode([{ name = "a", image = "a:2", memory = 128 }])
}
resource "aws_kinesis_stream" "ks" {
  name = "ks2"
  shard_count = 1
}
