// SPDX-License-Identifier: Apache-2.0
// Backends and what reads them, modules, data resources, moves and conditions.

import * as cdktf from "cdktf";

const { App, DataResource, Op, TerraformHclModule, TerraformIterator, TerraformOutput, TerraformResource, TerraformStack, ref } = cdktf;
const app = new App({ skipBackendValidation: true });
const named = new cdktf.NamedRemoteWorkspace("one");
const configs: { [name: string]: any } = {
  Local: { workspaceDir: "dirs", path: "p" },
  Remote: { organization: "o", workspaces: named, hostname: "app.terraform.io", token: "t" },
  S3: { bucket: "b", key: "k", assumeRole: { roleArn: "r", policyArns: ["p"], tags: { fooBar: "x" } }, endpoints: { dynamodb: "d" }, assumeRoleTags: { fooBar: "y" } },
  Gcs: { bucket: "b", kmsEncryptionKey: "k", impersonateServiceAccountDelegates: ["a"] },
  Azurerm: { storageAccountName: "s", containerName: "c", key: "k", useAzureadAuth: true },
  Http: { address: "a", skipCertVerification: true },
  Consul: { accessToken: "t", path: "p" },
  Cos: { bucket: "b", secretId: "s" },
  Oss: { bucket: "b", assumeRole: { roleArn: "r", sessionName: "x" } },
  Pg: { connStr: "c", skipTableCreation: true },
  Swift: { container: "c", authUrl: "a" },
};
for (const [name, config] of Object.entries(configs)) {
  const stack = new TerraformStack(app, name.toLowerCase());
  const backend = new (cdktf as any)[`${name}Backend`](stack, config);
  backend.getRemoteStateDataSource(stack, "own", stack.node.id);
  const Reader = (cdktf as any)[`DataTerraformRemoteState${name === "Remote" ? "" : name}`];
  const state = new Reader(stack, "other.x y", { ...config, defaults: { aB: { cD: 1 } }, workspace: "w" });
  new TerraformOutput(stack, "values", { value: [state.getString("a.b"), state.getNumber("n"), state.getList("l"), state.getBoolean("t"), state.get('o["k"]'), state.fqn] });
  state.addOverride("config.extra", 1);
}

class Thing extends TerraformResource {
  constructor(scope: any, id: string, meta: any = {}) {
    super(scope, id, { terraformResourceType: "thing", ...meta });
  }
}

const stack = new TerraformStack(app, "modules");
new cdktf.LocalBackend(stack, { path: "state" });
const it = TerraformIterator.fromMap({ a: { size: 1 } });
const plain = new TerraformHclModule(stack, "plain x", { source: "a/b/c", version: "1", variables: { camelCase: { innerCamel: 1 }, nothing: null, missing: undefined, empty: [] } });
const each = new TerraformHclModule(stack, "each", { source: "q", forEach: it, variables: { size: it.getNumber("size") }, dependsOn: [plain] });
each.addOverride("a.b", 1);
each.set("late", ref("a.b"));
new TerraformOutput(stack, "outs", { value: [plain.get("a.b"), plain.getString("b"), plain.getNumber("c"), plain.getBoolean("d"), plain.getList("e"), plain.fqn, each.getString("x")] });
const data = new DataResource(stack, "data", { input: { a: 1, bC: "x" }, triggersReplace: { t: ref("a.b") } });
new DataResource(stack, "list", { input: [1, "a"], triggersReplace: 5 } as any);
new DataResource(stack, "text", { input: "x", triggersReplace: true } as any);
new TerraformOutput(stack, "data-out", { value: [data.id, data.output.lookup("k"), data.output, data.input, data.triggersReplace, data] });
const [one, two, three] = ["one", "two", "three"].map((id) => new Thing(stack, id));
new Thing(stack, "cycle", {
  dependsOn: [one, data],
  lifecycle: { replaceTriggeredBy: [two, "thing.three"], ignoreChanges: "all", preventDestroy: true, precondition: [{ condition: Op.eq(1, 2), errorMessage: "e" }] },
});
new TerraformOutput(stack, "conditions", { value: 1, dependsOn: [three], sensitive: true, description: "d", precondition: { condition: Op.gt(1, 2), errorMessage: "e" } });
app.synth();
