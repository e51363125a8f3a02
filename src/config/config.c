/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loading a configuration: which files, in which order, and whose value wins.
 *
 *	weir.yaml ── requires ──► its keys ──► its includes, the last one first, each the same way
 *
 * A key that holds one value takes the first one found, so a file wins over
 * those it includes, and a later include over an earlier one.  Lists and maps
 * are joined in the same order.  What a value may be is values.c's business.
 */
#define _GNU_SOURCE
#include "config/config.h"

#include "base/file.h"
#include "base/glob.h"
#include "base/hash.h"
#include "base/suggest.h"
#include "base/version.h"
#include "base/yaml.h"
#include "config/locate.h"
#include "config/values.h"

struct loader {
	struct arena *arena;
	struct config *config;
	struct locator locator;
	const struct config_source *source;
	/* --config: opened and named as given, wherever its link leads. */
	const char *given;
	struct {
		struct str path; /* relative to the root */
		bool open;       /* its includes are being read */
	} visited[CONFIG_MAX_FILES];
	struct sha256 digest;
	struct error *err;
};

/* Text and name of one file. The mapping, if any, outlives the document. */
struct input {
	struct file_map map;
	struct str text;
	struct str name;
};

static void input_close(struct input *input)
{
	file_unmap(&input->map);
}

static int read_commit(struct loader *loader, struct str path, struct input *ret_input)
{
	const struct config_source *source = loader->source;
	int r;

	ret_input->name =
		arena_printf(loader->arena, "%.*s:%.*s", STR_ARG(source->name), STR_ARG(path));
	r = source->read(source->payload, path, loader->arena, &ret_input->text, loader->err);
	return r;
}

static int read_tree(struct loader *loader, struct str path, bool is_given, struct input *ret_input)
{
	const char *absolute = is_given ? loader->given : locate_absolute(&loader->locator, path);
	int r;

	ret_input->name = is_given ? str_of(loader->given) : locate_display(&loader->locator, path);
	if (!absolute || str_absent(ret_input->name))
		return error_memory(loader->err);
	if (!is_given && !file_exists(absolute))
		return 0;
	if (!is_given && !locate_inside(&loader->locator, path))
		return error_at(loader->err,
			error_set(loader->err, ERR_CONFIG_INCLUDE,
				"is a link that leaves the repository"),
			ret_input->name, 0, 0);
	r = file_map(absolute, YAML_MAX_BYTES, &ret_input->map, loader->err);
	if (r < 0)
		return error_at(loader->err, r, ret_input->name, 0, 0);
	ret_input->text = ret_input->map.text;
	return 1;
}

static int check_requires(struct loader *loader, struct node root)
{
	struct node node = NODE_GET(root, "requires");
	struct str wanted = node_text(node, loader->arena);
	bool wrong = false;

	if (!node_exists(node))
		return 0;
	if (str_absent(wanted))
		return error_node(loader->err, ERR_CONFIG_VALUE, node,
			"'requires' is a text such as \">=0.3\"");
	if (version_meets(STR(WEIR_VERSION), wanted, &wrong))
		return 0;
	if (wrong)
		return error_node(loader->err, ERR_CONFIG_VALUE, node,
			"'requires: %.*s' is no list of versions such as \">=0.3, <2\"",
			STR_ARG(wanted));
	return error_node(loader->err, ERR_CONFIG_REQUIRES, node,
		"this file requires weir %.*s, and this is weir %s", STR_ARG(wanted), WEIR_VERSION);
}

static int fail_key(struct loader *loader, struct node key, struct str name)
{
	struct suggestion near = {.typed = name};

	for (int i = 0; i < CONFIG_KEY_COUNT; i++)
		suggest_offer(&near, str_of(config_key_info((enum config_key)i)->name));
	suggest_offer(&near, STR("include"));
	suggest_offer(&near, STR("requires"));
	if (str_absent(suggest_result(&near)))
		return error_node(
			loader->err, ERR_CONFIG_KEY, key, "there is no key '%.*s'", STR_ARG(name));
	return error_node(loader->err, ERR_CONFIG_KEY, key,
		"there is no key '%.*s'; did you mean '%.*s'?", STR_ARG(name), STR_ARG(near.best));
}

