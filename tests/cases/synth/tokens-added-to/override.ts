import { App, TerraformIterator, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";

const app = new App();
const stack = new TerraformStack(app, "override");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const protocols = TerraformIterator.fromList(["tcp", "udp"]);
const group = new SecurityGroup(stack, "group", { ingress: protocols.dynamic({ protocol: protocols.value, fromPort: 1, toPort: 2 }) as any });
group.addOverride("ingress.0.description", "lost");
app.synth();
