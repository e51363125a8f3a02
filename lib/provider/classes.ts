// SPDX-License-Identifier: Apache-2.0
// Classes of a provider's resources, data sources and of the provider itself, made when a program first asks for them.

import * as host from "weir:host";
import type { IConstruct } from "../constructs/index.ts";
import { TerraformDataSource } from "../cdktf/data-source.ts";
import { TerraformProvider } from "../cdktf/provider.ts";
import { areDynamicBlocksUsed } from "../cdktf/dynamic.ts";
import { ImportableResource, TerraformResource } from "../cdktf/resource.ts";
import { META_ARGUMENTS, TerraformResourceBase } from "../cdktf/resource-base.ts";
import type { TerraformProviderGeneratorMetadata, TerraformResourceConfig } from "../cdktf/resource-base.ts";
import { providerVersion } from "../cdktf/version.ts";
import { isTracing, rememberGiven } from "../cdktf/findings.ts";
import { checkConfig, isSurelyGiven } from "./check.ts";
import { requiredProvider } from "./sources.ts";
import { unknownClass } from "./unknown.ts";
import { shapeOf } from "./shape.ts";
import type { Shape } from "./shape.ts";
import { giveMembers, namesOfBases } from "./members.ts";
import type { MemberKind } from "./members.ts";
import { defineAccessor, defineMembers, defineMethod, inputOf } from "./struct.ts";
import type { Holder } from "./struct.ts";
import { memberToTerraform } from "./values.ts";

/** A type of a provider, as the host tells it of a module's name. */
export interface ModuleType {
  readonly kind: "resource" | "data" | "provider";
  /** Terraform's name of the type; the provider's own for `provider`. */
  readonly type: string;
  readonly className: string;
  /** Of its shape, to the host; undefined where the provider has no schema. */
  readonly number?: number;
}

const { defineProperties, defineProperty, getPrototypeOf, prototype: PLAIN } = Object; // a global is searched for at each use

/** A class of a provider's type: constructed as `new Class(scope, id, config)`. */
export type TypeClass = new (scope: IConstruct, id: string, config?: any) => any;

const metaArguments: ReadonlySet<string> = new Set(META_ARGUMENTS);

export const isMeta = (property: string): boolean => metaArguments.has(property);

/** The meta-arguments of a configuration as the base class takes them: `fixed` itself where there are none, as mostly. */
export function metaOf(config: any, fixed: TerraformResourceConfig): TerraformResourceConfig {
  const isBare = // without a loop, since each one is asked
    config.dependsOn === undefined &&
    config.count === undefined &&
    config.provider === undefined &&
    config.lifecycle === undefined &&
    config.forEach === undefined &&
    config.provisioners === undefined &&
    config.connection === undefined;
  if (isBare) return fixed;
  const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection } = config;
  return { ...fixed, _isBare: false, dependsOn, count, provider, lifecycle, forEach, provisioners, connection };
}
const isAlias = (property: string): boolean => property === "alias";

const RESOURCE_NAMES = namesOfBases(TerraformResource.prototype);
const DATA_NAMES = namesOfBases(TerraformDataSource.prototype);
const PROVIDER_NAMES = namesOfBases(TerraformProvider.prototype);

const made: TypeClass[] = []; // by the numbers of their shapes
const unknown = new Map<string, TypeClass>();

/** The class of a type. */
export function typeClass(provider: string, type: ModuleType): TypeClass {
  const path = `${provider}/${type.kind}/${type.type}`;
  const { number } = type;
  if (number !== undefined) return (made[number] ??= makeClass(provider, type, shapeOf(number, path)));
  let known = unknown.get(path);
  if (known === undefined) unknown.set(path, (known = unknownClass(provider, type)));
  return known;
}

/** The shape of a class; undefined where the provider has no schema. */
export function shapeOfClass(made: TypeClass): Shape | undefined {
  return made.prototype._own?.shape;
}

/** `generateConfigForImport` of a class: imports an object under `importToId` whose configuration Terraform is to write. */
export function importer(terraformResourceType: string) {
  return (scope: IConstruct, importToId: string, importId: string, provider?: TerraformProvider): ImportableResource =>
    new ImportableResource(scope, importToId, { terraformResourceType, importId, provider });
}

/** What is known of a provider. */
interface About {
  readonly source: string;
  readonly metadata: TerraformProviderGeneratorMetadata;
}

const providers = new Map<string, About>(); // that have a schema

function aboutProvider(provider: string): About {
  let about = providers.get(provider);
  if (about === undefined) {
    const { source, version } = host.provider(provider);
    about = { source, metadata: { providerName: provider, providerVersion: writtenVersion(provider, version) } };
    providers.set(provider, about);
  }
  return about;
}

