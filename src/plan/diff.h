/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What differs between before and after of one change, on demand.
 *
 * Lists of objects pair by position, sets by identifying fields (port,
 * protocol, source, Sid, device name, ...): a moved element is not a destroyed one.
 * Which paths are sets is known for AWS from data/sets (generated from the provider's
 * schema) and judged by shape elsewhere.  JSON inside strings (policies) is compared as JSON: below
 * such a string the path goes on, marked `json`.
 */
#ifndef WEIR_PLAN_DIFF_H
#define WEIR_PLAN_DIFF_H

#include "plan/plan.h"

enum difference_kind {
	DIFF_CHANGED,     /* before and after both exist, and differ */
	DIFF_ADDED,       /* only after: an element, a member, or null before */
	DIFF_REMOVED,     /* only before: an element, a member, or null after */
	DIFF_UNKNOWN,     /* after is not known until apply */
	DIFF_SENSITIVITY, /* equal values, another mask */
};

struct difference {
	enum difference_kind kind;
	struct str
		path; /* as people write it: a.b[0].c, or a["odd key"]; [*] stands for a set element */
	struct node before; /* NODE_NONE where absent */
	struct node after;
	bool sensitive; /* masked before or after */
	bool element;   /* a whole element of a list or set */
	bool json; /* inside a JSON string; before and after belong to documents in the arena */
};

struct differences {
	struct difference *items;
	size_t count;
	size_t room;
};

/* Everything that differs, in the order of the document. Null, absent, "", [] and {} are equal.
 * A list that grows from nothing or shrinks to nothing differs by its elements; the attributes of a
 * created or deleted object differ one by one. */
int change_diff(const struct change *change, struct arena *arena,
	struct differences *ret_differences, struct error *err) WEIR_NODISCARD;

/* SHA-256 hex of the data that says which attributes are sets. */
struct str diff_data_digest(void);

/* True if all differences lie under tags and tags_all, or only in the sensitivity mask. */
bool change_is_tags_only(const struct change *change, struct arena *arena);

/*
 * A value by path: "point_in_time_recovery[0].enabled"; [*] visits every element, in order.
 * Returns NODE_NONE if there is none.  Path syntax errors give NODE_NONE too.
 */
struct node value_at(struct node root, struct str path, struct arena *arena);

enum value_state { VALUE_KNOWN, VALUE_UNKNOWN, VALUE_ABSENT };
/* Whether `after` at this path is known; looks through after_unknown, whose shape may stop early at true. */
enum value_state change_after_state(
	const struct change *change, struct str path, struct arena *arena);

/* replace_paths as people write them, joined with ", "; absent if there are none. */
struct str change_replace_paths_text(const struct change *change, struct arena *arena);

#endif
