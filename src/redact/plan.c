/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole plan without its secrets: the source's own bytes, with only the
 * hidden places replaced, and weir's mark as the first member.
 *
 * Nothing is formatted anew: positions, order and spelling of everything else stay, a
 * second redaction finds nothing to do, and memory is a write buffer.
 */
#include <string.h>

#include "base/file.h"
#include "redact/redactor.h"

enum { WRITE_AT = 256 * 1024 };

struct rewrite {
	struct walker walker;
	struct redactor *redactor;
	struct learned *learned;
	struct str source;
	size_t copied; /* source bytes that are written */
	struct buf out;
	int fd;
	int result;
	struct error *err;
};

static bool flush(struct rewrite *rewrite)
{
	if (buf_failed(&rewrite->out))
		rewrite->result = error_memory(rewrite->err);
	else
		rewrite->result = file_write_fd(
			rewrite->fd, buf_str(&rewrite->out), "standard output", rewrite->err);
	buf_clear(&rewrite->out);
	return rewrite->result == 0;
}

/* Source bytes up to `to`; long stretches go straight from the source to the file. */
static bool copy_to(struct rewrite *rewrite, size_t to)
{
	struct str piece = str_slice(rewrite->source, rewrite->copied, to);

	rewrite->copied = to;
	if (piece.len >= WRITE_AT) {
		if (!flush(rewrite))
			return false;
		rewrite->result =
			file_write_fd(rewrite->fd, piece, "standard output", rewrite->err);
		return rewrite->result == 0;
	}
	buf_add(&rewrite->out, piece);
	return rewrite->out.len < WRITE_AT || flush(rewrite);
}

static bool replace(struct rewrite *rewrite, size_t from, size_t to, struct str with)
{
	rewrite->walker.done++;
	if (!copy_to(rewrite, from))
		return false;
	buf_add(&rewrite->out, with);
	rewrite->copied = to;
	return true;
}

static bool no_memory(struct rewrite *rewrite)
{
	rewrite->result = error_memory(rewrite->err);
	return false;
}

/* The whole scalar becomes a placeholder: digits for a number, a string for anything else. */
static bool replace_leaf(struct rewrite *rewrite, struct node node, struct str text)
{
	char quoted[PLACEHOLDER_LEN + 2];
	size_t from = node_offset(node), to = node_end(node);

	if (node_type(node) == NODE_NUMBER) {
		char digits[NUMBER_PLACEHOLDER_LEN];
		struct str key = {(const char *)rewrite->redactor->key, SHA256_BYTES};

		if (rewrite->redactor->redacted_input && placeholder_is_number(text))
			return true;
		placeholder_number(key, text, digits);
		return replace(rewrite, from, to, (struct str){digits, sizeof(digits)});
	}
	quoted[0] = quoted[PLACEHOLDER_LEN + 1] = '"';
	if (!redactor_placeholder(rewrite->redactor, text, quoted + 1))
		return no_memory(rewrite);
	return replace(rewrite, from, to, (struct str){quoted, sizeof(quoted)});
}

/* The string without its secrets; `start` is the source offset of its first byte behind the quote. */
static bool replace_found(struct rewrite *rewrite, size_t start, struct str raw, bool keys_only)
{
	const struct span *spans = scan_spans(rewrite->redactor);
	size_t count = scan_count(rewrite->redactor);

	for (size_t i = 0; i < count; i++) {
		if (keys_only && !address_key_holds(raw, spans[i].start, spans[i].end))
			continue;
		if (!replace(rewrite, start + spans[i].start, start + spans[i].end,
			    (struct str){spans[i].placeholder, spans[i].len}))
			return false;
	}
	return true;
}

bool address_key_holds(struct str raw, size_t start, size_t end)
{
	size_t at = 0;

	/* Quotes are \" in the source of a JSON string and in an HCL key \\\" */
	while (at < raw.len) {
		struct str rest = str_slice(raw, at, raw.len);
		size_t open = str_find(rest, STR("[\\\"")), skip = 3, close;

		if (open == SIZE_MAX) {
			open = str_find(rest, STR("[\""));
			skip = 2;
		}
		if (open == SIZE_MAX)
			return false;
		at += open + skip;
		rest = str_slice(raw, at, raw.len);
		close = skip == 3 ? str_find(rest, STR("\\\"]")) : str_find(rest, STR("\"]"));
		if (close == SIZE_MAX)
			close = rest.len;
		if (start >= at && end <= at + close)
			return true;
		at += close;
	}
	return false;
}

