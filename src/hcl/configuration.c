/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a directory to addresses: the files of a root module, those of the local
 * modules that it calls, and under which address of a plan each block is known.
 * Apart from tree.c, which knows one file and no addresses.
 */
#define _GNU_SOURCE
#include "hcl/hcl.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

enum {
	MAX_FILES = 1000,
	MAX_TOTAL = 8 << 20, /* bytes of all files */
	MAX_LEVELS = 64,
	MAX_MODULES = 1000, /* calls, of whatever module */
};

struct hcl_configuration {
	struct hcl_entry *entries;
	size_t count, room;
	size_t files, modules, bytes;
};

struct walk {
	struct arena *arena;
	const struct hcl_source *source;
	struct hcl_configuration *configuration;
	struct error *err;
};

const struct hcl_attribute *hcl_attribute(const struct hcl_block *block, struct str path)
{
	for (size_t i = 0; i < block->attribute_count; i++)
		if (str_eq(block->attributes[i].path, path))
			return &block->attributes[i];
	return NULL;
}

struct str hcl_literal(struct str expression)
{
	struct str inside = str_slice(expression, 1, expression.len ? expression.len - 1 : 0);

	if (expression.len < 2 || expression.data[0] != '"' ||
		expression.data[expression.len - 1] != '"' ||
		str_find_char(inside, '"') != SIZE_MAX || str_find_char(inside, '\\') != SIZE_MAX ||
		str_find(inside, STR("${")) != SIZE_MAX || str_find(inside, STR("%{")) != SIZE_MAX)
		return (struct str){NULL, 0};
	return inside;
}

/* "module.a." + "aws_x.y"; absent for a block that a plan has no address for. */
static struct str address_of(struct arena *arena, struct str prefix, const struct hcl_block *block)
{
	static const struct {
		const char *type;
		size_t labels;
		const char *word; /* before the labels */
	} kinds[] = {
		{"resource", 2, ""},
		{"data", 2, "data."},
		{"ephemeral", 2, "ephemeral."},
		{"module", 1, "module."},
		{"output", 1, "output."},
		{"variable", 1, "var."},
		{"check", 1, "check."},
		{"provider", 1, "provider."},
		{"", 1, "tfvars."},
	};

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (!str_is(block->type, kinds[i].type) || block->label_count != kinds[i].labels)
			continue;
		if (block->label_count == 1)
			return arena_printf(arena, "%.*s%s%.*s", STR_ARG(prefix), kinds[i].word,
				STR_ARG(block->labels[0]));
		return arena_printf(arena, "%.*s%s%.*s.%.*s", STR_ARG(prefix), kinds[i].word,
			STR_ARG(block->labels[0]), STR_ARG(block->labels[1]));
	}
	return (struct str){NULL, 0};
}

static int read_module(struct walk *walk, struct str dir, struct str prefix, unsigned level);

/* Only what lies in a directory can be read; a registry's or a repository's module has no file here. */
static int read_call(struct walk *walk, const struct hcl_block *block, struct str dir,
	struct str prefix, unsigned level)
{
	const struct hcl_attribute *source = hcl_attribute(block, STR("source"));
	struct str path = source ? hcl_literal(source->text) : (struct str){NULL, 0};
	struct str inside;

	if (!str_starts(path, STR("./")) && !str_starts(path, STR("../")))
		return 0;
	if (level == MAX_LEVELS || walk->configuration->modules == MAX_MODULES)
		return error_at(walk->err,
			error_set(walk->err, ERR_HCL_SIZE,
				"more than %d modules, or deeper than %d levels", MAX_MODULES,
				MAX_LEVELS),
			block->file, block->line, 0);
	walk->configuration->modules++;
	inside = path_resolve(walk->arena, dir, path);
	return str_absent(inside) ? error_memory(walk->err)
				  : read_module(walk, inside,
					    arena_printf(walk->arena, "%.*smodule.%.*s.",
						    STR_ARG(prefix), STR_ARG(block->labels[0])),
					    level + 1);
}

