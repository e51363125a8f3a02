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

struct text {
	const char *title;
	const char *help;
};

static const struct text kinds[KIND_COUNT] = {
	[KIND_STATEFUL_DESTROY] = {"An object that holds data would be destroyed",
		"Its data cannot be brought back by Terraform. If it is meant, say so in the "
		"intent: "
		"expect: [{delete: ADDRESS}], with expires."},
	[KIND_STATEFUL_REPLACE] = {"An object that holds data would be destroyed and made anew",
		"The finding names the attribute that forces it. Undo that change, or move the "
		"data "
		"first and let the intent expect the replacement."},
	[KIND_HIDDEN_DESTROY] = {"Something would be destroyed inside an update",
		"Terraform counts it as a change, but an element that holds data disappears: a "
		"global "
		"table's replica, a disk."},
	[KIND_LOOSENED_PROTECTION] = {"A protection would be switched off or made weaker",
		"Deletion protection, backups, versioning, retention, a lock. Often the step "
		"before a "
		"destroy."},
	[KIND_EXPOSURE] = {"Something would be reachable by more people or networks than before",
		"Narrow the range, the principal or the policy, or let the intent expect the "
		"change."},
	[KIND_PRIVILEGE] = {"Someone would be allowed to do more than before",
		"Grant the actions and resources that are needed instead of all."},
	[KIND_ENCRYPTION_WEAKENED] = {"Data would be encrypted less well than before",
		"At rest or in transit: encryption switched off, an older protocol, a key that "
		"others "
		"hold."},
	[KIND_SECRET_IN_PLAINTEXT] = {"A secret would be readable where it is stored or deployed",
		"Take it from a secret store when the program runs, and change the secret: it has "
		"been "
		"in a plan."},
	[KIND_PREVENT_DESTROY_LOST] = {"prevent_destroy would no longer protect an object",
		"The change of the configuration removes it; the plan itself does not show it."},
	[KIND_UNKNOWN_TYPE_DESTROY] =
		{"An object of a type that weir does not know would be destroyed",
			"It may hold data. Name it in the intent when you know that it does not."},
	[KIND_OUTAGE] = {"A service would stop or lose capacity", "See the finding's remedy."},
	[KIND_IDENTITY_LOSS] = {"A name, address or key that others rely on would change",
		"Whoever holds the old one loses the object: a DNS name, an ARN, an IP address."},
	[KIND_BLAST_RADIUS] = {"One change would reach much more than its author may expect",
		"Split the change, or name in the intent what it may touch."},
	[KIND_UNKNOWN_ACTION] = {"The plan holds an action that weir does not know",
		"What is not understood does not pass. A newer weir may know it."},
	[KIND_INCOMPLETE_PLAN] = {"The plan says that it is not all that would happen",
		"Terraform stopped with an error or put changes off. Plan again until it is "
		"complete."},
	[KIND_REPORT_TRUNCATED] = {"The report leaves something out",
		"There was more to say than fits. The verdict is about everything."},
	[KIND_FORGED_PLACEHOLDER] = {"The plan holds what looks like weir's mark for a hidden "
				     "secret",
		"weir did not write it there. Someone may want a value to be taken for redacted."},
	[KIND_MODEL_WORDS] = {"What a model says of the plan is not what the plan says",
		"`weir verify` found it. Where it asks, a person must read the words: they may be "
		"right and not plain."},
	[KIND_CHECK_FAILED] = {"A check or condition of the configuration fails in this plan",
		"The condition is the author's own; Terraform prints its message."},
	[KIND_INTENT_MISSING] = {"Something that the intent expects is not in the plan",
		"The plan does less than its author meant, or the phase is over: set the next "
		"one."},
	[KIND_INTENT_UNEXPECTED] = {"The plan does something that the intent does not name",
		"Add it to expect or allow, or find out why it is in the plan."},
	[KIND_INTENT_KEPT] = {"The plan changes what the intent says to keep",
		"keep means: no change at all, not even an update or a move."},
	[KIND_INTENT_COUNT] = {"The plan does something more or less often than the intent expects",
		"expect means once, unless count says otherwise."},
	[KIND_INTENT_LINEAGE] = {"It is not proved that the new object comes from the old one",
		"Refer to the old object in the configuration instead of writing its name out."},
	[KIND_INTENT_FORBIDDEN] = {"The plan does what the intent forbids",
		"Change the plan or the intent."},
	[KIND_INTENT_RELAXED_HERE] = {"The change under review makes its own intent laxer",
		"What loosens counts when it stands at the merge base. Merge the intent first, or "
		"let a "
		"person decide."},
	[KIND_INTENT_EXPIRED] = {"The intent is past its date",
		"Write a new date when it still holds."},
	[KIND_INTENT_WRONG_ROOT] = {"The intent belongs to another root or workspace",
		"Give the intent of this plan's root."},
};

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
	int r = rules_load(context->arena, &rules, err);

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
