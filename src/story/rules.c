/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `weir rules` does with rules instead of with a plan.  A fault in a rule
 * is a result here, with its place, so that an author sees all of them at once;
 * in a review the first one is an error.
 */
#include "story/rules.h"

#include "base/builtin.h"
#include "base/json.h"
#include "base/suggest.h"
#include "base/yaml.h"
#include "report/encode.h"

static const struct trust tree = {.tree = true};

static int read_files(const struct rules_options *options, struct arena *arena,
	struct rule_files *files, struct error *err)
{
	int r = 0;

	if (!options->path_count)
		return rule_files_configured(options->config, &tree, arena, files, err);
	for (size_t i = 0; i < options->path_count && r == 0; i++)
		r = rule_files_add(options->paths[i], arena, files, err);
	return r;
}

/* lint and test are about a team's own rules: without any there is nothing that they could say. */
static int read_own(const struct rules_options *options, struct arena *arena,
	struct rule_files *files, struct error *err)
{
	int r = read_files(options, arena, files, err);

	if (r == 0 && files->count == 0)
		return error_set(err, ERR_USAGE,
			"no rules were named; give FILE or DIR, or set 'rules' in weir.yaml");
	return r;
}

static void list_json(const struct rules *rules, struct buf *out)
{
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_array_begin(&json);
	for (size_t i = 0; i < rules_count(rules); i++) {
		struct rule_info info = rules_info(rules, i);

		json_object_begin(&json);
		json_member(&json, "rule", info.id);
		json_member(&json, "kind", finding_kind_name(info.kind));
		json_member(&json, "severity", severity_name(info.severity));
		json_member(&json, "title", info.title);
		json_member(&json, "file", info.file);
		json_object_end(&json);
	}
	json_array_end(&json);
	buf_add_char(out, '\n');
}

int rules_list_run(const struct rules_options *options, struct arena *arena, struct buf *out,
	struct error *err)
{
	struct rule_files files = {0};
	struct rules *rules = NULL;
	struct str file = {NULL, 0};
	int r = read_files(options, arena, &files, err);

	if (r == 0)
		r = rule_files_compile(&files, /* scope= */ NULL, arena, &rules, err);
	if (r < 0)
		return r;
	if (options->json) {
		list_json(rules, out);
		return 0;
	}
	for (size_t i = 0; i < rules_count(rules); i++) {
		struct rule_info info = rules_info(rules, i);

		if (i == 0 || !str_eq(info.file, file)) {
			buf_add(out, i == 0 ? STR("") : STR("\n"));
			encode_terminal(out, info.file);
			buf_add_char(out, '\n');
			file = info.file;
		}
		buf_add(out, STR("  "));
		encode_terminal(out, info.id);
		buf_printf(out, " (%.*s, %.*s)\n      ", STR_ARG(finding_kind_name(info.kind)),
			STR_ARG(severity_name(info.severity)));
		encode_terminal(out, info.title);
		buf_add_char(out, '\n');
	}
	return 0;
}

/* A value as it stands, whatever its form. Documents are at most 512 deep. */
static void write_value(struct json_writer *json, struct node node, struct arena *arena)
{
	struct node_iter it = node_children(node);

	if (node_is_object(node)) {
		json_object_begin(json);
		while (node_next(&it)) {
			json_key(json, node_text(it.key, arena));
			write_value(json, it.value, arena);
		}
		json_object_end(json);
	} else if (node_is_array(node)) {
		json_array_begin(json);
		while (node_next(&it))
			write_value(json, it.value, arena);
		json_array_end(json);
	} else if (node_is_string(node)) {
		json_string(json, node_text(node, arena));
	} else {
		json_raw(json, node_raw(node));
	}
}

static void show_entry(const struct rules_options *options, struct node entry, struct arena *arena,
	struct buf *out)
{
	unsigned line = node_position(entry).line;
	struct json_writer json;

	json_writer_init(&json, out, 2);
	if (options->json) {
		json_object_begin(&json);
		json_member(&json, "file", doc_name(entry.doc));
		json_member_int(&json, "line", line);
		json_key(&json, STR("rule"));
		write_value(&json, entry, arena);
		json_object_end(&json);
	} else {
		encode_terminal(out, doc_name(entry.doc));
		buf_printf(out, ":%u\n", line);
		write_value(&json, entry, arena);
	}
	buf_add_char(out, '\n');
}

static struct node find_entry(struct doc *doc, struct str id)
{
	struct node_iter it = node_children(NODE_GET(doc_root(doc), "rules"));

	while (node_next(&it))
		if (node_text_is(NODE_GET(it.value, "id"), id))
			return it.value;
	return NODE_NONE;
}