/** The version of the app's own bindings, where it has some. Where that is another one than the schema's, this is noted. */
function writtenVersion(provider: string, ofSchema: string): string {
  const written = providerVersion(provider) ?? ofSchema;
  if (written !== ofSchema) {
    const cure = `\`weir schema add ${requiredProvider(provider).source}@${written}\``;
    host.note(`the installed bindings of ${provider} are for version ${written}, and its classes are made from the schema of ${ofSchema}; ${cure} brings theirs`);
  }
  return written;
}

function makeClass(provider: string, type: ModuleType, shape: Shape): TypeClass {
  const about = aboutProvider(provider);
  const made: any = type.kind === "provider" ? providerClass(shape, type, about) : resourceClass(shape, type, about.metadata);
  made.tfResourceType = type.type;
  made.generateConfigForImport = importer(type.type);
  return made;
}

function takeConfig(shape: Shape, config: any): { [property: string]: any } {
  const given: { [property: string]: any } = {};
  if (getPrototypeOf(config) !== PLAIN) {
    for (const { property } of shape.settable) if (config[property] !== undefined) given[property] = config[property];
    return given;
  }
  for (const property of Object.keys(config)) {
    const value = config[property];
    if (value !== undefined && shape.member(property)?.isSettable) given[property] = value;
  }
  return given;
}

/** The same of what is surely right, where every property is an argument, or none that `isMeta` tells. */
function takeArguments(config: any, isMeta: (property: string) => boolean): { [property: string]: any } {
  const given: { [property: string]: any } = {};
  for (const property of Object.keys(config)) {
    const value = config[property];
    if (value !== undefined && !isMeta(property)) given[property] = value;
  }
  return given;
}

/** What was given, with what became of nested objects and lists that were asked for. */
function inputsOf(given: { [property: string]: any }, parts: { [property: string]: any }, shape: Shape): { [property: string]: any } {
  const inputs = { ...given };
  for (const property in parts) if (shape.member(property)?.isSettable) inputs[property] = parts[property].internalValue;
  return inputs;
}

/** In the order of the shape, as in the original: what is resolved first is linked first, and calls the program's functions first. */
function attributesOf(holder: Holder, shape: Shape): { [name: string]: any } {
  const attributes: { [name: string]: any } = {};
  const { settable } = shape;
  const { _given: given, _parts: parts } = holder;
  for (let i = 0; i < settable.length; i++) {
    const { property, name } = settable[i];
    if (given[property] === undefined && parts?.[property] === undefined) continue; // as most are
    const value = inputOf(holder, settable[i]);
    if (value !== undefined) attributes[name] = memberToTerraform(settable[i], value);
  }
  return attributes;
}

/** What is a class's own; the rest its objects have from `SHARED`. */
interface Own {
  readonly shape: Shape;
  readonly prototype: any;
  /** Of the blocks that its objects write: "resource" or "data". */
  readonly block: string;
  readonly synthesizeAttributes: () => any;
  readonly toTerraform: () => any;
  readonly toMetadata: () => any;
}

/** Methods of resources and data sources: one of each, since there are many classes. Those of the program itself have no `_own`. */
const SHARED: ThisType<any> & { [name: string]: (...args: any[]) => any } = {
  _prepare(resolvePart: (part: any) => any): boolean {
    if (this._parts === undefined && !this._isAltered && this._isWrittenAsGiven() && host.isPlain(this._given)) return true;
    return this._takeInto(undefined, resolvePart);
  },

  _takeInto(document: number | undefined, resolvePart: (part: any) => any): boolean {
    if (!this._isWrittenAsGiven()) return false;
    const { block, shape } = this._own;
    const parts = this._parts;
    const given = parts === undefined ? this._given : inputsOf(this._given, parts, shape);
    const meta = this._isAltered ? this._writtenMeta : undefined;
    const id = this._uniqueId ?? this.friendlyUniqueId;
    return host.takeBlock(document, block, id, this.node.path, given, shape.number, resolvePart, meta);
  },

  /** True where nothing but what was given and meta-arguments are written, and no class or program has a say in it. */
  _isWrittenAsGiven(): boolean {
    const own: Own | undefined = this._own;
    return (
      own !== undefined &&
      (!this._isAltered || this._hasMetaAlone()) &&
      !areDynamicBlocksUsed() &&
      getPrototypeOf(this) === own.prototype &&
      this.toTerraform === own.toTerraform &&
      this.synthesizeAttributes === own.synthesizeAttributes
    );
  },

  _isSilent(): boolean {
    const own: Own | undefined = this._own;
    return own !== undefined && (!this._isAltered || this._hasMetaAlone()) && this.toMetadata === own.toMetadata;
  },
};
for (const [name, value] of Object.entries(SHARED)) defineProperty(TerraformResourceBase.prototype, name, { value, writable: true, configurable: true });

