/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir config show`: the configuration as weir understands it, as YAML that
 * could be used again, or as JSON.  The environment's and the presets' part is
 * found through the option tables of all commands.
 */
#include <stdlib.h>

#include "base/json.h"
#include "cmd/trusted.h"
#include "report/encode.h"

struct show_options {
	bool origin;
	struct trust_options trust;
};

static const struct option show_options[] = {
	{"origin", 0, OPTION_FLAG, NULL, NULL, "say beside each value where it comes from",
		offsetof(struct show_options, origin)},
	TRUST_OPTIONS(struct show_options, trust),
};

/* One value to show, wherever it comes from. */
struct shown {
	struct str key;  /* glob of a map's entry */
	struct str kind; /* that it is about; absent: all */
	struct str text;
	const char *origin; /* "file", "environment", "default" */
	const char *variable;
	const struct config_entry *entry; /* of a file */
};

static const struct option *option_of(const char *key)
{
	for (size_t i = 0; i < global_option_count; i++)
		if (global_options[i].config && str_is(str_of(key), global_options[i].config))
			return &global_options[i];
	for (size_t i = 0; commands[i]; i++)
		for (size_t j = 0; j < commands[i]->option_count; j++) {
			const struct option *option = &commands[i]->options[j];

			if (option->config && str_is(str_of(key), option->config))
				return option;
		}
	return NULL;
}

/* The value of a key that holds one, by strength; false when nobody gives any. */
static bool find_single(const struct config *config, enum config_key key, struct shown *ret_shown)
{
	const struct option *option = option_of(config_key_info(key)->name);
	const char *variable = option && option->environment ? getenv(option->environment) : NULL;
	const struct config_value *value = &config->values[key];

	*ret_shown = (struct shown){0};
	if (variable && *variable) {
		ret_shown->text = str_of(variable);
		ret_shown->origin = "environment";
		ret_shown->variable = option->environment;
	} else if (value->count && !value->entries[0].ignored) {
		ret_shown->text = value->entries[0].text;
		ret_shown->origin = "file";
		ret_shown->entry = &value->entries[0];
	} else if (option && option->preset) {
		ret_shown->text = str_of(option->preset);
		ret_shown->origin = "default";
	}
	return ret_shown->origin;
}

static bool is_plain(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
			c == '-' || c == '/' || c == '.' || (i > 0 && c >= '0' && c <= '9');

		if (!plain)
			return false;
	}
	return text.len && text.data[0] != '-' && text.data[0] != '.';
}

static void add_scalar(struct buf *out, struct str text, bool flag)
{
	struct json_writer writer;

	if (flag || is_plain(text)) {
		buf_add(out, text);
		return;
	}
	json_writer_init(&writer, out, 0);
	json_string(&writer, text);
}

static void add_origin(struct buf *out, const struct shown *shown)
{
	buf_add(out, STR("  # "));
	if (shown->entry) {
		encode_terminal(out, shown->entry->place.file);
		buf_printf(out, ":%u:%u", shown->entry->place.line, shown->entry->place.column);
	} else {
		buf_add(out, str_of(shown->variable ? shown->variable : shown->origin));
	}
	if (shown->entry && shown->entry->ignored)
		buf_add(out, STR(", does not count: it loosens, and the file is not trusted"));
}

/* "GLOB:", or with a kind below it once "  GLOB:" and then "    KIND:". */
static void add_label(
	struct buf *out, const struct config_entry *entry, const struct config_entry *before)
{
	bool kind = !str_absent(entry->kind);

	if (kind && !(before && !str_absent(before->kind) && str_eq(before->key, entry->key))) {
		buf_add(out, STR("  "));
		add_scalar(out, entry->key, false);
		buf_add(out, STR(":\n"));
	}
	buf_add(out, entry->ignored ? STR("# ") : STR("  "));
	buf_add(out, kind ? STR("  ") : STR(""));
	add_scalar(out, kind ? entry->kind : entry->key, false);
	buf_add(out, STR(": "));
}

static void add_many(
	struct buf *out, const struct config_value *value, enum config_type type, bool origin)
{
	for (size_t i = 0; i < value->count; i++) {
		const struct config_entry *entry = &value->entries[i];
		const struct shown shown = {.text = entry->text, .origin = "file", .entry = entry};

		if (config_type_is_list(type))
			buf_add(out, entry->ignored ? STR("# - ") : STR("  - "));
		else
			add_label(out, entry, i > 0 ? entry - 1 : NULL);
		add_scalar(out, entry->text, false);
		if (origin || entry->ignored)
			add_origin(out, &shown);
		buf_add_char(out, '\n');
	}
}

static void show_text(
	struct context *context, const struct trust *trust, const struct show_options *show)
{
	const struct config *config = context->config;
	struct buf *out = &context->out;
	bool origin = show->origin;

	if (!str_absent(trust->commit))
		buf_printf(out, "# base: %.*s\n", STR_ARG(trust->commit));
	else if (show->trust.base && !trust->tree)
		buf_add(out, STR("# base: none that can be read\n"));
	for (size_t i = 0; i < config->file_count; i++) {
		buf_add(out, STR("# "));
		encode_terminal(out, config->files[i].path);
		buf_add(out, config->trusted ? STR(" (trusted)\n") : STR("\n"));
	}
	if (config->file_count == 0)
		buf_add(out,
			STR("# no weir.yaml here or above, up to the root of the git "
			    "repository\n"));
	for (int i = 0; i < CONFIG_KEY_COUNT; i++) {
		enum config_key key = (enum config_key)i;
		const struct config_key_info *info = config_key_info(key);
		const struct config_value *value = &config->values[key];
		struct shown shown;

		if (config_type_is_list(info->type) || config_type_is_map(info->type)) {
			buf_printf(out, "%s:%s\n", info->name,
				value->count                              ? ""
					: config_type_is_list(info->type) ? " []"
									  : " {}");
			add_many(out, value, info->type, origin);
			continue;
		}
		if (find_single(config, key, &shown)) {
			buf_printf(out, "%s: ", info->name);
			add_scalar(out, shown.text, info->type == CONFIG_TYPE_FLAG);
		} else {
			buf_printf(out, "# %s: not set", info->name);
		}
		if (origin && shown.origin)
			add_origin(out, &shown);
		buf_add_char(out, '\n');
		if (value->count && value->entries[0].ignored) {
			const struct shown ignored = {
				.text = value->entries[0].text, .entry = &value->entries[0]};

			buf_printf(out, "# %s: ", info->name);
			add_scalar(out, ignored.text, info->type == CONFIG_TYPE_FLAG);
			add_origin(out, &ignored);
			buf_add_char(out, '\n');
		}
	}
}

static void add_json(struct json_writer *writer, const char *name, const struct shown *shown)
{
	json_object_begin(writer);
	json_member(writer, "key", str_of(name));
	if (!str_absent(shown->key))
		json_member(writer, "glob", shown->key);
	if (!str_absent(shown->kind))
		json_member(writer, "kind", shown->kind);
	json_member(writer, "value", shown->text);
	json_member(writer, "origin", str_of(shown->origin));
	if (shown->variable)
		json_member(writer, "variable", str_of(shown->variable));
	if (shown->entry) {
		json_member(writer, "file", shown->entry->place.file);
		json_member_int(writer, "line", shown->entry->place.line);
		json_member_int(writer, "column", shown->entry->place.column);
	}
	json_member_bool(writer, "counts", !shown->entry || !shown->entry->ignored);
	json_object_end(writer);
}

static void show_json(
	struct context *context, const struct trust *trust, const struct show_options *show)
{
	const struct config *config = context->config;
	struct json_writer writer;

	json_writer_init(&writer, &context->out, 2);
	json_object_begin(&writer);
	json_member(&writer, "digest", config->digest);
	json_member_bool(&writer, "trusted", config->trusted);
	if (!str_absent(trust->commit))
		json_member(&writer, "base", trust->commit);
	else if (show->trust.base && !trust->tree)
		json_key(&writer, STR("base")), json_null(&writer);
	json_key(&writer, STR("files"));
	json_array_begin(&writer);
	for (size_t i = 0; i < config->file_count; i++) {
		json_object_begin(&writer);
		json_member(&writer, "path", config->files[i].path);
		json_member(&writer, "sha256", config->files[i].sha256);
		json_object_end(&writer);
	}
	json_array_end(&writer);
	json_key(&writer, STR("values"));
	json_array_begin(&writer);
	for (int i = 0; i < CONFIG_KEY_COUNT; i++) {
		const struct config_key_info *info = config_key_info((enum config_key)i);
		const struct config_value *value = &config->values[i];
		bool many = config_type_is_list(info->type) || config_type_is_map(info->type);
		struct shown shown;

		if (!many && find_single(config, (enum config_key)i, &shown))
			add_json(&writer, info->name, &shown);
		for (size_t j = 0; j < value->count; j++) {
			const struct config_entry *entry = &value->entries[j];

			shown = (struct shown){
				entry->key, entry->kind, entry->text, "file", NULL, entry};
			if (many || entry->ignored)
				add_json(&writer, info->name, &shown);
		}
	}
	json_array_end(&writer);
	json_object_end(&writer);
	buf_add_char(&context->out, '\n');
}

static int run(struct context *context, const void *options, int operand_count,
	const char *const *operands, struct error *err)
{
	const struct show_options *show = options;
	struct config_options load = {.path = context->config_path, .trust_tree = show->trust.tree};
	struct config_source source;
	struct trust trust;
	int r = trusted_source(context, &show->trust, &trust, &source, &load.source, err);

	(void)operand_count, (void)operands;
	if (r == 0)
		r = config_load(&load, context->arena, &context->config, err);
	if (r < 0)
		return r;
	if (context->json)
		show_json(context, &trust, show);
	else
		show_text(context, &trust, show);
	return 0;
}

const struct command command_config_show = {
	.name = "config show",
	.summary = "show the configuration and where each value comes from",
	.description = "Prints every key of weir.yaml with the value that counts, as YAML. A value "
		       "comes from the environment, "
		       "else from weir.yaml (in this directory or above it, up to the root of the "
		       "git repository), else it is "
		       "weir's own.\n\n"
		       "A value that makes judgement laxer counts only from a file that the change "
		       "under review cannot have "
		       "written: one named with --config, or the merge base's. Others are shown as "
		       "comments. --base, --trust-tree and what a CI system names as the base mean "
		       "what they mean to weir review, so this is what a review uses.",
	.options = show_options,
	.option_count = COUNT_OF(show_options),
	.options_size = sizeof(struct show_options),
	.examples = "weir config show --origin\nweir config show --base origin/main",
	.run = run,
};
