locals {
  env  = "dev"
  name = "x-${local.env}"
}

variable "size" {
  default = 1
}

resource "aws_sqs_queue" "edited" {
  name = "edited"
}

resource "aws_sqs_queue" "removed" {
  name = "removed"
}

resource "aws_sqs_queue" "by_local" {
  name = local.name
}

resource "aws_sqs_queue" "by_variable" {
  delay_seconds = var.size
}

resource "aws_sqs_queue_policy" "by_reference" {
  queue_url = aws_sqs_queue.edited.id
}

resource "aws_sqs_queue" "drifted" {
  name = "d"
}

resource "aws_sqs_queue" "untouched" {
  name = "u"
}

module "net" {
  source = "./net"
}

module "far" {
  source  = "example/far/aws"
  version = "1.0.0"
}

module "farther" {
  source = "example/far/aws"
}
