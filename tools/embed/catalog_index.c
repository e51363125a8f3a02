/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Build-time tool: makes the index of the catalog in the program (catalog/index.h).
 *
 *	catalog_index OUTPUT.c OUTPUT.db FILE...
 *
 * A .pack file is a provider's schema; the file synonyms.yaml has synonyms; every other .yaml file has what types are for.
 * The assembler takes the database as it is: it is mapped with the program and read when it is first asked.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/yaml.h"
#include "catalog/index.h"

enum { IMAGE_MOST = 256 << 20, FILES_MOST = 4096 };
#define ARENA_MOST ((size_t)4 << 30)

struct input {
	struct index_writer writer;
	struct node knowledge[FILES_MOST];
	struct str packs[FILES_MOST];
	size_t pack_count;
};

static int read_file(struct input *input, const char *path, struct error *err)
{
	struct file_map map; /* until the program ends */
	struct doc *doc;
	int r = file_map(path, FILE_MAX_INPUT, &map, err);

	if (r < 0)
		return r;
	if (str_ends(str_of(path), STR(".pack"))) {
		input->packs[input->pack_count++] = map.text;
		return 0;
	}
	r = yaml_read(map.text, str_of(path), &doc, err);
	if (r < 0)
		return r;
	if (str_is(path_base(str_of(path)), "synonyms.yaml"))
		input->writer.synonyms = doc_root(doc);
	else
		input->knowledge[input->writer.knowledge_count++] = doc_root(doc);
	return 0;
}

static int make(struct input *input, struct buf *image, struct error *err)
{
	struct index_writer *writer = &input->writer;
	int r = database_create(&writer->database, err);

	if (r == 0)
		r = index_begin(writer, err);
	for (size_t i = 0; r == 0 && i < input->pack_count; i++) {
		struct pack pack;

		r = pack_open(input->packs[i], STR("pack"), &pack, err);
		if (r == 0)
			r = index_add_pack(writer, &pack, err);
	}
	if (r == 0)
		r = index_finish(writer, err);
	if (r == 0)
		r = database_image(writer->database, image, err);
	index_end(writer);
	database_close(&writer->database);
	return r;
}

static int write_source(const char *path, const char *database, size_t size, struct error *err)
{
	CLEANUP(buf_free) struct buf out = BUF(1 << 16);
	char *whole = realpath(database, NULL);

	buf_printf(&out,
		"/* Made by tools/embed/catalog_index.c. */\n#include \"catalog/index.h\"\n\n"
		"extern const char catalog_image[];\n"
		"__asm__(\".pushsection .rodata\\n\"\n\t\".balign 4096\\n\"\n"
		"\t\".hidden catalog_image\\n\"\n\t\".globl catalog_image\\n\"\n"
		"\t\"catalog_image: .incbin \\\"%s\\\"\\n\"\n\t\".popsection\");\n\n"
		"const struct str builtin_index = {catalog_image, %zu};\n",
		whole ? whole : database, size);
	free(whole);
	return file_replace_unsynced(path, buf_str(&out), 0644, err);
}

int main(int count, char **arguments)
{
	static struct input input;
	CLEANUP(buf_free) struct buf image = BUF(IMAGE_MOST);
	struct error err = {0};
	int r = count < 3 || count > FILES_MOST ? -1 : 0;

	input.writer.knowledge = input.knowledge;
	input.writer.arena = arena_create(ARENA_MOST);
	for (int i = 3; r == 0 && i < count; i++)
		r = read_file(&input, arguments[i], &err);
	if (r == 0)
		r = make(&input, &image, &err);
	if (r == 0)
		r = file_replace_unsynced(arguments[2], buf_str(&image), 0644, &err);
	if (r == 0)
		r = write_source(arguments[1], arguments[2], image.len, &err);
	if (r < 0)
		(void)fprintf(stderr, "%s:%u:%u: error: %s\n", err.file, err.line, err.column,
			err.message);
	arena_destroy(input.writer.arena);
	return r < 0;
}
