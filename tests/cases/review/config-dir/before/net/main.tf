resource "aws_s3_bucket" "inner" {
  bucket = "inner"
  lifecycle { prevent_destroy = true }
}
