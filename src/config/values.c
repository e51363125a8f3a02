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

const char config_kinds[] =
	"hidden-destroy|loosened-protection|exposure|privilege|encryption-weakened|"
	"secret-in-plaintext|prevent-destroy-lost|outage|identity-loss|blast-radius";

/* What an entry of a map is about; nothing elsewhere. */
struct about {
	struct str glob, kind;
};

static struct str kept(const struct value_scope *scope, struct str text)
{
	return str_absent(text) ? text : arena_str(scope->arena, text);
}

/* Adds an entry; one without a place in `entries` is not worth more than the error. */
static int add(const struct value_scope *scope, enum config_key key, struct about about,
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
		.key = kept(scope, about.glob),
		.kind = kept(scope, about.kind),
		.text = arena_str(scope->arena, text),
		.place = {doc_name(at.doc), position.line, position.column},
		.ignored = !scope->config->trusted && loosens(&infos[key], text),
	};
	return arena_failed(scope->arena) ? error_memory(scope->err) : 0;
}

static int read_choice(
	const struct value_scope *scope, enum config_key key, struct about about, struct node value)
{
	const char *choices = infos[key].choices;
	struct str text = node_text(value, scope->arena), rest = str_of(choices);
	struct suggestion near = {.typed = text};

	if (str_absent(text))
		return error_node(scope->err, ERR_CONFIG_VALUE, value, "'%s' is one of %s",
			infos[key].name, choices);
	if (among(choices, text))
		return add(scope, key, about, text, value);
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
	return add(scope, key, (struct about){0}, text, value);
}

static int read_flag(const struct value_scope *scope, enum config_key key, struct node value)
{
	bool on = node_is_true(value);

	if (!on && node_type(value) != NODE_FALSE)
		return error_node(scope->err, ERR_CONFIG_VALUE, value, "'%s' is true or false",
			infos[key].name);
	return add(scope, key, (struct about){0}, on ? STR("true") : STR("false"), value);
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

static int read_kind(const struct value_scope *scope, struct node name, struct about *about)
{
	struct str kind = node_text(name, scope->arena), rest = str_of(config_kinds);
	struct suggestion near = {.typed = kind};

	about->kind = kind;
	if (str_absent(kind))
		return error_memory(scope->err);
	if (among(config_kinds, kind))
		return 0;
	while (!str_absent(rest))
		suggest_offer(&near, str_split(&rest, '|'));
	if (str_absent(suggest_result(&near)))
		return error_node(scope->err, ERR_CONFIG_VALUE, name,
			"a kind is one of %s, not '%.*s'", config_kinds, STR_ARG(kind));
	return error_node(scope->err, ERR_CONFIG_VALUE, name,
		"a kind is one of %s; did you mean '%.*s'?", config_kinds, STR_ARG(near.best));
}

/* What a map says of one glob: a choice, or of KINDS also a map from kinds to choices. */
static int read_about(
	const struct value_scope *scope, enum config_key key, struct about about, struct node value)
{
	struct node_iter it = node_children(value);
	int r = 0;

	if (infos[key].type != CONFIG_TYPE_KINDS)
		return read_choice(scope, key, about, value);
	if (among(config_kinds, about.glob))
		return error_node(scope->err, ERR_CONFIG_VALUE, value,
			"'%.*s' is a kind where a glob of roots belongs; for all roots: {\"**\": "
			"{%.*s: ask}}",
			STR_ARG(about.glob), STR_ARG(about.glob));
	if (node_is_null(value))
		return 0;
	if (!node_is_object(value))
		return read_choice(scope, key, about, value);
	while (r == 0 && node_next(&it)) {
		r = read_kind(scope, it.key, &about);
		if (r == 0)
			r = read_choice(scope, key, about, it.value);
	}
	return r;
}

static int read_map(const struct value_scope *scope, enum config_key key, struct node value)
{
	bool kinds = infos[key].type == CONFIG_TYPE_KINDS;
	struct node_iter it = node_children(value);

	if (kinds && node_is_string(value))
		return read_choice(scope, key, (struct about){.glob = STR("**")}, value);
	if (!node_is_object(value))
		return error_node(scope->err, ERR_CONFIG_VALUE, value,
			"'%s' is %sa map from globs of roots to one of %s%s", infos[key].name,
			kinds ? "one of pass|ask, or " : "", infos[key].choices,
			kinds ? " or to a map from kinds to these" : "");
	while (node_next(&it)) {
		struct about about = {.glob = node_text(it.key, scope->arena)};
		int r = str_absent(about.glob) ? error_memory(scope->err)
					       : read_about(scope, key, about, it.value);

		if (r < 0)
			return r;
	}
	return 0;
}

int value_read(const struct value_scope *scope, enum config_key key, struct node value)
{
	bool many = config_type_is_list(infos[key].type) || config_type_is_map(infos[key].type);
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
		r = read_choice(scope, key, (struct about){0}, value);
		break;
	case CONFIG_TYPE_LIST:
	case CONFIG_TYPE_PATHS:
		r = read_list(scope, key, value);
		break;
	case CONFIG_TYPE_CHOICES:
	case CONFIG_TYPE_KINDS:
		r = read_map(scope, key, value);
		break;
	}
	/* Read to be checked, but a stronger file was first. */
	if (!many && before > 0)
		scope->config->values[key].count = before;
	return r;
}
