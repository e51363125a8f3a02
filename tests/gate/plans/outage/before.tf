resource "aws_lb" "moved" {
  name               = "moved"
  internal           = true
  load_balancer_type = "application"
  subnets            = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
}
resource "aws_eks_cluster" "renamed" {
  name     = "renamed"
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
  instance_types  = ["m5.large"]
  scaling_config {
    desired_size = 2
    max_size     = 4
    min_size     = 2
  }
}
resource "aws_nat_gateway" "moved" {
  connectivity_type = "private"
  subnet_id         = "subnet-0abc1230000000001"
}
resource "aws_subnet" "renumbered" {
  vpc_id     = "vpc-0abc1230000000001"
  cidr_block = "10.0.1.0/24"
}
resource "aws_apigatewayv2_api" "other" {
  name          = "other"
  protocol_type = "HTTP"
}
resource "aws_lb_listener" "gone" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef"
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef"
  }
}
# Two records of one name go together.
resource "aws_route53_record" "gone" {
  zone_id = "Z0123456789ABC"
  name    = "gone.example.com"
  type    = "A"
  ttl     = 60
  records = ["192.0.2.1"]
}
resource "aws_route53_record" "gone6" {
  zone_id = "Z0123456789ABC"
  name    = "gone.example.com"
  type    = "AAAA"
  ttl     = 60
  records = ["2001:db8::1"]
}
# A record becomes another resource for the same name.
resource "aws_route53_record" "old" {
  zone_id = "Z0123456789ABC"
  name    = "kept.example.com"
  type    = "A"
  ttl     = 60
  records = ["192.0.2.1"]
}
resource "aws_db_instance" "now" {
  identifier                  = "now"
  instance_class              = "db.r6g.large"
  engine                      = "postgres"
  engine_version              = "15.4"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "now-last"
  parameter_group_name        = "pg15"
  apply_immediately           = true
}
# The same, in the maintenance window.
resource "aws_db_instance" "later" {
  identifier                  = "later"
  instance_class              = "db.r6g.large"
  engine                      = "postgres"
  engine_version              = "15.4"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "later-last"
}
resource "aws_instance" "bigger" {
  ami           = "ami-0abc1230000000001"
  instance_type = "t3.micro"
}
resource "aws_ecs_service" "none" {
  name            = "none"
  cluster         = "arn:aws:ecs:eu-west-1:123456789012:cluster/main"
  task_definition = "none:1"
  desired_count   = 2
}
resource "aws_autoscaling_group" "none" {
  name               = "none"
  min_size           = 0
  max_size           = 3
  availability_zones = ["eu-west-1a"]
  launch_template {
    id      = "lt-0abc1230000000001"
    version = "1"
  }
}
resource "aws_kms_key" "off" {
  description         = "off"
  enable_key_rotation = true
}
resource "aws_lambda_event_source_mapping" "off" {
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:jobs"
  function_name    = "worker"
}
resource "aws_eip" "gone" {
  domain = "vpc"
}
resource "aws_route53_zone" "gone" {
  name = "lost.example.com"
}
resource "aws_cognito_user_pool" "renamed" {
  name                = "renamed"
  username_attributes = ["email"]
}
resource "aws_cognito_user_pool_client" "secret" {
  name         = "secret"
  user_pool_id = "eu-west-1_abcdefghi"
}
resource "aws_key_pair" "other" {
  key_name   = "other"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJc3Wk1rXy6g0n0pVvYp1s9b3l4O7dQz9e1rXk6uT2aB one"
}
resource "aws_acm_certificate" "more" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"
}
resource "aws_iam_role" "renamed" {
  name = "renamed"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_vpn_connection" "other" {
  customer_gateway_id = "cgw-0abc1230000000001"
  vpn_gateway_id      = "vgw-0abc1230000000001"
  type                = "ipsec.1"
  static_routes_only  = false
}
resource "aws_ses_domain_identity" "gone" {
  domain = "example.com"
}
resource "aws_organizations_organizational_unit" "gone" {
  name      = "gone"
  parent_id = "r-abcd"
}
