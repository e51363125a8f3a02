resource "aws_elb" "classic" {
  name     = "classic"
  subnets  = ["subnet-0abc1230000000001"]
  internal = false
  listener {
    instance_port     = 8080
    instance_protocol = "http"
    lb_port           = 443
    lb_protocol       = "http"
  }
  desync_mitigation_mode = "defensive"
}
resource "aws_lb_target_group" "plain" {
  name     = "plain"
  port     = 443
  protocol = "HTTP"
  vpc_id   = "vpc-0abc1230000000001"
}
resource "aws_lb_listener" "mutual" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/0abc1230"
  mutual_authentication {
    mode = "passthrough"
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
    logging_level        = "OFF"
    cache_data_encrypted = false
    caching_enabled      = true
  }
}
resource "aws_apigatewayv2_stage" "mute" {
  api_id = "a1b2c3d4e5"
  name   = "live"
}
resource "aws_apigatewayv2_domain_name" "unmutual" {
  domain_name = "api2.example.com"
  domain_name_configuration {
    certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/0abc1230"
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}
resource "aws_globalaccelerator_accelerator" "off" {
  name    = "off"
  enabled = false
  attributes {
    flow_logs_enabled = false
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
    enabled = false
  }
}
resource "aws_transfer_server" "mute" {
  protocols            = ["SFTP"]
  security_policy_name = "TransferSecurityPolicy-2018-11"
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
}
resource "aws_route53_health_check" "plain" {
  fqdn              = "shop.example.com"
  port              = 80
  type              = "HTTP"
  resource_path     = "/"
  failure_threshold = 3
  request_interval  = 30
}
resource "aws_cloudfront_distribution" "off" {
  enabled = false
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
resource "aws_vpc_endpoint" "less" {
  vpc_id            = "vpc-0abc1230000000001"
  service_name      = "com.amazonaws.eu-west-1.ecr.api"
  vpc_endpoint_type = "Interface"
  subnet_ids        = ["subnet-0abc1230000000001"]
}
resource "aws_ses_configuration_set" "plain" {
  name = "plain"
}
