locals {
  password = sensitive("winter-7-harbour-lamp")
}
resource "aws_lambda_function" "gains" {
  function_name = "gains"
  role          = "arn:aws:iam::123456789012:role/function"
  runtime       = "python3.12"
  handler       = "app.handler"
  s3_bucket     = "code-0001"
  s3_key        = "gains.zip"
  environment {
    variables = {
      DATABASE_HOST = "db.example.com"
    }
  }
}
# The secret stands there already; the version that is published keeps it once more.
resource "aws_lambda_function" "published" {
  function_name     = "published"
  role              = "arn:aws:iam::123456789012:role/function"
  runtime           = "python3.12"
  handler           = "app.handler"
  s3_bucket         = "code-0001"
  s3_key            = "published.zip"
  s3_object_version = "1aBcDeFgHiJkLmNoPqRsTuVwXyZ00001"
  environment {
    variables = {
      DATABASE_PASSWORD = local.password
    }
  }
}
resource "aws_lambda_function" "slower" {
  function_name = "slower"
  role          = "arn:aws:iam::123456789012:role/function"
  runtime       = "python3.12"
  handler       = "app.handler"
  s3_bucket     = "code-0001"
  s3_key        = "slower.zip"
  timeout       = 10
  environment {
    variables = {
      DATABASE_PASSWORD = local.password
    }
  }
}
# The name of a secret is none.
resource "aws_lambda_function" "refers" {
  function_name = "refers"
  role          = "arn:aws:iam::123456789012:role/function"
  runtime       = "python3.12"
  handler       = "app.handler"
  s3_bucket     = "code-0001"
  s3_key        = "refers.zip"
  environment {
    variables = {
      DATABASE_HOST = "db.example.com"
    }
  }
}
resource "aws_apprunner_service" "shop" {
  service_name = "shop"
  source_configuration {
    image_repository {
      image_identifier      = "public.ecr.aws/docker/library/nginx:1.27"
      image_repository_type = "ECR_PUBLIC"
      image_configuration {
        port = "8080"
      }
    }
    auto_deployments_enabled = false
  }
}
resource "aws_launch_template" "workers" {
  name      = "workers"
  user_data = base64encode("#!/bin/sh\nexec /usr/local/bin/worker\n")
}
# Another package is installed.
resource "aws_launch_template" "plain" {
  name      = "plain"
  user_data = base64encode("#!/bin/sh\nyum install -y nginx\n")
}
resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  container_definitions = jsonencode([{
    name   = "shop"
    image  = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4.0"
    cpu    = 256
    memory = 512
    environment = [
      { name = "DATABASE_HOST", value = "db.example.com" },
    ]
  }])
}
# A secret of Secrets Manager by its ARN, as it should be.
resource "aws_ecs_task_definition" "refers" {
  family = "refers"
  container_definitions = jsonencode([{
    name    = "shop"
    image   = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4.0"
    cpu     = 256
    memory  = 512
    secrets = []
  }])
}
resource "aws_batch_job_definition" "nightly" {
  name = "nightly"
  type = "container"
  container_properties = jsonencode({
    image                = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/nightly:7"
    resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "2048" }]
    command              = ["run"]
  })
}
resource "aws_codebuild_project" "app" {
  name         = "app"
  service_role = "arn:aws:iam::123456789012:role/build"
  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
    environment_variable {
      name  = "STAGE"
      value = "prod"
    }
  }
  source {
    type     = "GITHUB"
    location = "https://github.com/example/app.git"
  }
}
# The name of a parameter is none.
resource "aws_codebuild_project" "refers" {
  name         = "refers"
  service_role = "arn:aws:iam::123456789012:role/build"
  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
    environment_variable {
      name  = "STAGE"
      value = "prod"
    }
  }
  source {
    type     = "GITHUB"
    location = "https://github.com/example/app.git"
  }
}
resource "aws_amplify_app" "site" {
  name = "site"
  environment_variables = {
    STAGE = "prod"
  }
}
resource "aws_glue_job" "load" {
  name     = "load"
  role_arn = "arn:aws:iam::123456789012:role/load"
  command {
    script_location = "s3://code-0001/load.py"
  }
  default_arguments = {
    "--source" = "s3://data-0001/in"
  }
}
resource "aws_ssm_parameter" "token" {
  name           = "/app/webhook/password"
  type           = "String"
  insecure_value = "none"
}
# A SecureString is encrypted.
resource "aws_ssm_parameter" "sealed" {
  name  = "/app/database/password"
  type  = "SecureString"
  value = sensitive("maple-3-cove-thistle")
}
# Places that are made for secrets.
resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-AbCdEf"
  secret_string = sensitive("maple-3-cove-thistle")
}
resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.t4g.micro"
  allocated_storage = 20
  username          = "orders"
  password          = sensitive("maple-3-cove-thistle")
  apply_immediately = true
}
resource "aws_s3_bucket" "tagged" {
  bucket = "tagged-0001"
  tags = {
    owner = "shop"
  }
}
resource "aws_s3_object" "settings" {
  bucket  = "settings-0001"
  key     = "app.properties"
  content = "db.user=app\n"
}
resource "aws_s3_object" "encoded" {
  bucket         = "settings-0001"
  key            = "app.env"
  content_base64 = base64encode("DATABASE_USER=app\n")
}
resource "aws_ssm_document" "setup" {
  name          = "setup"
  document_type = "Command"
  content = jsonencode({
    schemaVersion = "2.2"
    description   = "Sets a machine up"
    mainSteps = [{
      action = "aws:runShellScript"
      name   = "setup"
      inputs = { runCommand = ["/opt/setup"] }
    }]
  })
}
resource "aws_cloudwatch_event_target" "nightly" {
  rule  = "nightly"
  arn   = "arn:aws:lambda:eu-west-1:123456789012:function:nightly"
  input = jsonencode({ mode = "full" })
}
resource "aws_cloudfront_function" "gate" {
  name    = "gate"
  runtime = "cloudfront-js-2.0"
  code    = "function handler(event) { return event.request; }"
}
resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "d1e2f3"
  stage_name    = "prod"
  variables = {
    backend = "https://backend.example.com"
  }
}
resource "aws_apigatewayv2_stage" "prod" {
  api_id = "f6g7h8i9j0"
  name   = "prod"
  stage_variables = {
    backend = "https://backend.example.com"
  }
}
resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin {
    domain_name = "shop.example.com"
    origin_id   = "shop"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "shop"
    viewer_protocol_policy = "https-only"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
    minimum_protocol_version       = "TLSv1"
  }
}
# The secret stood there before.
resource "aws_cloudfront_distribution" "moved" {
  enabled = true
  origin {
    domain_name = "shop.example.com"
    origin_id   = "shop"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
    custom_header {
      name  = "X-Origin-Secret"
      value = local.password
    }
  }
  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "shop"
    viewer_protocol_policy = "https-only"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
    minimum_protocol_version       = "TLSv1"
  }
}
# Another variable is put before the secret.
resource "aws_codebuild_project" "longer" {
  name         = "longer"
  service_role = "arn:aws:iam::123456789012:role/build"
  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
    environment_variable {
      name  = "NPM_TOKEN"
      value = "river-2-meadow-stone"
    }
  }
  source {
    type     = "GITHUB"
    location = "https://github.com/example/app.git"
  }
}
