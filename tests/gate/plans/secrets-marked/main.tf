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
      DATABASE_HOST     = "db.example.com"
      DATABASE_PASSWORD = local.password
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
  s3_object_version = "1aBcDeFgHiJkLmNoPqRsTuVwXyZ00002"
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
  timeout       = 30
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
      DATABASE_HOST         = "db.example.com"
      DATABASE_PASSWORD_ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-AbCdEf"
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
        runtime_environment_variables = {
          SMTP_PASSWORD = local.password
        }
      }
    }
    auto_deployments_enabled = false
  }
}
resource "aws_launch_template" "workers" {
  name      = "workers"
  user_data = base64encode("#!/bin/sh\nexport QUEUE_PASSWORD=${local.password}\nexec /usr/local/bin/worker\n")
}
# The plan shows a digest of it.
resource "aws_instance" "bastion" {
  ami           = "ami-0abc1230000000001"
  instance_type = "t3.micro"
  user_data     = "#!/bin/sh\nexport REGISTRY_PASSWORD=harbour-9-winter-rope\nexec /usr/local/bin/agent\n"
}
# Another package is installed.
resource "aws_launch_template" "plain" {
  name      = "plain"
  user_data = base64encode("#!/bin/sh\nyum install -y nginx jq\n")
}
resource "aws_lightsail_instance" "blog" {
  name              = "blog"
  availability_zone = "eu-west-1a"
  blueprint_id      = "wordpress"
  bundle_id         = "nano_3_0"
  user_data         = "mysql --user=root --password=rope-4-lantern-quay blog < /tmp/blog.sql"
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
      { name = "DATABASE_PASSWORD", value = "quay-3-lantern-oak" },
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
    secrets = [{ name = "DATABASE_PASSWORD", valueFrom = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-AbCdEf" }]
  }])
}
resource "aws_batch_job_definition" "nightly" {
  name = "nightly"
  type = "container"
  container_properties = jsonencode({
    image                = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/nightly:7"
    resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "2048" }]
    command              = ["run", "--password=oak-8-lantern-river"]
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
    environment_variable {
      name  = "NPM_TOKEN"
      value = "/app/npm-token"
      type  = "PARAMETER_STORE"
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
    STAGE        = "prod"
    CMS_PASSWORD = "meadow-5-stone-ferry"
  }
}
resource "aws_glue_job" "load" {
  name     = "load"
  role_arn = "arn:aws:iam::123456789012:role/load"
  command {
    script_location = "s3://code-0001/load.py"
  }
  default_arguments = {
    "--source"      = "s3://data-0001/in"
    "--db_password" = "stone-6-ferry-maple"
  }
}
resource "aws_sagemaker_model" "score" {
  name               = "score"
  execution_role_arn = "arn:aws:iam::123456789012:role/score"
  primary_container {
    image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/score:3"
    environment = {
      STORE_PASSWORD = "ferry-1-maple-cove"
    }
  }
}
resource "aws_ssm_parameter" "token" {
  name           = "/app/webhook/password"
  type           = "String"
  insecure_value = local.password
}
# A SecureString is encrypted.
resource "aws_ssm_parameter" "sealed" {
  name  = "/app/database/password"
  type  = "SecureString"
  value = local.password
}
# Places that are made for secrets.
resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-AbCdEf"
  secret_string = local.password
}
resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.t4g.micro"
  allocated_storage = 20
  username          = "orders"
  password          = local.password
  apply_immediately = true
}
resource "aws_s3_bucket" "tagged" {
  bucket = "tagged-0001"
  tags = {
    owner          = "shop"
    admin_password = "cove-7-thistle-brook"
  }
}
resource "aws_s3_object" "settings" {
  bucket  = "settings-0001"
  key     = "app.properties"
  content = "db.user=app\ndb.password=thistle-4-brook-anvil\n"
}
resource "aws_s3_object" "encoded" {
  bucket         = "settings-0001"
  key            = "app.env"
  content_base64 = base64encode("DATABASE_USER=app\nDATABASE_PASSWORD=${local.password}\n")
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
      inputs = { runCommand = ["DB_PASSWORD=brook-9-anvil-heron /opt/setup"] }
    }]
  })
}
resource "aws_cloudwatch_event_target" "nightly" {
  rule  = "nightly"
  arn   = "arn:aws:lambda:eu-west-1:123456789012:function:nightly"
  input = jsonencode({ mode = "full", password = local.password })
}
resource "aws_cloudfront_function" "gate" {
  name    = "gate"
  runtime = "cloudfront-js-2.0"
  code    = "function handler(event) { var password = 'heron-5-larch-pebble'; return event.request; }"
}
resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "d1e2f3"
  stage_name    = "prod"
  variables = {
    backend          = "https://backend.example.com"
    backend_password = "larch-8-pebble-canyon"
  }
}
resource "aws_apigatewayv2_stage" "prod" {
  api_id = "f6g7h8i9j0"
  name   = "prod"
  stage_variables = {
    backend          = "https://backend.example.com"
    backend_password = local.password
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
# The secret stood there before.
resource "aws_cloudfront_distribution" "moved" {
  enabled = true
  origin {
    domain_name = "assets.example.com"
    origin_id   = "assets"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  origin {
    domain_name = "shop2.example.com"
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
      name  = "STAGE"
      value = "prod"
    }
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
