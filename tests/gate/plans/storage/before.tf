resource "aws_s3_bucket" "emptied" {
  bucket = "emptied-0001"
}
resource "aws_s3_bucket_versioning" "suspended" {
  bucket = "suspended-0001"
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_versioning" "factor" {
  bucket = "factor-0001"
  mfa    = "arn:aws:iam::123456789012:mfa/root-account-mfa-device 123456"
  versioning_configuration {
    status     = "Enabled"
    mfa_delete = "Enabled"
  }
}
# Three settings of one bucket go, and the bucket stays.
resource "aws_s3_bucket_versioning" "gone" {
  bucket = "stays-0001"
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_object_lock_configuration" "gone" {
  bucket = "stays-0001"
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 365
    }
  }
}
resource "aws_s3_bucket_replication_configuration" "gone" {
  bucket = "stays-0001"
  role   = "arn:aws:iam::123456789012:role/replication"
  rule {
    id     = "all"
    status = "Enabled"
    filter {}
    delete_marker_replication {
      status = "Enabled"
    }
    destination {
      bucket = "arn:aws:s3:::stays-0001-copy"
    }
  }
}
resource "aws_s3_bucket_logging" "gone" {
  bucket        = "stays-0001"
  target_bucket = "logs-0001"
  target_prefix = "stays/"
}
# A bucket goes with all that was said of it.
resource "aws_s3_bucket" "whole" {
  bucket = "whole-0001"
}
resource "aws_s3_bucket_versioning" "whole" {
  bucket = aws_s3_bucket.whole.id
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_logging" "whole" {
  bucket        = aws_s3_bucket.whole.id
  target_bucket = "logs-0001"
  target_prefix = "whole/"
}
resource "aws_s3_bucket_object_lock_configuration" "weaker" {
  bucket = "lock-0001"
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 365
    }
  }
}
resource "aws_s3_bucket_lifecycle_configuration" "sooner" {
  bucket = "sooner-0001"
  rule {
    id     = "old"
    status = "Enabled"
    filter {
      prefix = "logs/"
    }
    expiration {
      days = 400
    }
    noncurrent_version_expiration {
      noncurrent_days = 90
    }
  }
}
# Objects are kept longer, and a rule gets another name.
resource "aws_s3_bucket_lifecycle_configuration" "later" {
  bucket = "later-0001"
  rule {
    id     = "old"
    status = "Enabled"
    filter {
      prefix = "logs/"
    }
    expiration {
      days = 30
    }
  }
  rule {
    id     = "tmp"
    status = "Enabled"
    filter {
      prefix = "tmp/"
    }
    expiration {
      days = 7
    }
  }
}
resource "aws_s3_bucket_replication_configuration" "paused" {
  bucket = "paused-0001"
  role   = "arn:aws:iam::123456789012:role/replication"
  rule {
    id     = "all"
    status = "Enabled"
    filter {}
    delete_marker_replication {
      status = "Enabled"
    }
    destination {
      bucket = "arn:aws:s3:::paused-0001-copy"
    }
  }
}
resource "aws_s3_object" "held" {
  bucket                        = "held-0001"
  key                           = "ledger"
  content                       = "2026"
  object_lock_legal_hold_status = "ON"
  object_lock_mode              = "COMPLIANCE"
  object_lock_retain_until_date = "2031-01-01T00:00:00Z"
}
resource "aws_efs_backup_policy" "off" {
  file_system_id = "fs-0abc1230000000001"
  backup_policy {
    status = "ENABLED"
  }
}
resource "aws_efs_file_system" "overwritten" {
  creation_token = "overwritten"
  protection {
    replication_overwrite = "ENABLED"
  }
}
resource "aws_efs_replication_configuration" "gone" {
  source_file_system_id = "fs-0abc1230000000002"
  destination {
    region = "eu-central-1"
  }
}
resource "aws_fsx_windows_file_system" "files" {
  storage_capacity                = 300
  subnet_ids                      = ["subnet-0abc1230000000001"]
  throughput_capacity             = 16
  active_directory_id             = "d-1234567890"
  automatic_backup_retention_days = 30
  skip_final_backup               = false
  audit_log_configuration {
    audit_log_destination             = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/fsx/files:*"
    file_access_audit_log_level       = "SUCCESS_AND_FAILURE"
    file_share_access_audit_log_level = "FAILURE_ONLY"
  }
}
resource "aws_fsx_openzfs_file_system" "two" {
  storage_capacity    = 64
  throughput_capacity = 160
  deployment_type     = "MULTI_AZ_1"
  subnet_ids          = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
  preferred_subnet_id = "subnet-0abc1230000000001"
}
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  final_snapshot    = true
}
resource "aws_backup_plan" "plan" {
  name = "plan"
  rule {
    rule_name                = "daily"
    target_vault_name        = "vault"
    schedule                 = "cron(0 3 * * ? *)"
    enable_continuous_backup = true
    lifecycle {
      delete_after = 35
    }
    copy_action {
      destination_vault_arn = "arn:aws:backup:eu-central-1:123456789012:backup-vault:copy"
      lifecycle {
        delete_after = 400
      }
    }
  }
}
resource "aws_backup_selection" "less" {
  name         = "less"
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  plan_id      = "0abc1230-plan"
  resources    = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders", "arn:aws:dynamodb:eu-west-1:123456789012:table/users"]
}
resource "aws_backup_selection" "gone" {
  name         = "gone"
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  plan_id      = "0abc1230-plan"
  resources    = ["arn:aws:rds:eu-west-1:123456789012:db:orders"]
}
resource "aws_backup_vault_lock_configuration" "weaker" {
  backup_vault_name  = "weaker"
  min_retention_days = 30
}
resource "aws_backup_vault_lock_configuration" "gone" {
  backup_vault_name  = "unlocked"
  min_retention_days = 30
}
resource "aws_backup_vault_policy" "gone" {
  backup_vault_name = "unlocked"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Sid = "keep", Effect = "Deny", Action = "backup:DeleteRecoveryPoint", Resource = "*", Principal = "*" }] })
}
resource "aws_backup_vault_notifications" "less" {
  backup_vault_name   = "vault"
  sns_topic_arn       = "arn:aws:sns:eu-west-1:123456789012:ops"
  backup_vault_events = ["BACKUP_JOB_FAILED", "RESTORE_JOB_COMPLETED"]
}
resource "aws_dlm_lifecycle_policy" "off" {
  description        = "nightly"
  execution_role_arn = "arn:aws:iam::123456789012:role/dlm"
  state              = "ENABLED"
  policy_details {
    resource_types = ["VOLUME"]
    target_tags = {
      Snapshot = "true"
    }
    schedule {
      name = "nightly"
      create_rule {
        interval = 24
      }
      retain_rule {
        count = 30
      }
    }
  }
}
resource "aws_ecr_repository" "images" {
  name                 = "images"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
}
resource "aws_kms_key" "soon" {
  description             = "soon"
  deletion_window_in_days = 30
  enable_key_rotation     = true
}
resource "aws_secretsmanager_secret" "soon" {
  name = "soon"
}
resource "aws_secretsmanager_secret_rotation" "gone" {
  secret_id           = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:gone-AbCdEf"
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:123456789012:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}
resource "aws_secretsmanager_secret_rotation" "slower" {
  secret_id           = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:slower-AbCdEf"
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:123456789012:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}
resource "aws_sqs_queue" "jobs" {
  name                      = "jobs"
  message_retention_seconds = 1209600
}
resource "aws_kinesis_stream" "events" {
  name             = "events"
  shard_count      = 1
  retention_period = 168
}
resource "aws_instance" "disks" {
  ami           = "ami-0abc1230000000001"
  instance_type = "t3.micro"
  root_block_device {
    delete_on_termination = false
  }
  disable_api_termination = true
}
