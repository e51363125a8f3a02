import { App } from "cdktf";

const app = new App({ context: { a: "app", own: 1 } });
for (const key of ["a", "own", "b", "c", "d"]) console.log(key, JSON.stringify(app.node.tryGetContext(key)));
console.log(process.env.STAGE, process.env.PAIR, process.env.UNSET, "STAGE" in process.env, "UNSET" in process.env);
app.synth();