static int add_entry(struct walk *walk, struct str address, const struct hcl_block *block)
{
	struct hcl_configuration *configuration = walk->configuration;

	if (!arena_grow(walk->arena, (void **)&configuration->entries, configuration->count,
		    &configuration->room, sizeof(*configuration->entries)))
		return error_memory(walk->err);
	configuration->entries[configuration->count++] = (struct hcl_entry){address, block};
	return 0;
}

/* Each local value has an address of its own. */
static int add_locals(struct walk *walk, const struct hcl_block *block, struct str prefix)
{
	struct hcl_block *values =
		ARENA_ARRAY(walk->arena, struct hcl_block, block->attribute_count);
	int r = values ? 0 : error_memory(walk->err);

	for (size_t i = 0; i < block->attribute_count && r == 0; i++) {
		const struct hcl_attribute *attribute = &block->attributes[i];

		values[i] = (struct hcl_block){.type = STR("local"),
			.file = block->file,
			.line = attribute->line,
			.end_line = attribute->end_line,
			.attributes = attribute,
			.attribute_count = 1};
		r = add_entry(walk,
			arena_printf(walk->arena, "%.*slocal.%.*s", STR_ARG(prefix),
				STR_ARG(attribute->path)),
			&values[i]);
	}
	return r;
}

static int add_blocks(struct walk *walk, const struct hcl_blocks *blocks, struct str dir,
	struct str prefix, unsigned level)
{
	int r = 0;

	for (size_t i = 0; i < blocks->count && r == 0; i++) {
		const struct hcl_block *block = &blocks->items[i];
		struct str address = address_of(walk->arena, prefix, block);

		if (str_is(block->type, "locals"))
			r = add_locals(walk, block, prefix);
		if (str_absent(address))
			continue;
		r = add_entry(walk, address, block);
		if (r == 0 && str_is(block->type, "module"))
			r = read_call(walk, block, dir, prefix, level);
	}
	return r;
}

static int read_file(struct walk *walk, struct str dir, struct str name, struct hcl_blocks *blocks)
{
	struct hcl_configuration *configuration = walk->configuration;
	struct str text = {NULL, 0}, path = {NULL, 0};
	int r;

	if (configuration->files == MAX_FILES || configuration->bytes > MAX_TOTAL)
		return error_at(walk->err,
			error_set(walk->err, ERR_HCL_SIZE,
				"a configuration of more than %d files or %d MiB", MAX_FILES,
				MAX_TOTAL >> 20),
			dir, 0, 0);
	r = walk->source->read(
		walk->source->payload, dir, name, walk->arena, &text, &path, walk->err);
	if (r < 0)
		return r;
	configuration->files++;
	configuration->bytes += text.len;
	return hcl_read(text, path, walk->arena, blocks, walk->err);
}

/* Values are taken from the root module's directory alone, and by themselves only from these files. */
static bool counts(struct str name, unsigned level)
{
	return str_ends(name, STR(".tf")) ||
		(level == 0 &&
			(str_is(name, "terraform.tfvars") || str_ends(name, STR(".auto.tfvars"))));
}

static int by_name(const void *left, const void *right)
{
	return str_cmp(*(const struct str *)left, *(const struct str *)right);
}

/* Calls itself through add_blocks() and read_call(), at most MAX_LEVELS deep. */
static int read_module(struct walk *walk, struct str dir, struct str prefix, unsigned level)
{
	struct hcl_names names = {0};
	struct hcl_blocks blocks = {0};
	int r = walk->source->list(walk->source->payload, dir, walk->arena, &names, walk->err);

	if (r < 0)
		return r;
	if (names.count)
		qsort(names.items, names.count, sizeof(*names.items), by_name);
	for (size_t i = 0; i < names.count && r == 0; i++)
		if (counts(names.items[i], level))
			r = read_file(walk, dir, names.items[i], &blocks);
	return r < 0 ? r : add_blocks(walk, &blocks, dir, prefix, level);
}

