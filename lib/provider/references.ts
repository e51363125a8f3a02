// SPDX-License-Identifier: Apache-2.0
// References of the wrong kind: an argument that wants an ARN and gets a name, one that wants the id of a subnet and gets that of
// a VPC. Only what can't be right is told: most attributes may hold anything. Which references are
// surely right is told before, by src/construct/wanted.c: it knows what is here.

import * as host from "weir:host";
import type { IConstruct } from "../constructs/index.ts";
import { ReferenceToken } from "../cdktf/expression.ts";
import { lookupString, splitText } from "../cdktf/token-table.ts";
import type { Fact } from "./facts.ts";
import { propertyName } from "./names.ts";

/** A reference to an attribute of a resource or data source, and to nothing else. */
export interface Reference {
  readonly type: string;
  readonly isData: boolean;
  readonly id: string;
  readonly attribute: string;
  /** Whose attribute it is; undefined where its address was written by hand. */
  readonly owner: IConstruct | undefined;
}

/** What an argument wants to refer to. */
export interface Wanted {
  /** What it must be; undefined where it may be a name too. */
  readonly form: "arn" | "id" | "name" | "URL" | undefined;
  /** Types of which it may be, if that is known for sure. */
  readonly types: readonly string[];
  /** The kind of thing that its name says: `role` of `execution_role_arn`. */
  readonly kind: string;
}

// Types whose `id` is a word of AWS for one thing of this kind alone, such as subnet-0a1b2c.
const OWN_ID = new Set(
  "customer_gateway ebs_volume eip internet_gateway instance launch_template nat_gateway network_acl network_interface route_table security_group subnet vpc vpc_endpoint vpc_peering_connection vpn_connection vpn_gateway efs_file_system api_gateway_rest_api cognito_user_pool ec2_transit_gateway"
    .split(" ")
    .map((name) => `aws_${name}`),
);
// Types whose `id` is a name, a URL or a key's id, and no ARN.
const PLAIN_ID = new Set(
  "cloudwatch_log_group db_instance dynamodb_table ecr_repository iam_group iam_instance_profile iam_role iam_user key_pair kms_key rds_cluster s3_bucket sqs_queue"
    .split(" ")
    .map((name) => `aws_${name}`),
);
// Types whose `arn` names one thing of this kind alone.
const OWN_ARN = new Set(
  "cloudwatch_log_group dynamodb_table ecr_repository ecs_cluster iam_policy iam_role kinesis_firehose_delivery_stream kinesis_stream kms_key lambda_function lb_target_group s3_bucket secretsmanager_secret sfn_state_machine sns_topic sqs_queue"
    .split(" ")
    .map((name) => `aws_${name}`),
);
// Arguments that are spelled so want the id of that type, whoever has them.
const NAMED = /^(nat_gateway|network_interface|route_table|(?:[a-z0-9_]*_)?(?:security_group|subnet|vpc))_ids?$|^(security_group|subnet)s$/;
// Arguments that are spelled so want one kind of thing, by whatever name.
const KINDS = /^(bucket|role|[a-z0-9_]*kms[a-z0-9_]*key_id)$/;
// The last words of types whose ARN is their own.
const ARN_KINDS = new Set([...OWN_ARN].map(lastWord));
// Arguments that are spelled so take names and URLs and never an ARN, whoever has them; and those of some types, by kind.
const NO_ARN = /(^|_)(queue_url|log_group_name|bucket_name)$/;
const NO_ARN_OF: { readonly [kind: string]: RegExp } = { role: /^aws_iam_/, bucket: /^aws_s3_(bucket|object)/ };
// Attributes that end so hold no ARN.
const PLAIN_ENDING = /(^|_)(name|url|uri|endpoint|address|ip|zone|zone_id|region|status|state|key_id|account_id|owner_id)$/;
const ARN_ENDING = /(^|_)arns?$/;
const ID_ENDING = /_ids?$/;

// What all those end in that want anything.
const MAY_WANT = /(arn|id|subnet|security_group)s?$|^bucket$|^role$|queue_url$|log_group_name$|bucket_name$/;

/** What an argument wants; undefined where anything may be right. */
export function wantedBy(name: string, fact: Fact | undefined): Wanted | undefined {
  if (!MAY_WANT.test(name) && !isArnFact(fact)) return undefined;
  const targets = fact?.refers_to ?? [];
  const kind = lastWord(name.replace(ARN_ENDING, "").replace(ID_ENDING, "").replace(/_(name|url)$/, ""));
  if (NO_ARN.test(name)) return { form: name.endsWith("_url") ? "URL" : "name", types: [], kind };
  if (isArnFact(fact) || ARN_ENDING.test(name)) {
    const isSure = targets.length > 0 && targets.every((target) => target.endsWith(".arn") && lastWord(typeOf(target)) === kind);
    return { form: "arn", types: isSure ? targets.map(typeOf) : [], kind };
  }
  const isNamed = NAMED.test(name);
  const target = ID_ENDING.test(name) && targets.length === 1 && targets[0].endsWith(".id") ? typeOf(targets[0]) : isNamed ? namedType(name) : undefined;
  if (target !== undefined && OWN_ID.has(target)) return { form: ID_ENDING.test(name) ? "id" : undefined, types: [target], kind };
  return KINDS.test(name) ? { form: undefined, types: [], kind } : undefined;
}

