resource "aws_cloudtrail" "narrow" {
  name                          = "narrow"
  s3_bucket_name                = "trail-0001"
  is_multi_region_trail         = true
  enable_log_file_validation    = true
  include_global_service_events = true
  insight_selector {
    insight_type = "ApiCallRateInsight"
  }
  cloud_watch_logs_group_arn = "arn:aws:logs:eu-west-1:123456789012:log-group:trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::123456789012:role/trail"
}
resource "aws_cloudtrail" "off" {
  name           = "off"
  s3_bucket_name = "trail-0001"
}
resource "aws_cloudtrail" "gone" {
  name           = "gone"
  s3_bucket_name = "trail-0001"
}
# The trail's files go elsewhere, encrypted, and it records more.
resource "aws_cloudtrail" "wider" {
  name           = "wider"
  s3_bucket_name = "trail-0001"
}
resource "aws_guardduty_detector" "off" {
  enable = true
}
resource "aws_guardduty_detector" "gone" {
  enable = true
}
resource "aws_guardduty_detector_feature" "off" {
  detector_id = "0abc1230"
  name        = "S3_DATA_EVENTS"
  status      = "ENABLED"
}
resource "aws_macie2_account" "paused" {
  status = "ENABLED"
}
resource "aws_securityhub_account" "gone" {}
resource "aws_securityhub_standards_subscription" "gone" {
  standards_arn = "arn:aws:securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0"
}
resource "aws_securityhub_standards_control" "off" {
  standards_control_arn = "arn:aws:securityhub:eu-west-1:123456789012:control/aws-foundational-security-best-practices/v/1.0.0/IAM.1"
  control_status        = "ENABLED"
}
resource "aws_config_configuration_recorder" "less" {
  name     = "less"
  role_arn = "arn:aws:iam::123456789012:role/config"
  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}
resource "aws_config_configuration_recorder_status" "off" {
  name       = "less"
  is_enabled = true
}
resource "aws_config_delivery_channel" "gone" {
  name           = "gone"
  s3_bucket_name = "config-0001"
}
resource "aws_cloudwatch_log_group" "short" {
  name              = "/app/short"
  retention_in_days = 365
}
resource "aws_cloudwatch_log_group" "bounded" {
  name = "/app/bounded"
}
resource "aws_cloudwatch_log_group" "forever" {
  name              = "/app/forever"
  retention_in_days = 30
}
resource "aws_flow_log" "rejects" {
  log_destination      = "arn:aws:s3:::flow-0001"
  log_destination_type = "s3"
  traffic_type         = "ALL"
  vpc_id               = "vpc-0abc1230000000001"
}
resource "aws_flow_log" "gone" {
  log_destination      = "arn:aws:s3:::flow-0001"
  log_destination_type = "s3"
  traffic_type         = "ALL"
  vpc_id               = "vpc-0abc1230000000002"
}
resource "aws_route53_query_log" "gone" {
  cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/example.com"
  zone_id                  = "Z0123456789ABC"
}
resource "aws_cloudwatch_metric_alarm" "mute" {
  alarm_name          = "mute"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "5XXError"
  namespace           = "AWS/ApiGateway"
  period              = 60
  statistic           = "Sum"
  threshold           = 5
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:ops"]
}
resource "aws_cloudwatch_metric_alarm" "asleep" {
  alarm_name          = "asleep"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "5XXError"
  namespace           = "AWS/ApiGateway"
  period              = 60
  statistic           = "Sum"
  threshold           = 5
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:ops"]
}
resource "aws_cloudwatch_event_rule" "off" {
  name          = "off"
  event_pattern = jsonencode({ source = ["aws.guardduty"] })
}
resource "aws_eks_cluster" "mute" {
  name                      = "mute"
  role_arn                  = "arn:aws:iam::123456789012:role/eks"
  enabled_cluster_log_types = ["api", "audit", "authenticator"]
  vpc_config {
    subnet_ids              = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
}
resource "aws_api_gateway_stage" "mute" {
  rest_api_id          = "a1b2c3d4e5"
  deployment_id        = "d1e2f3"
  stage_name           = "live"
  xray_tracing_enabled = true
  access_log_settings {
    destination_arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/api/live"
    format          = "$context.requestId"
  }
}
resource "aws_lambda_function" "traced" {
  function_name = "traced"
  role          = "arn:aws:iam::123456789012:role/lambda"
  handler       = "a.b"
  runtime       = "python3.12"
  s3_bucket     = "code"
  s3_key        = "traced.zip"
  skip_destroy  = true
  tracing_config {
    mode = "Active"
  }
  dead_letter_config {
    target_arn = "arn:aws:sqs:eu-west-1:123456789012:failed"
  }
}
resource "aws_cloudfront_realtime_log_config" "kept" {
  name          = "kept"
  sampling_rate = 75
  fields        = ["timestamp", "c-ip"]
  endpoint {
    stream_type = "Kinesis"
    kinesis_stream_config {
      role_arn   = "arn:aws:iam::123456789012:role/cf"
      stream_arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/cf"
    }
  }
}
resource "aws_bedrock_model_invocation_logging_configuration" "gone" {
  logging_config {
    embedding_data_delivery_enabled = true
    s3_config {
      bucket_name = "invocations"
      key_prefix  = "bedrock"
    }
  }
}
