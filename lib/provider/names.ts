// SPDX-License-Identifier: Apache-2.0
// Names of modules, classes and properties, made of Terraform's. A program that compiled against published bindings finds
// the same names here.

// Names that classes of other languages need for themselves.
const RENAMED: { [attribute: string]: string } = { self: "selfAttribute", equals: "equalTo", system: "systemAttribute" };

/** `delay_seconds` as `delaySeconds`; a letter behind a digit is a capital too. */
export function propertyName(attribute: string): string {
  const renamed = RENAMED[attribute];
  if (renamed !== undefined) return renamed;
  const spelled = attribute.startsWith("get_") ? attribute.replace("get_", "fetch_") : attribute;
  const pascal = pascalCase(spelled);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** `s3_bucket` as `S3Bucket`, `s3control_bucket` as `S3ControlBucket`. */
export function pascalCase(name: string): string {
  return name.replace(/(^|[^A-Za-z0-9]+|(?<=\d))([a-z]?)/g, (_, _separator, letter) => letter.toUpperCase());
}

export type TypeKind = "resource" | "data" | "provider";

/** A type by the name of its module. */
export interface ModuleType {
  readonly kind: TypeKind;
  /** Terraform's name of the type; the provider's own for `provider`. */
  readonly type: string;
}

/** What stands behind a module's name: `sqs-queue`, `data-aws-sqs-queue` or `provider`. */
export function moduleType(provider: string, module: string): ModuleType {
  if (module === "provider") return { kind: "provider", type: provider };
  const data = `data-${provider}-`;
  const isData = module.startsWith(data);
  const rest = isData ? module.slice(data.length) : module;
  return { kind: isData ? "data" : "resource", type: `${provider}_${rest.replaceAll("-", "_")}` };
}

/** The module of a type. */
export function moduleName(provider: string, kind: TypeKind, type: string): string {
  if (kind === "provider") return "provider";
  const rest = type.slice(provider.length + 1).replaceAll("_", "-");
  return kind === "data" ? `data-${provider}-${rest}` : rest;
}

// Published class names that another resource's nested struct has taken already; these end in A.
const TAKEN = new Set([
  "AutoscalingGroupTag",
  "DynamodbTableReplica",
  "Ec2ManagedPrefixListEntry",
  "NetworkInterfaceAttachment",
  "S3BucketLogging",
  "S3BucketObjectLockConfiguration",
  "S3BucketReplicationConfiguration",
  "S3BucketServerSideEncryptionConfiguration",
  "S3BucketVersioning",
  "VpcPeeringConnectionAccepter",
]);

/** The class of a type: `SqsQueue`, `DataAwsSqsQueue`, `AwsProvider`. */
export function className(provider: string, { kind, type }: ModuleType): string {
  if (kind === "provider") return `${pascalCase(provider)}Provider`;
  const own = pascalCase(type.slice(provider.length + 1));
  if (kind === "data") return `Data${pascalCase(provider)}${own}`;
  return TAKEN.has(own) ? `${own}A` : own;
}
