resource "aws_lb_listener_rule" "login" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/0123456789abcdef/0123456789abcdef"
  priority     = 10
  action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/0123456789abcdef"
  }
  condition {
    path_pattern {
      values = ["/admin/*"]
    }
  }
}
resource "aws_launch_template" "disk" {
  name = "disk"
  block_device_mappings {
    device_name = "/dev/sda1"
    ebs {
      volume_size = 20
    }
  }
}
resource "aws_api_gateway_usage_plan" "stages" {
  name = "stages"
  api_stages {
    api_id = "a1b2c3d4e5"
    stage  = "test"
  }
}
# The last block of its kind goes.
resource "aws_lambda_event_source_mapping" "filtered" {
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:jobs"
  function_name    = "worker"
}
resource "aws_iam_policy" "less" {
  name = "less"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Sid = "read", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::b/*" }] })
}
# Statements in another order, one action written as a list: the same policy.
resource "aws_iam_policy" "same" {
  name = "same"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "list", Effect = "Allow", Action = ["s3:ListBucket"], Resource = "arn:aws:s3:::b" },
  { Sid = "read", Effect = "Allow", Action = "s3:GetObject", Resource = ["arn:aws:s3:::b/*"] }] })
}
