/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of struct redactor, shared by the files of src/redact.
 */
#ifndef WEIR_REDACT_REDACTOR_H
#define WEIR_REDACT_REDACTOR_H

#include "base/hash.h"
#include "redact/matcher.h"
#include "redact/secrets.h"
#include "redact/shapes.h"
#include "redact/texture.h"
#include "redact/view.h"
#include "redact/walk.h"

enum {
	/* The source's own escapes, three levels of JSON in strings, and one more encoding. */
	VIEWS_MOST = 5,
	/* What matcher patterns of placeholders carry instead of a secret. */
	VALUE_PLACEHOLDER = 0x7fffffff,
	NAME_CACHE = 4096,
	CLEAN_CACHE = 8192,
	/* A text that needs no search: too short for any shape. */
	SHAPE_LEAST = 6,
};

/* Something to hide in a text. */
struct span {
	size_t start, end;
	size_t weight; /* of overlapping ones the heaviest gives the placeholder */
	char placeholder[PLACEHOLDER_LEN];
	uint8_t len;
};

/* A text of a plan in which nothing was found. */
struct clean_entry {
	struct str text;
	unsigned flags;
};

struct name_entry {
	struct str name;
	uint8_t flags;
};

/*
 * What learning found at a node: a secret as a whole, or a key or an address with keys, that may
 * hold one.
 */
struct kept {
	uint32_t at;
	uint32_t lengths; /* of the keys, a length_bit() each; 0: a secret; or KEPT_SHAPED */
};

/* No length has this bit: a text that holds a secret of a known shape. */
#define KEPT_SHAPED ((uint32_t)1 << 31)

/* Lengths that a strong secret can have; long ones share a bit. */
static inline uint32_t length_bit(size_t len)
{
	size_t coarse = (len - 31) / 16;

	if (len < SECRET_LEAST)
		return 0;
	return (uint32_t)1 << (len < 31 ? len - SECRET_LEAST : 24 + (coarse < 6 ? coarse : 6));
}

/* A plan that was learned, with what redaction itself has to say about it. */
struct learned {
	const struct plan *plan;
	bool marked; /* carries weir's mark: it was redacted before */
	unsigned char digest[SHA256_BYTES];
	size_t forged;         /* look-alikes of placeholders */
	struct node forged_at; /* the first */
	size_t keys;           /* keys that hold a secret */
	struct node key_at;
	bool surveyed;
	/* Of struct kept, in the order of the plan; candidates go once all secrets are known. */
	struct buf kept;
	struct equals equals; /* filled where the plan is to be rewritten */
};

static inline size_t kept_count(const struct learned *learned)
{
	return learned->kept.len / sizeof(struct kept);
}

static inline const struct kept *kept_items(const struct learned *learned)
{
	return (const struct kept *)(const void *)learned->kept.data;
}

struct redactor {
	struct arena *arena;
	struct str caller_key;
	struct secrets secrets;
	/* Random-looking words known to be public. */
	struct secrets public_words;
	struct learned *plans;
	size_t plan_count;
	size_t plan_room;
	bool rewrites;       /* plans are learned to be rewritten */
	size_t shapes_found; /* while learning, guesses not counted */
	bool redacted_input; /* a plan carries weir's mark: its placeholders are weir's */
	struct name_entry *names;
	/* The one asked for last: a key is asked about several times in a row. */
	struct name_entry last_name;
	/* Plans repeat their texts: those known to be clean need no search. */
	struct clean_entry *clean;
	struct shapes_index shapes;

	/* From the first text on. */
	bool ready;
	bool failed;
	unsigned char key[SHA256_BYTES];
	struct matcher matcher;
	char (*placeholders)[PLACEHOLDER_LEN];
	struct secrets issued; /* placeholders handed out, so that redacting twice keeps them */
	bool spaces;           /* a secret holds a space */

	/* Reused by every search. */
	struct view views[VIEWS_MOST];
	struct buf spans;
};

/* What a search does with what it finds. */
enum scan_flags {
	SCAN_SECRETS = 1, /* known secrets, in every encoding */
	SCAN_SHAPES = 2,
	SCAN_RANDOM = 4,
	SCAN_LEARN = 8, /* add shapes to the secrets instead of making spans */
};

/*
 * Searches a text through all its layers.  Spans are in redactor->spans, sorted and apart, until the next
 * call.  A text that would cost too much is hidden as a whole.  False when memory ran out.
 */
bool scan_text(struct redactor *redactor, struct str text, unsigned flags);
/* The same for a text of a known text_texture() in a learned plan's source; remembers clean ones. */
bool scan_source(struct redactor *redactor, struct str text, unsigned texture, unsigned flags);
size_t scan_count(const struct redactor *redactor);
const struct span *scan_spans(const struct redactor *redactor);

/* The placeholder of any text. Fixes the key. False when memory ran out. */
bool redactor_placeholder(
	struct redactor *redactor, struct str secret, char ret_text[PLACEHOLDER_LEN]);
/* Builds the matcher once all is learned. */
bool redactor_ready(struct redactor *redactor);
/* Whether a look-alike at `at` is one of weir's own. */
bool redactor_owns(const struct redactor *redactor, struct str text, size_t at);
/* enum name_flags of a name that stands in the source of a learned plan. */
unsigned redactor_name(struct redactor *redactor, struct str name);

/* What is known of a plan, or NULL. */
struct learned *redactor_learned(struct redactor *redactor, const struct plan *plan);
/* Looks once for keys that equal a secret; a redacted plan brings the results in its mark. */
bool redactor_survey(struct redactor *redactor, struct learned *learned);
/* Whether source bytes [start, end) of an address lie inside one key, between [" and "]. */
bool address_key_holds(struct str raw, size_t start, size_t end);

/* Whether the whole of a leaf is a secret: masked, or named like one. `text` is its decoded text. */
bool leaf_is_secret(struct redactor *redactor, const struct leaf *leaf, struct str text);
/* Which searches a leaf needs. */
unsigned leaf_flags(struct redactor *redactor, const struct leaf *leaf);

#endif
