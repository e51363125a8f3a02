resource "aws_lb" "bare" {
  name                   = "bare"
  internal               = true
  load_balancer_type     = "application"
  subnets                = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
  desync_mitigation_mode = "monitor"
  enable_waf_fail_open   = true
}
# The logs go to another bucket, and requests are looked at more closely.
resource "aws_lb" "stricter" {
  name               = "stricter"
  internal           = true
  load_balancer_type = "application"
  subnets            = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
  access_logs {
    bucket  = "logs-0002"
    enabled = true
  }
  drop_invalid_header_fields = true
  idle_timeout               = 120
}
resource "aws_lb_target_group" "blind" {
  name        = "blind"
  target_type = "lambda"
  health_check {
    enabled = false
  }
}
resource "aws_wafv2_web_acl" "open" {
  name  = "open"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "rate"
    priority = 1
    action {
      count {}
    }
    statement {
      rate_based_statement {
        limit              = 500
        aggregate_key_type = "IP"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "rate"
      sampled_requests_enabled   = true
    }
  }
  rule {
    name     = "common"
    priority = 2
    override_action {
      count {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = false
    metric_name                = "open"
    sampled_requests_enabled   = true
  }
}
# Priorities are swapped, a limit is lower: it blocks as before.
resource "aws_wafv2_web_acl" "reordered" {
  name  = "reordered"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "rate"
    priority = 2
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit              = 300
        aggregate_key_type = "IP"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "rate"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "reordered"
    sampled_requests_enabled   = true
  }
}
resource "aws_shield_subscription" "ending" {
  auto_renew = "DISABLED"
}
resource "aws_networkfirewall_firewall_policy" "passes" {
  name = "passes"
  firewall_policy {
    stateless_default_actions          = ["aws:pass"]
    stateless_fragment_default_actions = ["aws:drop"]
    stateful_engine_options {
      rule_order              = "STRICT_ORDER"
      stream_exception_policy = "CONTINUE"
    }
    stateful_default_actions = ["aws:alert_established"]
  }
}
resource "aws_networkfirewall_firewall" "loose" {
  name                = "loose"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/passes"
  vpc_id              = "vpc-0abc1230000000001"
  subnet_mapping {
    subnet_id = "subnet-0abc1230000000001"
  }
}
resource "aws_cognito_user_pool" "people" {
  name              = "people"
  mfa_configuration = "OPTIONAL"
  software_token_mfa_configuration {
    enabled = true
  }
  password_policy {
    minimum_length    = 8
    require_lowercase = true
    require_symbols   = false
    require_numbers   = true
    require_uppercase = true
  }
  admin_create_user_config {
    allow_admin_create_user_only = false
  }
}
resource "aws_cognito_user_pool_client" "web" {
  name                          = "web"
  user_pool_id                  = "eu-west-1_abcdefghi"
  enable_token_revocation       = false
  prevent_user_existence_errors = "LEGACY"
}
resource "aws_iam_account_password_policy" "short" {
  minimum_password_length      = 8
  require_symbols              = false
  require_numbers              = true
  require_lowercase_characters = true
  require_uppercase_characters = true
  max_password_age             = 0
}
resource "aws_instance" "tokens" {
  ami           = "ami-0abc1230000000001"
  instance_type = "t3.micro"
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "optional"
  }
  monitoring       = false
  disable_api_stop = false
}
resource "aws_launch_template" "tokens" {
  name = "tokens"
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "optional"
  }
}
resource "aws_autoscaling_group" "web" {
  name               = "web"
  min_size           = 1
  max_size           = 6
  availability_zones = ["eu-west-1a"]
  launch_template {
    id      = "lt-0abc1230000000001"
    version = "1"
  }
  health_check_type = "EC2"
  force_delete      = true
}
resource "aws_ecs_service" "api" {
  name                               = "api"
  cluster                            = "arn:aws:ecs:eu-west-1:123456789012:cluster/main"
  task_definition                    = "api:1"
  desired_count                      = 2
  deployment_minimum_healthy_percent = 0
}
resource "aws_ecs_cluster" "main" {
  name = "main"
  setting {
    name  = "containerInsights"
    value = "disabled"
  }
}
resource "aws_iam_user" "robot" {
  name          = "robot"
  force_destroy = true
}
resource "aws_cloudfront_distribution" "bare" {
  enabled = true
  origin {
    domain_name = "one.example.com"
    origin_id   = "one"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "one"
    viewer_protocol_policy = "https-only"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
