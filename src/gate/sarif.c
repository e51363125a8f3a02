/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a SARIF file to results.  It decides what of a run is a finding at all,
 * how severe it is by the tool's own word, and which file a URI names.  Apart
 * from scanner.c, which knows plans and configurations and no SARIF.
 *
 * Nothing that the file names is opened here or anywhere for its content.
 */
#include "gate/sarif.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "gate/glob.h"
#include "gate/uri.h"

enum {
	NAME_MOST = 200,     /* bytes of a tool's name or a rule's id */
	MESSAGE_MOST = 1000, /* bytes */
	ADDRESS_MOST = 4096, /* bytes */
	FEW = 64,            /* members of an object that is searched for each result */
};

/* What is looked up for each result is taken from a rule once: a hostile one may have a million members. */
struct rule {
	struct str id;
	bool scored;
	enum severity score;
	struct node level, texts, title;
};

struct run {
	struct arena *arena; /* for what stays */
	struct arena *scratch;
	struct node node;
	struct str tool; /* "checkov" */
	struct rule *by_index, *by_id;
	size_t rule_count;
	struct node *artifacts;
	size_t artifact_count;
	struct node bases;
	struct sarif_results *results;
	struct error *err;
};

/* ---- texts ---- */

/* At most `most` bytes, and no half of a character. */
static struct str cut(struct str text, size_t most)
{
	if (text.len <= most)
		return text;
	while (most > 0 && ((unsigned char)text.data[most] & 0xc0) == 0x80)
		most--;
	return str_slice(text, 0, most);
}

/* "Prisma Cloud" to "prisma-cloud". */
static struct str tool_name(struct run *run, struct node driver)
{
	struct str name = cut(node_text(NODE_GET(driver, "name"), run->scratch), NAME_MOST);
	char *to = str_empty(name) ? NULL : arena_alloc(run->arena, name.len);

	for (size_t i = 0; to && i < name.len; i++)
		to[i] = name.data[i] == ' ' || name.data[i] == '/' ? '-' : char_lower(name.data[i]);
	return (struct str){to, to ? name.len : 0};
}

/* The sentence alone: Trivy writes it as one of several lines, "Message: ...". One line, at most MESSAGE_MOST bytes. */
static struct str sentence(struct run *run, struct str text)
{
	static const struct str label = STR_INIT("\nMessage: ");
	size_t at = str_find(text, label);
	char *to;

	if (at != SIZE_MAX) {
		text = str_slice(text, at + label.len, text.len);
		text = str_slice(text, 0, str_find_char(text, '\n'));
	}
	text = cut(str_trim(text), MESSAGE_MOST);
	to = str_empty(text) ? NULL : arena_alloc(run->arena, text.len);
	for (size_t i = 0; to && i < text.len; i++)
		to[i] = text.data[i] == '\n' || text.data[i] == '\r' ? ' ' : text.data[i];
	return (struct str){to, to ? text.len : 0};
}

/* ---- severity ---- */

/* The bands of CVSS 3; false for what is no score from 0 to 10. */
static bool score_severity(struct str score, enum severity *ret_severity)
{
	struct str fraction = score, whole = str_split(&fraction, '.');
	uint64_t units, rest = 0;

	if (!str_to_u64(whole, &units) || units > 10 ||
		(!str_absent(fraction) && !str_to_u64(fraction, &rest)))
		return false;
	*ret_severity = units >= 9 ? SEVERITY_CRITICAL
		: units >= 7       ? SEVERITY_HIGH
		: units >= 4       ? SEVERITY_MEDIUM
		: units || rest    ? SEVERITY_LOW
				   : SEVERITY_INFO;
	return true;
}

/* SARIF's own default is warning, and a word that it does not have is not taken for less. */
static enum severity level_severity(struct node level)
{
	if (node_text_is(level, STR("note")))
		return SEVERITY_LOW;
	if (node_text_is(level, STR("none")))
		return SEVERITY_INFO;
	return !node_exists(level) || node_text_is(level, STR("warning")) ? SEVERITY_MEDIUM
									  : SEVERITY_HIGH;
}

/* ---- rules ---- */

/* The children of a list as an array; in the scratch arena. */
static struct node *elements(struct run *run, struct node list, size_t *ret_count)
{
	size_t count = node_is_array(list) ? node_count(list) : 0;
	struct node *all = ARENA_ARRAY(run->scratch, struct node, count);
	struct node_iter it = node_children(list);

