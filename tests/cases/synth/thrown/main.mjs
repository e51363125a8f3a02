import { App, TerraformStack } from "cdktf";

function check(id) {
  if (id.length < 3)
    throw `the id ${id} is short`;
  throw new Error("it is not");
}
const stack = new TerraformStack(new App(), "thrown");
try {
  check(stack.node.id);
} catch (error) {
  check("me");
}
