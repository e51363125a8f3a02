resource "aws_athena_workgroup" "plain" {
  name          = "plain"
  force_destroy = true
  configuration {
    result_configuration {
      output_location = "s3://results-0001/"
      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}
resource "aws_ecs_cluster" "exec" {
  name = "exec"
  configuration {
    execute_command_configuration {
      logging = "NONE"
    }
  }
}
resource "aws_autoscaling_group" "refresh" {
  name               = "refresh"
  min_size           = 2
  max_size           = 6
  availability_zones = ["eu-west-1a"]
  target_group_arns  = []
  launch_template {
    id      = "lt-0abc1230000000001"
    version = "1"
  }
  instance_refresh {
    strategy = "Rolling"
    preferences {
      auto_rollback = false
    }
  }
}
resource "aws_appautoscaling_target" "floor" {
  min_capacity       = 1
  max_capacity       = 0
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
    desired_size = 0
    max_size     = 6
    min_size     = 0
  }
}
resource "aws_codedeploy_deployment_group" "calm" {
  app_name              = "app"
  deployment_group_name = "calm"
  service_role_arn      = "arn:aws:iam::123456789012:role/deploy"
  auto_rollback_configuration {
    enabled = false
  }
}
resource "aws_glue_crawler" "less" {
  name          = "less"
  database_name = "orders"
  role          = "arn:aws:iam::123456789012:role/glue"
  s3_target {
    path = "s3://data-0001/new"
  }
}
resource "aws_ses_receipt_rule" "less" {
  name          = "less"
  rule_set_name = "inbound"
  enabled       = true
  tls_policy    = "Optional"
  sns_action {
    topic_arn = "arn:aws:sns:eu-west-1:123456789012:mail"
    position  = 1
  }
}
resource "aws_iot_topic_rule" "less" {
  name        = "less"
  enabled     = true
  sql         = "SELECT * FROM 'orders'"
  sql_version = "2016-03-23"
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
}
resource "aws_ecr_replication_configuration" "less" {
  replication_configuration {
    rule {
      destination {
        region      = "eu-west-3"
        registry_id = "123456789012"
      }
    }
  }
}
resource "aws_secretsmanager_secret" "copy" {
  name = "copy"
  replica {
    region = "eu-central-1"
  }
}
# More machines and another label.
resource "aws_eks_node_group" "grows" {
  cluster_name    = "main"
  node_group_name = "grows"
  node_role_arn   = "arn:aws:iam::123456789012:role/node"
  subnet_ids      = ["subnet-0abc1230000000001"]
  labels          = { tier = "front" }
  scaling_config {
    desired_size = 4
    max_size     = 8
    min_size     = 2
  }
}