	*ret_count = all ? count : 0;
	for (size_t i = 0; i < *ret_count && node_next(&it); i++)
		all[i] = it.value;
	return all;
}

/* An object that may be searched for each result; none if it is large. */
static struct node few(struct node object)
{
	return node_is_object(object) && node_count(object) <= FEW ? object : NODE_NONE;
}

static struct rule read_rule(const struct run *run, struct node node)
{
	struct node score = NODE_GET(NODE_GET(node, "properties"), "security-severity");
	struct rule rule = {
		.id = node_text(NODE_GET(node, "id"), run->scratch),
		.level = NODE_GET(NODE_GET(node, "defaultConfiguration"), "level"),
		.texts = few(NODE_GET(node, "messageStrings")),
		.title = NODE_GET(NODE_GET(node, "shortDescription"), "text"),
	};

	rule.scored = score_severity(
		node_is_string(score) ? node_text(score, run->scratch) : node_raw(score),
		&rule.score);
	return rule;
}

static int by_id(const void *left, const void *right)
{
	const struct rule *a = left, *b = right;

	return str_cmp(a->id, b->id);
}

static void read_rules(struct run *run, struct node driver)
{
	size_t count;
	const struct node *nodes = elements(run, NODE_GET(driver, "rules"), &count);

	run->by_index = ARENA_ARRAY(run->scratch, struct rule, count);
	run->by_id = ARENA_ARRAY(run->scratch, struct rule, count);
	if (!count || !run->by_index || !run->by_id)
		return;
	for (size_t i = 0; i < count; i++)
		run->by_index[i] = run->by_id[i] = read_rule(run, nodes[i]);
	qsort(run->by_id, count, sizeof(*run->by_id), by_id);
	run->rule_count = count;
}

/* The rule of a result: by its id, else by its index. */
static struct rule rule_of(const struct run *run, struct node result)
{
	struct node reference = NODE_GET(result, "rule");
	struct node id = NODE_GET(result, "ruleId"), index = NODE_GET(result, "ruleIndex");
	const struct rule *found = NULL;
	struct rule rule = {{NULL, 0}};
	int64_t at;

	rule.id = node_text(node_exists(id) ? id : NODE_GET(reference, "id"), run->scratch);
	if (!str_absent(rule.id) && run->rule_count)
		found = bsearch(&rule, run->by_id, run->rule_count, sizeof(rule), by_id);
	if (!node_exists(index))
		index = NODE_GET(reference, "index");
	/* The rule of an extension counts in a list of its own. */
	if (node_exists(NODE_GET(reference, "toolComponent")))
		index = NODE_NONE;
	if (!found && node_to_i64(index, &at) && at >= 0 && (size_t)at < run->rule_count) {
		struct str own = rule.id;

		rule = run->by_index[at];
		rule.id = str_absent(own) ? rule.id : own;
	}
	return found ? *found : rule;
}

/* By the rule's score, else by the result's level, else by the rule's. */
static enum severity severity_of(const struct rule *rule, struct node result)
{
	struct node level = NODE_GET(result, "level");

	if (rule->scored)
		return rule->score;
	return level_severity(node_exists(level) ? level : rule->level);
}

/* ---- places ---- */

/* The directory that a base id stands for, absolute; absent where the run does not say. */
static struct str base_path(const struct run *run, struct node id)
{
	struct str below = STR("");

	for (unsigned depth = 0; depth < 8 && node_is_string(id); depth++) {
		struct node base = node_get(run->bases, node_text(id, run->scratch));
		struct str path =
			uri_path(node_text(NODE_GET(base, "uri"), run->scratch), run->scratch);

		if (str_absent(path))
			break;
		if (str_starts(path, STR("/")))
			return path_resolve(run->scratch, path, below);
		below = path_resolve(run->scratch, path, below);
		id = NODE_GET(base, "uriBaseId");
	}
	return (struct str){NULL, 0};
}

static void read_place(const struct run *run, struct node location, struct sarif_result *result)
{
	struct node physical = NODE_GET(location, "physicalLocation");
	struct node artifact = NODE_GET(physical, "artifactLocation");
	struct node index = NODE_GET(artifact, "index"), uri = NODE_GET(artifact, "uri");
	struct str base;
	int64_t number;

	if (!node_exists(uri) && node_to_i64(index, &number) && number >= 0 &&
		(size_t)number < run->artifact_count) {
		artifact = NODE_GET(run->artifacts[number], "location");
		uri = NODE_GET(artifact, "uri");
	}
	if (node_is_string(uri))
		result->file = uri_path(node_text(uri, run->scratch), run->arena);
	base = base_path(run, NODE_GET(artifact, "uriBaseId"));
	if (!str_absent(result->file) && !str_absent(base))
		result->whole = str_starts(result->file, STR("/"))
			? result->file
			: path_resolve(run->arena, base, result->file);
	if (node_to_i64(NODE_GET(NODE_GET(physical, "region"), "startLine"), &number) &&
		number > 0 && number < INT32_MAX)
		result->line = (unsigned)number;
}