static int read_single(struct walk *walk, struct str path)
{
	struct hcl_blocks blocks = {0};
	int r = read_file(walk, path_dir(path), path_base(path), &blocks);

	return r < 0 ? r : add_blocks(walk, &blocks, path_dir(path), STR(""), 0);
}

static int by_address(const void *left, const void *right)
{
	const struct hcl_entry *a = left, *b = right;
	int order = str_cmp(a->address, b->address);

	/* The same block twice, as in an override file: the stronger word counts, then the first. */
	if (order == 0 && a->block->prevent_destroy != b->block->prevent_destroy)
		return a->block->prevent_destroy > b->block->prevent_destroy ? -1 : 1;
	if (order == 0)
		order = str_cmp(a->block->file, b->block->file);
	return order ? order : (int)a->block->line - (int)b->block->line;
}

int hcl_configuration_read(const struct hcl_source *source, struct str dir, struct arena *arena,
	struct hcl_configuration **ret_configuration, struct error *err)
{
	struct hcl_configuration *configuration = ARENA_NEW(arena, struct hcl_configuration);
	struct walk walk = {arena, source, configuration, err};
	int r;

	if (!configuration)
		return error_memory(err);
	r = str_ends(dir, STR(".tf")) ? read_single(&walk, dir)
				      : read_module(&walk, dir, STR(""), 0);
	if (r == 0 && arena_failed(arena))
		r = error_memory(err);
	if (r < 0)
		return r;
	if (configuration->count)
		qsort(configuration->entries, configuration->count, sizeof(*configuration->entries),
			by_address);
	*ret_configuration = configuration;
	return 0;
}

bool hcl_is_empty(const struct hcl_configuration *configuration)
{
	return configuration->files == 0;
}

size_t hcl_entries(
	const struct hcl_configuration *configuration, const struct hcl_entry **ret_entries)
{
	*ret_entries = configuration->entries;
	return configuration->count;
}

const struct hcl_block *hcl_find(const struct hcl_configuration *configuration, struct str address)
{
	size_t low = 0, high = configuration->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_cmp(configuration->entries[middle].address, address) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < configuration->count && str_eq(configuration->entries[low].address, address)
		? configuration->entries[low].block
		: NULL;
}

static void close_dir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

static int list_tree(void *payload, struct str dir, struct arena *arena, struct hcl_names *names,
	struct error *err)
{
	const char *path = arena_cstr(arena, dir);
	CLEANUP(close_dir) DIR *open = path ? opendir(path) : NULL;

	(void)payload;
	if (!path)
		return error_memory(err);
	for (errno = open ? 0 : errno; open;) {
		struct dirent *entry = readdir(open);

		if (!entry)
			break;
		if (entry->d_name[0] == '.' || !counts(str_of(entry->d_name), 0))
			continue;
		if (!arena_grow(arena, (void **)&names->items, names->count, &names->room,
			    sizeof(*names->items)))
			return error_memory(err);
		names->items[names->count++] = arena_str(arena, str_of(entry->d_name));
	}
	return errno && errno != ENOENT
		? error_at(err, error_set(err, ERR_FILE_UNREADABLE, "%s", strerror(errno)), dir, 0,
			  0)
		: 0;
}

static int read_from_tree(void *payload, struct str dir, struct str name, struct arena *arena,
	struct str *ret_text, struct str *ret_path, struct error *err)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	const char *path = path_join(arena, dir, name);
	int r = path ? file_map(path, HCL_MAX_BYTES, &map, err) : error_memory(err);

	(void)payload;
	if (r < 0)
		return r;
	*ret_text = arena_str(arena, map.text);
	*ret_path = str_of(path);
	return str_absent(*ret_text) ? error_memory(err) : 0;
}

struct hcl_source hcl_tree(void)
{
	return (struct hcl_source){list_tree, read_from_tree, NULL};
}
