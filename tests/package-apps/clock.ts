// SPDX-License-Identifier: Apache-2.0
// Bindings that weir has no schema of, by their modules and by their package.

import { dataCloudinitConfig, provider } from "@cdktf/provider-cloudinit";
import * as time from "@cdktf/provider-time";
import { TimeProvider } from "@cdktf/provider-time/lib/provider";
import { Sleep } from "@cdktf/provider-time/lib/sleep";
import { PrivateKey } from "@cdktf/provider-tls/lib/private-key";
import { TlsProvider } from "@cdktf/provider-tls/lib/provider";
import { App, HttpBackend, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "main");
new HttpBackend(stack, { address: "https://state.example.com" });
new TimeProvider(stack, "time");
new TlsProvider(stack, "tls");
new provider.CloudinitProvider(stack, "cloudinit");
const sleep = new Sleep(stack, "sleep", { createDuration: "30s", triggers: { key: "1", stack: stack.node.id } });
const rotating = new time.rotating.Rotating(stack, "rotating", { rotationDays: 3 });
rotating.addOverride("rotation_hours", sleep.id);
const key = new PrivateKey(stack, "key", { algorithm: "ED25519" });
new dataCloudinitConfig.DataCloudinitConfig(stack, "config", {
  gzip: true,
  part: [{ content: `${sleep.id} ${rotating.rfc3339}`, contentType: "text/plain" }, { content: key.publicKeyOpenssh }],
});
app.synth();