/* The first logical location that has a full name, else the resource in the result's properties. */
static struct str named_object(const struct run *run, struct node result, struct node location)
{
	struct node name = NODE_GET(NODE_GET(result, "properties"), "resource");
	struct node_iter it = node_children(NODE_GET(location, "logicalLocations"));
	struct address parsed;
	struct str text;

	while (node_next(&it)) {
		struct node full = NODE_GET(it.value, "fullyQualifiedName");

		if (!node_is_string(full))
			continue;
		name = full;
		break;
	}
	text = node_text(name, run->scratch);
	return text.len <= ADDRESS_MOST && address_parse(text, run->scratch, &parsed)
		? arena_str(run->arena, text)
		: (struct str){NULL, 0};
}

/* ---- results ---- */

/* What the tool itself calls no finding: passed, gone since the baseline, or suppressed and nobody objects. */
static bool is_finding(struct node result)
{
	static const struct str passed[] = {
		STR_INIT("pass"), STR_INIT("notApplicable"), STR_INIT("informational")};
	struct node kind = NODE_GET(result, "kind");
	struct node suppressions = NODE_GET(result, "suppressions");
	struct node_iter it = node_children(suppressions);
	bool suppressed = node_is_array(suppressions) && node_count(suppressions) > 0;

	for (size_t i = 0; i < COUNT_OF(passed); i++)
		if (node_text_is(kind, passed[i]))
			return false;
	if (node_text_is(NODE_GET(result, "baselineState"), STR("absent")))
		return false;
	while (suppressed && node_next(&it)) {
		struct node status = NODE_GET(it.value, "status");

		suppressed = node_is_object(it.value) &&
			(!node_exists(status) || node_text_is(status, STR("accepted")));
	}
	return !suppressed;
}

static int add(struct run *run, const struct sarif_result *result)
{
	struct sarif_results *results = run->results;

	if (results->count == SARIF_MAX_RESULTS)
		return error_node(run->err, ERR_SARIF_SIZE, run->node, "more than %d results",
			SARIF_MAX_RESULTS);
	if (!arena_grow(run->arena, (void **)&results->items, results->count, &results->room,
		    sizeof(*results->items)))
		return error_memory(run->err);
	results->items[results->count++] = *result;
	return 0;
}

static struct str message_of(const struct run *run, struct node result, const struct rule *rule)
{
	struct node message = NODE_GET(result, "message");
	struct node text = NODE_GET(message, "text");

	if (!node_is_string(text) && node_is_string(NODE_GET(message, "id")))
		text = NODE_GET(
			node_get(rule->texts, node_text(NODE_GET(message, "id"), run->scratch)),
			"text");
	return node_text(node_is_string(text) ? text : rule->title, run->scratch);
}

static int read_result(struct run *run, struct node node)
{
	struct rule rule = rule_of(run, node);
	struct str id = str_empty(rule.id) ? STR("unnamed") : cut(rule.id, NAME_MOST);
	struct node locations = NODE_GET(node, "locations");
	struct node_iter it = node_children(locations);
	struct sarif_result result = {
		.rule = arena_printf(run->arena, "%.*s/%.*s", STR_ARG(run->tool), STR_ARG(id)),
		.severity = severity_of(&rule, node),
	};
	struct str text = message_of(run, node, &rule);
	/* Trivy makes HCL of a plan's JSON and counts lines in that. */
	bool made_up = str_find(text, STR("\nType: terraformplan-json\n")) != SIZE_MAX;
	int r = 0;

	result.message = sentence(run, text);
	if (str_absent(result.message))
		result.message = STR("the scanner gives no message");
	if (!node_is_array(locations) || !node_count(locations)) {
		result.address = named_object(run, node, NODE_NONE);
		return add(run, &result);
	}
	while (r == 0 && node_next(&it)) {
		struct sarif_result placed = result;

		placed.address = named_object(run, node, it.value);
		if (!made_up)
			read_place(run, it.value, &placed);
		r = add(run, &placed);
	}
	return r;
}

