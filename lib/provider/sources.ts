// SPDX-License-Identifier: Apache-2.0
// Where Terraform finds providers of which weir has no schema.

import { declaredProvider } from "../cdktf/project.ts";
import type { RequiredProvider } from "../cdktf/project.ts";
import { installedBindings } from "../cdktf/version.ts";

/** Namespaces of the providers that bindings were published for, as those write them. */
const NAMESPACES: { [namespace: string]: string } = {
  cloudflare: "cloudflare",
  cyrilgdn: "postgresql",
  databricks: "databricks",
  DataDog: "datadog",
  digitalocean: "digitalocean",
  dnsimple: "dnsimple",
  gitlabhq: "gitlab",
  hashicorp:
    "ad archive aws awscc azuread azurerm azurestack boundary cloudinit consul dns external google google-beta googleworkspace hashicups hcp hcs helm http kubernetes local nomad null opc oraclepaas random salesforce template tfe time tls vault waypoint",
  integrations: "github",
  "ionos-cloud": "ionoscloud",
  kreuzwerker: "docker",
  launchdarkly: "launchdarkly",
  mongodb: "mongodbatlas",
  newrelic: "newrelic",
  okta: "okta",
  opentelekomcloud: "opentelekomcloud",
  oracle: "oci",
  PagerDuty: "pagerduty",
  snowflakedb: "snowflake",
  spotinst: "spotinst",
  UpCloudLtd: "upcloud",
  vancluever: "acme",
  vmware: "vsphere",
  "yandex-cloud": "yandex",
};

/** The provider that installed bindings are for. */
function installedProvider(name: string): RequiredProvider | undefined {
  const { name: address, version } = installedBindings(name)?.cdktf?.provider ?? {};
  return typeof address === "string" ? { source: address.replace(/^registry\.terraform\.io\//, ""), version } : undefined;
}

/** Where a provider is found. `isGuess`: nobody says so, but Terraform itself takes a name alone to be hashicorp's. */
export function requiredProvider(name: string): RequiredProvider & { readonly isGuess: boolean } {
  const known = declaredProvider(name) ?? installedProvider(name);
  if (known !== undefined) return { ...known, isGuess: false };
  const namespace = Object.keys(NAMESPACES).find((one) => NAMESPACES[one].split(" ").includes(name));
  return { source: `${namespace ?? "hashicorp"}/${name}`, version: undefined, isGuess: namespace === undefined };
}
