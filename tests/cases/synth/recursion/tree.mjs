import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";

class Branch extends Construct {
  constructor(scope, id) {
    super(scope, id);
    new Branch(this, "branch");
  }
}
new Branch(new TerraformStack(new App(), "tree"), "root");
