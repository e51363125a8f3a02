resource "aws_msk_cluster" "plain" {
  cluster_name           = "plain"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 4
  enhanced_monitoring    = "DEFAULT"
  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
    security_groups = ["sg-0abc1230000000001"]
    connectivity_info {
      public_access {
        type = "DISABLED"
      }
    }
  }
  encryption_info {
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = "/msk/plain"
      }
    }
  }
}
# Bigger brokers and more of them, watched more closely.
resource "aws_msk_cluster" "bigger" {
  cluster_name           = "bigger"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 2
  enhanced_monitoring    = "DEFAULT"
  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
    security_groups = ["sg-0abc1230000000001"]
  }
  client_authentication {
    sasl {
      iam = true
    }
  }
}
resource "aws_kinesis_firehose_delivery_stream" "plain" {
  name        = "plain"
  destination = "extended_s3"
  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = "arn:aws:kms:eu-west-1:123456789012:key/0abc1230-0000-0000-0000-000000000001"
  }
  extended_s3_configuration {
    role_arn    = "arn:aws:iam::123456789012:role/firehose"
    bucket_arn  = "arn:aws:s3:::stream-0001"
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/0abc1230-0000-0000-0000-000000000001"
  }
}
resource "aws_mq_broker" "quiet" {
  broker_name                = "quiet"
  engine_type                = "ActiveMQ"
  engine_version             = "5.17.6"
  host_instance_type         = "mq.m5.large"
  auto_minor_version_upgrade = true
  user {
    username = "app"
    password = "none-of-your-business"
  }
  user {
    username = "ops"
    password = "none-of-your-business-2"
  }
  logs {
    audit   = "true"
    general = true
  }
}
resource "aws_cloudwatch_event_archive" "short" {
  name             = "short"
  event_source_arn = "arn:aws:events:eu-west-1:123456789012:event-bus/orders"
  retention_days   = 365
}
resource "aws_cloudwatch_event_archive" "bounded" {
  name             = "bounded"
  event_source_arn = "arn:aws:events:eu-west-1:123456789012:event-bus/orders"
}
resource "aws_cloudwatch_event_target" "queue" {
  rule = "nightly"
  arn  = "arn:aws:lambda:eu-west-1:123456789012:function:nightly"
  dead_letter_config {
    arn = "arn:aws:sqs:eu-west-1:123456789012:failed"
  }
}
resource "aws_scheduler_schedule" "off" {
  name                = "off"
  schedule_expression = "rate(1 hour)"
  state               = "ENABLED"
  kms_key_arn         = "arn:aws:kms:eu-west-1:123456789012:key/0abc1230-0000-0000-0000-000000000001"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = "arn:aws:sqs:eu-west-1:123456789012:jobs"
    role_arn = "arn:aws:iam::123456789012:role/scheduler"
    dead_letter_config {
      arn = "arn:aws:sqs:eu-west-1:123456789012:failed"
    }
  }
}
resource "aws_timestreamwrite_table" "short" {
  database_name = "metrics"
  table_name    = "short"
  retention_properties {
    magnetic_store_retention_period_in_days = 365
    memory_store_retention_period_in_hours  = 24
  }
}
resource "aws_dms_replication_instance" "single" {
  replication_instance_id    = "single"
  replication_instance_class = "dms.t3.medium"
  multi_az                   = true
  auto_minor_version_upgrade = true
}
resource "aws_lambda_event_source_mapping" "unset" {
  event_source_arn  = "arn:aws:kinesis:eu-west-1:123456789012:stream/events"
  function_name     = "worker"
  starting_position = "LATEST"
  destination_config {
    on_failure {
      destination_arn = "arn:aws:sqs:eu-west-1:123456789012:failed"
    }
  }
}
