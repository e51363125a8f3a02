/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Build-time tool: turns data/types/ into the C table of src/gate/types_table.h.
 *
 *	type_table OUTPUT FILE...
 *
 * A key that it does not know, a type named twice or a path that cannot be
 * walked stops the build with file, line and column.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/yaml.h"
#include "gate/types.h"
#include "gate/types_table.h"
#include "gate/value_path.h"

enum { MEMORY_CEILING = 64 << 20, MAX_GROUPS = 250, MAX_CONDITIONS = 250, MAX_FILES = 64 };

struct row {
	struct str name;
	enum type_class class;
	unsigned group;
	struct node where;
};

struct table {
	struct arena *arena;
	struct row *rows;
	size_t count, room;
	struct type_group groups[MAX_GROUPS];
	unsigned group_count;
	struct type_condition conditions[MAX_CONDITIONS];
	unsigned condition_count;
};

static int bad(struct error *err, struct node where, const char *what)
{
	return error_node(err, ERR_YAML_SYNTAX, where, "%s", what);
}

static int add_types(struct table *table, struct node list, enum type_class class, unsigned group,
	struct error *err)
{
	struct node_iter it = node_children(list);

	if (!node_is_array(list))
		return bad(err, list, "a list of resource types belongs here");
	while (node_next(&it)) {
		struct str name = node_text(it.value, table->arena);

		if (str_empty(name) || name.len > 255)
			return bad(err, it.value, "a resource type's name belongs here");
		if (!arena_grow(table->arena, (void **)&table->rows, table->count, &table->room,
			    sizeof(*table->rows)))
			return error_memory(err);
		table->rows[table->count++] = (struct row){name, class, group, it.value};
	}
	return 0;
}

static int add_condition(
	struct table *table, struct node path, struct node values, struct error *err)
{
	struct type_condition condition = {.path = node_text(path, table->arena)};
	struct node_iter it = node_children(values);

	if (!value_path_valid(condition.path))
		return bad(err, path, "this is not a path");
	while (node_next(&it)) {
		switch (node_type(it.value)) {
		case NODE_TRUE:
			condition.wants |= TYPE_WANTS_TRUE;
			break;
		case NODE_FALSE:
			condition.wants |= TYPE_WANTS_FALSE;
			break;
		case NODE_NULL:
			condition.wants |= TYPE_WANTS_NULL;
			break;
		default:
			return bad(err, it.value, "only true, false and null are understood");
		}
	}
	if (condition.wants == 0 || table->condition_count == MAX_CONDITIONS)
		return bad(err, values, "a list of true, false or null belongs here");
	table->conditions[table->condition_count++] = condition;
	return 0;
}

static int add_group(struct table *table, struct node entry, struct error *err)
{
	struct type_group group = {.loses = node_text(NODE_GET(entry, "loses"), table->arena),
		.first_condition = (unsigned char)table->condition_count};
	struct node_iter it = node_children(entry);
	int r;

	while (node_next(&it))
		if (!node_text_is(it.key, STR("loses")) && !node_text_is(it.key, STR("types")) &&
			!node_text_is(it.key, STR("when")))
			return bad(err, it.key, "this key is not known here");
	if (str_empty(group.loses) || table->group_count == MAX_GROUPS)
		return bad(err, entry, "each entry says what is lost: 'loses: …'");
	it = node_children(NODE_GET(entry, "when"));
	while (node_next(&it)) {
		r = add_condition(table, it.key, it.value, err);
		if (r < 0)
			return r;
		group.condition_count++;
	}
	table->groups[table->group_count] = group;
	return add_types(table, NODE_GET(entry, "types"), TYPE_STATEFUL, table->group_count++, err);
}

static int add_member(struct table *table, struct node key, struct node value, struct error *err)
{
	struct node_iter it = node_children(value);
	int r = 0;

	if (node_text_is(key, STR("version")) || node_text_is(key, STR("provider")))
		return 0;
	if (node_text_is(key, STR("stateless")))
		return add_types(table, value, TYPE_STATELESS, 0, err);
	if (node_text_is(key, STR("disposable")))
		return add_types(table, value, TYPE_DISPOSABLE, 0, err);
	if (node_text_is(key, STR("opaque")))
		return add_types(table, value, TYPE_UNKNOWN, 0, err);
	if (!node_text_is(key, STR("stateful")))
		return bad(err, key, "this key is not known here");
	while (r == 0 && node_next(&it))
		r = add_group(table, it.value, err);
	return r;
}

static int by_name(const void *left, const void *right)
{
	const struct row *a = left, *b = right;

	return str_cmp(a->name, b->name);
}

static void write_text(struct buf *out, struct str text)
{
	buf_add_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if (c == '"' || c == '\\' || c < 0x20 || c >= 0x7f)
			buf_printf(out, "\\%03o", c);
		else
			buf_add_char(out, (char)c);
	}
	buf_add_char(out, '"');
}

