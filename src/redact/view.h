/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A text seen through one layer of encoding, with the way back: which bytes of
 * the outer text a decoded range came from.  Inside src/redact only.
 */
#ifndef WEIR_REDACT_VIEW_H
#define WEIR_REDACT_VIEW_H

#include "base/memory.h"

enum view_kind {
	VIEW_JSON,    /* backslash escapes; what is none stays as it is */
	VIEW_PERCENT, /* %XX */
	VIEW_FORM,    /* %XX, and '+' is a space */
	VIEW_BASE64,  /* both alphabets, line breaks skipped */
	VIEW_UTF16,   /* every second byte, where the others are 0 */
};

struct view {
	enum view_kind kind;
	struct str outer;
	size_t from; /* where in `outer` decoding began */
	struct buf text;
	/* For every 64th decoded byte: the unit that it belongs to. */
	struct buf marks;
};

/*
 * Decodes outer[from, to). The view's buffers are reused. False when memory ran out.
 * `outer` is borrowed until the next call.
 */
bool view_open(struct view *view, enum view_kind kind, struct str outer, size_t from, size_t to);
/* The range of the outer text from which decoded bytes [*start, *end) came. */
void view_map(const struct view *view, size_t *start, size_t *end);
void view_free(struct view *view);

/* Whether some %XX stands in the text. */
bool view_has_percent(struct str text);
/* Whether the text begins like ASCII in UTF-16, little endian. */
bool view_is_utf16(struct str text);
/*
 * The next run of base64 characters from *from on whose beginning decodes to readable text (or to UTF-16).
 * Returns false if there is none; *ret_start, *ret_end is the run, *from the place to go on.
 */
bool view_next_base64(struct str text, size_t *from, size_t *ret_start, size_t *ret_end);

#endif
