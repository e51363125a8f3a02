resource "aws_s3_bucket_policy" "open" {
  bucket = "open-0001"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "s3:GetObject", Resource = "arn:aws:s3:::open-0001/*" }] })
}
resource "aws_sqs_queue_policy" "open" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/123456789012/open"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:eu-west-1:123456789012:open" }] })
}
resource "aws_sqs_queue" "open" {
  name = "open"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:eu-west-1:123456789012:open" }] })
}
resource "aws_sns_topic_policy" "open" {
  arn = "arn:aws:sns:eu-west-1:123456789012:open"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "sns:Publish", Resource = "arn:aws:sns:eu-west-1:123456789012:open" }] })
}
resource "aws_kms_key_policy" "open" {
  key_id = "0abc1230-0000-0000-0000-000000000001"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "kms:Decrypt", Resource = "*" }] })
}
resource "aws_secretsmanager_secret_policy" "open" {
  secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:open-AbCdEf"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "secretsmanager:GetSecretValue", Resource = "*" }] })
}
resource "aws_ecr_repository_policy" "open" {
  repository = "open"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "ecr:BatchGetImage" }] })
}
resource "aws_opensearch_domain_policy" "open" {
  domain_name = "open"
  access_policies = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "es:ESHttpGet", Resource = "arn:aws:es:eu-west-1:123456789012:domain/open/*" }] })
}
resource "aws_efs_file_system_policy" "open" {
  file_system_id = "fs-0abc1230000000001"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "elasticfilesystem:ClientWrite", Resource = "*" }] })
}
resource "aws_backup_vault_policy" "open" {
  backup_vault_name = "open"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "backup:StartRestoreJob", Resource = "*" }] })
}
resource "aws_cloudwatch_event_bus_policy" "open" {
  event_bus_name = "open"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "events:PutEvents", Resource = "arn:aws:events:eu-west-1:123456789012:event-bus/open" }] })
}
resource "aws_cloudwatch_log_destination_policy" "open" {
  destination_name = "open"
  access_policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "logs:PutSubscriptionFilter", Resource = "arn:aws:logs:eu-west-1:123456789012:destination:open" }] })
}
resource "aws_codeartifact_repository_permissions_policy" "open" {
  domain     = "packages"
  repository = "open"
  policy_document = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "codeartifact:ReadFromRepository", Resource = "*" }] })
}
resource "aws_kinesis_resource_policy" "open" {
  resource_arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/open"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "kinesis:GetRecords", Resource = "arn:aws:kinesis:eu-west-1:123456789012:stream/open" }] })
}
resource "aws_dynamodb_resource_policy" "open" {
  resource_arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/open"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "dynamodb:GetItem", Resource = "arn:aws:dynamodb:eu-west-1:123456789012:table/open" }] })
}
resource "aws_glue_resource_policy" "open" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "glue:GetTable", Resource = "arn:aws:glue:eu-west-1:123456789012:*" }] })
}
resource "aws_redshift_resource_policy" "open" {
  resource_arn = "arn:aws:redshift:eu-west-1:123456789012:namespace:0abc1230"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "redshift:CreateInboundIntegration" }] })
}
resource "aws_acmpca_policy" "open" {
  resource_arn = "arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/0abc1230"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "acm-pca:IssueCertificate", Resource = "arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/0abc1230" }] })
}
resource "aws_ses_identity_policy" "open" {
  identity = "example.com"
  name     = "open"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "ses:SendEmail", Resource = "arn:aws:ses:eu-west-1:123456789012:identity/example.com" }] })
}
resource "aws_media_store_container_policy" "open" {
  container_name = "open"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "mediastore:GetObject", Resource = "arn:aws:mediastore:eu-west-1:123456789012:container/open/*" }] })
}
resource "aws_oam_sink_policy" "open" {
  sink_identifier = "arn:aws:oam:eu-west-1:123456789012:sink/0abc1230"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "oam:CreateLink", Resource = "*" }] })
}
resource "aws_networkfirewall_resource_policy" "open" {
  resource_arn = "arn:aws:network-firewall:eu-west-1:123456789012:stateful-rulegroup/open"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "network-firewall:CreateFirewallPolicy", Resource = "arn:aws:network-firewall:eu-west-1:123456789012:stateful-rulegroup/open" }] })
}
resource "aws_vpclattice_auth_policy" "open" {
  resource_identifier = "arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-0abc1230000000001"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "vpc-lattice-svcs:Invoke", Resource = "*" }] })
}
resource "aws_sagemaker_model_package_group_policy" "open" {
  model_package_group_name = "open"
  resource_policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "sagemaker:DescribeModelPackage", Resource = "arn:aws:sagemaker:eu-west-1:123456789012:model-package/open/*" }] })
}
resource "aws_codebuild_resource_policy" "open" {
  resource_arn = "arn:aws:codebuild:eu-west-1:123456789012:project/open"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "codebuild:BatchGetBuilds", Resource = "arn:aws:codebuild:eu-west-1:123456789012:project/open" }] })
}
resource "aws_iam_role" "open" {
  name = "open"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "sts:AssumeRole" }] })
}
resource "aws_api_gateway_rest_api_policy" "open" {
  rest_api_id = "a1b2c3d4e5"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "execute-api:Invoke", Resource = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*" }] })
}

# Anyone, but only from the own organization; another account that is named.
resource "aws_s3_bucket_policy" "bounded" {
  bucket = "bounded-0001"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "s3:GetObject", Resource = "arn:aws:s3:::bounded-0001/*" }] })
}
resource "aws_sqs_queue_policy" "other" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/123456789012/other"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "sqs:SendMessage", Resource = "*" }] })
}
# A document of the provider's own.
data "aws_iam_policy_document" "github" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:example/app:*"]
    }
  }
}
resource "aws_iam_role" "github" {
  name               = "github"
  assume_role_policy = data.aws_iam_policy_document.github.json
}
resource "aws_lambda_function_url" "open" {
  function_name      = "worker"
  authorization_type = "AWS_IAM"
}
resource "aws_apigatewayv2_route" "open" {
  api_id             = "a1b2c3d4e5"
  route_key          = "GET /orders"
  authorization_type = "JWT"
  authorizer_id      = "abc123"
}
resource "aws_appsync_graphql_api" "open" {
  name                = "open"
  authentication_type = "AWS_IAM"
}
resource "aws_cognito_identity_pool" "open" {
  identity_pool_name = "open"
}
resource "aws_opensearch_domain" "open" {
  domain_name    = "open"
  engine_version = "OpenSearch_2.11"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
  advanced_security_options {
    enabled                        = true
    internal_user_database_enabled = false
    master_user_options {
      master_user_arn = "arn:aws:iam::123456789012:role/search"
    }
    anonymous_auth_enabled = false
  }
}
resource "aws_opensearchserverless_security_policy" "open" {
  name   = "open"
  type   = "network"
  policy = jsonencode([{ Rules = [{ ResourceType = "collection", Resource = ["collection/logs"] }], AllowFromPublic = false, SourceVPCEs = ["vpce-0abc1230000000001"] }])
}
resource "aws_ssm_document" "all" {
  name          = "all"
  document_type = "Command"
  content       = jsonencode({ schemaVersion = "2.2", description = "all", mainSteps = [] })
}
resource "aws_codebuild_project" "public" {
  name         = "public"
  service_role = "arn:aws:iam::123456789012:role/build"
  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }
  source {
    type     = "GITHUB"
    location = "https://github.com/example/app.git"
  }
}
resource "aws_vpclattice_service" "open" {
  name      = "open"
  auth_type = "AWS_IAM"
}
