# a comment
resource "aws_s3_bucket" "logs" { // inline
  bucket = "logs-${var.env}"
  tags   = merge(local.tags, { "a b" = [for k, v in var.x : upper(k) if v != null]... })
  lifecycle {
    prevent_destroy = true
    ignore_changes  = [tags["x"], all.*.id]
  }
  dynamic "rule" {
    for_each = var.rules
    content { id = rule.value }
  }
}
/* block
comment */
module "net" {
  source = "./net"
}
locals {
  text = <<-EOT
    %{ if var.a }a%{ else }b%{ endif ~}
    $${kept} ${jsonencode({ a = 1 })}
  EOT
  cond = var.a ? -1 : !var.b && 2 >= 1e3
}
