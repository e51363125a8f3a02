resource "aws_cloudtrail" "narrow" {
  name                          = "narrow"
  s3_bucket_name                = "trail-0001"
  include_global_service_events = false
}
resource "aws_cloudtrail" "off" {
  name           = "off"
  s3_bucket_name = "trail-0001"
  enable_logging = false
}
# The trail's files go elsewhere, encrypted, and it records more.
resource "aws_cloudtrail" "wider" {
  name                       = "wider"
  s3_bucket_name             = "trail-0002"
  is_multi_region_trail      = true
  enable_log_file_validation = true
}
resource "aws_guardduty_detector" "off" {
  enable = false
}
resource "aws_guardduty_detector_feature" "off" {
  detector_id = "0abc1230"
  name        = "S3_DATA_EVENTS"
  status      = "DISABLED"
}
resource "aws_macie2_account" "paused" {
  status = "PAUSED"
}
resource "aws_securityhub_standards_control" "off" {
  standards_control_arn = "arn:aws:securityhub:eu-west-1:123456789012:control/aws-foundational-security-best-practices/v/1.0.0/IAM.1"
  control_status        = "DISABLED"
  disabled_reason       = "noise"
}
resource "aws_config_configuration_recorder" "less" {
  name     = "less"
  role_arn = "arn:aws:iam::123456789012:role/config"
  recording_group {
    all_supported  = false
    resource_types = ["AWS::EC2::Instance"]
  }
}
resource "aws_config_configuration_recorder_status" "off" {
  name       = "less"
  is_enabled = false
}
resource "aws_cloudwatch_log_group" "short" {
  name              = "/app/short"
  retention_in_days = 7
}
resource "aws_cloudwatch_log_group" "bounded" {
  name              = "/app/bounded"
  retention_in_days = 3653
}
resource "aws_cloudwatch_log_group" "forever" {
  name = "/app/forever"
}
resource "aws_flow_log" "rejects" {
  log_destination      = "arn:aws:s3:::flow-0001"
  log_destination_type = "s3"
  traffic_type         = "REJECT"
  vpc_id               = "vpc-0abc1230000000001"
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
  actions_enabled     = false
}
resource "aws_cloudwatch_event_rule" "off" {
  name          = "off"
  event_pattern = jsonencode({ source = ["aws.guardduty"] })
  state         = "DISABLED"
  force_destroy = true
}
resource "aws_eks_cluster" "mute" {
  name                      = "mute"
  role_arn                  = "arn:aws:iam::123456789012:role/eks"
  enabled_cluster_log_types = ["api"]
  vpc_config {
    subnet_ids              = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
}
resource "aws_api_gateway_stage" "mute" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "d1e2f3"
  stage_name    = "live"
}
resource "aws_lambda_function" "traced" {
  function_name = "traced"
  role          = "arn:aws:iam::123456789012:role/lambda"
  handler       = "a.b"
  runtime       = "python3.12"
  s3_bucket     = "code"
  s3_key        = "traced.zip"
  tracing_config {
    mode = "PassThrough"
  }
}
resource "aws_cloudfront_realtime_log_config" "kept" {
  name          = "kept"
  sampling_rate = 100
  fields        = ["timestamp", "c-ip"]
  endpoint {
    stream_type = "Kinesis"
    kinesis_stream_config {
      role_arn   = "arn:aws:iam::123456789012:role/cf"
      stream_arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/cf"
    }
  }
}
