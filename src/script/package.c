/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Node's reading of package.json: PACKAGE_EXPORTS_RESOLVE, PACKAGE_IMPORTS_RESOLVE, PACKAGE_TARGET_RESOLVE and
 * PATTERN_KEY_COMPARE.  Apart from resolve.c because it is about text alone: nothing here knows which files there are.
 */
#include "script/package.h"

#include "base/file.h"
#include "base/json.h"
#include "script/resolve.h"

/* What a target came to. A refused one may be made good by the next of a list. */
enum outcome { OUTCOME_UNDEFINED, OUTCOME_NULL, OUTCOME_REFUSED, OUTCOME_FOUND };

struct reading {
	const struct package *package;
	struct arena *arena;
	struct str match; /* what "*" stands for; absent where the key has none */
	bool is_require;
	bool is_import; /* of "imports": another package may be named */
	struct target target;
	const char *reason; /* of the last OUTCOME_REFUSED */
};

static enum outcome read_target(struct reading *reading, struct node node, unsigned depth);

static int invalid(const struct package *package, const char *reason, struct error *err)
{
	return error_at(
		err, error_set(err, ERR_PACKAGE_INVALID, "%s", reason), package->file, 0, 0);
}

int package_read(struct str text, struct str folder, struct arena *arena,
	struct package *ret_package, struct error *err)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct package package = {.folder = folder};
	struct json_options options = {0};
	const struct doc *kept;
	struct node root;
	int r;

	package.file = arena_printf(arena, "%.*s/package.json", STR_ARG(folder));
	if (str_absent(package.file))
		return error_memory(err);
	options.name = package.file;
	r = json_read(text, &options, &doc, err);
	if (r < 0)
		return r;
	r = doc_check_keys(doc_root(doc), err);
	if (r < 0)
		return r;
	if (!node_is_object(doc_root(doc)))
		return error_node(err, ERR_PACKAGE_INVALID, doc_root(doc), "must hold an object");
	kept = doc_adopt(doc, arena);
	doc = NULL;
	if (!kept)
		return error_memory(err);
	root = doc_root(kept);
	package.name = node_text(NODE_GET(root, "name"), arena);
	package.main = node_text(NODE_GET(root, "main"), arena);
	package.text = text;
	package.is_esm = node_text_is(NODE_GET(root, "type"), STR("module"));
	package.exports = NODE_GET(root, "exports");
	package.imports = NODE_GET(root, "imports");
	if (arena_failed(arena))
		return error_memory(err);
	*ret_package = package;
	return 0;
}

/* A segment that climbs, stands still, hides a slash or enters the packages of others. */
static bool has_bad_segment(struct str path)
{
	while (!str_absent(path)) {
		struct str segment = str_split(&path, '/');

		if (str_is(segment, "") || str_is(segment, ".") || str_is(segment, "..") ||
			str_is(segment, "node_modules"))
			return true;
		if (str_find_char(segment, '\\') != SIZE_MAX ||
			str_find_char(segment, '\0') != SIZE_MAX)
			return true;
		if (str_find_nocase(segment, STR("%2e")) != SIZE_MAX ||
			str_find_nocase(segment, STR("%2f")) != SIZE_MAX ||
			str_find_nocase(segment, STR("%5c")) != SIZE_MAX)
			return true;
	}
	return false;
}

static enum outcome refuse(struct reading *reading, const char *reason)
{
	reading->reason = reason;
	return OUTCOME_REFUSED;
}

/* `text` with each "*" replaced by the match; absent when the arena refused. */
static struct str fill(const struct reading *reading, struct str text)
{
	size_t stars = 0, len = 0;
	char *to;

	if (str_absent(reading->match))
		return text;
	for (size_t i = 0; i < text.len; i++)
		stars += text.data[i] == '*';
	to = arena_alloc(reading->arena, size_add(text.len, size_mul(stars, reading->match.len)));
	if (!to)
		return (struct str){NULL, 0};
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] != '*') {
			to[len++] = text.data[i];
			continue;
		}
		if (reading->match.len)
			memcpy(to + len, reading->match.data, reading->match.len);
		len += reading->match.len;
	}
	return (struct str){to, len};
}

static enum outcome read_string(struct reading *reading, struct str text)
{
	bool is_file = str_starts(text, STR("./"));
	struct str path;

	if (text.len > SPECIFIER_MAX_BYTES)
		return refuse(reading, "a target is too long");
	if (!is_file &&
		(!reading->is_import || str_starts(text, STR("../")) ||
			str_starts(text, STR("/")) || str_empty(text)))
		return refuse(reading, "a target of exports must begin with \"./\"");
	if (is_file && has_bad_segment(str_slice(text, 2, text.len)))
		return refuse(reading, "a target leaves the package");
	if (!str_empty(reading->match) && has_bad_segment(reading->match))
		return refuse(reading, "what \"*\" stands for leaves the package");
	path = fill(reading, text);
	if (is_file)
		path = path_resolve(reading->arena, reading->package->folder, path);
	reading->target = (struct target){path, is_file};
	return OUTCOME_FOUND;
}

