/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which bytes of a file are plans.  Decided here and nowhere else: the
 * encoding, what is a wrapper's noise, and what is a plan that cannot be read.
 *
 * The rule for noise must not let a plan slip through as noise.  A '{' is a
 * candidate if a quoted key and a colon follow.  It must parse, or reading fails, if that key is
 * one that plans begin with, if it is the first thing in the text, or if the text ends inside
 * the key.  Any other candidate counts only at the start of a line (a log line that is JSON): it
 * may be no plan, or, if it fails within its line, no JSON, and is skipped; but a
 * skipped line that names format_version is an error.
 */
#include "plan/source.h"

#include <string.h>

#include "base/json.h"

/* Keys that stand first in a plan: of the format, of its dialect, and after a tool has sorted them.
 */
static const struct str plan_keys[] = {
	STR_INIT("format_version"),
	STR_INIT("plan_format_version"),
	STR_INIT("terraform_version"),
	STR_INIT("planned_values"),
	STR_INIT("resource_changes"),
	STR_INIT("resource_drift"),
	STR_INIT("configuration"),
	STR_INIT("applyable"),
	STR_INIT("complete"),
	STR_INIT("errored"),
	STR_INIT("checks"),
	STR_INIT("condition_results"),
	STR_INIT("output_changes"),
	STR_INIT("prior_state"),
	STR_INIT("provider_schemas"),
	STR_INIT("provider_format_version"),
	STR_INIT("relevant_attributes"),
	STR_INIT("timestamp"),
	STR_INIT("variables"),
	STR_INIT("deferred_changes"),
	STR_INIT("action_invocations"),
	STR_INIT("deferred_action_invocations"),
	STR_INIT("remote_plan_format"),
};

/* Lines of other JSON that may fail to parse before we say that this is no wrapper. */
enum { MAX_ATTEMPTS = 4096 };

static int fail(struct error *err, enum error_id id, struct str name, const char *message)
{
	return error_at(err, error_set(err, id, "%s", message), name, 0, 0);
}

/* 'l' or 'b' for UTF-16, 8 for UTF-8, 32 for UTF-32; *ret_skip is the length of the mark. */
static int encoding_of(struct str s, size_t *ret_skip)
{
	const unsigned char *p = (const unsigned char *)s.data;

	*ret_skip = 0;
	if (s.len >= 4 &&
		((p[0] == 0xff && p[1] == 0xfe && p[2] == 0 && p[3] == 0) ||
			(p[0] == 0 && p[1] == 0 && p[2] == 0xfe && p[3] == 0xff)))
		return 32;
	if (s.len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
		*ret_skip = 3;
		return 8;
	}
	if (s.len >= 2 && ((p[0] == 0xff && p[1] == 0xfe) || (p[0] == 0xfe && p[1] == 0xff))) {
		*ret_skip = 2;
		return p[0] == 0xff ? 'l' : 'b';
	}
	/* Without a mark: JSON begins with ASCII, so one of the first two bytes is zero. */
	if (s.len >= 2 && (p[0] == 0) != (p[1] == 0))
		return p[1] == 0 ? 'l' : 'b';
	return 8;
}

static int from_utf16(struct str s, bool little, struct str name, struct str *ret_text,
	char **ret_own, struct error *err)
{
	const unsigned char *p = (const unsigned char *)s.data;
	/* A unit of two bytes gives at most three of UTF-8. */
	char *own = mem_alloc(size_add(size_mul(s.len / 2, 3), 1));
	size_t len = 0;

	if (!own)
		return error_memory(err);
	for (size_t i = 0; i + 1 < s.len; i += 2) {
		uint32_t unit = little ? (uint32_t)(p[i] | p[i + 1] << 8)
				       : (uint32_t)(p[i] << 8 | p[i + 1]);
		uint32_t low = 0;

		if (unit >= 0xd800 && unit < 0xdc00 && i + 3 < s.len)
			low = little ? (uint32_t)(p[i + 2] | p[i + 3] << 8)
				     : (uint32_t)(p[i + 2] << 8 | p[i + 3]);
		if (low >= 0xdc00 && low < 0xe000) {
			unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
			i += 2;
		} else if (unit >= 0xd800 && unit < 0xe000) {
			mem_free(own);
			return fail(
				err, ERR_PLAN_ENCODING, name, "half a surrogate pair in UTF-16");
		}
		len += utf8_put(unit, own + len);
	}
	if (s.len % 2) {
		mem_free(own);
		return fail(
			err, ERR_JSON_TRUNCATED, name, "the UTF-16 text ends in half a character");
	}
	*ret_text = (struct str){own, len};
	*ret_own = own;
	return 0;
}

