// SPDX-License-Identifier: Apache-2.0
// Most backends differ in their names only, so their classes are made from a few words: here is how.

import type { Construct } from "../../constructs/index.ts";
import { TerraformBackend } from "./backend.ts";
import { TerraformRemoteState } from "../remote-state.ts";
import type { DataTerraformRemoteStateConfig } from "../remote-state.ts";
import { keysToSnakeCase } from "../text.ts";

type Config = { [name: string]: any };
type RemoteStateClass = new (scope: Construct, id: string, config: Config & DataTerraformRemoteStateConfig) => TerraformRemoteState;
type BackendClass = new (scope: Construct, config: Config) => PlainBackend;

/** A backend whose arguments are its configuration in snake case. */
export abstract class ConfiguredBackend extends TerraformBackend {
  protected props: any;

  constructor(scope: Construct, name: string, props: Config) {
    super(scope, "backend", name);
    this.props = props;
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    return keysToSnakeCase({ ...this.props });
  }
}

function named<Class>(name: string, value: Class): Class {
  return Object.defineProperty(value as any, "name", { value: name });
}

/** The data source that reads the backend `type`. */
export function remoteState(className: string, type: string): RemoteStateClass {
  return named(
    className,
    class extends TerraformRemoteState {
      constructor(scope: Construct, id: string, config: Config) {
        super(scope, id, type, config);
      }
    },
  );
}

/** A backend that another stack reads by its own configuration. */
class PlainBackend extends ConfiguredBackend {
  private readonly Reader: RemoteStateClass;
  private readonly workspace: Config;

  constructor(scope: Construct, name: string, config: Config, Reader: RemoteStateClass, workspace: Config) {
    super(scope, name, config);
    this.Reader = Reader;
    this.workspace = workspace;
  }

  getRemoteStateDataSource(scope: Construct, name: string, _fromStack: string): TerraformRemoteState {
    return new this.Reader(scope, name, { ...this.props, ...this.workspace });
  }
}

/**
 * A backend and its data source.
 * @param followsWorkspace whether another stack of the app reads the workspace that it runs in itself
 */
export function backend(className: string, type: string, followsWorkspace: boolean): { Backend: BackendClass; RemoteState: RemoteStateClass } {
  const RemoteState = remoteState(`DataTerraformRemoteState${className}`, type);
  const workspace: Config = followsWorkspace ? { workspace: "${terraform.workspace}" } : {};
  class Backend extends PlainBackend {
    constructor(scope: Construct, config: Config) {
      super(scope, type, config, RemoteState, workspace);
    }
  }
  return { Backend: named(`${className}Backend`, Backend), RemoteState };
}