static bool rewrite_string(struct rewrite *rewrite, const struct leaf *leaf, struct str raw)
{
	unsigned flags = SCAN_SECRETS;

	if (raw.len < SHAPE_LEAST)
		return true;
	if (leaf->place == LEAF_VALUE)
		flags |= leaf_flags(rewrite->redactor, leaf);
	if (rewrite->redactor->redacted_input && placeholder_in(raw))
		flags &= ~(unsigned)SCAN_RANDOM;
	if (!scan_source(
		    rewrite->redactor, raw, text_texture(&rewrite->redactor->shapes, raw), flags))
		return no_memory(rewrite);
	return replace_found(
		rewrite, node_offset(leaf->node) + 1, raw, leaf->place == LEAF_ADDRESS);
}

static bool rewrite_leaf(const struct leaf *leaf, void *payload)
{
	struct rewrite *rewrite = payload;
	struct redactor *redactor = rewrite->redactor;
	struct node node = leaf->node;
	struct str raw = node_raw(node);

	if (node_is_null(node) || raw.len == 0)
		return true;
	if (leaf->place == LEAF_VALUE && leaf_is_secret(redactor, leaf, raw)) {
		CLEANUP(arena_cleanup) struct arena *scratch = NULL;
		struct str text = raw;

		if (node_type(node) == NODE_ESCAPED) {
			scratch = arena_create(size_add(raw.len, 65536));
			text = scratch ? node_text(node, scratch) : (struct str){NULL, 0};
		}
		return str_absent(text) ? no_memory(rewrite) : replace_leaf(rewrite, node, text);
	}
	if (node_is_string(node))
		return rewrite_string(rewrite, leaf, raw);
	/* An unmarked number counts when a long secret is written just so. */
	if (node_type(node) == NODE_NUMBER && raw.len >= 8 && leaf->place == LEAF_VALUE) {
		size_t index = secrets_find(&redactor->secrets, raw);

		if (index != SIZE_MAX && redactor->secrets.items[index].strong)
			return replace_leaf(rewrite, node, raw);
	}
	return true;
}

static void write_mark(struct rewrite *rewrite, struct str facts)
{
	if (rewrite->learned->marked)
		return;
	buf_add(&rewrite->out, STR("\"weir_redacted\":{\"version\":1"));
	if (rewrite->learned->forged)
		buf_printf(&rewrite->out, ",\"forged_placeholders\":%zu", rewrite->learned->forged);
	if (rewrite->learned->keys)
		buf_printf(&rewrite->out, ",\"secret_keys\":%zu", rewrite->learned->keys);
	if (facts.len) {
		buf_add(&rewrite->out, STR(",\"findings\":"));
		buf_add(&rewrite->out, facts);
	}
	buf_add(&rewrite->out, STR("},"));
}

int redact_plan_marked(struct redactor *redactor, const struct plan *plan, struct str facts, int fd,
	struct error *err)
{
	struct rewrite rewrite = {.redactor = redactor,
		.learned = redactor_learned(redactor, plan),
		.source = doc_text(plan->doc),
		.out = BUF(64 * 1024 * 1024),
		.fd = fd,
		.err = err};
	size_t start = node_offset(plan->root_node), end = node_end(plan->root_node);
	bool done;

	if (!rewrite.learned)
		return error_set(err, ERR_DEFECT, "a plan is redacted that was not learned");
	if (!redactor_survey(redactor, rewrite.learned) || !redactor_ready(redactor))
		return error_memory(err);
	rewrite.walker = (struct walker){.fn = rewrite_leaf, .payload = &rewrite};
	if (rewrite.learned->equals.count)
		rewrite.walker.known = &rewrite.learned->equals;
	rewrite.copied = start;
	done = copy_to(&rewrite, start + 1);
	write_mark(&rewrite, facts);
	done = done && walk_plan(plan, &rewrite.walker) && copy_to(&rewrite, end);
	buf_add_char(&rewrite.out, '\n');
	done = done && flush(&rewrite);
	buf_free(&rewrite.out);
	if (!done && rewrite.result == 0)
		return error_memory(err);
	return rewrite.result;
}

int redact_plan(struct redactor *redactor, const struct plan *plan, int fd, struct error *err)
{
	return redact_plan_marked(redactor, plan, (struct str){NULL, 0}, fd, err);
}