int source_decode(struct str bytes, struct str name, struct str *ret_text, size_t *ret_start,
	char **ret_own, struct error *err)
{
	size_t skip;
	int encoding = encoding_of(bytes, &skip);

	if (encoding == 32)
		return fail(err, ERR_PLAN_ENCODING, name, "the text is UTF-32");
	*ret_start = encoding == 8 ? skip : 0;
	*ret_own = NULL;
	if (encoding != 8)
		return from_utf16(str_slice(bytes, skip, bytes.len), encoding == 'l', name,
			ret_text, ret_own, err);
	*ret_text = bytes;
	return 0;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static size_t skip_space(struct str s, size_t at)
{
	while (at < s.len && is_space(s.data[at]))
		at++;
	return at;
}

/* What stands behind a '{'. */
enum behind { BEHIND_NOISE, BEHIND_KEY, BEHIND_CUT };

/* Looks for a key and a colon; BEHIND_CUT if the text ends before that is decided. */
static enum behind look_behind(struct str s, size_t at, struct str *ret_key)
{
	size_t begin = skip_space(s, at + 1), end;

	if (begin >= s.len)
		return BEHIND_CUT;
	if (s.data[begin] != '"')
		return BEHIND_NOISE;
	begin++;
	for (end = begin; end < s.len && s.data[end] != '"'; end++)
		if (s.data[end] == '\\' || s.data[end] == '\n' || end - begin > 255)
			return BEHIND_NOISE;
	at = skip_space(s, end + 1);
	if (at >= s.len)
		return BEHIND_CUT;
	if (s.data[at] != ':')
		return BEHIND_NOISE;
	*ret_key = str_slice(s, begin, end);
	return BEHIND_KEY;
}

static bool is_plan_key(struct str key)
{
	for (size_t i = 0; i < COUNT_OF(plan_keys); i++)
		if (str_eq(key, plan_keys[i]))
			return true;
	return false;
}

/* Only white space between the start of the line and `at`. */
static bool at_line_start(struct str s, size_t at)
{
	while (at > 0 && is_space(s.data[at - 1]) && s.data[at - 1] != '\n')
		at--;
	return at == 0 || s.data[at - 1] == '\n' || (at == 3 && str_starts(s, STR("\xef\xbb\xbf")));
}

static size_t line_end(struct str s, size_t at)
{
	const char *end = memchr(s.data + at, '\n', s.len - at);

	return end ? (size_t)(end - s.data) : s.len;
}

/*
 * Names what a JSON object that is no plan probably is.  Returns NULL for one that says
 * nothing (a wrapper's own line).
 */
static const char *not_a_plan(struct node root)
{
	if (node_exists(NODE_GET(root, "format_version"))) {
		if (node_exists(NODE_GET(root, "values")))
			return "this is a state (show -json without a plan), not a plan";
		if (node_exists(NODE_GET(root, "provider_schemas")))
			return "these are provider schemas, not a plan";
		return "a format_version without planned_values or resource_changes is no plan";
	}
	if (node_exists(NODE_GET(root, "plan_format_version")))
		return "a plan_format_version without resource_changes is no plan";
	if (node_exists(NODE_GET(root, "lineage")) && node_exists(NODE_GET(root, "serial")))
		return "this is a state file, not a plan";
	if (node_exists(NODE_GET(root, "@level")) && node_exists(NODE_GET(root, "@message")))
		return "this is the log of `plan -json`; make the plan with `plan -out FILE` and "
		       "`show -json FILE`";
	return NULL;
}

static bool is_plan(struct node root)
{
	if (node_exists(NODE_GET(root, "format_version")))
		return node_is_object(NODE_GET(root, "planned_values")) ||
			node_is_array(NODE_GET(root, "resource_changes"));
	return node_exists(NODE_GET(root, "plan_format_version")) &&
		node_exists(NODE_GET(root, "resource_changes"));
}

static int cloud_plan(struct node root, struct error *err)
{
	return error_node(err, ERR_PLAN_CLOUD, root,
		"the file only names a run of HCP Terraform; the plan itself is kept there");
}

/* What a value is that did parse. *ret_doc stays NULL for one to skip. */
static int judge(struct source_scan *scan, size_t at, struct doc **doc, struct doc **ret_doc,
	struct error *err)
{
	struct node root = doc_root(*doc);
	const char *what;

	if (is_plan(root)) {
		*ret_doc = *doc;
		*doc = NULL;
		return 0;
	}
	if (node_exists(NODE_GET(root, "remote_plan_format")))
		return cloud_plan(root, err);
	what = not_a_plan(root);
	if (what &&
		(node_exists(NODE_GET(root, "format_version")) ||
			node_exists(NODE_GET(root, "plan_format_version"))))
		return error_node(err, ERR_PLAN_NONE, root, "%s", what);
	if (what && !scan->skipped) {
		scan->skipped = what;
		scan->skipped_at = at;
	}
	return 0;
}

/*
 * Behind a value may come white space, a wrapper's text or another value, in a list too, but not
 * the rest of a JSON value that was closed too early: then the value is not what was written.
 */
static int check_behind(struct source_scan *scan, struct error *err)
{
	struct str text = scan->text;
	size_t at = skip_space(text, scan->at), after;
	bool in_list = text.data[skip_space(text, scan->start)] == '[';

	if (at >= text.len || !strchr("}]:,\"", text.data[at]))
		return 0;
	/* A line of its own may begin with a quote or a colon ("::debug::"). */
	if (strchr(":\"", text.data[at]) && at_line_start(text, at))
		return 0;
	after = skip_space(text, at + 1);
	if (in_list && text.data[at] == ']')
		return 0;
	if (in_list && text.data[at] == ',' && after < text.len && text.data[after] == '{')
		return 0;
	return error_at(err, error_set(err, ERR_JSON_SYNTAX, "the plan's JSON is closed too early"),
		scan->name, 0, 0);
}

static int read_strict(struct source_scan *scan, size_t at, struct doc **ret_doc, struct error *err)
{
	struct json_options options = {.name = scan->name, .start = at, .ret_end = &scan->at};
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	int r = json_read(scan->text, &options, &doc, err);

	if (r == 0)
		r = check_behind(scan, err);
	return r < 0 ? r : judge(scan, at, &doc, ret_doc, err);
}

/*
 * Reads what may be a wrapper's line of JSON. The line is read alone, so that a broken one costs no
 * more than its own length; one that goes on behind its line must be sound.
 */
static int read_line(struct source_scan *scan, size_t at, struct doc **ret_doc, struct error *err)
{
	struct json_options options = {.name = scan->name, .start = at, .ret_end = &scan->at};
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct str line = {scan->text.data, line_end(scan->text, at)};
	struct error broken = {0};
	int r = json_read(line, &options, &doc, &broken);

	if (r == 0)
		return judge(scan, at, &doc, ret_doc, err);
	if (broken.id == ERR_MEMORY)
		return error_memory(err);
	if (broken.id == ERR_JSON_TRUNCATED)
		return read_strict(scan, at, ret_doc, err);
	scan->at = line.len;
	if (++scan->attempts > MAX_ATTEMPTS ||
		str_find(str_slice(line, at, line.len), STR("format_version\"")) != SIZE_MAX)
		return fail(err, ERR_PLAN_NONE, scan->name,
			"the text around the plan cannot be told from it");
	return 0;
}

int source_next(struct source_scan *scan, struct doc **ret_doc, struct error *err)
{
	struct str text = scan->text;
	bool first = skip_space(text, scan->at) < text.len && scan->at == scan->start &&
		text.data[skip_space(text, scan->at)] == '{';

	*ret_doc = NULL;
	while (scan->at < text.len && !*ret_doc) {
		const char *brace = memchr(text.data + scan->at, '{', text.len - scan->at);
		size_t at = brace ? (size_t)(brace - text.data) : text.len;
		struct str key = {NULL, 0};
		enum behind behind;
		int r = 0;

		scan->at = at;
		if (!brace)
			break;
		scan->at = at + 1;
		behind = look_behind(text, at, &key);
		if (first || is_plan_key(key) || (behind == BEHIND_CUT && at_line_start(text, at)))
			r = read_strict(scan, at, ret_doc, err);
		else if (behind == BEHIND_KEY && at_line_start(text, at))
			r = read_line(scan, at, ret_doc, err);
		if (r < 0)
			return r;
		first = false;
	}
	return 0;
}
