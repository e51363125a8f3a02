resource "aws_elb" "classic" {
  name     = "classic"
  subnets  = ["subnet-0abc1230000000001"]
  internal = true
  listener {
    instance_port      = 8080
    instance_protocol  = "http"
    lb_port            = 443
    lb_protocol        = "https"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:123456789012:certificate/0abc1230"
  }
  access_logs {
    bucket = "logs-0001"
  }
  desync_mitigation_mode = "strictest"
}
resource "aws_lb_target_group" "plain" {
  name     = "plain"
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0abc1230000000001"
}
resource "aws_lb_listener" "mutual" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/0abc1230"
  mutual_authentication {
    mode            = "verify"
    trust_store_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/shop/0123456789abcdef"
  }
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef"
  }
}
resource "aws_api_gateway_method_settings" "mute" {
  rest_api_id = "a1b2c3d4e5"
  stage_name  = "live"
  method_path = "*/*"
  settings {
    logging_level        = "INFO"
    cache_data_encrypted = true
    caching_enabled      = true
  }
}
resource "aws_apigatewayv2_stage" "mute" {
  api_id = "a1b2c3d4e5"
  name   = "live"
  access_log_settings {
    destination_arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/api/live"
    format          = "$context.requestId"
  }
}
resource "aws_apigatewayv2_domain_name" "unmutual" {
  domain_name = "api2.example.com"
  domain_name_configuration {
    certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/0abc1230"
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
  mutual_tls_authentication {
    truststore_uri = "s3://trust-0001/ca.pem"
  }
}
resource "aws_globalaccelerator_accelerator" "off" {
  name    = "off"
  enabled = true
  attributes {
    flow_logs_enabled   = true
    flow_logs_s3_bucket = "logs-0001"
    flow_logs_s3_prefix = "ga/"
  }
}
resource "aws_ec2_client_vpn_endpoint" "mute" {
  server_certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/0abc1230"
  client_cidr_block      = "10.200.0.0/16"
  authentication_options {
    type                       = "certificate-authentication"
    root_certificate_chain_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/0abc1231"
  }
  connection_log_options {
    enabled              = true
    cloudwatch_log_group = "/vpn"
  }
}
resource "aws_transfer_server" "mute" {
  protocols            = ["SFTP"]
  logging_role         = "arn:aws:iam::123456789012:role/transfer"
  security_policy_name = "TransferSecurityPolicy-2024-01"
}
resource "aws_route53_record" "checked" {
  zone_id        = "Z0123456789ABC"
  name           = "checked.example.com"
  type           = "A"
  ttl            = 60
  records        = ["192.0.2.1"]
  set_identifier = "a"
  weighted_routing_policy {
    weight = 10
  }
  health_check_id = "0abc1230-0000-0000-0000-000000000001"
}
resource "aws_route53_health_check" "plain" {
  fqdn              = "shop.example.com"
  port              = 443
  type              = "HTTPS"
  resource_path     = "/"
  failure_threshold = 3
  request_interval  = 30
}
resource "aws_cloudfront_distribution" "off" {
  enabled          = true
  retain_on_delete = true
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
    function_association {
      event_type   = "viewer-request"
      function_arn = "arn:aws:cloudfront::123456789012:function/auth"
    }
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
resource "aws_vpc_endpoint" "less" {
  vpc_id            = "vpc-0abc1230000000001"
  service_name      = "com.amazonaws.eu-west-1.ecr.api"
  vpc_endpoint_type = "Interface"
  subnet_ids        = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
}
resource "aws_ses_configuration_set" "plain" {
  name = "plain"
  delivery_options {
    tls_policy = "Require"
  }
}
