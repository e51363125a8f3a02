# Each names who may, and then anyone.
resource "aws_s3_bucket_policy" "files" {
  bucket = "files-0001"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::files-0001/*"
    }]
  })
}
resource "aws_s3_access_point" "files" {
  bucket = "files-0001"
  name   = "files"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:eu-west-1:123456789012:accesspoint/files/object/*"
    }]
  })
}
resource "aws_sqs_queue_policy" "jobs" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = ["*"] }
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:eu-west-1:123456789012:jobs"
    }]
  })
}
resource "aws_sns_topic" "news" {
  name = "news"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::123456789012:role/app", "*"] }
      Action    = "sns:Subscribe"
      Resource  = "arn:aws:sns:eu-west-1:123456789012:news"
    }]
  })
}
resource "aws_kms_key" "data" {
  description = "data"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = "*"
      Action    = "kms:Decrypt"
      Resource  = "*"
    }]
  })
}
resource "aws_secretsmanager_secret_policy" "api" {
  secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:api-AbCdEf"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "secretsmanager:GetSecretValue"
      Resource  = "*"
    }]
  })
}
resource "aws_ecr_repository_policy" "shop" {
  repository = "shop"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = ["*"] }
      Action    = "ecr:BatchGetImage"
    }]
  })
}
resource "aws_opensearch_domain_policy" "logs" {
  domain_name = "logs"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::123456789012:role/app", "*"] }
      Action    = "es:ESHttp*"
      Resource  = "arn:aws:es:eu-west-1:123456789012:domain/logs/*"
    }]
  })
}
resource "aws_efs_file_system_policy" "home" {
  file_system_id = "fs-0abc1230000000001"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = "*"
      Action    = "elasticfilesystem:ClientMount"
      Resource  = "arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/fs-0abc1230000000001"
    }]
  })
}
resource "aws_backup_vault_policy" "vault" {
  backup_vault_name = "vault"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "backup:CopyFromBackupVault"
      Resource  = "*"
    }]
  })
}
resource "aws_cloudwatch_event_bus_policy" "orders" {
  event_bus_name = "orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = ["*"] }
      Action    = "events:PutEvents"
      Resource  = "arn:aws:events:eu-west-1:123456789012:event-bus/orders"
    }]
  })
}
resource "aws_cloudwatch_log_destination_policy" "central" {
  destination_name = "central"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::123456789012:role/app", "*"] }
      Action    = "logs:PutSubscriptionFilter"
      Resource  = "arn:aws:logs:eu-west-1:123456789012:destination:central"
    }]
  })
}
resource "aws_codeartifact_repository_permissions_policy" "libs" {
  domain     = "example"
  repository = "libs"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = "*"
      Action    = "codeartifact:ReadFromRepository"
      Resource  = "*"
    }]
  })
}
resource "aws_kinesis_resource_policy" "clicks" {
  resource_arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "kinesis:PutRecord"
      Resource  = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
    }]
  })
}
resource "aws_dynamodb_resource_policy" "orders" {
  resource_arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = ["*"] }
      Action    = "dynamodb:GetItem"
      Resource  = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"
    }]
  })
}
resource "aws_glue_resource_policy" "lake" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::123456789012:role/app", "*"] }
      Action    = "glue:GetTables"
      Resource  = "arn:aws:glue:eu-west-1:123456789012:*"
    }]
  })
}
resource "aws_redshift_resource_policy" "sales" {
  resource_arn = "arn:aws:redshift:eu-west-1:123456789012:namespace:0abc1230-0000-0000-0000-000000000001"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = "*"
      Action    = "redshift:CreateInboundIntegration"
    }]
  })
}
resource "aws_acmpca_policy" "root" {
  resource_arn = "arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/0abc1230-0000-0000-0000-000000000001"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "acm-pca:IssueCertificate"
      Resource  = "arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/0abc1230-0000-0000-0000-000000000001"
    }]
  })
}
resource "aws_ses_identity_policy" "mail" {
  identity = "example.com"
  name     = "senders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = ["*"] }
      Action    = "ses:SendEmail"
      Resource  = "arn:aws:ses:eu-west-1:123456789012:identity/example.com"
    }]
  })
}
resource "aws_media_store_container_policy" "films" {
  container_name = "films"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::123456789012:role/app", "*"] }
      Action    = "mediastore:GetObject"
      Resource  = "arn:aws:mediastore:eu-west-1:123456789012:container/films/*"
    }]
  })
}
resource "aws_oam_sink_policy" "metrics" {
  sink_identifier = "arn:aws:oam:eu-west-1:123456789012:sink/0abc1230-0000-0000-0000-000000000001"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = "*"
      Action    = "oam:CreateLink"
      Resource  = "*"
    }]
  })
}
resource "aws_networkfirewall_resource_policy" "shared" {
  resource_arn = "arn:aws:network-firewall:eu-west-1:123456789012:stateful-rulegroup/shared"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "network-firewall:ListRuleGroups"
      Resource  = "arn:aws:network-firewall:eu-west-1:123456789012:stateful-rulegroup/shared"
    }]
  })
}
resource "aws_vpclattice_auth_policy" "shop" {
  resource_identifier = "arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-0abc1230000000001"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = ["*"] }
      Action    = "vpc-lattice-svcs:Invoke"
      Resource  = "*"
    }]
  })
}
resource "aws_sagemaker_model_package_group_policy" "models" {
  model_package_group_name = "models"
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::123456789012:role/app", "*"] }
      Action    = "sagemaker:DescribeModelPackage"
      Resource  = "arn:aws:sagemaker:eu-west-1:123456789012:model-package/models/*"
    }]
  })
}
resource "aws_codebuild_resource_policy" "tests" {
  resource_arn = "arn:aws:codebuild:eu-west-1:123456789012:report-group/tests"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = "*"
      Action    = "codebuild:BatchGetReports"
      Resource  = "arn:aws:codebuild:eu-west-1:123456789012:report-group/tests"
    }]
  })
}
resource "aws_api_gateway_rest_api" "inner" {
  name = "inner"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "execute-api:Invoke"
      Resource  = "*"
    }]
  })
}
resource "aws_iam_role" "anyone" {
  name = "anyone"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "*" }
      Condition = { StringEquals = { "sts:ExternalId" = "partner-17" } }
    }]
  })
}
resource "aws_iam_role" "token" {
  name = "token"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
      Condition = {
        StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
      }
    }]
  })
}
# Another branch of one's own.
resource "aws_iam_role" "branch" {
  name = "branch"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
      Condition = {
        StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
        StringLike   = { "token.actions.githubusercontent.com:sub" = "repo:example/shop:*" }
      }
    }]
  })
}
# Anyone of the organization; a service for one source; anyone but by TLS denied.
resource "aws_s3_bucket_policy" "organization" {
  bucket = "organization-0001"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Read"
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::organization-0001/*"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-0abc123000" } }
    }]
  })
}
resource "aws_sqs_queue_policy" "notified" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/123456789012/notified"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Send"
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:eu-west-1:123456789012:notified"
      Condition = { ArnEquals = { "aws:SourceArn" = "arn:aws:sns:eu-west-1:123456789012:news" } }
    }]
  })
}
resource "aws_s3_bucket_policy" "tls" {
  bucket = "tls-0001"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Read"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::123456789012:role/app" }
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::tls-0001/*"
      },
      {
        Sid       = "Tls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::tls-0001", "arn:aws:s3:::tls-0001/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}
resource "aws_lambda_permission" "anyone" {
  function_name = "shop"
  action        = "lambda:InvokeFunction"
  principal     = "*"
}
# One API calls it.
resource "aws_lambda_permission" "api" {
  function_name = "shop"
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/orders"
}
resource "aws_lambda_function_url" "shop" {
  function_name      = "shop"
  authorization_type = "NONE"
}
resource "aws_cloudwatch_event_permission" "anyone" {
  statement_id   = "anyone"
  event_bus_name = "orders"
  principal      = "*"
}