/* `name`: the file as people know it, which its paths are relative to. */
static int read_keys(struct loader *loader, struct node root, struct str name)
{
	struct node_iter it = node_children(root);
	struct value_scope scope = {
		.arena = loader->arena,
		.config = loader->config,
		.directory = path_dir(name),
		.err = loader->err,
	};

	while (node_next(&it)) {
		struct str text = node_text(it.key, loader->arena);
		enum config_key key;
		int r;

		if (str_absent(text))
			return error_memory(loader->err);
		if (str_is(text, "include") || str_is(text, "requires"))
			continue;
		if (!config_key_find(text, &key))
			return fail_key(loader, it.key, text);
		r = value_read(&scope, key, it.value);
		if (r < 0)
			return r;
	}
	return 0;
}

static int load_file(struct loader *loader, struct str path, struct node from);

static int load_include(struct loader *loader, struct str path, struct node node)
{
	struct str text = node_text(node, loader->arena);
	struct str base = path_dir(path), target;
	int r;

	if (str_absent(text) || str_empty(text))
		return error_node(loader->err, ERR_CONFIG_INCLUDE, node, "'include' lists files");
	target = locate_join(&loader->locator, base, text);
	if (str_absent(target))
		return error_node(loader->err, ERR_CONFIG_INCLUDE, node,
			"'%.*s' is not a path inside the repository", STR_ARG(text));
	r = load_file(loader, target, node);
	if (r == 0)
		return error_node(loader->err, ERR_CONFIG_INCLUDE, node, "there is no file '%.*s'",
			STR_ARG(text));
	return r;
}

/* The last one first, since the first value found wins. Depth is bounded by CONFIG_MAX_FILES. */
static int load_includes(struct loader *loader, struct str path, struct node root)
{
	struct node list = NODE_GET(root, "include");
	size_t count = node_count(list);

	if (!node_exists(list))
		return 1;
	if (!node_is_array(list))
		return load_include(loader, path, list);
	for (size_t i = count; i-- > 0;) {
		int r = load_include(loader, path, node_at(list, i));

		if (r < 0)
			return r;
	}
	return 1;
}

static int note_file(struct loader *loader, struct str path, const struct input *input)
{
	struct config *config = loader->config;
	char hex[SHA256_HEX + 1];
	struct config_file *file;

	if (!arena_grow(loader->arena, (void **)&config->files, config->file_count,
		    &config->file_room, sizeof(*config->files)))
		return error_memory(loader->err);
	sha256_hex(input->text, hex);
	file = &config->files[config->file_count];
	file->path = input->name;
	file->sha256 = arena_str(loader->arena, str_of(hex));
	loader->visited[config->file_count].path = path;
	loader->visited[config->file_count].open = true;
	config->file_count++;
	sha256_add(&loader->digest, str_of(hex));
	sha256_add(&loader->digest, path);
	sha256_add(&loader->digest, STR("\n"));
	return 0;
}

/* Returns 1 when the file was read (now or before), 0 when it is not there. */
static int load_file(struct loader *loader, struct str path, struct node from)
{
	CLEANUP(input_close) struct input input = {0};
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	size_t index = loader->config->file_count;
	struct node root;
	int r;

	for (size_t i = 0; i < index; i++) {
		if (!str_eq(loader->visited[i].path, path))
			continue;
		if (loader->visited[i].open)
			return error_node(loader->err, ERR_CONFIG_INCLUDE, from,
				"'%.*s' includes itself in the end", STR_ARG(path));
		return 1;
	}
	if (index == CONFIG_MAX_FILES)
		return error_node(
			loader->err, ERR_CONFIG_INCLUDE, from, "over %d files", CONFIG_MAX_FILES);
	r = loader->source ? read_commit(loader, path, &input)
			   : read_tree(loader, path, loader->given && index == 0, &input);
	if (r <= 0)
		return r;
	r = note_file(loader, path, &input);
	if (r == 0)
		r = yaml_read(input.text, input.name, &doc, loader->err);
	if (r < 0)
		return r;
	root = doc_root(doc);
	if (!node_is_null(root) && !node_is_object(root))
		return error_node(
			loader->err, ERR_CONFIG_VALUE, root, "a configuration is a map of keys");
	r = check_requires(loader, root);
	if (r == 0)
		r = read_keys(loader, root,
			loader->source ? locate_display(&loader->locator, path) : input.name);
	if (r == 0)
		r = load_includes(loader, path, root);
	loader->visited[index].open = false;
	return r;
}

