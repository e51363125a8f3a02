/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Build-time tool: turns data files into one C source that implements
 * base/builtin.h.
 *
 *	embed OUTPUT NAME=PATH...
 *
 * A .yaml or .json file becomes JSON on one line, members in the file's order,
 * without comments; its bytes are the same on every machine.  Anything wrong
 * in a file stops the build with its place.  A .css or .ts file stays as it is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/yaml.h"

enum { OUTPUT_CEILING = 64 << 20 };

struct entry {
	struct str name;
	const char *path;
};

static int by_name(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	return str_cmp(a->name, b->name);
}

static int report(const struct error *err)
{
	(void)fprintf(
		stderr, "%s:%u:%u: error: %s\n", err->file, err->line, err->column, err->message);
	return 1;
}

/* One C literal a line keeps diffs and editors sane; octal escapes cannot run into what follows. */
static void add_literal(struct buf *out, struct str text)
{
	buf_add(out, STR("\t\""));
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if (i > 0 && i % 96 == 0)
			buf_add(out, STR("\"\n\t\""));
		if (c == '"' || c == '\\' || c == '?')
			buf_printf(out, "\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			buf_printf(out, "\\%03o", c);
		else
			buf_add_char(out, (char)c);
	}
	buf_add_char(out, '"');
}

/* Data files are flat: the recursion ends at the YAML reader's 64 levels, or JSON's 512. */
static void write_value(struct json_writer *writer, struct node node, struct arena *arena)
{
	struct node_iter it = node_children(node);

	switch (node_type(node)) {
	case NODE_OBJECT:
		json_object_begin(writer);
		while (node_next(&it)) {
			json_key(writer, node_text(it.key, arena));
			write_value(writer, it.value, arena);
		}
		json_object_end(writer);
		break;
	case NODE_ARRAY:
		json_array_begin(writer);
		while (node_next(&it))
			write_value(writer, it.value, arena);
		json_array_end(writer);
		break;
	case NODE_STRING:
	case NODE_ESCAPED:
		json_string(writer, node_text(node, arena));
		break;
	case NODE_NUMBER:
		json_raw(writer, node_raw(node));
		break;
	case NODE_NULL:
		json_null(writer);
		break;
	case NODE_TRUE:
	case NODE_FALSE:
		json_bool(writer, node_is_true(node));
		break;
	}
}

static void add_text(struct buf *out, struct str text, size_t index)
{
	buf_printf(out, "static const char file_%zu[] =\n", index);
	add_literal(out, text);
	buf_add(out, STR(";\n\n"));
}

static int by_digest(const void *left, const void *right)
{
	return memcmp(left, right, SHA256_BYTES);
}

/* The texts of every member called "types" at any depth, a line each. */
static void add_types(struct buf *out, struct node node, bool within)
{
	struct node_iter it = node_children(node);

	if (within && node_is_string(node))
		buf_printf(out, "%.*s\n", STR_ARG(node_raw(node)));
	while (node_next(&it))
		add_types(
			out, it.value, within || (it.object && node_text_is(it.key, STR("types"))));
}

static struct node first_list(struct node root)
{
	struct node_iter members = node_children(root);

	while (node_next(&members))
		if (members.object && node_is_array(members.value))
			return members.value;
	return NODE_NONE;
}

/* What is known of each element of the list that a file holds; its bytes are those of `json`. */
static int add_parts(struct buf *out, struct str json, size_t index, struct error *err)
{
	CLEANUP(buf_free) struct buf types = BUF(OUTPUT_CEILING), digests = BUF(OUTPUT_CEILING);
	CLEANUP(buf_free) struct buf text = BUF(OUTPUT_CEILING);
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	unsigned char digest[SHA256_BYTES];
	struct node_iter it;
	int r = str_absent(json)
		? 0
		: json_read(json, &(struct json_options){.name = STR("data")}, &doc, err);

	if (r < 0)
		return r;
	buf_printf(out, "static const struct builtin_part parts_%zu[] = {\n", index);
	for (it = node_children(doc ? first_list(doc_root(doc)) : NODE_NONE); node_next(&it);) {
		struct node id = NODE_GET(it.value, "id");
		size_t from = types.len;

		add_types(&types, it.value, false);
		buf_printf(out, "\t{%zu, %zu, %zu, %zu, %zu, %zu},\n", node_offset(it.value),
			node_end(it.value) - node_offset(it.value),
			node_is_string(id) ? node_offset(id) + 1 : 0,
			node_is_string(id) ? node_raw(id).len : 0, from, types.len - from);
		buf_clear(&text);
		json_canonical(it.value, NULL, &text);
		sha256(buf_str(&text), digest);
		buf_add(&digests, (struct str){(const char *)digest, sizeof(digest)});
	}
	/* A sentinel, so that the table is never empty. */
	buf_add(out, STR("\t{0, 0, 0, 0, 0, 0},\n};\n"));
	if (digests.len > 0)
		qsort(digests.data, digests.len / SHA256_BYTES, SHA256_BYTES, by_digest);
	sha256(buf_str(&digests), digest);
	buf_printf(out, "static const char digest_%zu[] =\n", index);
	add_literal(out, (struct str){(const char *)digest, sizeof(digest)});
	buf_printf(out, ";\nstatic const char types_%zu[] =\n", index);
	add_literal(out, buf_str(&types));
	buf_add(out, STR(";\n\n"));
	return buf_failed(&types) || buf_failed(&digests) || buf_failed(&text) ? error_memory(err)
									       : 0;
}

