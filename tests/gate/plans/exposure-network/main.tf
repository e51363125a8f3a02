resource "aws_security_group" "ssh" {
  name   = "ssh"
  vpc_id = "vpc-0abc1230000000001"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group" "halves" {
  name   = "halves"
  vpc_id = "vpc-0abc1230000000001"
  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"]
  }
}
resource "aws_vpc_security_group_ingress_rule" "db6" {
  security_group_id = "sg-0abc1230000000001"
  from_port         = 5432
  to_port           = 5432
  ip_protocol       = "tcp"
  cidr_ipv6         = "::/0"
}
resource "aws_security_group_rule" "rdp" {
  type              = "ingress"
  security_group_id = "sg-0abc1230000000001"
  from_port         = 3389
  to_port           = 3389
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
}
# What is meant for the world, and what only leads out.
resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = "vpc-0abc1230000000001"
  ingress {
    from_port        = 443
    to_port          = 443
    protocol         = "tcp"
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_vpc_security_group_egress_rule" "out" {
  security_group_id = "sg-0abc1230000000001"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}
resource "aws_network_acl" "wide" {
  vpc_id = "vpc-0abc1230000000001"
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
    cidr_block = "0.0.0.0/0"
  }
}
resource "aws_ec2_managed_prefix_list" "all" {
  name           = "all"
  address_family = "IPv4"
  max_entries    = 5
  entry {
    cidr = "10.0.0.0/8"
  }
  entry {
    cidr = "0.0.0.0/0"
  }
}
resource "aws_workspaces_ip_group" "all" {
  name = "all"
  rules {
    source = "0.0.0.0/0"
  }
}
resource "aws_medialive_input_security_group" "all" {
  whitelist_rules {
    cidr = "0.0.0.0/0"
  }
}
resource "aws_sagemaker_workforce" "all" {
  workforce_name = "all"
  cognito_config {
    client_id = "abc"
    user_pool = "eu-west-1_abcdefghi"
  }
  source_ip_config {
    cidrs = ["0.0.0.0/0"]
  }
}
resource "aws_codepipeline_webhook" "all" {
  name            = "all"
  authentication  = "UNAUTHENTICATED"
  target_action   = "Source"
  target_pipeline = "app"
  filter {
    json_path    = "$.ref"
    match_equals = "refs/heads/main"
  }
}
resource "aws_gamelift_fleet" "admin" {
  ec2_instance_type = "c5.large"
  name              = "admin"
  build_id          = "build-0abc1230"
  ec2_inbound_permission {
    from_port = 7777
    to_port   = 7777
    ip_range  = "0.0.0.0/0"
    protocol  = "UDP"
  }
  ec2_inbound_permission {
    from_port = 22
    to_port   = 22
    ip_range  = "0.0.0.0/0"
    protocol  = "TCP"
  }
}
resource "aws_ec2_client_vpn_authorization_rule" "all" {
  client_vpn_endpoint_id = "cvpn-endpoint-0abc1230000000001"
  target_network_cidr    = "0.0.0.0/0"
  authorize_all_groups   = true
}
resource "aws_eks_cluster" "opened" {
  name     = "opened"
  role_arn = "arn:aws:iam::123456789012:role/eks"
  vpc_config {
    subnet_ids              = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
    endpoint_private_access = true
    endpoint_public_access  = true
    public_access_cidrs     = ["0.0.0.0/0"]
  }
}
resource "aws_eks_cluster" "bounded" {
  name     = "bounded"
  role_arn = "arn:aws:iam::123456789012:role/eks"
  vpc_config {
    subnet_ids             = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
    endpoint_public_access = true
    public_access_cidrs    = ["203.0.113.0/24"]
  }
}
resource "aws_db_instance" "public" {
  identifier                  = "public"
  instance_class              = "db.t3.medium"
  engine                      = "postgres"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  final_snapshot_identifier   = "public-last"
  publicly_accessible         = true
}
resource "aws_mq_broker" "public" {
  broker_name                = "public"
  engine_type                = "RabbitMQ"
  engine_version             = "3.13"
  host_instance_type         = "mq.m5.large"
  auto_minor_version_upgrade = true
  user {
    username = "app"
    password = var.password
  }
  publicly_accessible = true
}
variable "password" {
  type      = string
  sensitive = true
  default   = "none-of-your-business"
}
resource "aws_dms_replication_instance" "public" {
  replication_instance_id    = "public"
  replication_instance_class = "dms.t3.medium"
  publicly_accessible        = true
}
resource "aws_msk_cluster" "nologin" {
  cluster_name           = "nologin"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 2
  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
    security_groups = ["sg-0abc1230000000001"]
  }
  client_authentication {
    unauthenticated = true
  }
}
resource "aws_launch_template" "public" {
  name = "public"
  network_interfaces {
    associate_public_ip_address = true
  }
}
resource "aws_subnet" "public" {
  vpc_id                  = "vpc-0abc1230000000001"
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = true
}
resource "aws_route_table" "public" {
  vpc_id = "vpc-0abc1230000000001"
  route {
    cidr_block         = "10.90.0.0/16"
    transit_gateway_id = "tgw-0abc1230000000001"
  }
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = "igw-0abc1230000000001"
  }
}
resource "aws_lb" "outside" {
  name               = "outside"
  internal           = false
  load_balancer_type = "application"
  subnets            = ["subnet-0abc1230000000001", "subnet-0abc1230000000002"]
}
resource "aws_s3_bucket_acl" "public" {
  bucket = "public-0001"
  acl    = "public-read"
}
resource "aws_s3_object" "public" {
  bucket  = "files-0001"
  key     = "report"
  content = "2026"
  acl     = "public-read"
}
resource "aws_s3_bucket_public_access_block" "off" {
  bucket                  = "off-0001"
  restrict_public_buckets = false
}
resource "aws_s3_account_public_access_block" "off" {
  block_public_policy     = false
  restrict_public_buckets = true
}
resource "aws_s3_access_point" "off" {
  bucket = "data-0001"
  name   = "off"
  public_access_block_configuration {
    block_public_acls       = true
    block_public_policy     = false
    ignore_public_acls      = true
    restrict_public_buckets = true
  }
}
resource "aws_ami_launch_permission" "all" {
  image_id = "ami-0abc1230000000001"
  group    = "all"
}
resource "aws_db_snapshot" "public" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-1"
  shared_accounts        = ["all"]
}
resource "aws_db_snapshot" "other" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-2"
  shared_accounts        = ["210987654321"]
}
resource "aws_ebs_snapshot_block_public_access" "off" {
  state = "unblocked"
}
resource "aws_ec2_image_block_public_access" "off" {
  state = "unblocked"
}
resource "aws_emr_block_public_access_configuration" "off" {
  block_public_security_group_rules = false
}
resource "aws_vpc_block_public_access_options" "off" {
  internet_gateway_block_mode = "off"
}
resource "aws_vpc_block_public_access_exclusion" "both" {
  vpc_id                          = "vpc-0abc1230000000001"
  internet_gateway_exclusion_mode = "allow-bidirectional"
}
resource "aws_ram_resource_share" "outside" {
  name                      = "outside"
  allow_external_principals = true
}
resource "aws_vpc_endpoint_service" "all" {
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/svc/0123456789abcdef"]
  acceptance_required        = false
  allowed_principals         = ["arn:aws:iam::210987654321:root", "*"]
}
resource "aws_ec2_transit_gateway" "all" {
  description                    = "all"
  auto_accept_shared_attachments = "enable"
}
resource "aws_transfer_server" "outside" {
  endpoint_type = "PUBLIC"
  force_destroy = true
}
resource "aws_apprunner_service" "outside" {
  service_name = "outside"
  source_configuration {
    image_repository {
      image_identifier      = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1"
      image_repository_type = "ECR"
    }
  }
  network_configuration {
    ingress_configuration {
      is_publicly_accessible = true
    }
  }
}
resource "aws_sagemaker_notebook_instance" "open" {
  name                   = "open"
  role_arn               = "arn:aws:iam::123456789012:role/notebook"
  instance_type          = "ml.t3.medium"
  subnet_id              = "subnet-0abc1230000000001"
  security_groups        = ["sg-0abc1230000000001"]
  direct_internet_access = "Enabled"
  root_access            = "Enabled"
}
resource "aws_opensearch_domain" "leaves" {
  domain_name    = "leaves"
  engine_version = "OpenSearch_2.11"
}
