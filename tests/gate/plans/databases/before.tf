resource "aws_db_instance" "unguarded" {
  identifier                  = "unguarded"
  instance_class              = "db.t3.medium"
  engine                      = "postgres"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  skip_final_snapshot         = false
  final_snapshot_identifier   = "unguarded-last"
  deletion_protection         = true
}
resource "aws_db_instance" "unsnapped" {
  identifier                  = "unsnapped"
  instance_class              = "db.t3.medium"
  engine                      = "postgres"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "unsnapped-last"
}
resource "aws_db_instance" "unbacked" {
  identifier                  = "unbacked"
  instance_class              = "db.t3.medium"
  engine                      = "mysql"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "unbacked-last"
  backup_retention_period     = 14
}
resource "aws_db_instance" "briefly" {
  identifier                  = "briefly"
  instance_class              = "db.t3.medium"
  engine                      = "mysql"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "briefly-last"
  backup_retention_period     = 35
  delete_automated_backups    = false
}
resource "aws_db_instance" "alone" {
  identifier                          = "alone"
  instance_class                      = "db.t3.medium"
  engine                              = "mysql"
  allocated_storage                   = 20
  username                            = "app"
  manage_master_user_password         = true
  final_snapshot_identifier           = "alone-last"
  multi_az                            = true
  auto_minor_version_upgrade          = true
  iam_database_authentication_enabled = true
  performance_insights_enabled        = true
  enabled_cloudwatch_logs_exports     = ["audit", "error"]
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam::123456789012:role/rds-monitoring"
}
resource "aws_db_instance" "insight" {
  identifier                            = "insight"
  instance_class                        = "db.t3.medium"
  engine                                = "mysql"
  allocated_storage                     = 20
  username                              = "app"
  manage_master_user_password           = true
  final_snapshot_identifier             = "insight-last"
  performance_insights_enabled          = true
  performance_insights_retention_period = 731
}
# Longer backups, another window, another description: nothing is lost.
resource "aws_db_instance" "better" {
  identifier                  = "better"
  instance_class              = "db.t3.medium"
  engine                      = "mysql"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "better-last"
  backup_retention_period     = 7
  backup_window               = "01:00-02:00"
  deletion_protection         = false
}
resource "aws_rds_cluster" "core" {
  cluster_identifier                  = "core"
  engine                              = "aurora-postgresql"
  master_username                     = "app"
  manage_master_user_password         = true
  final_snapshot_identifier           = "core-last"
  deletion_protection                 = true
  backup_retention_period             = 30
  storage_encrypted                   = true
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
  delete_automated_backups            = false
}
resource "aws_rds_cluster_instance" "core" {
  cluster_identifier           = "core"
  identifier                   = "core-1"
  engine                       = "aurora-postgresql"
  instance_class               = "db.r6g.large"
  performance_insights_enabled = true
  monitoring_interval          = 30
  monitoring_role_arn          = "arn:aws:iam::123456789012:role/rds-monitoring"
  auto_minor_version_upgrade   = true
}
resource "aws_rds_global_cluster" "world" {
  global_cluster_identifier = "world"
  engine                    = "aurora-postgresql"
  deletion_protection       = true
}
resource "aws_docdb_cluster" "docs" {
  cluster_identifier              = "docs"
  master_username                 = "app"
  master_password                 = "mustbeeightchars"
  final_snapshot_identifier       = "docs-last"
  deletion_protection             = true
  backup_retention_period         = 10
  enabled_cloudwatch_logs_exports = ["audit", "profiler"]
}
resource "aws_neptune_cluster" "graph" {
  cluster_identifier                  = "graph"
  final_snapshot_identifier           = "graph-last"
  deletion_protection                 = true
  backup_retention_period             = 10
  iam_database_authentication_enabled = true
  enable_cloudwatch_logs_exports      = ["audit"]
}
resource "aws_redshift_cluster" "house" {
  cluster_identifier                  = "house"
  node_type                           = "ra3.xlplus"
  number_of_nodes                     = 2
  cluster_type                        = "multi-node"
  master_username                     = "app"
  manage_master_password              = true
  final_snapshot_identifier           = "house-last"
  skip_final_snapshot                 = false
  automated_snapshot_retention_period = 14
  manual_snapshot_retention_period    = 30
  allow_version_upgrade               = true
  multi_az                            = true
  encrypted                           = true
}
resource "aws_redshift_logging" "house" {
  cluster_identifier   = "house"
  log_destination_type = "cloudwatch"
  log_exports          = ["connectionlog", "userlog"]
}
resource "aws_redshift_logging" "less" {
  cluster_identifier   = "less"
  log_destination_type = "cloudwatch"
  log_exports          = ["connectionlog", "userlog"]
}
resource "aws_redshift_snapshot_copy" "house" {
  cluster_identifier = "house"
  destination_region = "eu-central-1"
}
resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "cache"
  description                = "sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t3.small"
  num_cache_clusters         = 3
  automatic_failover_enabled = true
  multi_az_enabled           = true
  snapshot_retention_limit   = 5
  final_snapshot_identifier  = "cache-last"
  auto_minor_version_upgrade = true
  log_delivery_configuration {
    destination      = "slow"
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "slow-log"
  }
  log_delivery_configuration {
    destination      = "engine"
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "engine-log"
  }
}
resource "aws_elasticache_cluster" "mem" {
  cluster_id      = "mem"
  engine          = "memcached"
  node_type       = "cache.t3.small"
  num_cache_nodes = 2
  az_mode         = "cross-az"
}
resource "aws_memorydb_cluster" "mem" {
  acl_name                 = "open-access"
  name                     = "mem"
  node_type                = "db.t4g.small"
  num_replicas_per_shard   = 2
  snapshot_retention_limit = 7
  final_snapshot_name      = "mem-last"
}
resource "aws_opensearch_domain" "search" {
  domain_name    = "search"
  engine_version = "OpenSearch_2.11"
  cluster_config {
    instance_type          = "r6g.large.search"
    instance_count         = 3
    zone_awareness_enabled = true
    zone_awareness_config {
      availability_zone_count = 3
    }
    dedicated_master_enabled = true
    dedicated_master_type    = "m6g.large.search"
    dedicated_master_count   = 3
  }
  ebs_options {
    ebs_enabled = true
    volume_size = 20
  }
  log_publishing_options {
    cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:123456789012:log-group:search"
    log_type                 = "AUDIT_LOGS"
  }
  log_publishing_options {
    cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:123456789012:log-group:search"
    log_type                 = "ES_APPLICATION_LOGS"
  }
  software_update_options {
    auto_software_update_enabled = true
  }
}
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  deletion_protection_enabled = true
}
resource "aws_dynamodb_table" "switched" {
  name         = "switched"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery {
    enabled = true
  }
}
resource "aws_db_instance_automated_backups_replication" "copy" {
  source_db_instance_arn = "arn:aws:rds:eu-central-1:123456789012:db:orders"
  retention_period       = 14
}
resource "aws_db_event_subscription" "ops" {
  name      = "ops"
  sns_topic = "arn:aws:sns:eu-west-1:123456789012:ops"
  enabled   = true
}
resource "aws_db_parameter_group" "kept" {
  name         = "kept"
  family       = "postgres16"
  skip_destroy = true
}
