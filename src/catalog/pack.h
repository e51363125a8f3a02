/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Provider schema packs: what `terraform providers schema -json` says of one
 * provider, as bytes that are used where they lie.  Opening one reads its
 * header alone; a type is found by binary search; nothing is parsed.
 *
 * Source of facts: the provider's own schema.  A pack holds all of it that
 * says what may be written: provider, resources, data sources, ephemeral
 * resources and functions.  It does not hold identities, list resources and
 * actions of newer Terraform.
 *
 * Ownership: a pack borrows its bytes (the program's own, a mapped file), and
 * each text that it returns points into them.  Pack functions never allocate
 * but where an arena is named.
 *
 * Errors: the bytes may be anything.  Every access is checked; what leads
 * outside is read as empty and makes the pack damaged, which pack_check()
 * tells once at the end, as arena_failed() does for memory.  A record can name
 * only earlier records, so that no walk is endless.
 */
#ifndef WEIR_CATALOG_PACK_H
#define WEIR_CATALOG_PACK_H

#include "base/error.h"
#include "base/memory.h"

/* Of the bytes that this program writes and reads. */
enum { PACK_FORMAT_VERSION = 1 };

struct pack {
	struct str source;  /* as required_providers is to name it: "aws", "hashicorp/random" */
	struct str version; /* "5.100.0" */
	struct str name;    /* the last part of the source: "aws", "random" */
	struct str label;   /* where it comes from, for messages */
	/* private */
	const unsigned char *words, *text;
	size_t word_count, text_size;
	size_t root;
	bool damaged;
};

/*
 * Opens the pack in `bytes`, which live as long as it.  `label` (a file's name) too.
 *
 * Errors: ERR_PACK_DAMAGED where this is no pack or not a whole one; ERR_PACK_NEWER.
 */
int pack_open(struct str bytes, struct str label, struct pack *ret_pack,
	struct error *err) WEIR_NODISCARD;
/* ERR_PACK_DAMAGED if any access so far led outside of the pack. */
int pack_check(const struct pack *pack, struct error *err) WEIR_NODISCARD;

enum pack_kind {
	PACK_RESOURCE,
	PACK_DATA,
	PACK_EPHEMERAL,
	PACK_FUNCTION,
	PACK_KINDS_OF_LISTS,
	PACK_PROVIDER = PACK_KINDS_OF_LISTS, /* the one block of the provider's own settings */
};

/* "resource", "data", "ephemeral", "function", "provider". */
struct str pack_kind_name(enum pack_kind kind);
bool pack_kind_find(struct str name, enum pack_kind *ret_kind);

/* How many types (or functions) of a kind there are; names come sorted by their bytes. */
size_t pack_count(struct pack *pack, enum pack_kind kind);
struct str pack_name_at(struct pack *pack, enum pack_kind kind, size_t index);
/* Where a name is among them; false where there is none. */
bool pack_name_find(struct pack *pack, enum pack_kind kind, struct str name, size_t *ret_index);

/* What Terraform says of an attribute, a block or a parameter. */
enum pack_flag {
	PACK_REQUIRED = 1 << 0,
	PACK_OPTIONAL = 1 << 1,
	PACK_COMPUTED = 1 << 2,
	PACK_SENSITIVE = 1 << 3,
	PACK_WRITE_ONLY = 1 << 4,
	PACK_DEPRECATED = 1 << 5,
	PACK_NULLABLE = 1 << 6, /* of a parameter */
	PACK_PLAIN = 1 << 7,    /* description_kind; neither where Terraform writes none */
	PACK_MARKDOWN = 1 << 8,
	PACK_DESCRIBED = 1 << 9, /* private: a description follows */
	PACK_NESTED = 1 << 10,   /* an attribute with a nested_type */
};

struct pack_block {
	struct pack *pack;
	unsigned flags;
	struct str description; /* empty where there is none */
	uint32_t attribute_count;
	uint32_t block_count;
	/* private */
	size_t at, lists;
};

struct pack_schema {
	uint32_t version; /* of the state's schema */
	struct pack_block block;
};

/*
 * The schema of a type ("aws_sqs_queue"); of PACK_PROVIDER whatever the name.  False where there is
 * none, as for every PACK_FUNCTION.
 */
bool pack_find(
	struct pack *pack, enum pack_kind kind, struct str name, struct pack_schema *ret_schema);

/* Terraform's type language. */
enum pack_type_kind {
	PACK_TYPE_NONE, /* there is no type: the attribute has a nested_type */
	PACK_TYPE_STRING,
	PACK_TYPE_NUMBER,
	PACK_TYPE_BOOL,
	PACK_TYPE_DYNAMIC, /* any value */
	PACK_TYPE_LIST,
	PACK_TYPE_SET,
	PACK_TYPE_MAP,
	PACK_TYPE_TUPLE,
	PACK_TYPE_OBJECT,
	PACK_TYPE_KINDS,
};

struct pack_type {
	struct pack *pack;
	enum pack_type_kind kind;
	uint32_t count; /* of an object's members or a tuple's elements */
	/* private */
	size_t at;
};

/* "string", "list", …; "" of PACK_TYPE_NONE. */
struct str pack_type_name(enum pack_type_kind kind);
/* The element's type of a list, set or map. */
struct pack_type pack_type_element(const struct pack_type *type);
/* An element of a tuple. */
struct pack_type pack_tuple_at(const struct pack_type *type, uint32_t index);
struct pack_member {
	struct str name;
	struct pack_type type;
	bool optional;
};
/* A member of an object; they come sorted by name. */
struct pack_member pack_member_at(const struct pack_type *type, uint32_t index);

enum pack_nesting {
	PACK_NESTING_NONE,
	PACK_NESTING_SINGLE,
	PACK_NESTING_GROUP,
	PACK_NESTING_LIST,
	PACK_NESTING_SET,
	PACK_NESTING_MAP,
	PACK_NESTINGS,
};
/* "single", "group", "list", "set", "map". */
struct str pack_nesting_name(enum pack_nesting nesting);

/* A block in a block; also the nested_type of an attribute, whose block has attributes alone. */
struct pack_nested {
	struct str name; /* empty of a nested_type */
	enum pack_nesting nesting;
	uint32_t min_items, max_items; /* 0: no such limit */
	struct pack_block block;
};

struct pack_attribute {
	struct str name;
	struct str description; /* empty where there is none */
	unsigned flags;
	struct pack_type type;     /* without PACK_NESTED */
	struct pack_nested nested; /* with PACK_NESTED */
};

/* Attributes and nested blocks come sorted by name. */
struct pack_attribute pack_attribute_at(const struct pack_block *block, uint32_t index);
bool pack_attribute_find(
	const struct pack_block *block, struct str name, struct pack_attribute *ret_attribute);
struct pack_nested pack_nested_at(const struct pack_block *block, uint32_t index);
bool pack_nested_find(
	const struct pack_block *block, struct str name, struct pack_nested *ret_nested);

struct pack_parameter {
	struct str name;
	struct str description;
	unsigned flags; /* PACK_NULLABLE */
	struct pack_type type;
};

struct pack_function {
	struct pack *pack;
	struct str description, summary, deprecation; /* empty where there is none */
	struct pack_type returns;
	uint32_t parameter_count;
	bool variadic; /* the last parameter stands for any number of them */
	/* private */
	size_t at;
};

bool pack_function_find(struct pack *pack, struct str name, struct pack_function *ret_function);
struct pack_parameter pack_parameter_at(const struct pack_function *function, uint32_t index);

/*
 * Terraform's own JSON of one type's schema or one function's signature, in the arena, on one line:
 * {"version":0,"block":{"attributes":{…},"block_types":{…}}}.  Returns 1, 0 where there is no such
 * type, or a negative error: ERR_PACK_DAMAGED, ERR_MEMORY.
 */
int pack_type_json(struct pack *pack, enum pack_kind kind, struct str name, struct arena *arena,
	struct str *ret_text, struct error *err) WEIR_NODISCARD;
/*
 * All of a pack as the document that it was made from, with this provider alone and under its source.
 * Compiling that gives the same pack.  Errors: ERR_PACK_DAMAGED, ERR_MEMORY.
 */
int pack_json(struct pack *pack, struct buf *out, struct error *err) WEIR_NODISCARD;

/* What the document does not say of its provider. */
struct pack_origin {
	struct str source;  /* "aws", "hashicorp/aws", "example.com/a/b" */
	struct str version; /* "5.100.0" */
};

/*
 * Compiles a pack from what `terraform providers schema -json` prints, formats 0.1 to 1.x.  The
 * provider is the one in the document whose name ends in the source's parts ("aws" stands for
 * "hashicorp/aws").  The same input gives the same bytes.
 *
 * Errors: ERR_SCHEMA_INVALID where the document does not have that form; ERR_SCHEMA_PROVIDER where
 * the provider is not in it, or more than one is; those of json_read().
 */
int pack_compile(struct str schemas, struct str label, const struct pack_origin *origin,
	struct buf *out, struct error *err) WEIR_NODISCARD;

#endif
