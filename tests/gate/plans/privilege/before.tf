resource "aws_iam_policy" "everything" {
  name = "everything"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_role_policy" "service" {
  name = "service"
  role = "app"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_user_policy" "pass" {
  name = "pass"
  user = "ann"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_group_policy" "rewrite" {
  name  = "rewrite"
  group = "ops"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_policy" "attach" {
  name = "attach"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_role_policy" "takeover" {
  name = "takeover"
  role = "app"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_user_policy" "join" {
  name = "join"
  user = "ann"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_group_policy" "trust" {
  name  = "trust"
  group = "ops"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_policy" "unbound" {
  name = "unbound"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_role_policy" "assume" {
  name = "assume"
  role = "app"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_user_policy" "code" {
  name = "code"
  user = "ann"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_group_policy" "secrets" {
  name  = "secrets"
  group = "ops"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_policy" "keys" {
  name = "keys"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_role_policy" "buckets" {
  name = "buckets"
  role = "app"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_user_policy" "blind" {
  name = "blind"
  user = "ann"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_group_policy" "leave" {
  name  = "leave"
  group = "ops"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
resource "aws_iam_policy" "share" {
  name = "share"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
# More rights on one object, and a whole service for what one owns: no wider than the task.
resource "aws_iam_policy" "bounded" {
  name = "bounded"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
  ] })
}
# The same through the provider's document.
data "aws_iam_policy_document" "keys" {
  statement {
    actions   = ["kms:Encrypt"]
    resources = ["arn:aws:kms:eu-west-1:123456789012:key/0abc1230"]
  }
}
resource "aws_iam_role_policy" "document" {
  name   = "document"
  role   = "app"
  policy = data.aws_iam_policy_document.keys.json
}
resource "aws_iam_policy" "notaction" {
  name = "notaction"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })
}
resource "aws_iam_policy" "notresource" {
  name = "notresource"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" }] })
}
resource "aws_organizations_policy" "rail" {
  name = "rail"
  content = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "trail", Effect = "Deny", Action = "cloudtrail:StopLogging", Resource = "*" },
  { Sid = "leave", Effect = "Deny", Action = "organizations:LeaveOrganization", Resource = "*" }] })
  skip_destroy = true
}
resource "aws_organizations_policy_attachment" "gone" {
  policy_id = "p-0abc1230"
  target_id = "ou-abcd-0abc1230"
}
resource "aws_iam_role" "unbounded" {
  name = "unbounded"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
  permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
}
resource "aws_iam_user_group_membership" "ann" {
  user   = "ann"
  groups = ["developers"]
}
resource "aws_eks_access_entry" "masters" {
  cluster_name      = "main"
  principal_arn     = "arn:aws:iam::123456789012:role/dev"
  kubernetes_groups = ["viewers"]
}
resource "aws_ecs_task_definition" "root" {
  family = "root"
  container_definitions = jsonencode([{
    name      = "app"
    image     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1"
    memory    = 128
    essential = true
  }])
}
resource "aws_efs_access_point" "root" {
  file_system_id = "fs-0abc1230000000001"
  posix_user {
    uid = 1000
    gid = 1000
  }
}
resource "aws_lakeformation_data_lake_settings" "lake" {
  admins = ["arn:aws:iam::123456789012:role/lake"]
}