/* 1 if the document has the rule, which is then shown. */
static int show_from(const struct rules_options *options, struct doc *doc, struct str id,
	struct arena *arena, struct buf *out)
{
	struct node entry = find_entry(doc, id);

	if (!node_exists(entry))
		return 0;
	show_entry(options, entry, arena, out);
	return 1;
}

static int show_builtin(const struct rules_options *options, struct str id, struct arena *arena,
	struct buf *out, struct error *err)
{
	int r = 0;

	for (size_t i = 0; i < builtin_count() && r == 0; i++) {
		CLEANUP(doc_cleanup) struct doc *doc = NULL;
		struct builtin file = builtin_at(i);
		const struct json_options how = {.name = file.name};

		if (!str_starts(file.name, STR("hazards/")))
			continue;
		r = json_read(file.json, &how, &doc, err);
		if (r == 0)
			r = show_from(options, doc, id, arena, out);
	}
	return r;
}

static int fail_unknown(const struct rules *rules, struct str id, struct error *err)
{
	struct suggestion near = {.typed = id};

	for (size_t i = 0; i < rules_count(rules); i++)
		suggest_offer(&near, rules_info(rules, i).id);
	if (str_absent(suggest_result(&near)))
		return error_set(err, ERR_USAGE,
			"there is no rule '%.*s'; 'weir rules list' lists all", STR_ARG(id));
	return error_set(err, ERR_USAGE, "there is no rule '%.*s'; did you mean '%.*s'?",
		STR_ARG(id), STR_ARG(near.best));
}

int rules_show_run(const struct rules_options *options, const char *id, struct arena *arena,
	struct buf *out, struct error *err)
{
	struct rule_files files = {0};
	struct rules *rules = NULL;
	int r = read_files(options, arena, &files, err);

	/* All are read first: what is shown is what judges. */
	if (r == 0)
		r = rule_files_compile(&files, /* scope= */ NULL, arena, &rules, err);
	if (r == 0)
		r = show_builtin(options, str_of(id), arena, out, err);
	for (size_t i = 0; i < files.count && r == 0; i++) {
		CLEANUP(doc_cleanup) struct doc *doc = NULL;

		if (files.items[i].cases)
			continue;
		r = yaml_read(files.items[i].text, files.items[i].name, &doc, err);
		if (r == 0)
			r = show_from(options, doc, str_of(id), arena, out);
	}
	if (r < 0)
		return r;
	if (arena_failed(arena))
		return error_memory(err);
	return r == 1 ? 0 : fail_unknown(rules, str_of(id), err);
}

/* What is wrong with rule files, told as it is found. */
struct faults {
	struct json_writer json;
	struct buf *out;
	bool as_json;
	size_t count;
};

static void fault_begin(struct faults *faults, struct buf *out, bool json)
{
	faults->out = out;
	faults->as_json = json;
	json_writer_init(&faults->json, out, 2);
	if (json)
		json_array_begin(&faults->json);
}

static void tell_fault(const struct error *fault, void *payload)
{
	struct faults *faults = payload;

	faults->count++;
	if (faults->as_json) {
		json_object_begin(&faults->json);
		json_member(&faults->json, "file", str_of(fault->file));
		json_member_int(&faults->json, "line", fault->line);
		json_member_int(&faults->json, "column", fault->column);
		json_member(&faults->json, "code", str_of(error_info(fault->id)->code));
		json_member(&faults->json, "message", str_of(fault->message));
		json_object_end(&faults->json);
		return;
	}
	encode_terminal(faults->out, str_of(fault->file));
	if (fault->line)
		buf_printf(faults->out, ":%u:%u", fault->line, fault->column);
	buf_add(faults->out, STR(": "));
	encode_terminal(faults->out, str_of(fault->message));
	buf_printf(faults->out, " [%s]\n", error_info(fault->id)->code);
}

static int fault_end(struct faults *faults)
{
	if (faults->as_json) {
		json_array_end(&faults->json);
		buf_add_char(faults->out, '\n');
	}
	return faults->count ? 1 : 0;
}

/* Reads every rule file; what cannot be read is a fault, and all else is added. */
static int lint_rules(const struct rule_files *files, struct rules *rules, struct faults *faults,
	struct error *err)
{
	for (size_t i = 0; i < files->count; i++) {
		CLEANUP(doc_cleanup) struct doc *doc = NULL;
		const struct rule_file *file = &files->items[i];
		struct error fault = {0};
		int r = 0;

		if (file->cases)
			continue;
		if (yaml_read(file->text, file->name, &doc, &fault) < 0) {
			if (fault.id == ERR_MEMORY)
				return error_memory(err);
			tell_fault(&fault, faults);
			continue;
		}
		r = rules_add_each(rules, doc, tell_fault, faults, err);
		if (r < 0)
			return r;
	}
	return 0;
}

