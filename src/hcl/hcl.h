/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Configurations of Terraform as they are written (HCL, *.tf): which blocks
 * stand where, and what a plan does not carry (prevent_destroy).  Nothing is
 * evaluated.
 *
 * Everything is borrowed from the arena and, where it says so, from the text.
 */
#ifndef WEIR_HCL_HCL_H
#define WEIR_HCL_HCL_H

#include "base/error.h"
#include "base/memory.h"

enum {
	HCL_MAX_BYTES = 1024 * 1024, /* of one file */
	HCL_MAX_DEPTH = 32,          /* of blocks in blocks */
};

/* What is said of lifecycle.prevent_destroy. */
enum prevent_destroy {
	PREVENT_NOT,     /* nothing, or false */
	PREVENT_UNKNOWN, /* an expression */
	PREVENT_TRUE,
};

/* An attribute of a block or of a block in it. Lines from 1, both included. */
struct hcl_attribute {
	struct str path; /* "lifecycle.prevent_destroy" */
	struct str text; /* its expression as written, in the file's text */
	unsigned line, end_line;
};

struct hcl_block {
	struct str type; /* "resource" */
	const struct str *labels;
	size_t label_count;
	struct str file; /* as it was given */
	unsigned line, end_line;
	const struct hcl_attribute *attributes;
	size_t attribute_count;
	enum prevent_destroy prevent_destroy;
};

struct hcl_blocks {
	struct hcl_block *items;
	size_t count;
	size_t room;
};

/*
 * Appends the top blocks of one file; an attribute outside of any block (.tfvars) is a block without
 * a type, labelled by its name. `text` and `name` are borrowed. Errors: ERR_HCL_SYNTAX with
 * the line, ERR_HCL_SIZE where a limit is reached; nothing is appended then.
 *
 * The parser's own memory is not an arena's: where the system has none, the process ends.
 */
int hcl_read(struct str text, struct str name, struct arena *arena, struct hcl_blocks *blocks,
	struct error *err) WEIR_NODISCARD;

/* The attribute with this path, or NULL. */
const struct hcl_attribute *hcl_attribute(const struct hcl_block *block, struct str path);
/* A text that stands there literally, without its quotes; absent if the expression is anything else. */
struct str hcl_literal(struct str expression);

/* Where a configuration's files are: the tree, or a commit. Directories are as the caller writes them. */
struct hcl_names {
	struct str *items;
	size_t count;
	size_t room;
};
struct hcl_source {
	/* Names of the files directly in a directory; any order. None if it is not there. */
	int (*list)(void *payload, struct str dir, struct arena *arena, struct hcl_names *names,
		struct error *err);
	/* *ret_path is how people know the file. */
	int (*read)(void *payload, struct str dir, struct str name, struct arena *arena,
		struct str *ret_text, struct str *ret_path, struct error *err);
	void *payload;
};

struct hcl_configuration;

/*
 * Reads the root module in `dir` (or the one file that `dir` names) and the modules that it takes
 * from local directories, as deep as they go: up to 1,000 files and 64 levels.  A directory without
 * a .tf file is an empty configuration: see hcl_is_empty().
 */
int hcl_configuration_read(const struct hcl_source *source, struct str dir, struct arena *arena,
	struct hcl_configuration **ret_configuration, struct error *err) WEIR_NODISCARD;
/* The source that is the file system. */
struct hcl_source hcl_tree(void);

/* No file at all was found. */
bool hcl_is_empty(const struct hcl_configuration *configuration);
/*
 * The block of an address without instance keys ("module.a.aws_x.y", "data.aws_x.y", "output.x", "local.x", "tfvars.x"); NULL if there is
 * none.
 */
const struct hcl_block *hcl_find(const struct hcl_configuration *configuration, struct str address);

struct hcl_entry {
	struct str address;
	const struct hcl_block *block;
};
/* All blocks that have an address, sorted by it. */
size_t hcl_entries(
	const struct hcl_configuration *configuration, const struct hcl_entry **ret_entries);

#endif
