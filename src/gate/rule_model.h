/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a rule is once it is read: shared by the files rule*.c and by nobody
 * else.  Everything lies in the arena that rules_load() was given; no document
 * is needed any more.
 */
#ifndef WEIR_GATE_RULE_MODEL_H
#define WEIR_GATE_RULE_MODEL_H

#include "base/hash.h"
#include "gate/iam.h"
#include "gate/rule.h"
#include "gate/rule_neighbours.h"
#include "gate/types.h"

/* Three values: a check on what only apply will tell is undecided. */
enum truth { TRUTH_NO, TRUTH_UNKNOWN, TRUTH_YES };

enum matcher_kind {
	MATCH_TEXT,
	MATCH_NUMBER,
	MATCH_BOOL,
	MATCH_ABSENT, /* null, missing, "", [] or {} */
	MATCH_ANY_OF, /* one of the children */
	MATCH_NOT,    /* the only child does not match */
	MATCH_GLOB,   /* text, with * */
	MATCH_BELOW,
	MATCH_ABOVE,
	MATCH_CIDR, /* text that is an address range; overlapping `text`, or open to the world */
};

struct matcher {
	enum matcher_kind kind;
	bool flag; /* BOOL's value; CIDR: the world */
	struct str text;
	double number;
	const struct matcher *children;
	size_t count;
};

/* A path and what must be found on it. */
struct path_match {
	struct str path;
	struct matcher matcher;
};

/* What an element of a collection is, and when two are the same one. */
struct elements {
	struct str path;
	/* The text at `path` is JSON, and the elements are at this path inside; absent: no JSON. */
	struct str json;
	const struct str *identity; /* members that say which element it is */
	size_t identity_count;
	struct str label;         /* a member that only names it; may be absent */
	const struct str *ignore; /* members that do not matter */
	size_t ignore_count;
	const struct path_match *where; /* all must hold */
	size_t where_count;
	bool network; /* security group rules: one element a source, ranges compared as ranges */
};

/* What a policy must not come to grant, see docs/rules.md. */
struct grants {
	const struct str *paths; /* where documents may stand; those that exist count */
	size_t path_count;
	enum iam_asker to;
	const struct str *actions; /* lower case; none: whatever the new document names */
	size_t action_count;
	bool any_action; /* one of them is enough */
	const struct str *on;
	size_t on_count;
	enum grants_how {
		GRANTS_ANYHOW,
		GRANTS_NOT_ACTION,
		GRANTS_NOT_RESOURCE,
		GRANTS_NOT_PRINCIPAL
	} how;
};

/* Rules of a network, and what about them must not be open to the world. */
struct opening {
	struct str path;           /* the rules; absent: the object is one */
	const struct str *sources; /* members that hold ranges, one or a list */
	size_t source_count;
	struct str protocol, from, to; /* members; absent: every protocol, every port */
	const struct str *ports; /* instead of from and to: members with "22" and "8000-8010" */
	size_t port_count;
	const double *meant; /* ports that are meant for the world */
	size_t meant_count;
	const struct path_match *where;
	size_t where_count;
};

enum predicate_kind {
	PREDICATE_ALL,
	PREDICATE_ANY,
	PREDICATE_NOT,
	PREDICATE_CLASS,       /* `classes`, as bits */
	PREDICATE_WAS,         /* before matches */
	PREDICATE_IS,          /* after matches */
	PREDICATE_BECOMES,     /* after matches, before did not */
	PREDICATE_LOWERED,     /* a number sinks */
	PREDICATE_RAISED,      /* a number grows */
	PREDICATE_REMOVED,     /* an element is gone */
	PREDICATE_ADDED,       /* an element is new */
	PREDICATE_FORCED_BY,   /* replace_paths names the path or something below it */
	PREDICATE_DOWNGRADED,  /* a value moves towards the weak end of an order */
	PREDICATE_CHANGED,     /* there was a value, and it is another one now */
	PREDICATE_GRANTS,      /* an IAM document grants what it did not */
	PREDICATE_DENIES_LESS, /* a Deny of an IAM document is gone */
	PREDICATE_OPENS,       /* a port is reachable from everywhere that was not */
	PREDICATE_SECRET,      /* a secret is put where it can be read */
	PREDICATE_ABANDONS,    /* the object goes, and what its attribute names stays */
	PREDICATE_CONSUMED,    /* others use it that stay */
};

