/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where an option's value comes from when no flag gave it: flag, environment,
 * weir.yaml, preset, in this order.  Apart from command.c, which never opens
 * a file.
 */
#include "cmd/command.h"

#include <string.h>

static bool wants_config(const struct command *command)
{
	for (size_t i = 0; i < command->option_count; i++)
		if (command->options[i].config)
			return true;
	return false;
}

/* What was found but does not count must not look as if it did. */
static void tell_ignored(const struct context *context)
{
	for (int key = 0; key < CONFIG_KEY_COUNT; key++) {
		const struct config_value *value = &context->config->values[key];

		for (size_t i = 0; i < value->count; i++) {
			const struct config_entry *entry = &value->entries[i];

			if (entry->ignored)
				notice(context,
					"%.*s:%u:%u: '%s' does not count: it loosens, and this "
					"file is part of the tree under review; --config FILE or "
					"--base REF make it trusted",
					STR_ARG(entry->place.file), entry->place.line,
					entry->place.column,
					config_key_info((enum config_key)key)->name);
		}
	}
}

static int load(struct context *context, const struct config_source *source, struct error *err)
{
	const struct config_options options = {
		.path = context->config_path,
		.source = source,
		.trust_tree = context->trust_tree,
	};
	int r = config_load(&options, context->arena, &context->config, err);

	if (r < 0)
		return r;
	for (size_t i = 0; i < context->config->file_count && context->verbosity > 0; i++)
		notice(context, "configuration: %.*s", STR_ARG(context->config->files[i].path));
	tell_ignored(context);
	return 0;
}

static int apply_config(
	struct context *context, struct option_table table, size_t index, struct error *err)
{
	const struct option *option = &table.rows[index];
	const struct config_value *value;
	enum config_key key;

	if (!config_key_find(str_of(option->config), &key))
		return error_set(err, ERR_DEFECT,
			"--%s names a key '%s' that weir.yaml does not have", option->name,
			option->config);
	value = &context->config->values[key];
	for (size_t i = 0; i < value->count; i++) {
		int r;

		if (value->entries[i].ignored)
			continue;
		table.origins[index] = ORIGIN_CONFIG;
		r = option_set(option, context, table.values, value->entries[i].text.data,
			option->config, err);
		if (r < 0)
			return r;
	}
	return 0;
}

static int apply(struct context *context, struct option_table table, struct error *err)
{
	int r = 0;

	for (size_t i = 0; i < table.count && r == 0; i++) {
		const struct option *option = &table.rows[i];

		if (context->config && option->config && table.origins[i] == ORIGIN_NONE)
			r = apply_config(context, table, i, err);
		if (r < 0 || !option->preset || table.origins[i] != ORIGIN_NONE)
			continue;
		table.origins[i] = ORIGIN_PRESET;
		r = option_set(option, context, table.values, option->preset, option->name, err);
	}
	return r;
}

int command_configure(struct context *context, void *options, const struct config_source *source,
	struct error *err)
{
	int r = wants_config(context->command) ? load(context, source, err) : 0;

	for (int which = 0; which < OPTION_TABLES && r == 0; which++)
		r = apply(context, option_table(context, options, which), err);
	context_decide_format(context, options);
	return r;
}