/* Which rules have cases of either sort. */
struct tried {
	bool *finds, *quiet;
	size_t count;
};

static int try_case(const struct rules *rules, struct node entry, struct tried *tried,
	struct arena *arena, struct faults *faults, struct error *err)
{
	struct rule_trial trial = {0};
	struct error fault = {0};
	int r = rule_try(rules, entry, arena, &trial, &fault);

	if (fault.id == ERR_MEMORY)
		return error_memory(err);
	if (r == 0)
		(trial.quiet ? tried->quiet : tried->finds)[trial.rule] = true;
	if (r == 0 && !str_absent(trial.wrong))
		r = error_node(&fault, ERR_RULE_CASE, entry, "%.*s: %.*s",
			STR_ARG(rules_info(rules, trial.rule).id), STR_ARG(trial.wrong));
	if (r < 0) {
		tell_fault(&fault, faults);
		return 0;
	}
	tried->count++;
	return 0;
}

static int try_file(const struct rules *rules, const struct rule_file *file, struct tried *tried,
	struct arena *arena, struct faults *faults, struct error *err)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct error fault = {0};
	struct node_iter it;
	int r = 0;

	if (yaml_read(file->text, file->name, &doc, &fault) == 0 && !node_is_array(doc_root(doc)))
		(void)error_node(&fault, ERR_RULE_SYNTAX, doc_root(doc),
			"a list of cases belongs here: - {rule: …, type: …, finds: …}");
	if (fault.id == ERR_MEMORY)
		return error_memory(err);
	if (fault.id != ERR_NONE) {
		tell_fault(&fault, faults);
		return 0;
	}
	it = node_children(doc_root(doc));
	while (r == 0 && node_next(&it))
		r = try_case(rules, it.value, tried, arena, faults, err);
	return r;
}

/* A rule that nobody tried both ways may find everything, or nothing. */
static void demand_cases(
	const struct rules *rules, size_t first, const struct tried *tried, struct faults *faults)
{
	for (size_t i = first; i < rules_count(rules); i++) {
		struct rule_info info = rules_info(rules, i);
		struct error fault = {0};
		int r;

		if (tried->finds[i] && tried->quiet[i])
			continue;
		r = error_set(&fault, ERR_RULE_CASE, "%.*s has no case %s", STR_ARG(info.id),
			tried->finds[i]           ? "in which it is quiet"
				: tried->quiet[i] ? "in which it finds something"
						  : "at all");
		(void)error_at(&fault, r, info.file, 0, 0);
		tell_fault(&fault, faults);
	}
}

int rules_lint_run(const struct rules_options *options, struct arena *arena, struct buf *out,
	struct error *err)
{
	struct rule_files files = {0};
	struct faults faults = {0};
	struct rules *rules = NULL;
	int r = read_own(options, arena, &files, err);

	if (r == 0)
		r = rules_load(/* scope= */ NULL, arena, &rules, err);
	if (r < 0)
		return r;
	fault_begin(&faults, out, options->json);
	r = lint_rules(&files, rules, &faults, err);
	return r < 0 ? r : fault_end(&faults);
}

int rules_test_run(const struct rules_options *options, struct arena *arena, struct buf *out,
	struct error *err)
{
	struct rule_files files = {0};
	struct faults faults = {0};
	struct tried tried = {0};
	struct rules *rules = NULL;
	size_t builtin = 0;
	int r = read_own(options, arena, &files, err);

	if (r == 0)
		r = rules_load(/* scope= */ NULL, arena, &rules, err);
	if (r < 0)
		return r;
	builtin = rules_count(rules);
	fault_begin(&faults, out, options->json);
	r = lint_rules(&files, rules, &faults, err);
	if (r < 0)
		return r;
	tried.finds = ARENA_ARRAY(arena, bool, rules_count(rules));
	tried.quiet = ARENA_ARRAY(arena, bool, rules_count(rules));
	if (!tried.finds || !tried.quiet)
		return error_memory(err);
	for (size_t i = 0; i < files.count && r == 0; i++)
		if (files.items[i].cases)
			r = try_file(rules, &files.items[i], &tried, arena, &faults, err);
	if (r < 0)
		return r;
	demand_cases(rules, builtin, &tried, &faults);
	if (!options->json && faults.count == 0)
		buf_printf(out, "Rules: %zu. Cases: %zu, each comes out as it says.\n",
			rules_count(rules) - builtin, tried.count);
	return fault_end(&faults);
}
