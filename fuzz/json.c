/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as JSON.  The first byte chooses how the rest is cut into pieces.  Both readers must
 * agree on the answer and on the place of an error; what is read must have one canonical form,
 * which reads back as an equal value; and each value's end must be where it ends.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool true_here)
{
	if (!true_here)
		abort();
}

static int count_event(enum json_event event, struct str text, uint64_t offset, void *payload)
{
	(void)text;
	(void)offset;
	/* As many as the tape has entries. */
	if (event != JSON_ARRAY_END && event != JSON_OBJECT_END)
		++*(size_t *)payload;
	return 0;
}

static int read_events(struct str text, size_t piece, size_t *ret_count, struct error *err)
{
	struct json_events *events =
		json_events_create(STR(""), (size_t)1 << 28, count_event, ret_count);
	int r = 0;

	must(events != NULL);
	for (size_t at = 0; r == 0 && at < text.len; at += piece)
		r = json_events_feed(events, str_slice(text, at, at + piece), err);
	if (r == 0)
		r = json_events_finish(events, err);
	json_events_destroy(events);
	return r;
}

static void check_value(struct node node)
{
	struct node_iter it = node_children(node);
	size_t end = node_end(node);

	must(node_offset(node) < end && end <= doc_text(node.doc).len);
	while (node_next(&it)) {
		must(node_offset(it.value) > node_offset(node) && node_end(it.value) < end);
		check_value(it.value);
	}
}

static void check_canonical(struct node root)
{
	CLEANUP(buf_free) struct buf once = BUF((size_t)1 << 28), twice = BUF((size_t)1 << 28);
	CLEANUP(doc_cleanup) struct doc *again = NULL;

	json_canonical(root, NULL, &once);
	must(!buf_failed(&once));
	must(json_read(buf_str(&once), &(struct json_options){0}, &again, NULL) == 0);
	json_canonical(doc_root(again), NULL, &twice);
	must(str_eq(buf_str(&once), buf_str(&twice)));
	must((doc_check_keys(root, NULL) < 0) == (doc_check_keys(doc_root(again), NULL) < 0));
	must(node_equal(root, root));
	if (doc_check_keys(root, NULL) == 0)
		must(node_equal(root, doc_root(again)) && node_equal(doc_root(again), root));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct error err = {0}, events_err = {0};
	size_t count = 0, end = 0;
	struct str text;
	int r;

	if (size == 0)
		return 0;
	text = (struct str){(const char *)data + 1, size - 1};
	r = json_read(text, &(struct json_options){0}, &doc, &err);
	must(read_events(text, (size_t)data[0] + 1, &count, &events_err) == r);
	must(err.id == events_err.id && err.line == events_err.line &&
		err.column == events_err.column && strcmp(err.message, events_err.message) == 0);
	if (r < 0)
		return 0;
	must(count * 8 == doc_tape_bytes(doc));
	check_value(doc_root(doc));
	check_canonical(doc_root(doc));
	doc_free(doc);
	doc = NULL;
	/* The same value with more text behind it. */
	must(json_read(text, &(struct json_options){.ret_end = &end}, &doc, NULL) == 0);
	must(end == text.len);
	return 0;
}
