# Other types in which the same is opened, granted or told.
resource "aws_lightsail_instance_public_ports" "blog" {
  instance_name = "blog"
  port_info {
    protocol  = "tcp"
    from_port = 22
    to_port   = 22
    cidrs     = ["0.0.0.0/0"]
  }
}
# What is meant for everyone.
resource "aws_lightsail_instance_public_ports" "web" {
  instance_name = "web"
  port_info {
    protocol  = "tcp"
    from_port = 443
    to_port   = 443
    cidrs     = ["0.0.0.0/0"]
  }
}
resource "aws_network_acl_rule" "all" {
  network_acl_id = "acl-0abc1230000000001"
  rule_number    = 100
  egress         = false
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = 5432
  to_port        = 5432
}
# What goes out.
resource "aws_network_acl_rule" "out" {
  network_acl_id = "acl-0abc1230000000001"
  rule_number    = 100
  egress         = true
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = 443
  to_port        = 443
}
resource "aws_ec2_managed_prefix_list_entry" "all" {
  prefix_list_id = "pl-0abc1230000000001"
  cidr           = "0.0.0.0/0"
}
resource "aws_ec2_managed_prefix_list_entry" "office" {
  prefix_list_id = "pl-0abc1230000000001"
  cidr           = "198.51.100.0/24"
}
resource "aws_ecs_service" "shop" {
  name            = "shop"
  cluster         = "main"
  task_definition = "shop:4"
  desired_count   = 2
  launch_type     = "FARGATE"
  network_configuration {
    subnets          = ["subnet-0abc1230000000001"]
    security_groups  = ["sg-0abc1230000000001"]
    assign_public_ip = true
  }
}
resource "aws_glacier_vault" "archive" {
  name = "archive"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Read"
      Effect    = "Allow"
      Principal = "*"
      Action    = "glacier:InitiateJob"
      Resource  = "arn:aws:glacier:eu-west-1:123456789012:vaults/archive"
    }]
  })
}
resource "aws_cloudwatch_log_resource_policy" "dns" {
  policy_name = "dns"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Write"
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "logs:PutLogEvents"
      Resource  = "arn:aws:logs:eu-west-1:123456789012:log-group:/dns/*"
    }]
  })
}
resource "aws_s3control_multi_region_access_point_policy" "global" {
  details {
    name = "global"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Sid       = "Read"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap/object/*"
      }]
    })
  }
}
resource "aws_s3tables_table_bucket_policy" "lake" {
  table_bucket_arn = "arn:aws:s3tables:eu-west-1:123456789012:bucket/lake"
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Read"
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "s3tables:GetTableData"
      Resource  = "arn:aws:s3tables:eu-west-1:123456789012:bucket/lake/*"
    }]
  })
}
resource "aws_lambda_layer_version_permission" "all" {
  layer_name     = "tools"
  version_number = 3
  statement_id   = "all"
  action         = "lambda:GetLayerVersion"
  principal      = "*"
}
# Everyone of the organization.
resource "aws_lambda_layer_version_permission" "organization" {
  layer_name      = "tools"
  version_number  = 3
  statement_id    = "organization"
  action          = "lambda:GetLayerVersion"
  principal       = "*"
  organization_id = "o-0abc123000"
}
resource "aws_lambda_permission" "url" {
  function_name          = "shop"
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "NONE"
}
resource "aws_vpc_endpoint_service_allowed_principal" "all" {
  vpc_endpoint_service_id = "vpce-svc-0abc1230000000001"
  principal_arn           = "*"
}
resource "aws_mwaa_environment" "flows" {
  name                  = "flows"
  dag_s3_path           = "dags/"
  execution_role_arn    = "arn:aws:iam::123456789012:role/flows"
  source_bucket_arn     = "arn:aws:s3:::flows-0001"
  webserver_access_mode = "PUBLIC_ONLY"
  network_configuration {
    security_group_ids = ["sg-0abc1230000000001"]
    subnet_ids         = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
  }
}
# More workers: an option that the provider masks with the others.
resource "aws_mwaa_environment" "faster" {
  name               = "faster"
  dag_s3_path        = "dags/"
  execution_role_arn = "arn:aws:iam::123456789012:role/flows"
  source_bucket_arn  = "arn:aws:s3:::flows-0001"
  airflow_configuration_options = {
    "core.parallelism" = "64"
  }
  network_configuration {
    security_group_ids = ["sg-0abc1230000000001"]
    subnet_ids         = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
  }
}
# Another host, with the password that stood there.
resource "aws_glue_connection" "moved" {
  name = "moved"
  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:postgresql://db-2.example.com/orders"
    USERNAME            = "orders"
    PASSWORD            = "pebble-7-canyon-fern"
  }
}
resource "aws_glue_connection" "gains" {
  name = "gains"
  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:postgresql://db-1.example.com/orders"
    USERNAME            = "orders"
    PASSWORD            = "canyon-1-fern-harvest"
  }
}
resource "aws_sagemaker_domain" "research" {
  domain_name             = "research"
  auth_mode               = "IAM"
  vpc_id                  = "vpc-0abc1230000000001"
  subnet_ids              = ["subnet-0abc1230000000001"]
  app_network_access_type = "PublicInternetOnly"
  default_user_settings {
    execution_role = "arn:aws:iam::123456789012:role/research"
  }
}
resource "aws_amplify_branch" "next" {
  app_id      = "d1abc123000001"
  branch_name = "next"
}
resource "aws_lakeformation_data_lake_settings" "lake" {
  admins = ["arn:aws:iam::123456789012:role/lake"]
  create_table_default_permissions {
    permissions = ["ALL"]
    principal   = "IAM_ALLOWED_PRINCIPALS"
  }
}
resource "aws_iam_role" "managed" {
  name = "managed"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
  managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/AdministratorAccess"]
}
resource "aws_iam_group_membership" "admins" {
  name  = "admins"
  group = "platform-admins"
  users = ["mary", "paul"]
}
resource "aws_scheduler_schedule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = "arn:aws:lambda:eu-west-1:123456789012:function:nightly"
    role_arn = "arn:aws:iam::123456789012:role/nightly"
    input    = jsonencode({ mode = "full", password = "orbit-6-harvest-quill" })
  }
}