struct predicate {
	enum predicate_kind kind;
	unsigned classes;
	const struct predicate *children; /* ALL, ANY, NOT */
	size_t count;
	/* WAS, IS, BECOMES; DOWNGRADED: children from strong to weak; path only: LOWERED, RAISED, FORCED_BY,
	 * CHANGED */
	struct path_match match;
	struct elements elements;      /* REMOVED, ADDED */
	const struct grants *grants;   /* GRANTS, DENIES_LESS */
	const struct opening *opening; /* OPENS */
	bool same;                     /* SECRET: also where the same one stood before */
	bool bare;                     /* SECRET: those alone that the plan does not mask */
	/* LOWERED, RAISED: what null and 0 stand for. */
	double null_value;
	double zero_value;
	bool null_known;
	bool zero_known;
	size_t least; /* CONSUMED */
};

/* One alternative of a rule: types, and what must hold. Each gives findings of its own. */
struct rule_case {
	const struct str *types;
	size_t type_count;
	struct predicate when;
	struct str message; /* absent: the rule's */
};

/* Something worth adding to the message, and perhaps another severity, where a predicate holds. */
struct rule_note {
	struct predicate when;
	struct str say;
	bool has_severity;
	enum severity severity;
};

struct rule {
	struct rule_info info;
	unsigned actions;    /* bits of enum plan_action */
	bool asks_secret;    /* a predicate is about secrets */
	bool silent_unknown; /* what is undecided is not told */
	const struct str *except;
	size_t except_count;
	const struct rule_case *cases;
	size_t case_count;
	const struct rule_note *notes;
	size_t note_count;
	struct str message, cause, remedy; /* templates */
};

struct rules {
	struct arena *arena;
	struct rule *items;
	size_t count, room;
	bool has_builtin; /* also those that were not read, since nothing asks for their types */
	unsigned char (*digests)[SHA256_BYTES]; /* of the built-in files, and of each other rule */
	size_t digest_count, digest_room;
	struct str digest; /* of them all */
};

/* rule_scope.c */
/* Whether a rule looks at this change at all. */
bool rule_judges(const struct change *change);
/* Whether one of the lines is a pattern that names a type of the scope; of none (NULL) each does. */
bool rule_scope_meets(const struct rule_scope *scope, struct str types);

/* rule_read.c: adds the rules of a document, all or none. */
int rule_read_document(struct rules *rules, struct node root, struct error *err) WEIR_NODISCARD;

/* Adds one that is built in: its id is its own, and its file's digest counts for it. */
int rule_read_builtin(struct rules *rules, struct node entry, struct error *err) WEIR_NODISCARD;

/* The same one by one: `fault` hears of each rule that cannot be read, and the others are added. */
int rule_read_each(struct rules *rules, struct node root, rule_fault_fn *fault, void *payload,
	struct error *err) WEIR_NODISCARD;

/* rule_predicate.c */
int predicate_read(struct node node, struct arena *arena, struct predicate *ret_predicate,
	struct error *err) WEIR_NODISCARD;
/* A text, or a list of them, copied. */
int texts_read(struct node node, struct arena *arena, const struct str **ret_items,
	size_t *ret_count, struct error *err) WEIR_NODISCARD;
/* Refuses members of an object that are not in `known` (NULL-ended). */
int keys_check(struct node object, const char *const *known, struct error *err) WEIR_NODISCARD;

/* rule_matcher.c */
int matcher_read(struct node node, struct arena *arena, struct matcher *ret_matcher,
	struct error *err) WEIR_NODISCARD;
/* A map of paths to matchers. */
int path_matches_read(struct node node, struct arena *arena, const struct path_match **ret_items,
	size_t *ret_count, struct error *err) WEIR_NODISCARD;
bool matcher_holds(const struct matcher *matcher, struct node value);
/* True if some value on the path matches; for a list of texts or numbers its elements are tried too. */
bool path_match_holds(const struct path_match *match, struct node root);

/* The documents of one change, read once for all its rules. */
struct config_index;
struct secret_hit;

/* Places of one change that hold a secret, found once for all its rules. */
struct secrets_seen {
	const struct secret_oracle *oracle; /* NULL: not yet known what is one */
	struct arena *arena;
	const struct change *change;
	struct secret_hit *first, **last;
	size_t counts[2][2]; /* masked or not, there before or not; those that are not kept too */
	/* Texts and places of what stood there before, sorted; made for the first hit. */
	unsigned char (*before)[SHA256_BYTES];
	size_t before_count;
	bool before_known;
};

struct policies {
	struct arena *arena; /* NULL: none was read yet */
	struct policy_entry *first;
};

