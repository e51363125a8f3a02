resource "aws_athena_workgroup" "plain" {
  name = "plain"
  configuration {
    result_configuration {
      output_location = "s3://results-0001/"
      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = "arn:aws:kms:eu-west-1:123456789012:key/0abc1230-0000-0000-0000-000000000001"
      }
    }
  }
}
resource "aws_ecs_cluster" "exec" {
  name = "exec"
  configuration {
    execute_command_configuration {
      kms_key_id = "arn:aws:kms:eu-west-1:123456789012:key/0abc1230-0000-0000-0000-000000000001"
      logging    = "OVERRIDE"
      log_configuration {
        cloud_watch_encryption_enabled = true
        cloud_watch_log_group_name     = "/ecs/exec"
      }
    }
  }
}
resource "aws_autoscaling_group" "refresh" {
  name               = "refresh"
  min_size           = 2
  max_size           = 6
  availability_zones = ["eu-west-1a"]
  target_group_arns  = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/0123456789abcdef"]
  launch_template {
    id      = "lt-0abc1230000000001"
    version = "1"
  }
  instance_refresh {
    strategy = "Rolling"
    preferences {
      auto_rollback = true
    }
  }
}
resource "aws_appautoscaling_target" "floor" {
  min_capacity       = 1
  max_capacity       = 10
  resource_id        = "service/main/api"
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
}
resource "aws_eks_node_group" "floor" {
  cluster_name    = "main"
  node_group_name = "floor"
  node_role_arn   = "arn:aws:iam::123456789012:role/node"
  subnet_ids      = ["subnet-0abc1230000000001"]
  scaling_config {
    desired_size = 3
    max_size     = 6
    min_size     = 3
  }
}
resource "aws_codedeploy_deployment_group" "calm" {
  app_name              = "app"
  deployment_group_name = "calm"
  service_role_arn      = "arn:aws:iam::123456789012:role/deploy"
  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE"]
  }
  trigger_configuration {
    trigger_events     = ["DeploymentFailure"]
    trigger_name       = "failed"
    trigger_target_arn = "arn:aws:sns:eu-west-1:123456789012:ops"
  }
}
resource "aws_glue_crawler" "less" {
  name          = "less"
  database_name = "orders"
  role          = "arn:aws:iam::123456789012:role/glue"
  s3_target {
    path = "s3://data-0001/old"
  }
  s3_target {
    path = "s3://data-0001/new"
  }
}
resource "aws_ses_receipt_rule" "less" {
  name          = "less"
  rule_set_name = "inbound"
  enabled       = true
  tls_policy    = "Require"
  s3_action {
    bucket_name = "mail-0001"
    position    = 1
  }
  sns_action {
    topic_arn = "arn:aws:sns:eu-west-1:123456789012:mail"
    position  = 2
  }
}
resource "aws_iot_topic_rule" "less" {
  name        = "less"
  enabled     = true
  sql         = "SELECT * FROM 'orders'"
  sql_version = "2016-03-23"
  sqs {
    queue_url  = "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs"
    role_arn   = "arn:aws:iam::123456789012:role/iot"
    use_base64 = false
  }
  sns {
    target_arn = "arn:aws:sns:eu-west-1:123456789012:orders"
    role_arn   = "arn:aws:iam::123456789012:role/iot"
  }
}
resource "aws_budgets_budget" "mute" {
  name         = "mute"
  budget_type  = "COST"
  limit_amount = "1000"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
  notification {
    comparison_operator        = "GREATER_THAN"
    threshold                  = 100
    threshold_type             = "PERCENTAGE"
    notification_type          = "FORECASTED"
    subscriber_email_addresses = ["ops@example.com"]
  }
}
resource "aws_ecr_replication_configuration" "less" {
  replication_configuration {
    rule {
      destination {
        region      = "eu-central-1"
        registry_id = "123456789012"
      }
      destination {
        region      = "eu-west-3"
        registry_id = "123456789012"
      }
    }
  }
}
resource "aws_secretsmanager_secret" "copy" {
  name       = "copy"
  kms_key_id = "arn:aws:kms:eu-west-1:123456789012:key/0abc1230-0000-0000-0000-000000000001"
  replica {
    region = "eu-central-1"
  }
  replica {
    region = "eu-west-3"
  }
}
# More machines and another label.
resource "aws_eks_node_group" "grows" {
  cluster_name    = "main"
  node_group_name = "grows"
  node_role_arn   = "arn:aws:iam::123456789012:role/node"
  subnet_ids      = ["subnet-0abc1230000000001"]
  labels          = { tier = "web" }
  scaling_config {
    desired_size = 2
    max_size     = 4
    min_size     = 2
  }
}