static bool says_unfinished(struct node run)
{
	struct node_iter it = node_children(NODE_GET(run, "invocations"));

	while (node_next(&it)) {
		struct node succeeded = NODE_GET(it.value, "executionSuccessful");

		if (node_exists(succeeded) && !node_is_true(succeeded))
			return true;
	}
	return false;
}

/* A scanner that found nothing writes an empty list. */
static bool lacks_results(struct node run)
{
	struct node elsewhere = NODE_GET(run, "externalPropertyFileReferences");

	return !node_is_array(NODE_GET(run, "results")) ||
		node_exists(NODE_GET(elsewhere, "results"));
}

/* A scanner that stopped half way found less than there is. */
static int read_completeness(struct run *run)
{
	bool unfinished = says_unfinished(run->node);
	struct sarif_result result = {
		.rule = arena_printf(run->arena, "%.*s/incomplete", STR_ARG(run->tool)),
		.severity = SEVERITY_HIGH,
		.message = unfinished ? STR("the scanner says that it did not finish")
				      : STR("the scanner's run holds no list of results"),
		.remedy = unfinished ? STR("Let it run to its end, and give weir that file.")
				     : STR("Let it write its results, if only an empty list, into "
					   "the one file that weir is given."),
	};

	return unfinished || lacks_results(run->node) ? add(run, &result) : 0;
}

static int read_run(struct run *run)
{
	struct node driver = NODE_GET(NODE_GET(run->node, "tool"), "driver");
	struct node results = NODE_GET(run->node, "results");
	struct node_iter it = node_children(results);
	int r;

	run->tool = tool_name(run, driver);
	if (arena_failed(run->arena) || arena_failed(run->scratch))
		return error_memory(run->err);
	if (str_empty(run->tool))
		return error_node(run->err, ERR_SARIF_INVALID, run->node,
			"a run does not name its tool (tool.driver.name)");
	if (node_exists(results) && !node_is_null(results) && !node_is_array(results))
		return error_node(
			run->err, ERR_SARIF_INVALID, results, "the results of a run are no list");
	read_rules(run, driver);
	run->artifacts = elements(run, NODE_GET(run->node, "artifacts"), &run->artifact_count);
	run->bases = few(NODE_GET(run->node, "originalUriBaseIds"));
	r = read_completeness(run);
	while (r == 0 && node_next(&it)) {
		if (!node_is_object(it.value))
			return error_node(
				run->err, ERR_SARIF_INVALID, it.value, "a result is no object");
		if (is_finding(it.value))
			r = read_result(run, it.value);
	}
	return r == 0 && arena_failed(run->scratch) ? error_memory(run->err) : r;
}

static int read_runs(
	struct node root, struct arena *arena, struct sarif_results *results, struct error *err)
{
	struct node runs = NODE_GET(root, "runs");
	struct node_iter it = node_children(runs);
	int r = 0;

	if (!node_is_object(root) || !node_text_is(NODE_GET(root, "version"), STR("2.1.0")))
		return error_node(err, ERR_SARIF_INVALID, root,
			"this is not SARIF: there is no \"version\": \"2.1.0\"");
	if (!node_is_array(runs))
		return error_node(err, ERR_SARIF_INVALID, root, "there is no list of runs");
	while (r == 0 && node_next(&it)) {
		CLEANUP(arena_cleanup) struct arena *scratch = arena_create((size_t)512 << 20);
		struct run run = {.arena = arena,
			.scratch = scratch,
			.node = it.value,
			.results = results,
			.err = err};

		r = scratch ? read_run(&run) : error_memory(err);
	}
	return r == 0 && arena_failed(arena) ? error_memory(err) : r;
}

int sarif_read(struct str text, struct str name, struct arena *arena, struct sarif_results *results,
	struct error *err)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	const struct json_options options = {
		.name = name, .start = str_starts(text, STR("\xef\xbb\xbf")) ? 3 : 0};
	int r;

	if (str_starts(text, STR("\xff\xfe")) || str_starts(text, STR("\xfe\xff")))
		return error_at(err,
			error_set(err, ERR_SARIF_INVALID,
				"this is UTF-16, and SARIF is UTF-8: save it as that"),
			name, 1, 1);
	r = json_read(text, &options, &doc, err);
	if (r == 0)
		r = doc_check_keys(doc_root(doc), err);
	return r < 0 ? r : read_runs(doc_root(doc), arena, results, err);
}
