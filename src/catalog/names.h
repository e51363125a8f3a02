/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a provider's modules, classes and properties are called in its TypeScript
 * bindings, and back: `aws_sqs_queue` is the class SqsQueue of the module
 * sqs-queue, and its delay_seconds the property delaySeconds.
 *
 * Source of facts: the published bindings of CDKTF for 13 providers (docs/internals/catalog.md says
 * how these rules were held against them).
 *
 * Texts are in the arena, absent when it refused.
 */
#ifndef WEIR_CATALOG_NAMES_H
#define WEIR_CATALOG_NAMES_H

#include "catalog/pack.h"

/* A type in weir's notation: "aws_sqs_queue", "data.aws_ami", "provider::aws::arn_parse". */
struct str names_entry(
	const struct pack *pack, enum pack_kind kind, struct str type, struct arena *arena);
/* A type without its provider's name in front: "sqs_queue". Borrowed. */
struct str names_bare(struct str provider, struct str type);

/* A type or a block as a part of class names: "s3control_bucket" is "S3ControlBucket". */
struct str names_pascal(struct str name, struct arena *arena);

/* The property of an attribute or a block: "delay_seconds" is "delaySeconds", "self" "selfAttribute". */
struct str names_property(struct str name, struct arena *arena);
/* Whether `property` is the property of an attribute or block. Never allocates. */
bool names_property_is(struct str name, struct str property);
/*
 * The attribute or nested block of a block that has this property, as Terraform calls it; absent where there is
 * none.  Borrowed from the pack.
 */
struct str names_attribute(const struct pack_block *block, struct str property);

/* A type of a provider; of PACK_PROVIDER the type is the provider's own name. */
struct named_type {
	enum pack_kind kind;
	struct str type;
};

/* The module of a type: "sqs-queue", "data-aws-sqs-queue", "provider". */
struct str names_module(struct pack *pack, const struct named_type *type, struct arena *arena);
/* The type behind a module's name; false where the provider has none. Ephemeral resources have no module. */
bool names_type(struct pack *pack, struct str module, struct named_type *ret_type);
/* The name under which a package exports a module: "sqsQueue", "dataAwsSqsQueue". */
struct str names_namespace(struct str module, struct arena *arena);
/* The module that a package exports under a name; absent where there is none. */
struct str names_exported(struct pack *pack, struct str name, struct arena *arena);

/*
 * The class of a type: "SqsQueue", "DataAwsSqsQueue", "AwsProvider".  It ends in A where that is already the
 * name of a struct of another type: s3_bucket has a block `logging`, so s3_bucket_logging is
 * S3BucketLoggingA.
 */
struct str names_class(struct pack *pack, const struct named_type *type, struct arena *arena);
/*
 * The same without a schema, as far as names alone tell.  A type begins with its provider's name: where that
 * has a '-', which no type has, modules are named by the whole type.  A class has no A, and of a module that is
 * exported each capital begins a word; absent where `name` is no name of a module.
 */
struct named_type names_guess_type(struct str provider, struct str module, struct arena *arena);
struct str names_guess_class(
	struct str provider, const struct named_type *type, struct arena *arena);
struct str names_guess_exported(struct str name, struct arena *arena);
/* The attribute of a property: each capital begins a word, though behind a digit it may be a letter of the same. */
struct str names_guess_attribute(struct str property, struct arena *arena);
/* The interface of its settings, by the same rule: "SqsQueueConfig", "Wafv2WebAclAssociationConfigA". */
struct str names_config(struct pack *pack, const struct named_type *type, struct arena *arena);

#endif
