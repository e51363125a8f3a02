/* SPDX-License-Identifier: Apache-2.0 */
/*
 * struct plan: what Terraform or OpenTofu says would change, as decoded from
 * the output of `show -json`.  It decides nothing: actions are named, places
 * are kept, values stay nodes in the document.
 *
 * Facts: Terraform "JSON Output Format" (format_version 0.1 to 1.x), the same
 * of OpenTofu, and HCP Terraform's redacted dialect (plan_format_version).
 *
 * Ownership: everything is borrowed from the arena given to plan_read() and
 * from the plan's documents; plan_free() releases the documents and mapped files.
 */
#ifndef WEIR_PLAN_PLAN_H
#define WEIR_PLAN_PLAN_H

#include "base/doc.h"
#include "base/finding.h"

/* ACTION(name, "name in reports"), the actions lists of the format decoded. */
#define PLAN_ACTIONS(ACTION)                                                                       \
	ACTION(NO_OP, "no-op")                                                                     \
	ACTION(CREATE, "create")                                                                   \
	ACTION(READ, "read")                                                                       \
	ACTION(UPDATE, "update")                                                                   \
	ACTION(DELETE, "delete")                                                                   \
	ACTION(REPLACE, "replace")         /* delete, then create */                               \
	ACTION(REPLACE_CBD, "replace-cbd") /* create, then delete */                               \
	ACTION(FORGET, "forget")                                                                   \
	ACTION(CREATE_FORGET, "create-forget")                                                     \
	ACTION(FORGET_CREATE, "forget-create")                                                     \
	ACTION(MOVE, "move")     /* no-op with a previous address */                               \
	ACTION(IMPORT, "import") /* no-op with an import */                                        \
	ACTION(OPEN, "open")     /* ephemeral */                                                   \
	ACTION(RENEW, "renew")                                                                     \
	ACTION(CLOSE, "close")                                                                     \
	ACTION(UNKNOWN, "unknown") /* change.action_text tells */

enum plan_action {
#define ACTION(name, text) ACTION_##name,
	PLAN_ACTIONS(ACTION)
#undef ACTION
		ACTION_COUNT
};

enum plan_mode { MODE_MANAGED, MODE_DATA, MODE_EPHEMERAL, MODE_UNKNOWN };

/* Which list of the plan an entry stands in. */
enum plan_list { LIST_CHANGES, LIST_DRIFT, LIST_DEFERRED };

/* One entry of resource_changes, resource_drift or deferred_changes. */
struct change {
	struct str address; /* plain, without the deposed key */
	struct str deposed; /* absent for the live object */
	struct str previous_address;
	struct str module; /* "module.a.module.b[0]", or absent for the root */
	struct str type;
	struct str name;
	enum plan_mode mode;
	enum plan_action action;
	enum plan_list list;
	uint32_t position;        /* in that list, from 0 */
	struct str action_text;   /* as reported: "replace-cbd"; unknown lists joined with '-' */
	struct str action_reason; /* absent where the plan gives none */
	bool opentofu;            /* the provider comes from OpenTofu's registry */
	bool importing;
	bool generated_config;
	bool relevant;      /* drift: relevant_attributes names its resource */
	bool index_unknown; /* deferred: the instances are not known yet */
	struct node self;   /* the whole entry */
	struct node before, after, after_unknown;
	/* Places in the same document, or 0: asked for with the functions below, since plans are large. */
	uint32_t index_at, before_sensitive_at, after_sensitive_at, replace_paths_at;
};

static inline struct node change_node(const struct change *change, uint32_t at)
{
	return at ? (struct node){change->self.doc, at} : NODE_NONE;
}

/* The key of the instance: a string, a number or none. */
static inline struct node change_index(const struct change *change)
{
	return change_node(change, change->index_at);
}

/* The masks of what is sensitive. */
static inline struct node change_before_sensitive(const struct change *change)
{
	return change_node(change, change->before_sensitive_at);
}

static inline struct node change_after_sensitive(const struct change *change)
{
	return change_node(change, change->after_sensitive_at);
}

/* What forces a replacement: an array of arrays, or none. */
static inline struct node change_replace_paths(const struct change *change)
{
	return change_node(change, change->replace_paths_at);
}

struct changes {
	struct change *items;
	size_t count;
	size_t room;
};

struct output_change {
	struct str name;
	enum plan_action action;
	struct str action_text;
	struct node self;
	struct node before, after, after_unknown, before_sensitive, after_sensitive;
};

