# Policies that grant what a task needs, and then more, each in one way.
resource "aws_iam_policy" "everything" {
  name = "everything"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "Task"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["arn:aws:s3:::reports-0001/*"]
    }]
  })
}
data "aws_iam_policy_document" "service" {
  statement {
    actions   = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]
  }
}
resource "aws_iam_role_policy" "service" {
  name   = "service"
  role   = "orders"
  policy = data.aws_iam_policy_document.service.json
}
resource "aws_iam_role_policy" "identities" {
  name = "identities"
  role = "orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["iam:GetRole"]
      Resource = ["*"]
    }]
  })
}
resource "aws_iam_role_policy" "passes" {
  name = "passes"
  role = "deploy"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["lambda:CreateFunction"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = "arn:aws:iam::123456789012:role/functions/*"
      },
    ]
  })
}
# Any role, but to one service alone.
resource "aws_iam_role_policy" "passes_to_one" {
  name = "passes-to-one"
  role = "deploy"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "iam:PassRole"
      Resource  = "arn:aws:iam::123456789012:role/functions/*"
      Condition = { StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } }
    }]
  })
}
resource "aws_iam_user_policy" "rewrites" {
  name = "rewrites"
  user = "ci"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["iam:GetPolicy"]
      Resource = "*"
    }]
  })
}
resource "aws_iam_group_policy" "attaches" {
  name  = "attaches"
  group = "developers"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "iam:ListRoles"
      Resource = "*"
    }]
  })
}
resource "aws_iam_group_policy" "users" {
  name  = "users"
  group = "support"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["iam:CreateAccessKey", "iam:ListAccessKeys"]
      Resource = "arn:aws:iam::123456789012:user/$${aws:username}"
    }]
  })
}
resource "aws_iam_role" "inline" {
  name = "inline"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
  inline_policy {
    name = "groups"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect   = "Allow"
        Action   = ["iam:ListGroups"]
        Resource = ["*"]
      }]
    })
  }
}
resource "aws_ssoadmin_permission_set_inline_policy" "trust" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0abc123000000001"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0abc123000000001/ps-0abc123000000001"
  inline_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["iam:GetRole"]
      Resource = "*"
    }]
  })
}
resource "aws_iam_policy" "boundaries" {
  name = "boundaries"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["iam:GetUser"]
      Resource = "arn:aws:iam::123456789012:user/*"
    }]
  })
}
resource "aws_iam_policy" "roles" {
  name = "roles"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect   = "Allow"
      Action   = "sts:AssumeRole"
      Resource = "arn:aws:iam::123456789012:role/reader"
    }
  })
}
resource "aws_iam_policy" "runs" {
  name = "runs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ssm:SendCommand", "ssm:ListCommands"]
      Resource = ["arn:aws:ec2:eu-west-1:123456789012:instance/i-0abc1230000000001"]
    }]
  })
}
resource "aws_iam_policy" "secrets" {
  name = "secrets"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue"
      Resource = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-*"
    }]
  })
}
resource "aws_iam_policy" "keys" {
  name = "keys"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:DescribeKey"]
      Resource = "arn:aws:kms:eu-west-1:123456789012:key/0abc1230-0000-0000-0000-000000000001"
    }]
  })
}
# One more key.
resource "aws_iam_policy" "two_keys" {
  name = "two-keys"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = ["kms:Decrypt"]
      Resource = [
        "arn:aws:kms:eu-west-1:123456789012:key/0abc1230-0000-0000-0000-000000000001",
      ]
    }]
  })
}
resource "aws_iam_policy" "storage" {
  name = "storage"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetBucketPolicy"]
      Resource = "*"
    }]
  })
}
resource "aws_iam_policy" "watchers" {
  name = "watchers"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["cloudtrail:LookupEvents"]
      Resource = "*"
    }]
  })
}
resource "aws_iam_policy" "organization" {
  name = "organization"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["organizations:DescribeOrganization"]
      Resource = "*"
    }]
  })
}
resource "aws_iam_policy" "snapshots" {
  name = "snapshots"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["rds:DescribeDBSnapshots"]
      Resource = "*"
    }]
  })
}
resource "aws_iam_policy" "not_action" {
  name = "not-action"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ec2:DescribeInstances"], Resource = "*" }]
  })
}
resource "aws_iam_policy" "not_resource" {
  name = "not-resource"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::reports-0001/*" }]
  })
}
# A Deny of all but some actions grants nothing.
resource "aws_iam_policy" "deny_more" {
  name = "deny-more"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::reports-0001/*" },
    ]
  })
}
# The same rights, spelled otherwise and in another order.
resource "aws_iam_policy" "respelled" {
  name = "respelled"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "Read"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:ListBucket"]
      Resource = ["arn:aws:s3:::reports-0001", "arn:aws:s3:::reports-0001/*"]
    }]
  })
}
resource "aws_organizations_policy" "regions" {
  name = "regions"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "All", Effect = "Allow", Action = "*", Resource = "*" },
      { Sid = "Regions", Effect = "Deny", NotAction = ["iam:*"], Resource = "*", Condition = { StringNotEquals = { "aws:RequestedRegion" = ["eu-west-1"] } } },
      { Sid = "Trails", Effect = "Deny", Action = ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"], Resource = "*" },
    ]
  })
}
# One more Deny.
resource "aws_organizations_policy" "stricter" {
  name = "stricter"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "All", Effect = "Allow", Action = "*", Resource = "*" },
    ]
  })
}
resource "aws_organizations_policy_attachment" "production" {
  policy_id = "p-0abc12301"
  target_id = "ou-0abc-0abc1230"
}
resource "aws_iam_role_policy_attachment" "read" {
  role       = "auditor"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
resource "aws_iam_user" "contractor" {
  name                 = "contractor"
  permissions_boundary = "arn:aws:iam::123456789012:policy/contractors"
}
# Another boundary of one's own.
resource "aws_iam_user" "bounded" {
  name                 = "bounded"
  permissions_boundary = "arn:aws:iam::123456789012:policy/contractors"
}
resource "aws_iam_user_group_membership" "mary" {
  user   = "mary"
  groups = ["developers"]
}
resource "aws_iam_user_group_membership" "paul" {
  user   = "paul"
  groups = ["developers"]
}
resource "aws_eks_access_policy_association" "deploy" {
  cluster_name  = "main"
  principal_arn = "arn:aws:iam::123456789012:role/deploy"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy"
  access_scope {
    type = "cluster"
  }
}
resource "aws_eks_access_policy_association" "viewer" {
  cluster_name  = "main"
  principal_arn = "arn:aws:iam::123456789012:role/viewer"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"
  access_scope {
    type       = "namespace"
    namespaces = ["shop"]
  }
}
resource "aws_ecs_task_definition" "agent" {
  family = "agent"
  container_definitions = jsonencode([{
    name       = "agent"
    image      = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/agent:2"
    cpu        = 256
    memory     = 512
    privileged = false
  }])
}
resource "aws_codebuild_project" "images" {
  name         = "images"
  service_role = "arn:aws:iam::123456789012:role/build"
  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/standard:7.0"
    type            = "LINUX_CONTAINER"
    privileged_mode = false
  }
  source {
    type     = "GITHUB"
    location = "https://github.com/example/app.git"
  }
}
# The root directory's owner is not who works on it.
resource "aws_efs_access_point" "owned" {
  file_system_id = "fs-0abc1230000000001"
  posix_user {
    gid = 1000
    uid = 1000
  }
  root_directory {
    path = "/data"
    creation_info {
      owner_gid   = 1000
      owner_uid   = 1000
      permissions = "755"
    }
  }
}
resource "aws_efs_access_point" "root" {
  file_system_id = "fs-0abc1230000000001"
  posix_user {
    gid = 1000
    uid = 1000
  }
}
resource "aws_sagemaker_notebook_instance" "research" {
  name          = "research"
  role_arn      = "arn:aws:iam::123456789012:role/research"
  instance_type = "ml.t3.medium"
  root_access   = "Disabled"
}
resource "aws_lakeformation_data_lake_settings" "lake" {
  admins = ["arn:aws:iam::123456789012:role/lake"]
}
resource "aws_iam_role" "longer" {
  name = "longer"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::123456789012:root" } }]
  })
  max_session_duration = 3600
}
resource "aws_iam_role" "shorter" {
  name = "shorter"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::123456789012:root" } }]
  })
  max_session_duration = 43200
}
