/* SPDX-License-Identifier: Apache-2.0 */
/*
 * weir.yaml: what a repository wants of weir, and how far it is believed.
 *
 * The judged may only tighten.  A file in the tree under review was perhaps
 * written by the author of the change, so its values that loosen judgement are
 * kept, with their place, but do not count.  A file named with --config, or
 * read from the merge base, is trusted, and all of it counts.
 *
 * Everything is borrowed from the arena given to config_load().
 */
#ifndef WEIR_CONFIG_CONFIG_H
#define WEIR_CONFIG_CONFIG_H

#include "base/error.h"
#include "base/finding.h"
#include "base/memory.h"

#define CONFIG_FILE "weir.yaml"

/* Files that one configuration may be made of. */
enum { CONFIG_MAX_FILES = 32 };

enum config_key {
#define CONFIG_KEY(name, text, type, choices, loosens, help) CONFIG_##name,
#include "config/keys.def"
#undef CONFIG_KEY
	CONFIG_KEY_COUNT
};

enum config_type {
	CONFIG_TYPE_TEXT,
	CONFIG_TYPE_PATH,
	CONFIG_TYPE_FLAG,
	CONFIG_TYPE_CHOICE,
	CONFIG_TYPE_LIST,
	CONFIG_TYPE_PATHS,
	CONFIG_TYPE_CHOICES,
	CONFIG_TYPE_KINDS,
};

struct config_key_info {
	const char *name;
	enum config_type type;
	const char *choices;
	const char *loosens;
	const char *help;
};

const struct config_key_info *config_key_info(enum config_key key);
/* Whether a key of this type holds any number of values in a list. */
static inline bool config_type_is_list(enum config_type type)
{
	return type == CONFIG_TYPE_LIST || type == CONFIG_TYPE_PATHS;
}
/* Whether it maps globs of roots to values. */
static inline bool config_type_is_map(enum config_type type)
{
	return type == CONFIG_TYPE_CHOICES || type == CONFIG_TYPE_KINDS;
}
/* The kinds of findings that KINDS knows, with bars between. */
extern const char config_kinds[];
/* False if there is no such key. */
bool config_key_find(struct str name, enum config_key *ret_key);

/* One value, or one entry of a list or map. */
struct config_entry {
	/* The glob of a map's entry; absent elsewhere. */
	struct str key;
	/* Of KINDS: the kind of findings that it is about; absent: all. */
	struct str kind;
	/* As text: a flag is "true" or "false", a path is relative to the current directory. */
	struct str text;
	struct place place;
	/* It loosens, and its file is not trusted: it does not count. */
	bool ignored;
};

struct config_value {
	struct config_entry *entries;
	size_t count; /* 0: the key is in no file */
	size_t room;
};

struct config_file {
	/* As people know it: relative to the current directory, or "origin/main:weir.yaml". */
	struct str path;
	struct str sha256; /* hex */
};

struct config {
	struct config_value values[CONFIG_KEY_COUNT];
	/* In the order in which they were read. */
	struct config_file *files;
	size_t file_count;
	size_t file_room;
	bool trusted;
	/* SHA-256 over the digests and names of all files read, hex; of nothing when there are
	 * none. */
	struct str digest;
};

/*
 * A version of the repository's files other than the working tree, such as a commit.  `path` is
 * relative to the repository's root, in its shortest form.  Returns 1 and the text, 0 if
 * there is no such file, or a negative error.
 */
struct config_source {
	int (*read)(void *payload, struct str path, struct arena *arena, struct str *ret_text,
		struct error *err);
	void *payload;
	struct str name; /* for messages: "origin/main" */
};

struct config_options {
	/* --config: this file, trusted. NULL: weir.yaml is looked for. */
	const char *path;
	/* From here, trusted, instead of the working tree. NULL: the tree, not trusted. Ignored
	 * with `path`. */
	const struct config_source *source;
	/* The caller vouches for the working tree: all of it counts. */
	bool trust_tree;
};

/*
 * Finds, reads and checks the configuration.  Without a file everything is unset, which is no
 * error.
 *
 * weir.yaml is looked for in the current directory and upward to the root of its git repository;
 * outside of one, in the current directory alone.  `include` names further files, relative to the
 * one it stands in and inside the repository; `requires` is checked before anything else of its
 * file.
 */
int config_load(const struct config_options *options, struct arena *arena,
	const struct config **ret_config, struct error *err) WEIR_NODISCARD;

/* The one entry of a key that is no list or map, if it counts; else NULL. */
const struct config_entry *config_get(const struct config *config, enum config_key key);

/*
 * The profile of a root ("envs/prod/db", relative to the repository): the entry of the first glob
 * that matches and counts, or NULL.
 */
const struct config_entry *config_profile(const struct config *config, struct str root);
/* The entry of on_unknown for a root and a kind of findings: the first that fits and counts, or NULL. */
const struct config_entry *config_on_unknown(
	const struct config *config, struct str root, struct str kind);
/* The entry of require_intent that matches the root, or NULL. */
const struct config_entry *config_requires_intent(const struct config *config, struct str root);

/*
 * Whether a version such as "0.3.1" meets constraints such as ">=0.3, <2".  Returns false and fills
 * *ret_wrong if the constraints cannot be read.  Missing parts are zeros.
 */
bool version_meets(struct str version, struct str constraints, bool *ret_wrong);

#endif
