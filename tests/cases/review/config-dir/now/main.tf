resource "aws_s3_bucket" "kept" {
  # lifecycle { prevent_destroy = true }
}

resource "aws_s3_bucket" "many" {
  for_each = toset(["a"])
  lifecycle { prevent_destroy = true }
}

resource "aws_s3_bucket" "moved" {
  lifecycle { prevent_destroy = true }
}

moved {
  from = aws_s3_bucket.old
  to   = aws_s3_bucket.moved
}

resource "aws_sns_topic" "new" {
  name = "n"
}

module "net" {
  source = "./net"
}

module "far" {
  source = "example/far/aws"
}
