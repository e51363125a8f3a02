resource "aws_sns_topic" "t" {
  name = "a"
}

resource "aws_sqs_queue" "q" {
  name = "a"
}
