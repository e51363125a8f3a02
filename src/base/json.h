/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON (RFC 8259), strict: in as a document or as events, out through a
 * writer.  UTF-8 is checked.  Facts and limits: depth 512, a string 512 MiB, a
 * document 4 GiB; larger inputs go through json_events().
 */
#ifndef WEIR_BASE_JSON_H
#define WEIR_BASE_JSON_H

#include "base/doc.h"

struct json_options {
	/* For messages; "" for none. Borrowed for the document's life. */
	struct str name;
	/* Where to begin in the text. Offsets of nodes count from the text's start. */
	size_t start;
	/* If not NULL: text may follow the value; receives the offset behind it and white space. */
	size_t *ret_end;
	/* 0 means the default, 512. */
	unsigned max_depth;
};

/* Reads one value. `text` and options->name are borrowed for the document's life. */
int json_read(struct str text, const struct json_options *options, struct doc **ret_doc,
	struct error *err) WEIR_NODISCARD;

/*
 * Event mode, over the same tokenizer, for inputs that do not fit in memory as a document.
 * Bytes are handed in pieces of any size; a callback returning non-zero stops with that value.
 */
enum json_event {
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER, /* text: as written */
	JSON_STRING, /* text: unescaped */
	JSON_KEY,    /* text: unescaped */
	JSON_ARRAY_BEGIN,
	JSON_ARRAY_END,
	JSON_OBJECT_BEGIN,
	JSON_OBJECT_END,
};
typedef int json_event_fn(enum json_event event, struct str text, uint64_t offset, void *payload);

struct json_events;
/* One token (a string, a number) may be at most `token_ceiling` bytes. NULL when memory is short. */
struct json_events *json_events_create(
	struct str name, size_t token_ceiling, json_event_fn *event, void *payload);
void json_events_destroy(struct json_events *events);
int json_events_feed(
	struct json_events *events, struct str piece, struct error *err) WEIR_NODISCARD;
/* Says that the input has ended. */
int json_events_finish(struct json_events *events, struct error *err) WEIR_NODISCARD;

/*
 * Streaming writer into a struct buf.  Commas and indentation are its business.  Nesting errors (a
 * value in an object without a key, an end that does not fit, a second value behind the first) are
 * defects (assert).  Deeper than JSON_WRITER_DEPTH makes the buf fail.
 *
 * Text is encoded as JSON strings: quotes, backslashes and control characters (U+0000-001F,
 * U+007F-009F), and also U+2028/2029, U+FEFF and the bidirectional controls U+061C, U+200E/200F,
 * U+202A-202E, U+2066-2069, as escapes.  A byte that is not UTF-8 becomes U+FFFD.
 */
enum { JSON_WRITER_DEPTH = 1024 };
struct json_writer {
	struct buf *out;
	/* Spaces per level; 0 writes one line. */
	unsigned indent;
	/* private */
	unsigned depth;
	unsigned too_deep;
	bool after_key;
	struct json_writer_level {
		bool object;
		bool any; /* something was written on this level */
	} levels[JSON_WRITER_DEPTH + 1];
};

void json_writer_init(struct json_writer *writer, struct buf *out, unsigned indent);
void json_object_begin(struct json_writer *writer);
void json_object_end(struct json_writer *writer);
void json_array_begin(struct json_writer *writer);
void json_array_end(struct json_writer *writer);
void json_key(struct json_writer *writer, struct str key);
void json_string(struct json_writer *writer, struct str text);
void json_int(struct json_writer *writer, int64_t value);
void json_bool(struct json_writer *writer, bool value);
void json_null(struct json_writer *writer);
/* A value that is JSON text already (a number as written, for example). */
void json_raw(struct json_writer *writer, struct str json);
/* key and value in one */
void json_member(struct json_writer *writer, const char *key, struct str text);
void json_member_int(struct json_writer *writer, const char *key, int64_t value);
void json_member_bool(struct json_writer *writer, const char *key, bool value);

/*
 * Canonical form of a node: no white space, keys sorted by their unescaped bytes, strings with the
 * fewest escapes, numbers by their exact value ("1.50", "15e-1" and "1.5" are "1.5", "-0" is "0").
 * Two values have one canonical form exactly if node_equal() calls them equal.  Keys named in `skip`
 * (a NULL-ended list, or NULL) are left out of the top object.  Where memory is short `out` fails.
 */
void json_canonical(struct node node, const char *const *skip, struct buf *out);

#endif
