import { App, LocalBackend, TerraformHclModule, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";

const app = new App();
const stack = new TerraformStack(app, "overrides");
new LocalBackend(stack, { path: "state" });
new AwsProvider(stack, "aws", { region: "eu-west-1" });

// An override reaches into items of a list by their indices; one behind the end is added.
const ingress = [{ fromPort: 80, toPort: 80, protocol: "tcp" }];
const group = new SecurityGroup(stack, "group", { ingress });
group.addOverride("ingress.0.description", "web");
group.addOverride("ingress.0.cidr_blocks", [group.vpcId]);
group.addOverride("ingress.3.protocol", "udp");
const bucket = new S3Bucket(stack, "bucket", { corsRule: [{ allowedMethods: ["GET", "PUT"], allowedOrigins: ["*"] }] });
bucket.addOverride("cors_rule.0.allowed_methods.1", "POST");
bucket.addOverride("cors_rule.0.allowed_origins", ["example.com"]);

// It changes nothing of what others were given.
new SecurityGroup(stack, "same", { ingress });
const rules = [[{ port: 80 }], "x"];
const module = new TerraformHclModule(stack, "module", { source: "example/module/aws", variables: { rules } });
module.addOverride("rules.0.0.port", 81);
new TerraformHclModule(stack, "neighbour", { source: "example/module/aws", variables: { rules } });

// A list that is itself an override gives way to what is set below it.
group.addOverride("lists", [1, 2]);
group.addOverride("lists.0", 9);
stack.addOverride("locals.list", [1, 2]);
stack.addOverride("locals.list.0", 9);
app.synth();