enum check_status { CHECK_PASS, CHECK_FAIL, CHECK_ERROR, CHECK_UNKNOWN };

struct check {
	struct str address; /* "check.name", a resource or an output */
	enum check_status status;
	struct str message; /* the first problem, or absent */
	struct node self;
};

struct plan {
	struct str name;   /* NAME=, the relative directory plus workspace, or the file's name */
	struct str source; /* the file as the user gave it, "-" for standard input */
	struct str root;   /* directory of the root module as far as known, relative; "" unknown */
	struct str workspace;
	struct str format_version;
	struct str tool_version; /* terraform_version */
	bool opentofu;           /* as far as provider names tell */
	bool redacted_dialect;   /* HCP Terraform's plan_format_version */
	bool weir_redacted;      /* carries weir's own mark, see redact.h */
	bool errored;
	bool incomplete;   /* "complete": false */
	bool refresh_only; /* drift and no resource_changes */
	struct str sha256; /* 64 hex digits, of the file's bytes */

	struct doc *doc;
	struct node root_node;
	struct changes changes; /* every entry of resource_changes, plain no-ops included */
	struct changes drift;
	struct changes deferred;
	struct output_change *outputs;
	size_t output_count;
	struct check *checks;
	size_t check_count;
	struct node action_invocations; /* Terraform actions (1.14), or none */
	struct node deferred_invocations;
	struct node relevant_attributes;
	struct node configuration;
	struct node prior_state;
	struct node variables;
	struct plan_source *private_source;
};

/* Name in reports. */
struct str plan_action_name(enum plan_action action);
/* delete, replace, replace-cbd: an object ceases to exist. */
bool plan_action_destroys(enum plan_action action);
bool plan_action_replaces(enum plan_action action);
/* "ADDRESS" or "ADDRESS (deposed KEY)", in the arena. */
struct str change_full_address(const struct change *change, struct arena *arena);
/* "/resource_changes/12" and so on. */
struct str change_pointer(const struct change *change, struct arena *arena);

struct plan_counts {
	/* As Terraform counts: a replacement adds and destroys; an import with an update changes. */
	size_t add, update, destroy, import, move, forget, read, no_op, unknown;
};
void plan_count(const struct plan *plan, struct plan_counts *ret_counts);

/* What the first bytes of a file say that it is. */
enum plan_format {
	PLAN_FORMAT_JSON, /* text, for plan_read() */
	PLAN_FORMAT_BINARY, /* a saved plan of terraform or tofu (a zip): src/tool turns it into JSON */
};
enum plan_format plan_format(struct str bytes);

/*
 * Decodes plans out of the bytes of one file: byte order marks, UTF-16, lines before or after the
 * JSON, several plans in a row.  `source` names the file in messages and is the plan's name unless the caller sets another.
 * `text` is borrowed for the plans' life.  Appends to *plans; on failure nothing was appended.
 *
 * Errors (all exit 65): no plan in it, an unknown major format_version, truncated, invalid,
 * a duplicate key anywhere.
 */
struct plans {
	struct plan *items;
	size_t count;
	size_t room;
};
int plan_read(struct str text, struct str source, struct arena *arena, struct plans *plans,
	struct error *err) WEIR_NODISCARD;

/*
 * The same in two steps, for who has something to do beside the second.  The first finds and parses
 * the plans of a file: they get their document, root_node, names and sha256, and nothing was
 * checked yet.  The second, once for each, refuses duplicate keys and takes everything else.
 *
 * Where the first fails, the plans that stand before the fault were appended all the same: decode them, and an
 * error of theirs goes before its own, as it stands before it in the file.
 */
int plan_parse(struct str text, struct str source, struct arena *arena, struct plans *plans,
	struct error *err) WEIR_NODISCARD;
int plan_decode(struct plan *plan, struct arena *arena, struct error *err) WEIR_NODISCARD;
void plan_free(struct plan *plan);

/*
 * The time-free digest of what a plan would do: two plans of the same change have the same one.
 * SHA-256 hex over the canonical JSON of the plan without timestamp and tool version.
 */
int plan_changes_digest(
	const struct plan *plan, char ret_hex[65], struct error *err) WEIR_NODISCARD;

/* Whether a drift entry is of a resource that relevant_attributes names. */
bool plan_drift_is_relevant(
	const struct plan *plan, const struct change *drift, struct arena *arena);

/* Findings that the plan itself asks for: unknown actions and modes, errored, incomplete, failed checks, deferred changes. */
void plan_findings(const struct plan *plan, struct findings *findings);

#endif
