/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pack's bytes, version 1; for src/catalog alone.
 *
 *	bytes 0..7    "weirpack"
 *	bytes 8..11   version
 *	bytes 12..15  number of words
 *	bytes 16..19  bytes of text
 *	bytes 20..23  the root record
 *	the words, then the text; nothing behind it
 *
 * All numbers are words: 32 bits, little endian.  A record is a run of words and is named by the
 * place of its first one; equal records are stored once, so that a block which a provider repeats a
 * thousand times takes the place of one.  A record names only records that stand before it.  Record 0
 * is PACK_EMPTY words of zero, which read as an empty record of every kind.  A text is named by its
 * place in the text: a word with its length stands there, then its bytes; text 0 is empty.
 *
 *	root        source, version, provider's schema, then a list of each pack_kind
 *	list        count, then for each: name, schema or function; sorted by name
 *	schema      version, block
 *	block       flags, count of attributes, count of blocks, [description,] attributes…, nested…
 *	attribute   name, flags, type or nested, [description]
 *	nested      name, nesting, least, most, block
 *	type        kind, or kind and count << 8: element; elements…; (name, type)… sorted by name,
 *	            and a member that is optional has the top bit of its name set
 *	function    description, summary, deprecation, returns, count, variadic, parameters…
 *	parameter   name, flags, type, description
 */
#ifndef WEIR_CATALOG_PACK_FORMAT_H
#define WEIR_CATALOG_PACK_FORMAT_H

#include "catalog/pack.h"

enum {
	PACK_HEADER = 24,
	PACK_EMPTY = 8,
	/* Blocks and types in one another; Terraform's deepest is far from it. */
	PACK_DEPTH = 64,
};
#define PACK_MAGIC "weirpack"
#define PACK_MEMBER_OPTIONAL ((uint32_t)1 << 31)

/* Places in records. */
enum { ROOT_SOURCE, ROOT_VERSION, ROOT_PROVIDER, ROOT_LISTS };
enum { LIST_COUNT, LIST_ENTRIES, LIST_ENTRY = 2 };
enum { SCHEMA_VERSION, SCHEMA_BLOCK };
enum { BLOCK_FLAGS, BLOCK_ATTRIBUTES, BLOCK_NESTED, BLOCK_REST };
enum { ATTRIBUTE_NAME, ATTRIBUTE_FLAGS, ATTRIBUTE_TYPE, ATTRIBUTE_DESCRIPTION };
enum { NESTED_NAME, NESTED_NESTING, NESTED_MIN, NESTED_MAX, NESTED_BLOCK };
enum { TYPE_KIND, TYPE_REST };
enum {
	FUNCTION_DESCRIPTION,
	FUNCTION_SUMMARY,
	FUNCTION_DEPRECATION,
	FUNCTION_RETURNS,
	FUNCTION_COUNT,
	FUNCTION_VARIADIC,
	FUNCTION_PARAMETERS
};
enum { PARAMETER_NAME, PARAMETER_FLAGS, PARAMETER_TYPE, PARAMETER_DESCRIPTION };

/* The key of a kind's list in Terraform's document: "resource_schemas". */
struct str pack_list_key(enum pack_kind kind);

#endif
