// SPDX-License-Identifier: Apache-2.0
// The backends that Terraform knows, with the data source that reads each of them.

import * as host from "weir:host";
import type { Construct } from "../../constructs/index.ts";
import { backend } from "./make.ts";

export { TerraformBackend } from "./backend.ts";
export * from "./cloud.ts";

/** @example new S3Backend(this, { bucket: "states", key: "shop.tfstate", region: "eu-west-1" }); */
export const { Backend: S3Backend, RemoteState: DataTerraformRemoteStateS3 } = backend("S3", "s3", true);
/** @example new GcsBackend(this, { bucket: "states", prefix: "shop" }); */
export const { Backend: GcsBackend, RemoteState: DataTerraformRemoteStateGcs } = backend("Gcs", "gcs", true);
/** @example new AzurermBackend(this, { storageAccountName: "acct", containerName: "states", key: "shop" }); */
export const { Backend: AzurermBackend, RemoteState: DataTerraformRemoteStateAzurerm } = backend("Azurerm", "azurerm", true);
/** @example new ConsulBackend(this, { path: "shop", accessToken: "…" }); */
export const { Backend: ConsulBackend, RemoteState: DataTerraformRemoteStateConsul } = backend("Consul", "consul", true);
/** @example new CosBackend(this, { bucket: "states", prefix: "shop" }); */
export const { Backend: CosBackend, RemoteState: DataTerraformRemoteStateCos } = backend("Cos", "cos", true);
/** @example new PgBackend(this, { connStr: "postgres://state@db/shop" }); */
export const { Backend: PgBackend, RemoteState: DataTerraformRemoteStatePg } = backend("Pg", "pg", true);
/** @example new HttpBackend(this, { address: "https://state.example.com/shop" }); */
export const { Backend: HttpBackend, RemoteState: DataTerraformRemoteStateHttp } = backend("Http", "http", false);
/** @example new OssBackend(this, { bucket: "states", prefix: "shop" }); */
export const { Backend: OssBackend, RemoteState: DataTerraformRemoteStateOss } = backend("Oss", "oss", false);
/** @example new SwiftBackend(this, { container: "states" }); */
export const { Backend: SwiftBackend, RemoteState: DataTerraformRemoteStateSwift } = backend("Swift", "swift", false);

const Local = backend("Local", "local", true);
export const DataTerraformRemoteStateLocal = Local.RemoteState;

/** State in a file; what a stack has that names no backend. */
export class LocalBackend extends Local.Backend {
  /** @param props `path` is `terraform.<stack>.tfstate` in the working directory by default */
  constructor(scope: Construct, props: { path?: string; workspaceDir?: string } = {}) {
    super(scope, props);
    this.props = { ...props, path: props.path ?? `${host.cwd()}/terraform.${this.cdktfStack.node.id}.tfstate` };
  }
}
