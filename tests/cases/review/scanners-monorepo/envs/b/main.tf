resource "aws_sns_topic" "t" {
  name = "b"
}

resource "aws_sqs_queue" "q" {
  name = "b"
}
