resource "aws_lb" "moved" {
  name               = "moved"
  internal           = true
  load_balancer_type = "network"
  subnets            = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
}
resource "aws_eks_cluster" "renamed" {
  name     = "renamed-2"
  role_arn = "arn:aws:iam::123456789012:role/eks"
  vpc_config {
    subnet_ids              = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
}
resource "aws_eks_node_group" "resized" {
  cluster_name    = "main"
  node_group_name = "resized"
  node_role_arn   = "arn:aws:iam::123456789012:role/node"
  subnet_ids      = ["subnet-0abc1230000000001"]
  instance_types  = ["m6i.large"]
  scaling_config {
    desired_size = 2
    max_size     = 4
    min_size     = 2
  }
}
resource "aws_nat_gateway" "moved" {
  connectivity_type = "private"
  subnet_id         = "subnet-0abc1230000000002"
}
resource "aws_subnet" "renumbered" {
  vpc_id     = "vpc-0abc1230000000001"
  cidr_block = "10.0.2.0/24"
}
resource "aws_apigatewayv2_api" "other" {
  name                       = "other"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}
# Two records of one name go together.
# A record becomes another resource for the same name.
resource "aws_route53_record" "new" {
  zone_id = "Z0123456789ABC"
  name    = "kept.example.com"
  type    = "A"
  alias {
    name                   = "shop.elb.eu-west-1.amazonaws.com"
    zone_id                = "Z32O12XQLNTSW2"
    evaluate_target_health = true
  }
}
resource "aws_db_instance" "now" {
  identifier                  = "now"
  instance_class              = "db.r6g.xlarge"
  engine                      = "postgres"
  engine_version              = "15.6"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "now-last"
  parameter_group_name        = "pg15-tuned"
  apply_immediately           = true
}
# The same, in the maintenance window.
resource "aws_db_instance" "later" {
  identifier                  = "later"
  instance_class              = "db.r6g.xlarge"
  engine                      = "postgres"
  engine_version              = "15.4"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "later-last"
}
resource "aws_instance" "bigger" {
  ami           = "ami-0abc1230000000001"
  instance_type = "t3.large"
}
resource "aws_ecs_service" "none" {
  name            = "none"
  cluster         = "arn:aws:ecs:eu-west-1:123456789012:cluster/main"
  task_definition = "none:1"
  desired_count   = 0
}
resource "aws_autoscaling_group" "none" {
  name               = "none"
  min_size           = 0
  max_size           = 0
  availability_zones = ["eu-west-1a"]
  launch_template {
    id      = "lt-0abc1230000000001"
    version = "1"
  }
}
resource "aws_kms_key" "off" {
  description         = "off"
  enable_key_rotation = true
  is_enabled          = false
}
resource "aws_lambda_event_source_mapping" "off" {
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:jobs"
  function_name    = "worker"
  enabled          = false
}
resource "aws_cognito_user_pool" "renamed" {
  name                = "renamed"
  username_attributes = ["phone_number"]
}
resource "aws_cognito_user_pool_client" "secret" {
  name            = "secret"
  user_pool_id    = "eu-west-1_abcdefghi"
  generate_secret = true
}
resource "aws_key_pair" "other" {
  key_name   = "other"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFq2o7mYc5k3tQ9u0wXvB8n1r6d4s2gHhJj7lPp5eRzC two"
}
resource "aws_acm_certificate" "more" {
  domain_name       = "shop.example.com"
  validation_method = "EMAIL"
}
resource "aws_iam_role" "renamed" {
  name = "renamed-2"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_vpn_connection" "other" {
  customer_gateway_id = "cgw-0abc1230000000002"
  vpn_gateway_id      = "vgw-0abc1230000000001"
  type                = "ipsec.1"
  static_routes_only  = true
}
