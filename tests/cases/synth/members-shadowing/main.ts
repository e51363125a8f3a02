import { App, TerraformOutput, TerraformStack } from "cdktf";
import { DemoProvider } from "@cdktf/provider-demo/lib/provider";
import { Thing } from "@cdktf/provider-demo/lib/thing";

// Members that have the names of what the bases have are a class's own all the same.
const app = new App();
const stack = new TerraformStack(app, "s");
const provider: any = new DemoProvider(stack, "demo", { region: "r" });
const thing: any = new Thing(stack, "thing", { overrideLogicalId: "given", valueOf: 1, part: { fqn: "f", size: 2 } });
const tell = (...values: any[]) => console.log(...values.map((value) => (typeof value === "string" ? value.replace(/TfToken\[TOKEN\.\d+\]/, "token") : typeof value)));
tell(thing.importFrom, thing.overrideLogicalId, thing.overrideLogicalIdInput, thing.resetOverrideLogicalId, thing.part.fqn, thing.part.fqnInput);
thing.overrideLogicalId = "changed";
tell(thing.overrideLogicalIdInput);
thing.resetOverrideLogicalId();
tell(thing.overrideLogicalIdInput, provider.fqn);
new TerraformOutput(stack, "part", { value: thing.part.fqn });
app.synth();
