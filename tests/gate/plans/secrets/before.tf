variable "token" {
  type      = string
  sensitive = true
  default   = "Zq8vT3nLw0Xr5Yb2Kd9Ms4Hg"
}
resource "aws_lambda_function" "env" {
  function_name = "env"
  role          = "arn:aws:iam::123456789012:role/lambda"
  handler       = "a.b"
  runtime       = "python3.12"
  s3_bucket     = "code"
  s3_key        = "env.zip"
  environment {
    variables = {
      STAGE = "live"
    }
  }
}
# The name of a secret is none.
resource "aws_lambda_function" "named" {
  function_name = "named"
  role          = "arn:aws:iam::123456789012:role/lambda"
  handler       = "a.b"
  runtime       = "python3.12"
  s3_bucket     = "code"
  s3_key        = "named.zip"
  environment {
    variables = {
      STAGE = "live"
    }
  }
}
resource "aws_launch_template" "boot" {
  name = "boot"
}
resource "aws_ecs_task_definition" "env" {
  family = "env"
  container_definitions = jsonencode([{
    name        = "app"
    image       = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1"
    memory      = 128
    essential   = true
    environment = [{ name = "STAGE", value = "live" }]
  }])
}
resource "aws_codebuild_project" "env" {
  name         = "env"
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
resource "aws_glue_job" "args" {
  name     = "args"
  role_arn = "arn:aws:iam::123456789012:role/glue"
  command {
    script_location = "s3://scripts/job.py"
  }
  default_arguments = {
    "--job-language" = "python"
  }
}
resource "aws_ssm_parameter" "plain" {
  name           = "/app/password"
  type           = "String"
  insecure_value = "none"
}
resource "aws_instance" "tagged" {
  ami           = "ami-0abc1230000000001"
  instance_type = "t3.micro"
  tags = {
    Name = "tagged"
  }
}
resource "aws_cloudwatch_event_target" "input" {
  rule  = "nightly"
  arn   = "arn:aws:lambda:eu-west-1:123456789012:function:nightly"
  input = jsonencode({ stage = "live" })
}
resource "aws_apigatewayv2_stage" "vars" {
  api_id = "a1b2c3d4e5"
  name   = "live"
  stage_variables = {
    stage = "live"
  }
}
resource "aws_cloudfront_distribution" "header" {
  enabled = true
  origin {
    domain_name = "one.example.com"
    origin_id   = "one"
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
    target_origin_id       = "one"
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
  }
}
