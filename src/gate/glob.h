/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Address globs: how an intent names objects of a plan.
 *
 *	aws_db_instance.old            the resource, and all its instances
 *	aws_db_instance.old[0]         one instance by number
 *	aws_db_instance.old["a*b"]     one instance by key; in quotes nothing is a wildcard
 *	aws_db_instance.old[*]         any instance with a key; [prod-*] a glob over the key's text
 *	aws_db_*.*                     `*` stands for any characters of one name
 *	module.db.aws_db_instance.old  in a module, whatever the module's key
 *	module.db                      everything in it, at any depth
 *	**.aws_db_instance.*           in any module, the root too
 *	**                             everything
 *	data.aws_ami.base              a data source
 *	aws_db_instance.old (deposed 1f2e3d4c)   a deposed object; (deposed *) any
 *
 * Quoted keys are written as Terraform writes them: \" \\ \n \r \t \uXXXX, and $${ or ${ alike.
 */
#ifndef WEIR_GATE_GLOB_H
#define WEIR_GATE_GLOB_H

#include "base/memory.h"

enum address_key {
	KEY_NONE,   /* no brackets */
	KEY_NUMBER, /* [0] */
	KEY_TEXT,   /* ["a"], decoded */
	KEY_ANY,    /* [*], only in patterns */
	KEY_GLOB,   /* [a*], only in patterns */
};

struct address_step {
	struct str name;
	enum address_key key_kind;
	struct str key;
	bool deep; /* `**`, only in patterns */
};

/* An address or a pattern, taken apart. */
struct address {
	struct str text;
	struct str deposed; /* absent: the live object */
	struct address_step *modules;
	size_t module_count;
	struct str mode; /* "", "data", "ephemeral" */
	struct str type;
	struct address_step name;
	bool anything; /* a pattern that ends in `**`: any resource */
};

/*
 * Takes an address of a plan apart. False if it has no such form (or memory is short: the arena
 * tells).
 */
bool address_parse(struct str text, struct arena *arena, struct address *ret_address);

/*
 * Takes a pattern apart.  False with a sentence in *ret_problem if it is none (a static text;
 * "out of memory" included).
 */
bool glob_parse(
	struct str text, struct arena *arena, struct address *ret_glob, const char **ret_problem);

/* True if the pattern names the address; deposed keys are the caller's business. */
bool glob_match(const struct address *glob, const struct address *address);

/* True if the pattern's deposed key names that of the address: both live, or equal, or `*`. */
bool glob_match_deposed(const struct address *glob, const struct address *address);

/* True only if each address that `narrow` names is surely named by `wide` too. */
bool glob_covers(const struct address *wide, const struct address *narrow);

/* True unless no address can be named by both; exact when `exact` has no wildcard in its names. */
bool glob_overlaps(const struct address *glob, const struct address *exact);

/* True if there is a wildcard in it, a missing key not counted. */
bool glob_is_wild(const struct address *glob);

/* `*` in `pattern` stands for any characters; all else for itself. */
bool text_glob(struct str pattern, struct str text);

#endif
