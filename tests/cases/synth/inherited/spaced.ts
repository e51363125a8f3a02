import { App, TerraformStack } from "cdktf";

class Stack extends TerraformStack {}
class Shop extends Stack {
  constructor(app: App) {
    super(app, "my shop");
  }
}
new Shop(new App());
