import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";

class Service extends Construct {
  constructor(scope: Construct, props: { id: string }) {
    super(scope, props.id);
  }
}
const stack = new TerraformStack(new App(), "shop");
for (const id of ["orders", "bills", "orders"]) {
  new Service(stack, { id });
}