/* What each type is, in words of this table alone: which file says it, and where, does not count. */
static void write_digest(const struct table *table, struct buf *out)
{
	CLEANUP(buf_free) struct buf text = BUF(MEMORY_CEILING);
	char hex[SHA256_HEX + 1];

	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];
		const struct type_group *group = &table->groups[row->group];

		buf_printf(&text, "%.*s\t%d\t%.*s", STR_ARG(row->name), (int)row->class,
			STR_ARG(group->loses));
		for (unsigned k = 0; k < group->condition_count; k++) {
			const struct type_condition *condition =
				&table->conditions[group->first_condition + k];

			buf_printf(&text, "\t%.*s\t%u", STR_ARG(condition->path), condition->wants);
		}
		buf_add_char(&text, '\n');
	}
	sha256_hex(buf_str(&text), hex);
	buf_printf(out, "\nconst char type_digest[] = \"%s\";\n", hex);
	if (buf_failed(&text))
		buf_refuse(out);
}

static void write_table(const struct table *table, struct buf *out)
{
	size_t at = 0;

	buf_add(out,
		STR("/* Made by tools/embed/type_table from data/types/. */\n"
		    "#include \"gate/types_table.h\"\n\nconst char type_names[] =\n"));
	for (size_t i = 0; i < table->count; i++) {
		buf_add_char(out, '\t');
		write_text(out, table->rows[i].name);
		buf_add_char(out, '\n');
	}
	buf_add(out, STR("\t\"\";\n\nconst struct type_row type_rows[] = {\n"));
	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];

		buf_printf(out, "\t{%zu, %zu, %d, %u},\n", at, row->name.len, (int)row->class,
			row->group);
		at += row->name.len;
	}
	buf_printf(out, "};\nconst size_t type_row_count = %zu;\n\n", table->count);
	buf_add(out, STR("const struct type_group type_groups[] = {\n\t{{NULL, 0}, 0, 0},\n"));
	for (unsigned i = 1; i < table->group_count; i++) {
		buf_add(out, STR("\t{STR_INIT("));
		write_text(out, table->groups[i].loses);
		buf_printf(out, "), %u, %u},\n", table->groups[i].first_condition,
			table->groups[i].condition_count);
	}
	buf_add(out, STR("};\n\nconst struct type_condition type_conditions[] = {\n"));
	for (unsigned i = 0; i < table->condition_count; i++) {
		buf_add(out, STR("\t{STR_INIT("));
		write_text(out, table->conditions[i].path);
		buf_printf(out, "), %u},\n", table->conditions[i].wants);
	}
	buf_add(out, STR("\t{{NULL, 0}, 0},\n};\n"));
}

static int check_unique(struct table *table, struct error *err)
{
	qsort(table->rows, table->count, sizeof(*table->rows), by_name);
	for (size_t i = 1; i < table->count; i++)
		if (str_eq(table->rows[i].name, table->rows[i - 1].name))
			return bad(err, table->rows[i].where, "this type is named twice");
	return 0;
}

struct files {
	struct file_map maps[MAX_FILES];
	struct doc *docs[MAX_FILES];
};

static void files_free(struct files *files)
{
	for (size_t i = 0; i < MAX_FILES; i++) {
		doc_free(files->docs[i]);
		file_unmap(&files->maps[i]);
	}
}

static int read_files(
	struct table *table, struct files *files, int count, char **paths, struct error *err)
{
	int r = 0;

	for (int i = 0; r == 0 && i < count && i < MAX_FILES; i++) {
		struct node_iter it;

		r = file_map(paths[i], FILE_MAX_INPUT, &files->maps[i], err);
		if (r == 0)
			r = yaml_read(files->maps[i].text, str_of(paths[i]), &files->docs[i], err);
		if (r < 0)
			return r;
		it = node_children(doc_root(files->docs[i]));
		while (r == 0 && node_next(&it))
			r = add_member(table, it.key, it.value, err);
	}
	return r;
}

int main(int argc, char **argv)
{
	static struct table table = {.group_count = 1};
	CLEANUP(buf_free) struct buf out = BUF(MEMORY_CEILING);
	CLEANUP(files_free) struct files files = {0};
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(MEMORY_CEILING);
	struct error err = {0};
	int r;

	table.arena = arena;
	if (argc < 3 || argc - 2 > MAX_FILES || !arena) {
		(void)fputs("usage: type_table OUTPUT FILE...\n", stderr);
		return 64;
	}
	r = read_files(&table, &files, argc - 2, argv + 2, &err);
	if (r == 0)
		r = check_unique(&table, &err);
	if (r == 0) {
		write_table(&table, &out);
		write_digest(&table, &out);
		r = buf_failed(&out) ? error_memory(&err)
				     : file_replace(argv[1], buf_str(&out), 0644, &err);
	}
	if (r < 0)
		(void)fprintf(stderr, "%s:%u:%u: error: %s\n", err.file, err.line, err.column,
			err.message);
	return r < 0;
}
