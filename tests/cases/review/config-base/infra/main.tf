resource "aws_s3_bucket" "gone" {
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket" "kept" {
  lifecycle { prevent_destroy = true }
}

resource "aws_s3_bucket" "many" {
  for_each = toset(["a"])
  lifecycle { prevent_destroy = true }
}

resource "aws_s3_bucket" "old" {
  lifecycle { prevent_destroy = true }
}

module "net" {
  source = "./net"
}

module "far" {
  source = "example/far/aws"
}