const FIXED: { [name: string]: PropertyDescriptor } = {};
for (const name of ["_own", "_elementType", "_blockKind", "terraformResourceType", "terraformGeneratorMetadata"]) FIXED[name] = { __proto__: null, value: undefined, writable: true, configurable: true } as any;

function resourceClass(shape: Shape, { kind, type, className }: ModuleType, terraformGeneratorMetadata: any): TypeClass {
  const isData = kind === "data";
  const Base: any = isData ? TerraformDataSource : TerraformResource;
  const fixed: TerraformResourceConfig = { terraformResourceType: type, terraformGeneratorMetadata, _isBare: true };
  const Made: any = {
    [className]: class extends Base {
      constructor(scope: IConstruct, id: string, config: any = {}) {
        super(scope, id, metaOf(config, fixed));
        if (isTracing) rememberGiven(this, config);
        const hasArgumentsOnly = isSurelyGiven(shape.number, config, false);
        const isAllGiven = hasArgumentsOnly ?? checkConfig(shape, config, isMeta, this as any, new.target !== Made);
        if (getPrototypeOf(config) !== PLAIN) this._given = takeConfig(shape, config);
        else this._given = isAllGiven ? { ...config } : hasArgumentsOnly === false ? takeArguments(config, isMeta) : takeConfig(shape, config);
      }

      protected synthesizeAttributes(): { [name: string]: any } {
        return attributesOf(this as any, shape);
      }
    },
  }[className];
  const { prototype } = Made;
  const { toTerraform, toMetadata } = Base.prototype;
  // What all of a class have alike: to add a property to each would cost more than most else that its constructors do.
  const address = isData ? `data.${type}` : type;
  FIXED._own.value = { shape, prototype, block: kind, synthesizeAttributes: prototype.synthesizeAttributes, toTerraform, toMetadata } satisfies Own;
  FIXED._elementType.value = FIXED._blockKind.value = address;
  FIXED.terraformResourceType.value = type;
  FIXED.terraformGeneratorMetadata.value = terraformGeneratorMetadata;
  defineProperties(prototype, FIXED);
  host.bindClass(prototype, shape.number, isData, toTerraform, prototype.synthesizeAttributes, toMetadata);
  defineMembers(prototype, shape, isData ? DATA_NAMES : RESOURCE_NAMES);
  return Made;
}

function providerClass(shape: Shape, { type, className }: ModuleType, { source, metadata: terraformGeneratorMetadata }: About): TypeClass {
  const Made = class extends TerraformProvider {
    readonly _given: { [property: string]: any };

    constructor(scope: IConstruct, id: string, config: any = {}) {
      super(scope, id, { terraformResourceType: type, terraformGeneratorMetadata, terraformProviderSource: source });
      const isSure = isSurelyGiven(shape.number, config, true) !== undefined;
      if (!isSure) checkConfig(shape, config, isAlias, undefined, new.target !== Made);
      const given = isSure && getPrototypeOf(config) === PLAIN ? takeArguments(config, isAlias) : takeConfig(shape, config);
      this._given = { ...given, alias: config.alias };
    }

    get alias(): string | undefined {
      return this._given?.alias;
    }

    set alias(value: string | undefined) {
      this._given.alias = value;
    }

    protected synthesizeAttributes(): { [name: string]: any } {
      const attributes: { [name: string]: any } = {};
      for (const member of shape.settable) {
        const value = this._given[member.property];
        if (value !== undefined) attributes[member.name] = memberToTerraform(member, value);
      }
      return attributes;
    }
  };
  defineProperty(Made, "name", { value: className });
  defineProperty(Made.prototype, "_own", { value: { shape } });
  giveMembers(Made.prototype, shape, PROVIDER_MEMBERS, PROVIDER_NAMES);
  return Made as unknown as TypeClass;
}

/** A provider's properties are what was given: nothing refers to them. */
const PROVIDER_MEMBERS: MemberKind = {
  isProvider: true,
  roles: ({ isSettable }) => (isSettable ? ["value", "input", "reset"] : []),
  define(prototype, name, _, { property }, role) {
    const get = function (this: any): any {
      return this._given[property];
    };
    const set = function (this: any, value: any): void {
      this._given[property] = value;
    };
    if (role === "reset") {
      defineMethod(prototype, name, function (this: any) {
        this._given[property] = undefined;
      });
    } else if (property !== "alias" || role === "input") defineAccessor(prototype, name, get, role === "value" ? set : undefined);
  },
};