/** What an argument of this type wants, where that is less than by its name alone. */
export function narrowed(wanted: Wanted, type: string): Wanted {
  const isName = wanted.form === undefined && wanted.types.length === 0 && NO_ARN_OF[wanted.kind]?.test(type);
  return isName ? { ...wanted, form: "name" } : wanted;
}

/** `aws_security_group` of `source_security_group_id` and of `security_groups`. */
function namedType(name: string): string {
  const stem = name.replace(ID_ENDING, "").replace(/s$/, "");
  return `aws_${/(security_group|subnet|vpc)$/.exec(stem)?.[0] ?? stem}`;
}

function lastWord(text: string): string {
  return text.slice(text.lastIndexOf("_") + 1);
}

function typeOf(target: string): string {
  return target.slice(0, target.indexOf("."));
}

/** True if only an ARN is right, but for words of its own. */
function isArnFact(fact: Fact | undefined): boolean {
  if (fact?.any === undefined) return fact?.format === "arn";
  return fact.any.some(isArnFact) && fact.any.every((one) => isArnFact(one) || one.one_of !== undefined);
}

const ADDRESS = /^(data\.)?([a-z0-9]+_[a-z0-9_]+)\.([^.[\]]+)\.([a-z0-9_]+)$/;

/** The reference that a text is; undefined where it is something else, or only holds one. */
export function referenceOf(value: any): Reference | undefined {
  const token = typeof value === "string" ? lookupString(value) : undefined;
  if (!(token instanceof ReferenceToken)) return undefined;
  const address = ADDRESS.exec(token.identifier);
  if (address === null) return undefined;
  const [, data, type, id, attribute] = address;
  return { type, isData: data !== undefined, id, attribute, owner: token.owner };
}

/** What a resource gave for an attribute; undefined where that is not known. */
function givenFor({ isData, attribute, owner }: Reference): any {
  return isData ? undefined : (owner as any)?._given?.[propertyName(attribute)];
}

const HOPS = 8; // from one reference to what it refers to

/** True if an attribute can't hold an ARN. */
function isPlain(reference: Reference, hops: number = HOPS): boolean {
  const { type, attribute } = reference;
  if (attribute === "id") return OWN_ID.has(type) || PLAIN_ID.has(type);
  if (ARN_ENDING.test(attribute) || hops === 0) return false;
  const given = givenFor(reference);
  if (typeof given !== "string") return given === undefined && PLAIN_ENDING.test(attribute);
  const next = referenceOf(given);
  return next === undefined ? !/^(arn:|[$%]\{)/.test(given) : isPlain(next, hops - 1);
}

function isWrong({ form, types, kind }: Wanted, reference: Reference): boolean {
  const { type, isData, attribute } = reference;
  if (form === "name" || form === "URL") return attribute === "arn";
  if (attribute === "arn" && form !== "id") {
    if (isData || !OWN_ARN.has(type)) return false;
    return (ARN_KINDS.has(kind) && kind !== lastWord(type)) || (types.length > 0 && types.every((one) => OWN_ARN.has(one) && one !== type));
  }
  if (form === "arn") return isPlain(reference);
  if (attribute === "id") return types.length > 0 && OWN_ID.has(type) && !types.includes(type);
  return form === "id" && (attribute === "arn" || (attribute === "name" && isPlain(reference)));
}

/** What a text refers to, for the host; empty text for other tokens, and undefined for what only looks as if it held one. */
export function identifierOf(text: string): string | undefined {
  const token = lookupString(text);
  if (token instanceof ReferenceToken) return token.identifier;
  return token !== undefined || splitsUp(text) ? "" : undefined;
}

function splitsUp(text: string): boolean {
  try {
    return splitText(text, false).tokens.length > 0;
  } catch {
    return false;
  }
}

/** The class of a type, as its module exports it. */
function classOf(type: string, isData: boolean = false): string {
  const end = type.indexOf("_");
  const provider = type.slice(0, end);
  const name = type.slice(end + 1).replaceAll("_", "-");
  return host.module(provider, isData ? `data-${provider}-${name}` : name)?.className ?? type;
}

/** Targets that are known are no list of all: an ARN has types only where nothing else is right. */
function described({ form, types, kind }: Wanted, targets: readonly string[]): string {
  if (form === "name" || form === "URL") return `the ${form} of a ${kind}`;
  const names = (of: readonly string[]): string => of.map((one) => classOf(one)).join(" or ");
  if (types.length > 0) return `the ${form === "arn" ? "ARN" : "id"} of ${names(types)}`;
  if (form === undefined || (ARN_KINDS.has(kind) && targets.length === 0)) return `a ${kind}${form === "arn" ? "'s ARN" : ""}`;
  return targets.length > 0 ? `an ARN, such as that of ${names([...new Set(targets.map(typeOf))])}` : "an ARN";
}

/** What is wrong with a value that an argument refers to: "wants …, got …"; undefined where it may be right. */
export function wrongReference(wanted: Wanted, targets: readonly string[], value: any): string | undefined {
  const reference = referenceOf(value);
  if (reference === undefined || !isWrong(wanted, reference)) return undefined;
  const { type, isData, id, attribute } = reference;
  const cure = wanted.types.includes(type) || targets.includes(`${type}.${wanted.form}`) ? `; use its ${wanted.form ?? "id"}` : "";
  return `wants ${described(wanted, targets)}, got the ${propertyName(attribute)} of ${classOf(type, isData)} '${id}'${cure}`;
}
