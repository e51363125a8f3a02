/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir explain`: what a code in weir's output means and what to do about it.
 * Errors, kinds of findings, rules and keys of weir.yaml share one space of
 * names; the texts stand beside their definitions.
 */
#include "base/finding.h"
#include "base/json.h"
#include "base/suggest.h"
#include "cmd/command.h"
#include "gate/rule.h"

/* One thing that has a code. */
struct entry {
	const char *type; /* "error", "kind", "rule", "key" */
	struct str code;
	struct str title;
	struct str help;
	int exit_code; /* errors only */
};

static struct entry error_entry(enum error_id id)
{
	const struct error_info *info = error_info(id);

	return (struct entry){"error", str_of(info->code), str_of(info->title), str_of(info->help),
		info->exit_code};
}

static struct entry kind_entry(enum finding_kind kind)
{
	return (struct entry){"kind", finding_kind_name(kind),
		str_of(finding_kind_help(kind)->title), str_of(finding_kind_help(kind)->help), 0};
}

static struct entry rule_entry(const struct rules *rules, size_t index)
{
	struct rule_info info = rules_info(rules, index);

	return (struct entry){"rule", info.id, info.title, info.help, 0};
}

static struct entry key_entry(enum config_key key)
{
	const struct config_key_info *info = config_key_info(key);

	return (struct entry){"key", str_of(info->name), str_of(info->help), STR(""), 0};
}

/* The n-th of all entries; false behind the last. */
static bool entry_at(const struct rules *rules, size_t index, struct entry *ret_entry)
{
	/* Behind ERR_NONE, which is no error. */
	size_t errors = ERR_COUNT - 1;

	if (index < errors) {
		*ret_entry = error_entry((enum error_id)(index + 1));
		return true;
	}
	index -= errors;
	if (index < KIND_COUNT) {
		*ret_entry = kind_entry((enum finding_kind)index);
		return true;
	}
	index -= KIND_COUNT;
	if (index < rules_count(rules)) {
		*ret_entry = rule_entry(rules, index);
		return true;
	}
	index -= rules_count(rules);
	if (index < CONFIG_KEY_COUNT) {
		*ret_entry = key_entry((enum config_key)index);
		return true;
	}
	return false;
}

static bool find(const struct rules *rules, struct str code, struct entry *ret_entry)
{
	for (size_t i = 0; entry_at(rules, i, ret_entry); i++)
		if (str_eq(code, ret_entry->code))
			return true;
	return false;
}

static void add_json(struct json_writer *writer, const struct entry *entry)
{
	json_object_begin(writer);
	json_member(writer, "code", entry->code);
	json_member(writer, "type", str_of(entry->type));
	json_member(writer, "title", entry->title);
	json_member(writer, "help", entry->help);
	if (entry->exit_code)
		json_member_int(writer, "exit_code", entry->exit_code);
	json_object_end(writer);
}

static void explain_all(struct context *context, const struct rules *rules)
{
	struct json_writer writer;
	struct entry entry;

	json_writer_init(&writer, &context->out, 2);
	if (context->json)
		json_array_begin(&writer);
	for (size_t i = 0; entry_at(rules, i, &entry); i++) {
		if (context->json)
			add_json(&writer, &entry);
		else
			buf_printf(&context->out, "%-6s %-24.*s %.*s\n", entry.type,
				STR_ARG(entry.code), STR_ARG(entry.title));
	}
	if (context->json) {
		json_array_end(&writer);
		buf_add_char(&context->out, '\n');
	}
}

static void explain_one(struct context *context, const struct entry *entry)
{
	struct buf *out = &context->out;
	struct json_writer writer;

	json_writer_init(&writer, out, 2);
	if (context->json) {
		add_json(&writer, entry);
		buf_add_char(out, '\n');
		return;
	}
	buf_printf(out, "%.*s (%s", STR_ARG(entry->code), entry->type);
	if (entry->exit_code)
		buf_printf(out, ", exit status %d", entry->exit_code);
	buf_printf(out, ")\n\n%.*s%s\n", STR_ARG(entry->title),
		str_ends(entry->title, STR(".")) ? "" : ".");
	if (!str_empty(entry->help)) {
		buf_add_char(out, '\n');
		help_paragraphs(out, entry->help);
	}
}

static int run(struct context *context, const void *options, int operand_count,
	const char *const *operands, struct error *err)
{
	struct suggestion near = {0};
	struct rules *rules;
	struct entry entry;
	int r = rules_load(/* scope= */ NULL, context->arena, &rules, err);

	(void)options;
	if (r < 0)
		return r;
	if (operand_count == 0) {
		explain_all(context, rules);
		return 0;
	}
	if (find(rules, str_of(operands[0]), &entry)) {
		explain_one(context, &entry);
		return 0;
	}
	near.typed = str_of(operands[0]);
	for (size_t i = 0; entry_at(rules, i, &entry); i++)
		suggest_offer(&near, entry.code);
	if (str_absent(suggest_result(&near)))
		return error_set(err, ERR_USAGE, "there is no code '%s'; 'weir explain' lists all",
			operands[0]);
	return error_set(err, ERR_USAGE, "there is no code '%s'; did you mean '%.*s'?", operands[0],
		STR_ARG(near.best));
}

const struct command command_explain = {
	.name = "explain",
	.operands = "[CODE]",
	.summary = "explain an error, a finding, a rule or a key of weir.yaml",
	.description = "CODE is what weir prints in brackets behind an error, the kind of a "
		       "finding, or a key. Without "
		       "one: the list of all.",
	.examples = "weir explain json-duplicate-key\nweir explain stateful-replace",
	.run = run,
};
