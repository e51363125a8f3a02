import { Sum as Newer } from "newer";
import { Sum as Plain } from "plain";
import { App, HttpBackend, TerraformOutput, TerraformResource, TerraformStack, Op } from "weir";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";

const app = new App();
const stack = new TerraformStack(app, "sums");
new HttpBackend(stack, { address: "https://states.example.com" });
new AwsProvider(stack, "aws", { region: "eu-west-1" });
for (const sum of [new Plain(stack, "plain", stack), new Newer(stack, "newer", stack)]) {
  console.log(sum.knows, sum.queue instanceof TerraformResource);
}
new TerraformOutput(stack, "own", { value: Op.add(2, 0) });
app.synth();
