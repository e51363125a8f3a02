// SPDX-License-Identifier: Apache-2.0
// HCP Terraform and Terraform Enterprise: the older `remote` backend, and the `cloud` block.

import type { Construct } from "../../constructs/index.ts";
import { deepMerge } from "../deep-merge.ts";
import type { TerraformRemoteState } from "../remote-state.ts";
import { keysToSnakeCase } from "../text.ts";
import { ConfiguredBackend, remoteState } from "./make.ts";

/** Workspaces of a remote backend. */
export interface IRemoteWorkspace {}

/** One workspace. */
export class NamedRemoteWorkspace implements IRemoteWorkspace {
  name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** All workspaces whose name begins so. */
export class PrefixedRemoteWorkspaces implements IRemoteWorkspace {
  prefix: string;

  constructor(prefix: string) {
    this.prefix = prefix;
  }
}

/** HCP Terraform (`tfc`) or an installation of one's own (`tfe`). */
export function getHostNameType(hostname?: string): "tfc" | "tfe" {
  return hostname === undefined || hostname.startsWith("app.terraform.io") ? "tfc" : "tfe";
}

export const DataTerraformRemoteState = remoteState("DataTerraformRemoteState", "remote");

/** HCP Terraform by the older `remote` backend. */
export class RemoteBackend extends ConfiguredBackend {
  constructor(scope: Construct, props: { organization: string; workspaces: IRemoteWorkspace; hostname?: string; token?: string }) {
    super(scope, "remote", props);
  }

  toMetadata(): any {
    return { ...super.toMetadata(), cloud: getHostNameType(this.props.hostname) };
  }

  getRemoteStateDataSource(scope: Construct, name: string, _fromStack: string): TerraformRemoteState {
    return new DataTerraformRemoteState(scope, name, this.props);
  }
}

/** Workspaces of a cloud backend. */
export abstract class CloudWorkspace {
  abstract toTerraform(): any;
}

/** One workspace, in a project if it is given. */
export class NamedCloudWorkspace extends CloudWorkspace {
  name: string;
  project?: string;

  constructor(name: string, project?: string) {
    super();
    this.name = name;
    this.project = project;
  }

  toTerraform(): any {
    return { name: this.name, project: this.project };
  }
}

/** All workspaces that have the tags. */
export class TaggedCloudWorkspaces extends CloudWorkspace {
  tags: string[];
  project?: string;

  constructor(tags: string[], project?: string) {
    super();
    this.tags = tags;
    this.project = project;
  }

  toTerraform(): any {
    return { tags: this.tags, project: this.project };
  }
}

/**
 * HCP Terraform by the `cloud` block.
 * @example new CloudBackend(this, { organization: "acme", workspaces: new NamedCloudWorkspace("shop") });
 */
export class CloudBackend extends ConfiguredBackend {
  constructor(scope: Construct, props: { organization: string; workspaces: CloudWorkspace; hostname?: string; token?: string }) {
    super(scope, "cloud", props);
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    return keysToSnakeCase({ ...this.props, workspaces: this.props.workspaces.toTerraform() });
  }

  toTerraform(): any {
    return { terraform: { cloud: deepMerge(this.synthesizeAttributes(), this.rawOverrides) } };
  }

  toMetadata(): any {
    return { ...super.toMetadata(), cloud: getHostNameType(this.props.hostname) };
  }

  /** Only a workspace with a name can be read from another stack. */
  getRemoteStateDataSource(scope: Construct, name: string, _fromStack: string): TerraformRemoteState {
    const { organization, workspaces, hostname, token } = this.props;
    if (!("name" in workspaces))
      throw new Error("References between stacks need a NamedCloudWorkspace: workspaces chosen by tags have no state of one name.");
    return new DataTerraformRemoteState(scope, name, { organization, workspaces: new NamedRemoteWorkspace(workspaces.name), hostname, token });
  }
}