/* JavaScript moves such keys to the front of an object, so their order would not be the file's. */
static bool is_index(struct str key)
{
	uint64_t number;

	return str_to_u64(key, &number) && (key.len == 1 || key.data[0] != '0');
}

static bool is_condition(const struct reading *reading, struct node key)
{
	return node_text_is(key, STR("default")) || node_text_is(key, STR("node")) ||
		node_text_is(key, reading->is_require ? STR("require") : STR("import"));
}

static enum outcome read_conditions(struct reading *reading, struct node node, unsigned depth)
{
	struct node_iter it = node_children(node);

	while (node_next(&it)) {
		enum outcome outcome;

		if (is_index(node_raw(it.key)))
			return refuse(reading, "a condition must not be a number");
		if (!is_condition(reading, it.key))
			continue;
		outcome = read_target(reading, it.value, depth + 1);
		if (outcome != OUTCOME_UNDEFINED)
			return outcome;
	}
	return OUTCOME_UNDEFINED;
}

/* The first usable one; if there is none, what the last one came to. */
static enum outcome read_list(struct reading *reading, struct node node, unsigned depth)
{
	struct node_iter it = node_children(node);
	enum outcome last = OUTCOME_NULL;

	while (node_next(&it)) {
		enum outcome outcome = read_target(reading, it.value, depth + 1);

		if (outcome == OUTCOME_FOUND)
			return outcome;
		if (outcome != OUTCOME_UNDEFINED)
			last = outcome;
	}
	return last;
}

static enum outcome read_target(struct reading *reading, struct node node, unsigned depth)
{
	if (depth > PACKAGE_MAX_DEPTH)
		return refuse(reading, "conditions are nested too deeply");
	if (node_is_string(node))
		return read_string(reading, node_text(node, reading->arena));
	if (node_is_object(node))
		return read_conditions(reading, node, depth);
	if (node_is_array(node))
		return read_list(reading, node, depth);
	if (node_is_null(node))
		return OUTCOME_NULL;
	return refuse(reading, "a target must be a text, a list, conditions or null");
}

/* The longer its part before "*", then the longer the whole: the better it fits. */
static bool fits_better(struct str key, struct str best)
{
	size_t a = str_find_char(key, '*'), b = str_find_char(best, '*');

	return str_absent(best) || a > b || (a == b && key.len > best.len);
}

static bool pattern_matches(struct str pattern, struct str key, struct str *ret_match)
{
	size_t star = str_find_char(pattern, '*');
	struct str before = str_slice(pattern, 0, star);
	struct str behind = str_slice(pattern, star + 1, pattern.len);

	if (star == SIZE_MAX || str_find_char(behind, '*') != SIZE_MAX || key.len < pattern.len ||
		!str_starts(key, before) || !str_ends(key, behind))
		return false;
	*ret_match = str_slice(key, before.len, key.len - behind.len);
	return true;
}

/* The value of the key that fits best, and what its "*" stands for. */
static struct node find_key(struct reading *reading, struct node keys, struct str wanted)
{
	struct node_iter it = node_children(keys);
	struct str best = {NULL, 0};
	struct node value = NODE_NONE;

	if (str_find_char(wanted, '*') == SIZE_MAX) {
		value = node_get(keys, wanted);
		if (node_exists(value))
			return value;
	}
	while (node_next(&it)) {
		struct str key = node_text(it.key, reading->arena), match;

		if (!pattern_matches(key, wanted, &match) || !fits_better(key, best))
			continue;
		best = key;
		reading->match = match;
		value = it.value;
	}
	return value;
}

/* Exports are a map of subpaths ("." and "./x"), or they are what "." leads to. */
static int has_subpaths(const struct package *package, bool *ret_subpaths, struct error *err)
{
	struct node_iter it = node_children(package->exports);
	size_t dots = 0, others = 0;

	*ret_subpaths = false;
	if (!node_is_object(package->exports))
		return 0;
	while (node_next(&it)) {
		if (str_starts(node_raw(it.key), STR(".")))
			dots++;
		else
			others++;
	}
	if (dots && others)
		return invalid(package, "exports mixes subpaths and conditions", err);
	*ret_subpaths = dots > 0;
	return 0;
}

int package_target(const struct package *package, struct str key, bool is_require,
	struct arena *arena, struct target *ret_target, struct error *err)
{
	bool is_import = str_starts(key, STR("#")), subpaths = false;
	struct reading reading = {.package = package,
		.arena = arena,
		.is_require = is_require,
		.is_import = is_import};
	struct node node;
	enum outcome outcome = OUTCOME_UNDEFINED;
	int r = is_import ? 0 : has_subpaths(package, &subpaths, err);

	if (r < 0)
		return r;
	if (is_import || subpaths)
		node = find_key(&reading, is_import ? package->imports : package->exports, key);
	else
		node = str_is(key, ".") ? package->exports : NODE_NONE;
	if (node_exists(node))
		outcome = read_target(&reading, node, 0);
	if (arena_failed(arena))
		return error_memory(err);
	if (outcome == OUTCOME_REFUSED)
		return invalid(package, reading.reason, err);
	*ret_target = outcome == OUTCOME_FOUND ? reading.target : (struct target){{NULL, 0}, false};
	return 0;
}
