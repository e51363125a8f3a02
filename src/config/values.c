/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of keys, and reading a value by its row.  A value is kept as text
 * with its place, so that options, the environment and files meet as the same
 * thing, and so that `weir config show --origin` can quote it.
 */
#include "config/values.h"

#include "base/file.h"
#include "base/suggest.h"

static const struct config_key_info infos[] = {
#define CONFIG_KEY(name, text, type, choices, loosens, help)                                       \
	[CONFIG_##name] = {text, CONFIG_TYPE_##type, choices, loosens, help},
#include "config/keys.def"
#undef CONFIG_KEY
};

const struct config_key_info *config_key_info(enum config_key key)
{
	return &infos[key];
}

bool config_key_find(struct str name, enum config_key *ret_key)
{
	for (int i = 0; i < CONFIG_KEY_COUNT; i++) {
		if (!str_is(name, infos[i].name))
			continue;
		*ret_key = (enum config_key)i;
		return true;
	}
	return false;
}

static bool among(const char *words, struct str word)
{
	struct str rest = str_of(words);

	while (!str_absent(rest))
		if (str_eq(str_split(&rest, '|'), word))
			return true;
	return false;
}

static bool loosens(const struct config_key_info *info, struct str text)
{
	return *info->loosens && (str_is(str_of(info->loosens), "*") || among(info->loosens, text));
}

/* Adds an entry; one without a place in `entries` is not worth more than the error. */
static int add(const struct value_scope *scope, enum config_key key, struct str map_key,
	struct str text, struct node at)
{
	struct config_value *value = &scope->config->values[key];
	struct position position = node_position(at);
	struct config_entry *entry;

	if (!arena_grow(scope->arena, (void **)&value->entries, value->count, &value->room,
		    sizeof(*value->entries)))
		return error_memory(scope->err);
	entry = &value->entries[value->count++];
	*entry = (struct config_entry){
		.key = str_absent(map_key) ? map_key : arena_str(scope->arena, map_key),
		.text = arena_str(scope->arena, text),
		.place = {doc_name(at.doc), position.line, position.column},
		.ignored = !scope->config->trusted && loosens(&infos[key], text),
	};
	return arena_failed(scope->arena) ? error_memory(scope->err) : 0;
}

static int read_choice(
	const struct value_scope *scope, enum config_key key, struct str map_key, struct node value)
{
	const char *choices = infos[key].choices;
	struct str text = node_text(value, scope->arena), rest = str_of(choices);
	struct suggestion near = {.typed = text};

	if (str_absent(text))
		return error_node(scope->err, ERR_CONFIG_VALUE, value, "'%s' is one of %s",
			infos[key].name, choices);
	if (among(choices, text))
		return add(scope, key, map_key, text, value);
	while (!str_absent(rest))
		suggest_offer(&near, str_split(&rest, '|'));
	if (str_absent(suggest_result(&near)))
		return error_node(scope->err, ERR_CONFIG_VALUE, value,
			"'%s' is one of %s, not '%.*s'", infos[key].name, choices, STR_ARG(text));
	return error_node(scope->err, ERR_CONFIG_VALUE, value,
		"'%s' is one of %s; did you mean '%.*s'?", infos[key].name, choices,
		STR_ARG(near.best));
}

static int read_text(const struct value_scope *scope, enum config_key key, struct node value)
{
	struct str text = node_text(value, scope->arena);
	bool path = infos[key].type == CONFIG_TYPE_PATH || infos[key].type == CONFIG_TYPE_PATHS;

	if (str_absent(text) || str_empty(text) || str_find_char(text, '\0') != SIZE_MAX)
		return error_node(scope->err, ERR_CONFIG_VALUE, value, "'%s' is %s",
			infos[key].name,
			infos[key].type == CONFIG_TYPE_PATHS ? "a list of directories"
				: path                       ? "the path of a file"
							     : "a text");
	if (path)
		text = str_of(path_join(scope->arena, scope->directory, text));
	return add(scope, key, (struct str){NULL, 0}, text, value);
}

static int read_flag(const struct value_scope *scope, enum config_key key, struct node value)
{
	bool on = node_is_true(value);

	if (!on && node_type(value) != NODE_FALSE)
		return error_node(scope->err, ERR_CONFIG_VALUE, value, "'%s' is true or false",
			infos[key].name);
	return add(scope, key, (struct str){NULL, 0}, on ? STR("true") : STR("false"), value);
}

static int read_list(const struct value_scope *scope, enum config_key key, struct node value)
{
	struct node_iter it = node_children(value);

	if (!node_is_array(value))
		return error_node(
			scope->err, ERR_CONFIG_VALUE, value, "'%s' is a list", infos[key].name);
	while (node_next(&it)) {
		int r = read_text(scope, key, it.value);

		if (r < 0)
			return r;
	}
	return 0;
}

static int read_choices(const struct value_scope *scope, enum config_key key, struct node value)
{
	struct node_iter it = node_children(value);

	if (!node_is_object(value))
		return error_node(scope->err, ERR_CONFIG_VALUE, value,
			"'%s' is a map from globs of roots to one of %s", infos[key].name,
			infos[key].choices);
	while (node_next(&it)) {
		struct str glob = node_text(it.key, scope->arena);
		int r = str_absent(glob) ? error_memory(scope->err)
					 : read_choice(scope, key, glob, it.value);

		if (r < 0)
			return r;
	}
	return 0;
}

int value_read(const struct value_scope *scope, enum config_key key, struct node value)
{
	bool many = config_type_is_list(infos[key].type) || infos[key].type == CONFIG_TYPE_CHOICES;
	size_t before = scope->config->values[key].count;
	int r = 0;

	/* A key without a value, as when all its entries are comments. */
	if (node_is_null(value))
		return 0;
	switch (infos[key].type) {
	case CONFIG_TYPE_TEXT:
	case CONFIG_TYPE_PATH:
		r = read_text(scope, key, value);
		break;
	case CONFIG_TYPE_FLAG:
		r = read_flag(scope, key, value);
		break;
	case CONFIG_TYPE_CHOICE:
		r = read_choice(scope, key, (struct str){NULL, 0}, value);
		break;
	case CONFIG_TYPE_LIST:
	case CONFIG_TYPE_PATHS:
		r = read_list(scope, key, value);
		break;
	case CONFIG_TYPE_CHOICES:
		r = read_choices(scope, key, value);
		break;
	}
	/* Read to be checked, but a stronger file was first. */
	if (!many && before > 0)
		scope->config->values[key].count = before;
	return r;
}
