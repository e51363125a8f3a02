import { App, HttpBackend, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LanternProvider } from "@cdktf/provider-lantern/lib/provider";
import { lamp } from "@cdktf/provider-lantern";
import * as kit from "kit";

const app = new App();
const stack = new TerraformStack(app, "light");
new HttpBackend(stack, { address: "https://state.example.com" });
new AwsProvider(stack, "aws", { region: "eu-west-1" });
new LanternProvider(stack, "lantern");
const one = new lamp.Lamp(stack, "one", { color: "red", tags: { costCenter: "1" }, bulbs: [{ watts: 40 }] });
new lamp.Lamp(stack, "two", { color: `${one.brightness}`, bulbs: [] });
kit.makeQueue(stack, "queue");
app.synth();
