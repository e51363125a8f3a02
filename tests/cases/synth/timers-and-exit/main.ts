import { App, TerraformOutput, TerraformStack } from "cdktf";

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function main(): Promise<void> {
  const app = new App();
  const stack = new TerraformStack(app, "late");
  await wait(50);
  new TerraformOutput(stack, "word", { value: "written" });
  app.synth();
  console.log("synthesized");
  process.exit();
}

main().catch((error) => {
  console.log("an exit is no error", error);
  process.exit(1);
});
setTimeout(() => console.log("first"), 20);
setTimeout(() => console.log("never"), 100);
