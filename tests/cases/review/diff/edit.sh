# The change under review.
sed -i 's/name = "edited"/name = "renamed"/; s/"dev"/"prod"/; s/"1.0.0"/"2.0.0"/; /"removed"/,/^}/d' infra/main.tf
sed -i 's/1/2/' infra/terraform.tfvars
printf '\nresource "aws_sqs_queue" "new" {\n  count = 1\n}\n' >> infra/main.tf
sed -i 's/"inner"$/"other"/' infra/net/main.tf
