/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The search of one text for everything that must be hidden in it, through its
 * layers of encoding.
 *
 *	{"user_data": "VE9L..."}    the text itself: known secrets, shapes
 *	     |-- JSON escapes       undone where there are backslashes
 *	     |-- %XX                undone where there are some
 *	     `-- base64             undone where a run decodes to text
 *
 * Each layer is searched like the text itself, and what is found is mapped
 * back to the outer bytes.  The bytes looked at are counted: text nested to cost more than it is worth
 * is hidden as a whole.
 */
#include <string.h>

#include "redact/redactor.h"

struct scan {
	struct redactor *redactor;
	unsigned flags;
	unsigned level;  /* views open */
	struct str text; /* at this level */
	size_t budget;
	bool failed; /* no memory */
	bool costly;
	bool random; /* the search at hand only guesses: a known secret gives the name */
};

static bool add_span(struct scan *scan, size_t start, size_t end, size_t weight,
	const char *placeholder, size_t len)
{
	struct redactor *redactor = scan->redactor;
	struct span span = {.weight = weight, .len = (uint8_t)len};

	for (unsigned i = scan->level; i > 0; i--)
		view_map(&redactor->views[i - 1], &start, &end);
	span.start = start;
	span.end = end;
	memcpy(span.placeholder, placeholder, len);
	/* Many at one place: patterns inside each other. The widest is enough. */
	buf_add(&redactor->spans, (struct str){(const char *)&span, sizeof(span)});
	if (buf_failed(&redactor->spans))
		scan->failed = true;
	return !scan->failed;
}

static bool is_base64(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		c == '+' || c == '/' || c == '-' || c == '_';
}

static bool found_look_alike(struct scan *scan, size_t start)
{
	char neutral[PLACEHOLDER_LEN];
	static const char prefix[] = "weir-forged-";

	if (!placeholder_at(scan->text, start) || redactor_owns(scan->redactor, scan->text, start))
		return true;
	memcpy(neutral, prefix, sizeof(prefix) - 1);
	memcpy(neutral + sizeof(prefix) - 1, scan->text.data + start + sizeof(REDACT_PREFIX) - 1,
		16);
	return add_span(scan, start, start + PLACEHOLDER_LEN, PLACEHOLDER_LEN, neutral,
		sizeof(prefix) - 1 + 16);
}

/* The surer first, then the longer. */
static size_t weight(enum secret_rank rank, size_t len)
{
	return (size_t)rank << 40 | len;
}

static bool found_pattern(const struct pattern *pattern, size_t start, void *payload)
{
	struct scan *scan = payload;
	struct redactor *redactor = scan->redactor;
	size_t end = start + pattern->len;
	char *placeholder;

	if (pattern->value == VALUE_PLACEHOLDER)
		return found_look_alike(scan, start);
	if ((pattern->flags & 1) && start > 0 && is_base64(scan->text.data[start - 1]))
		start--;
	if ((pattern->flags & 2) && end < scan->text.len && is_base64(scan->text.data[end]))
		end++;
	placeholder = redactor->placeholders[pattern->value];
	if (!placeholder[0] &&
		!redactor_placeholder(
			redactor, redactor->secrets.items[pattern->value].text, placeholder)) {
		scan->failed = true;
		return false;
	}
	return add_span(scan, start, end,
		weight(redactor->secrets.items[pattern->value].rank, pattern->len), placeholder,
		PLACEHOLDER_LEN);
}

static bool found_shape(size_t start, size_t end, void *payload)
{
	struct scan *scan = payload;
	struct redactor *redactor = scan->redactor;
	struct str secret = str_slice(scan->text, start, end);
	char placeholder[PLACEHOLDER_LEN];

	if (placeholder_in(secret) && (scan->flags & SCAN_LEARN ? redactor->redacted_input : true))
		return true;
	if (scan->flags & SCAN_LEARN) {
		redactor->shapes_found += !scan->random;
		scan->failed = !secrets_add(
			&redactor->secrets, secret, scan->random ? RANK_RANDOM : RANK_SHAPE);
		return !scan->failed;
	}
	if (!redactor_placeholder(redactor, secret, placeholder)) {
		scan->failed = true;
		return false;
	}
	return add_span(scan, start, end,
		weight(scan->random ? RANK_RANDOM : RANK_SHAPE, secret.len), placeholder,
		PLACEHOLDER_LEN);
}

static bool found_random(size_t start, size_t end, void *payload)
{
	struct scan *scan = payload;
	bool going;

	if (secrets_find(&scan->redactor->public_words, str_slice(scan->text, start, end)) !=
		SIZE_MAX)
		return true;
	scan->random = true;
	going = found_shape(start, end, payload);
	scan->random = false;
	return going;
}

static bool scan_level(struct scan *scan, struct str text, unsigned texture, bool opened);

static bool scan_view(struct scan *scan, enum view_kind kind, size_t from, size_t to)
{
	struct view *view = &scan->redactor->views[scan->level];
	struct str outer = scan->text;
	bool going;

	if (scan->level == VIEWS_MOST)
		return true;
	if (to - from > scan->budget) {
		scan->costly = true;
		return false;
	}
	scan->budget -= to - from;
	if (!view_open(view, kind, outer, from, to)) {
		scan->failed = true;
		return false;
	}
	scan->level++;
	going = scan_level(scan, buf_str(&view->text),
		text_texture(&scan->redactor->shapes, buf_str(&view->text)), kind == VIEW_PERCENT);
	scan->level--;
	scan->text = outer;
	return going;
}

/* `percent` says that the text comes out of %XX: then '+' has had its turn. */
static bool scan_layers(struct scan *scan, unsigned texture, bool percent)
{
	struct str text = scan->text;
	size_t from = 0, start, end;

	if ((texture & TEXTURE_BACKSLASH) && !scan_view(scan, VIEW_JSON, 0, text.len))
		return false;
	if ((texture & TEXTURE_PERCENT) && view_has_percent(text) &&
		!scan_view(scan, VIEW_PERCENT, 0, text.len))
		return false;
	if ((texture & TEXTURE_PLUS) && !percent && scan->redactor->spaces &&
		!scan_view(scan, VIEW_FORM, 0, text.len))
		return false;
	if ((texture & TEXTURE_NUL) && view_is_utf16(text) &&
		!scan_view(scan, VIEW_UTF16, 0, text.len))
		return false;
	while ((texture & TEXTURE_BASE64) && view_next_base64(text, &from, &start, &end))
		if (!scan_view(scan, VIEW_BASE64, start, end))
			return false;
	return true;
}

static bool scan_level(struct scan *scan, struct str text, unsigned texture, bool opened)
{
	struct redactor *redactor = scan->redactor;

	scan->text = text;
	if ((scan->flags & SCAN_SECRETS) &&
		!matcher_search(&redactor->matcher, text, found_pattern, scan)) {
		scan->costly = !scan->failed;
		return false;
	}
	if ((scan->flags & SCAN_SHAPES) && (texture & TEXTURE_TOKEN) &&
		!shapes_known(&redactor->shapes, text, found_shape, scan))
		return false;
	if ((scan->flags & SCAN_SHAPES) && (texture & TEXTURE_ASSIGNED) &&
		!shapes_assigned(text, found_shape, scan))
		return false;
	if ((scan->flags & SCAN_RANDOM) && (texture & TEXTURE_RANDOM) &&
		!shapes_random(text, found_random, scan))
		return false;
	return scan_layers(scan, texture, opened);
}

static int compare_spans(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	return memcmp(x->placeholder, y->placeholder, sizeof(x->placeholder));
}

/* Heap sort: the C library's qsort may allocate behind the failure mode's back. */
static void sort_spans(struct span *spans, size_t count)
{
	for (size_t end = count, root = count / 2; end > 1;) {
		struct span span;
		size_t parent, child;

		if (root > 0) {
			span = spans[--root];
		} else {
			span = spans[--end];
			spans[end] = spans[0];
		}
		for (parent = root; (child = 2 * parent + 1) < end; parent = child) {
			if (child + 1 < end && compare_spans(&spans[child], &spans[child + 1]) < 0)
				child++;
			if (compare_spans(&span, &spans[child]) >= 0)
				break;
			spans[parent] = spans[child];
		}
		spans[parent] = span;
	}
}

/* Sorts, and joins what overlaps: the longest secret gives the placeholder. */
static void settle_spans(struct redactor *redactor)
{
	struct span *spans = (struct span *)(void *)redactor->spans.data;
	size_t count = redactor->spans.len / sizeof(*spans), kept = 0;

	if (count < 2)
		return;
	sort_spans(spans, count);
	for (size_t i = 1; i < count; i++) {
		struct span *last = &spans[kept];
		size_t start = last->start, end = last->end;

		if (spans[i].start >= end) {
			spans[++kept] = spans[i];
			continue;
		}
		if (spans[i].end > end)
			end = spans[i].end;
		if (spans[i].weight > last->weight)
			*last = spans[i];
		last->start = start;
		last->end = end;
	}
	redactor->spans.len = (kept + 1) * sizeof(*spans);
}

static bool scan_textured(
	struct redactor *redactor, struct str text, unsigned texture, unsigned flags)
{
	struct scan scan = {.redactor = redactor, .flags = flags, .budget = text.len * 16 + 65536};

	redactor->spans.ceiling = SIZE_MAX;
	buf_clear(&redactor->spans);
	if ((flags & SCAN_SECRETS) && !redactor_ready(redactor))
		return false;
	if (!scan_level(&scan, text, texture, false) && scan.costly) {
		scan.level = 0;
		scan.text = text;
		buf_clear(&redactor->spans);
		found_shape(0, text.len, &scan);
	}
	if (scan.failed)
		redactor->failed = true;
	settle_spans(redactor);
	return !scan.failed;
}

bool scan_text(struct redactor *redactor, struct str text, unsigned flags)
{
	return scan_textured(redactor, text, text_texture(&redactor->shapes, text), flags);
}

bool scan_source(struct redactor *redactor, struct str text, unsigned texture, unsigned flags)
{
	size_t known = redactor->secrets.count, shapes = redactor->shapes_found;
	struct clean_entry *entry;

	if (!(flags & SCAN_SECRETS) && !texture) {
		buf_clear(&redactor->spans);
		return true;
	}
	if (!redactor->clean)
		redactor->clean = ARENA_ARRAY(redactor->arena, struct clean_entry, CLEAN_CACHE);
	if (!redactor->clean)
		return false;
	entry = &redactor->clean[hash_bytes(text, 0) % CLEAN_CACHE];
	if (entry->flags == flags && str_eq(entry->text, text)) {
		buf_clear(&redactor->spans);
		return true;
	}
	if (!scan_textured(redactor, text, texture, flags))
		return false;
	if (scan_count(redactor) == 0 && redactor->secrets.count == known &&
		redactor->shapes_found == shapes)
		*entry = (struct clean_entry){text, flags};
	return true;
}

size_t scan_count(const struct redactor *redactor)
{
	return redactor->spans.len / sizeof(struct span);
}

const struct span *scan_spans(const struct redactor *redactor)
{
	return (const struct span *)(const void *)redactor->spans.data;
}
