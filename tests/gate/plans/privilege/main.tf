resource "aws_iam_policy" "everything" {
  name = "everything"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = "*", Resource = "*" },
  ] })
}
resource "aws_iam_role_policy" "service" {
  name = "service"
  role = "app"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = "dynamodb:*", Resource = "*" },
  ] })
}
resource "aws_iam_user_policy" "pass" {
  name = "pass"
  user = "ann"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["iam:PassRole", "iam:GetRole"], Resource = "*" },
  ] })
}
resource "aws_iam_group_policy" "rewrite" {
  name  = "rewrite"
  group = "ops"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["iam:CreatePolicyVersion"], Resource = "*" },
  ] })
}
resource "aws_iam_policy" "attach" {
  name = "attach"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["iam:AttachRolePolicy"], Resource = "arn:aws:iam::123456789012:role/*" },
  ] })
}
resource "aws_iam_role_policy" "takeover" {
  name = "takeover"
  role = "app"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["iam:CreateAccessKey"], Resource = "*" },
  ] })
}
resource "aws_iam_user_policy" "join" {
  name = "join"
  user = "ann"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["iam:AddUserToGroup"], Resource = "*" },
  ] })
}
resource "aws_iam_group_policy" "trust" {
  name  = "trust"
  group = "ops"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["iam:UpdateAssumeRolePolicy"], Resource = "*" },
  ] })
}
resource "aws_iam_policy" "unbound" {
  name = "unbound"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["iam:DeleteRolePermissionsBoundary"], Resource = "*" },
  ] })
}
resource "aws_iam_role_policy" "assume" {
  name = "assume"
  role = "app"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["sts:AssumeRole"], Resource = "*" },
  ] })
}
resource "aws_iam_user_policy" "code" {
  name = "code"
  user = "ann"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["lambda:UpdateFunctionCode"], Resource = "*" },
  ] })
}
resource "aws_iam_group_policy" "secrets" {
  name  = "secrets"
  group = "ops"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = "*" },
  ] })
}
resource "aws_iam_policy" "keys" {
  name = "keys"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["kms:Decrypt"], Resource = "*" },
  ] })
}
resource "aws_iam_role_policy" "buckets" {
  name = "buckets"
  role = "app"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["s3:PutBucketPolicy"], Resource = "*" },
  ] })
}
resource "aws_iam_user_policy" "blind" {
  name = "blind"
  user = "ann"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["cloudtrail:StopLogging"], Resource = "*" },
  ] })
}
resource "aws_iam_group_policy" "leave" {
  name  = "leave"
  group = "ops"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["organizations:LeaveOrganization"], Resource = "*" },
  ] })
}
resource "aws_iam_policy" "share" {
  name = "share"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["ec2:ModifySnapshotAttribute"], Resource = "*" },
  ] })
}
# More rights on one object, and a whole service for what one owns: no wider than the task.
resource "aws_iam_policy" "bounded" {
  name = "bounded"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" },
    { Effect = "Allow", Action = ["dynamodb:*"], Resource = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders" },
    { Effect = "Allow", Action = ["iam:PassRole"], Resource = "arn:aws:iam::123456789012:role/worker" },
  ] })
}
# The same through the provider's document.
data "aws_iam_policy_document" "keys" {
  statement {
    actions   = ["kms:Encrypt"]
    resources = ["arn:aws:kms:eu-west-1:123456789012:key/0abc1230"]
  }
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
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
  { Effect = "Allow", NotAction = ["iam:*", "organizations:*", "account:*"], Resource = "*" }] })
}
resource "aws_iam_policy" "notresource" {
  name = "notresource"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Action = "s3:GetObject", NotResource = "arn:aws:s3:::secret/*" }] })
}
resource "aws_organizations_policy" "rail" {
  name = "rail"
  content = jsonencode({ Version = "2012-10-17", Statement = [
  { Sid = "leave", Effect = "Deny", Action = "organizations:LeaveOrganization", Resource = "*" }] })
}
resource "aws_iam_role_policy_attachment" "admin" {
  role       = "app"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
resource "aws_iam_user_policy_attachment" "s3" {
  user       = "ann"
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
}
resource "aws_iam_role_policy_attachment" "read" {
  role       = "app"
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}
resource "aws_iam_role" "unbounded" {
  name = "unbounded"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
  { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
  max_session_duration = 43200
}
resource "aws_iam_user_group_membership" "ann" {
  user   = "ann"
  groups = ["developers", "administrators"]
}
resource "aws_eks_access_entry" "masters" {
  cluster_name      = "main"
  principal_arn     = "arn:aws:iam::123456789012:role/dev"
  kubernetes_groups = ["viewers", "system:masters"]
}
resource "aws_eks_access_policy_association" "admin" {
  cluster_name  = "main"
  principal_arn = "arn:aws:iam::123456789012:role/dev"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
  access_scope {
    type = "cluster"
  }
}
resource "aws_ecs_task_definition" "root" {
  family = "root"
  container_definitions = jsonencode([{
    name       = "app"
    image      = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1"
    memory     = 128
    essential  = true
    privileged = true
  }])
}
resource "aws_efs_access_point" "root" {
  file_system_id = "fs-0abc1230000000001"
  posix_user {
    uid = 0
    gid = 0
  }
}
resource "aws_organizations_delegated_administrator" "security" {
  account_id        = "210987654321"
  service_principal = "guardduty.amazonaws.com"
}
resource "aws_lakeformation_data_lake_settings" "lake" {
  admins = ["arn:aws:iam::123456789012:role/lake", "arn:aws:iam::123456789012:role/dev"]
}
resource "aws_kms_grant" "wide" {
  name              = "wide"
  key_id            = "0abc1230-0000-0000-0000-000000000001"
  grantee_principal = "arn:aws:iam::123456789012:role/dev"
  operations        = ["Encrypt", "Decrypt", "CreateGrant"]
}
