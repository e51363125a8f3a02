resource "aws_sns_topic" "top" {}
