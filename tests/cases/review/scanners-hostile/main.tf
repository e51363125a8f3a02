terraform {
  required_version = ">= 1.5"
}

variable "unused" {
  type = string
}

resource "aws_security_group_rule" "ssh" {
  type              = "ingress"
  security_group_id = "sg-1"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_db_instance" "orders" {
  identifier          = "orders"
  instance_class      = "db.t9.medium"
  storage_encrypted   = true
  deletion_protection = true
}

resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}

resource "aws_ebs_volume" "data" {
  count             = 2
  availability_zone = "eu-west-1a"
  size              = 8
}

module "front" {
  source = "./bucket"
}

module "back" {
  source = "./bucket"
}
