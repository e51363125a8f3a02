resource "aws_launch_template" "workers" {
  name = "workers"
  block_device_mappings {
    device_name = "/dev/sdf"
    ebs {
      volume_size = 100
    }
  }
  block_device_mappings {
    device_name = "/dev/sdg"
    ebs {
      volume_size = 500
    }
  }
}
# The same disks in another order, one larger.
resource "aws_launch_template" "reordered" {
  name = "reordered"
  block_device_mappings {
    device_name = "/dev/sdf"
    ebs {
      volume_size = 100
    }
  }
  block_device_mappings {
    device_name = "/dev/sdg"
    ebs {
      volume_size = 500
    }
  }
}
resource "aws_lambda_function" "mounted" {
  function_name = "mounted"
  role          = "arn:aws:iam::123456789012:role/function"
  runtime       = "python3.12"
  handler       = "app.handler"
  s3_bucket     = "code-0001"
  s3_key        = "mounted.zip"
  vpc_config {
    subnet_ids         = ["subnet-0abc1230000000001"]
    security_group_ids = ["sg-0abc1230000000001"]
  }
  file_system_config {
    arn              = "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0abc1230000000001"
    local_mount_path = "/mnt/data"
  }
}
resource "aws_api_gateway_usage_plan" "partners" {
  name = "partners"
  api_stages {
    api_id = "a1b2c3d4e5"
    stage  = "prod"
  }
  api_stages {
    api_id = "f6g7h8i9j0"
    stage  = "prod"
  }
}
# The same stage is throttled.
resource "aws_api_gateway_usage_plan" "throttled" {
  name = "throttled"
  api_stages {
    api_id = "a1b2c3d4e5"
    stage  = "prod"
  }
}
resource "aws_vpc_ipam" "addresses" {
  operating_regions {
    region_name = "eu-west-1"
  }
  operating_regions {
    region_name = "eu-central-1"
  }
}
resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
  function_name    = "orders"
  filter_criteria {
    filter {
      pattern = jsonencode({ body = { kind = ["order"] } })
    }
    filter {
      pattern = jsonencode({ body = { kind = ["refund"] } })
    }
  }
}
# Another pattern is no lost one.
resource "aws_lambda_event_source_mapping" "renamed" {
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:invoices"
  function_name    = "invoices"
  filter_criteria {
    filter {
      pattern = jsonencode({ body = { kind = ["bill"] } })
    }
  }
}
# The login in front of the shop goes, by one listener for all, by another for a part.
resource "aws_lb_listener" "shop" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/0abc1230-0000-0000-0000-000000000001"
  default_action {
    type = "authenticate-oidc"
    authenticate_oidc {
      authorization_endpoint = "https://login.example.com/authorize"
      client_id              = "shop"
      client_secret          = "harbour-2-rope-winter"
      issuer                 = "https://login.example.com"
      token_endpoint         = "https://login.example.com/token"
      user_info_endpoint     = "https://login.example.com/user"
    }
  }
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/6d0ecf831eec9f09"
  }
}
resource "aws_lb_listener_rule" "admin" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/0467ef3c8400ae65"
  priority     = 10
  action {
    type = "authenticate-cognito"
    authenticate_cognito {
      user_pool_arn       = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Abc123456"
      user_pool_client_id = "1example23456789"
      user_pool_domain    = "shop"
    }
  }
  action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/6d0ecf831eec9f09"
  }
  condition {
    path_pattern {
      values = ["/admin/*"]
    }
  }
}
# A longer session asks for a login as before.
resource "aws_lb_listener_rule" "longer" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/0467ef3c8400ae65"
  priority     = 20
  action {
    type = "authenticate-cognito"
    authenticate_cognito {
      user_pool_arn       = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Abc123456"
      user_pool_client_id = "1example23456789"
      user_pool_domain    = "shop"
      session_timeout     = 3600
    }
  }
  action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/6d0ecf831eec9f09"
  }
  condition {
    path_pattern {
      values = ["/account/*"]
    }
  }
}
# Strangers are let through by the action that asked them.
resource "aws_lb_listener_rule" "lax" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/0467ef3c8400ae65"
  priority     = 30
  action {
    type = "authenticate-cognito"
    authenticate_cognito {
      user_pool_arn              = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Abc123456"
      user_pool_client_id        = "1example23456789"
      user_pool_domain           = "shop"
      on_unauthenticated_request = "authenticate"
    }
  }
  action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/6d0ecf831eec9f09"
  }
  condition {
    path_pattern {
      values = ["/reports/*"]
    }
  }
}