static int add_file(struct buf *out, const struct entry *entry, size_t index, struct error *err)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	CLEANUP(buf_free) struct buf json = BUF(OUTPUT_CEILING);
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(OUTPUT_CEILING);
	struct json_writer writer;
	struct json_options options = {.name = str_of(entry->path)};
	int r;

	r = file_map(entry->path, FILE_MAX_INPUT, &map, err);
	if (r < 0)
		return r;
	if (str_ends(entry->name, STR(".css")) || str_ends(entry->name, STR(".ts"))) {
		add_text(out, map.text, index);
		return add_parts(out, (struct str){NULL, 0}, index, err);
	}
	if (str_ends(entry->name, STR(".json")))
		r = json_read(map.text, &options, &doc, err);
	else
		r = yaml_read(map.text, options.name, &doc, err);
	if (r < 0)
		return r;
	r = doc_check_keys(doc_root(doc), err);
	if (r < 0)
		return r;
	if (!arena)
		return error_memory(err);
	json_writer_init(&writer, &json, 0);
	write_value(&writer, doc_root(doc), arena);
	if (arena_failed(arena) || buf_failed(&json))
		return error_memory(err);
	add_text(out, buf_str(&json), index);
	return add_parts(out, buf_str(&json), index, err);
}

static const char opening[] = "/* Made by tools/embed from data/. */\n"
			      "#include \"base/builtin.h\"\n\n";

static const char closing[] =
	"size_t builtin_count(void)\n{\n\treturn COUNT_OF(files) - 1;\n}\n\n"
	"struct builtin builtin_at(size_t index)\n{\n\treturn files[index];\n}\n\n"
	"struct str builtin_find(struct str name)\n{\n"
	"\tfor (size_t i = 0; i < COUNT_OF(files) - 1; i++)\n"
	"\t\tif (str_eq(files[i].name, name))\n"
	"\t\t\treturn files[i].json;\n"
	"\treturn (struct str){NULL, 0};\n}\n";

static int write_source(
	struct buf *out, const struct entry *entries, size_t count, struct error *err)
{
	buf_add(out, str_of(opening));
	for (size_t i = 0; i < count; i++) {
		int r = add_file(out, &entries[i], i, err);

		if (r < 0)
			return r;
	}
	buf_add(out, STR("static const struct builtin files[] = {\n"));
	for (size_t i = 0; i < count; i++)
		buf_printf(out,
			"\t{STR_INIT(\"%.*s\"), {file_%zu, sizeof(file_%zu) - 1}, parts_%zu, "
			"COUNT_OF(parts_%zu) - 1, {types_%zu, sizeof(types_%zu) - 1}, "
			"{digest_%zu, sizeof(digest_%zu) - 1}},\n",
			STR_ARG(entries[i].name), i, i, i, i, i, i, i, i);
	/* A sentinel, so that the table is never empty. */
	buf_add(out, STR("\t{{NULL, 0}, {NULL, 0}, NULL, 0, {NULL, 0}, {NULL, 0}},\n};\n\n"));
	buf_add(out, str_of(closing));
	return buf_failed(out) ? error_memory(err) : 0;
}

int main(int argc, char **argv)
{
	CLEANUP(buf_free) struct buf out = BUF(OUTPUT_CEILING);
	struct error err = {0};
	struct entry *entries;
	size_t count = argc > 2 ? (size_t)argc - 2 : 0;
	int r;

	if (argc < 2) {
		(void)fputs("usage: embed OUTPUT NAME=PATH...\n", stderr);
		return 64;
	}
	entries = mem_alloc(size_mul(sizeof(*entries), count + 1));
	if (!entries)
		return report((error_memory(&err), &err));
	for (size_t i = 0; i < count; i++) {
		const char *equals = strchr(argv[i + 2], '=');

		if (!equals) {
			(void)fprintf(stderr, "embed: no '=' in %s\n", argv[i + 2]);
			mem_free(entries);
			return 64;
		}
		entries[i].name = (struct str){argv[i + 2], (size_t)(equals - argv[i + 2])};
		entries[i].path = equals + 1;
	}
	qsort(entries, count, sizeof(*entries), by_name);
	r = write_source(&out, entries, count, &err);
	mem_free(entries);
	if (r == 0)
		r = file_replace(argv[1], buf_str(&out), 0644, &err);
	return r < 0 ? report(&err) : 0;
}
