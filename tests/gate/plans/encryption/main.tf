resource "aws_db_instance" "plain" {
  identifier                  = "plain"
  instance_class              = "db.t3.medium"
  engine                      = "postgres"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "plain-last"
}
resource "aws_kinesis_stream" "plain" {
  name        = "plain"
  shard_count = 1
}
resource "aws_sqs_queue" "plain" {
  name                    = "plain"
  sqs_managed_sse_enabled = false
}
resource "aws_launch_template" "plain" {
  name = "plain"
  block_device_mappings {
    device_name = "/dev/sda1"
    ebs {
      encrypted   = false
      volume_size = 20
    }
  }
}
resource "aws_cloudwatch_log_group" "keyless" {
  name = "/app/keyless"
}
# One key of one's own gives way to another that this plan makes.
resource "aws_cloudwatch_log_group" "rekeyed" {
  name       = "/app/rekeyed"
  kms_key_id = aws_kms_key.new.arn
}
resource "aws_kms_key" "new" {
  description         = "new"
  enable_key_rotation = true
}
resource "aws_sns_topic" "keyless" {
  name = "keyless"
}
resource "aws_sns_topic" "lesser" {
  name              = "lesser"
  kms_master_key_id = "alias/aws/sns"
}
resource "aws_dynamodb_table" "keyless" {
  name         = "keyless"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled = false
  }
}
resource "aws_s3_bucket_server_side_encryption_configuration" "weaker" {
  bucket = "weaker-0001"
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}
resource "aws_ebs_encryption_by_default" "off" {
  enabled = false
}
resource "aws_opensearch_domain" "open" {
  domain_name    = "open"
  engine_version = "OpenSearch_2.11"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = false
  }
  domain_endpoint_options {
    enforce_https       = false
    tls_security_policy = "Policy-Min-TLS-1-0-2019-07"
  }
}
resource "aws_elasticache_replication_group" "open" {
  replication_group_id       = "open"
  description                = "sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t3.small"
  num_cache_clusters         = 2
  transit_encryption_enabled = false
}
resource "aws_db_parameter_group" "ssl" {
  name   = "ssl"
  family = "postgres14"
  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
  parameter {
    name  = "log_connections"
    value = "1"
  }
}
resource "aws_lb_listener" "weak" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-2016-08"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/0abc1230"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef"
  }
}
resource "aws_lb_listener" "plain" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef"
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef"
  }
}
resource "aws_cloudfront_distribution" "weak" {
  enabled = true
  aliases = ["shop.example.com"]
  origin {
    domain_name = "one.example.com"
    origin_id   = "one"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "match-viewer"
      origin_ssl_protocols   = ["TLSv1", "TLSv1.2"]
    }
  }
  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "one"
    viewer_protocol_policy = "allow-all"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/0abc1230"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1"
  }
}
resource "aws_api_gateway_integration" "unchecked" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "r1s2t3"
  http_method             = "GET"
  type                    = "HTTP_PROXY"
  integration_http_method = "GET"
  uri                     = "https://backend.example.com/"
  tls_config {
    insecure_skip_verification = true
  }
}
resource "aws_api_gateway_domain_name" "unmutual" {
  domain_name              = "api.example.com"
  regional_certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/0abc1230"
  security_policy          = "TLS_1_0"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
}
resource "aws_kms_key" "still" {
  description         = "still"
  enable_key_rotation = false
}
resource "aws_lambda_function" "unsigned" {
  function_name = "unsigned"
  role          = "arn:aws:iam::123456789012:role/lambda"
  handler       = "a.b"
  runtime       = "python3.12"
  s3_bucket     = "code"
  s3_key        = "unsigned.zip"
}
resource "aws_route53_hosted_zone_dnssec" "off" {
  hosted_zone_id = "Z0123456789ABC"
  signing_status = "NOT_SIGNING"
}
resource "aws_codebuild_project" "plain" {
  name         = "plain"
  service_role = "arn:aws:iam::123456789012:role/build"
  artifacts {
    type                = "S3"
    location            = "artifacts-0001"
    encryption_disabled = true
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }
  source {
    type         = "GITHUB"
    location     = "https://github.com/example/app.git"
    insecure_ssl = true
  }
  encryption_key = "arn:aws:kms:eu-west-1:123456789012:alias/aws/s3"
}
resource "aws_sns_topic_subscription" "plain" {
  topic_arn              = "arn:aws:sns:eu-west-1:123456789012:orders"
  protocol               = "http"
  endpoint               = "http://hooks.example.com/orders"
  endpoint_auto_confirms = true
}
resource "aws_glue_security_configuration" "weaker" {
  name = "weaker"
  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "DISABLED"
    }
    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = "DISABLED"
    }
    s3_encryption {
      s3_encryption_mode = "SSE-S3"
    }
  }
}
