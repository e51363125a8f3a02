/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the schema of one type costs, in processor time: bench/pack TYPE [SCHEMAS] opens the packs of
 * the program, finds the type and one of its attributes, and prints its schema as JSON, each many
 * times; with a file of `terraform providers schema -json` also what parsing that takes, which is
 * what a pack spares.
 */
#include <stdio.h>
#include <time.h>

#include "base/file.h"
#include "base/json.h"
#include "catalog/packs.h"

enum { TIMES = 20000, FEW = 20 };

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static void tell(const char *what, double begin, int times)
{
	printf("%-44s%12.2f us\n", what, (now() - begin) / times);
}

static struct pack *pack_of(const struct packs *packs, struct str type)
{
	struct pack_schema schema;

	for (size_t i = 0; i < packs->count; i++)
		if (pack_find(&packs->items[i].pack, PACK_RESOURCE, type, &schema))
			return &packs->items[i].pack;
	return NULL;
}

/* The last attribute of the type, by its name, each time from the type's own name on. */
static void time_lookup(struct pack *pack, struct str type)
{
	struct pack_schema schema;
	struct pack_attribute attribute;
	double begin = now();
	size_t found = 0;

	for (int i = 0; i < TIMES; i++)
		found += pack_find(pack, PACK_RESOURCE, type, &schema);
	tell("find a type", begin, TIMES);
	attribute = pack_attribute_at(&schema.block, schema.block.attribute_count - 1);
	begin = now();
	for (int i = 0; i < TIMES; i++)
		found += pack_attribute_find(&schema.block, attribute.name, &attribute);
	tell("find an attribute", begin, TIMES);
	if (found != 2 * TIMES)
		printf("%zu of %d were found\n", found, 2 * TIMES);
}

static int time_json(struct pack *pack, struct str type, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 30);
	struct str text = {NULL, 0};
	double begin = now();
	int r = arena ? 1 : error_memory(err);

	for (int i = 0; r == 1 && i < FEW; i++)
		r = pack_type_json(pack, PACK_RESOURCE, type, arena, &text, err);
	tell("its schema as JSON", begin, FEW);
	printf("%-44s%12zu bytes\n", "", text.len);
	return r < 0 ? r : 0;
}

static int time_parse(const char *path, struct error *err)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	int r = file_map(path, FILE_MAX_INPUT, &map, err);
	double begin = now();

	for (int i = 0; r == 0 && i < FEW; i++) {
		CLEANUP(doc_cleanup) struct doc *doc = NULL;

		r = json_read(map.text, &(struct json_options){0}, &doc, err);
	}
	tell("json_read of the provider's schema", begin, FEW);
	return r;
}

int main(int argc, char **argv)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	CLEANUP(packs_close) struct packs packs = {0};
	double begin = now();
	struct error err = {0};
	struct pack *pack;
	int r;

	if (argc < 2 || argc > 3 || !arena) {
		fputs("usage: bench/pack TYPE [SCHEMAS]\n", stderr);
		return 64;
	}
	r = packs_open(NULL, arena, &packs, &err);
	tell("open the packs", begin, 1);
	pack = r == 0 ? pack_of(&packs, str_of(argv[1])) : NULL;
	if (r == 0 && !pack)
		r = error_set(&err, ERR_USAGE, "no pack has the type");
	if (r == 0) {
		time_lookup(pack, str_of(argv[1]));
		r = time_json(pack, str_of(argv[1]), &err);
	}
	if (r == 0 && argc == 3)
		r = time_parse(argv[2], &err);
	if (r < 0)
		fprintf(stderr, "bench/pack: %s: %s\n", argv[1], err.message);
	return -r;
}
