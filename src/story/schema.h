/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The stories of `weir schema`: which providers' schemas hold for a project,
 * what one says, and adding one.
 */
#ifndef WEIR_STORY_SCHEMA_H
#define WEIR_STORY_SCHEMA_H

#include "catalog/packs.h"

/*
 * What a name in weir's notation names: "data.aws_ami" a data source, a bare name a resource; *name becomes
 * "aws_ami", of functions "aws::arn_parse".
 */
enum pack_kind schema_kind(struct str *name);

/*
 * The packs that hold where we stand: those in the .weir of the repository's root (of the current
 * directory outside of one), and the program's.  Free with packs_close().
 */
int schemas_open(struct arena *arena, struct packs *ret_packs, struct error *err) WEIR_NODISCARD;

struct schema_add_options {
	struct str provider; /* SOURCE or SOURCE@VERSION */
	/* A file, "-", or a directory after `init`; NULL: the current directory. */
	const char *from;
	const char *program; /* terraform or tofu; NULL: as the directory's lock file says */
};

/*
 * Compiles a pack and writes it to .weir; `out` gets what was added.
 *
 * Errors: ERR_USAGE for a provider that is none, or a version that nobody says; those of
 * pack_compile(), terraform_schemas() and state_open().
 */
int schema_add_run(const struct schema_add_options *options, struct arena *arena, bool json,
	struct buf *out, struct error *err) WEIR_NODISCARD;

int schema_list_run(
	struct arena *arena, bool json, struct buf *out, struct error *err) WEIR_NODISCARD;

/*
 * The schema of what `name` names, as Terraform's JSON: a provider ("aws"), a resource's type,
 * "data.TYPE", "ephemeral.TYPE", "provider.NAME" or "provider::NAME::FUNCTION".  ERR_USAGE where there
 * is none.
 */
int schema_show_run(
	struct str name, struct arena *arena, struct buf *out, struct error *err) WEIR_NODISCARD;

#endif