/* What judging one change has in hand, and what it finds. */
struct judgement {
	const struct change *change; /* perhaps with constants of the configuration filled in */
	const struct change *own;    /* as the plan has it: what is secret is known by its place */
	const struct plan *plan;
	struct arena *arena;
	struct neighbours *neighbours; /* NULL: nobody asks for them */
	struct str address;
	struct policies *policies;
	struct secrets_seen *secrets;
	struct config_index **config; /* made when it is first needed */
	/* Results of a predicate that holds or is undecided. */
	struct str path;
	struct str elements; /* "10.90.0.0/16 and 2 more" */
	size_t element_count;
	bool failed; /* memory ran out on the way */
};

/* rule_judge.c */
/* The same in hand, nothing found. */
struct judgement judgement_afresh(const struct judgement *judgement);
enum truth predicate_judge(const struct predicate *predicate, struct judgement *judgement);

/* rule_compare.c */
enum truth values_downgraded(const struct path_match *match, const struct change *change);
enum truth value_changed(struct str path, const struct change *change);

/* rule_elements.c: whether an element of `from` has no counterpart in `to`. */
enum truth elements_missing(const struct elements *elements, struct node from, struct node to,
	struct node to_unknown, struct judgement *judgement);

/* rule_config.c */
/*
 * Whether something on the path is not known before apply, and somebody means it to be something:
 * what the author leaves to the provider does not count.
 */
bool judgement_unknown(const struct judgement *judgement, struct str path);
/* Whether a new object leaves it to the provider: it is absent for a rule, and gets its default. */
bool judgement_left_out(const struct judgement *judgement, struct str path);
/* The value that the configuration gives in so many words, or NODE_NONE. */
struct node judgement_constant(const struct judgement *judgement, struct str path);
/* The expressions of the change's resource in the plan's configuration, or NODE_NONE. */
struct node judgement_expressions(const struct judgement *judgement);

/* rule_constants.c */
/*
 * The change as it is known with the constants in `expressions`, in the arena; NULL if they add
 * nothing.  Sets *ret_failed where memory is short.
 */
const struct change *change_with_constants(const struct change *change, struct node expressions,
	struct arena *arena, bool *ret_failed);

/* rule_grants.c */
int grants_read(struct node node, struct arena *arena, struct predicate *predicate,
	struct error *err) WEIR_NODISCARD;
enum truth grants_judge(const struct predicate *predicate, struct judgement *judgement);
/* Forgets the documents of a change. */
void policies_reset(struct policies *policies);
void policies_free(struct policies *policies);

/* rule_secret.c */
int secret_read(struct node node, struct arena *arena, struct predicate *predicate,
	struct error *err) WEIR_NODISCARD;
enum truth secret_judge(const struct predicate *predicate, struct judgement *judgement);
/* Secrets in outputs and defaults. */
void secrets_elsewhere(
	const struct plan *plan, const struct secret_oracle *oracle, struct findings *findings);

/* rule_opens.c */
int opens_read(struct node node, struct arena *arena, struct predicate *predicate,
	struct error *err) WEIR_NODISCARD;
enum truth opens_judge(const struct predicate *predicate, struct judgement *judgement);

/* rule_network.c */
struct network_rule {
	struct str protocol; /* "tcp", "-1" */
	int64_t from_port, to_port;
	struct str source; /* a range, a group, a prefix list, "self" */
	bool is_range;
	unsigned char family; /* 4 or 6, of a range */
	unsigned char prefix;
	unsigned char address[16];
};
struct network_rules {
	struct network_rule *items;
	size_t count, room;
};
bool range_parse(struct str text, struct network_rule *ret_range);
/* True if one of the ranges contains the other. */
bool ranges_nest(const struct network_rule *a, const struct network_rule *b);
/* True if the range is half of the internet or more. */
bool range_is_world(const struct network_rule *range);
/* One rule for each source of a security group's ingress or egress block. */
void network_expand(struct node block, struct arena *arena, struct network_rules *rules);
/* True if one rule lets through all that the other does. */
bool network_rules_nest(const struct network_rule *a, const struct network_rule *b);
struct str network_text(const struct network_rule *rule, struct arena *arena);

/* rule_text.c */
bool template_valid(struct str text);
/* The text with its {placeholders} filled in, in the arena. */
struct str template_fill(struct str text, const struct judgement *judgement);
/* The first path that forces a replacement, as people write it; absent if there is none. */
struct str forcing_path(const struct change *change, struct arena *arena);

#endif