/* weir.yaml where we stand, then in each directory above it, up to the root. */
static int load_nearest(struct loader *loader)
{
	struct str at = loader->locator.here;

	for (;;) {
		struct str path = locate_join(&loader->locator, at, STR(CONFIG_FILE));
		int r = str_absent(path) ? error_memory(loader->err)
					 : load_file(loader, path, NODE_NONE);

		if (r != 0 || str_empty(at))
			return r;
		at = path_dir(at);
		if (str_is(at, "."))
			at = STR("");
	}
}

static int load_given(struct loader *loader)
{
	struct str name = path_base(str_of(loader->given));
	struct str path = locate_join(&loader->locator, loader->locator.start, name);

	if (str_absent(path))
		return error_at(loader->err,
			error_set(loader->err, ERR_FILE_MISSING, "is not a file"),
			str_of(loader->given), 0, 0);
	return load_file(loader, path, NODE_NONE);
}

int config_load(const struct config_options *options, struct arena *arena,
	const struct config **ret_config, struct error *err)
{
	struct config *config = ARENA_NEW(arena, struct config);
	struct loader loader = {
		.arena = arena, .config = config, .given = options->path, .err = err};
	unsigned char digest[SHA256_BYTES];
	char hex[SHA256_HEX + 1];
	int r;

	if (!config)
		return error_memory(err);
	sha256_init(&loader.digest);
	loader.source = options->path ? NULL : options->source;
	config->trusted = options->path || loader.source || options->trust_tree;
	r = locate_root(arena,
		options->path ? path_dir(str_of(options->path)) : (struct str){NULL, 0},
		&loader.locator, err);
	if (r < 0)
		return r;
	r = loader.given ? load_given(&loader) : load_nearest(&loader);
	/* A text that is absent for want of memory looks like one of the wrong kind. */
	if (arena_failed(arena))
		return error_memory(err);
	if (r < 0)
		return r;
	sha256_end(&loader.digest, digest);
	hex_encode(digest, SHA256_BYTES, hex);
	config->digest = arena_str(arena, str_of(hex));
	if (arena_failed(arena))
		return error_memory(err);
	*ret_config = config;
	return 0;
}

const struct config_entry *config_get(const struct config *config, enum config_key key)
{
	const struct config_value *value = &config->values[key];

	return value->count && !value->entries[0].ignored ? &value->entries[0] : NULL;
}

const struct config_entry *config_profile(const struct config *config, struct str root)
{
	const struct config_value *value = &config->values[CONFIG_PROFILES];

	for (size_t i = 0; i < value->count; i++)
		if (!value->entries[i].ignored && glob_path_matches(value->entries[i].key, root))
			return &value->entries[i];
	return NULL;
}

const struct config_entry *config_on_unknown(
	const struct config *config, struct str root, struct str kind)
{
	const struct config_value *value = &config->values[CONFIG_ON_UNKNOWN];

	for (size_t i = 0; i < value->count; i++) {
		const struct config_entry *entry = &value->entries[i];

		if (!entry->ignored && (str_absent(entry->kind) || str_eq(entry->kind, kind)) &&
			glob_path_matches(entry->key, root))
			return entry;
	}
	return NULL;
}

const struct config_entry *config_requires_intent(const struct config *config, struct str root)
{
	const struct config_value *value = &config->values[CONFIG_REQUIRE_INTENT];

	for (size_t i = 0; i < value->count; i++)
		if (glob_path_matches(value->entries[i].text, root))
			return &value->entries[i];
	return NULL;
}
