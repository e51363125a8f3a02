/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which packs hold.  All are opened before anything asks for one: it is known only at the first
 * import which provider an app uses, and by then no file may be opened any more.
 */
#include "catalog/packs.h"

#include <dirent.h>
#include <stdlib.h>

/* As many as anybody has; more is a mistake. */
enum { PACKS_MOST = 1000 };

static void close_dir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

struct pack *packs_find(const struct packs *packs, struct str name)
{
	for (size_t i = 0; i < packs->count; i++)
		if (str_eq(packs->items[i].pack.name, name))
			return &packs->items[i].pack;
	return NULL;
}

static int add(struct packs *packs, const struct packs_entry *entry, struct error *err)
{
	if (packs->count == PACKS_MOST)
		return error_at(err,
			error_set(err, ERR_FILE_TOO_LARGE, "more than %d packs", PACKS_MOST),
			entry->pack.label, 0, 0);
	if (!arena_grow(packs->arena, (void **)&packs->items, packs->count, &packs->room,
		    sizeof(*packs->items)))
		return error_memory(err);
	packs->items[packs->count++] = *entry;
	return 0;
}

static int add_file(struct packs *packs, const char *path, struct error *err)
{
	struct str label = str_of(path), file = path_base(label);
	struct packs_entry entry = {0};
	int r = file_map(path, FILE_MAX_INPUT, &entry.map, err);

	if (r < 0)
		return r;
	r = pack_open(entry.map.text, label, &entry.pack, err);
	if (r == 0 && !str_eq(entry.pack.name, str_slice(file, 0, file.len - strlen(PACKS_ENDING))))
		r = error_at(err,
			error_set(err, ERR_PACK_DAMAGED,
				"has not the name of its provider, %.*s" PACKS_ENDING,
				STR_ARG(entry.pack.name)),
			label, 0, 0);
	if (r == 0)
		r = add(packs, &entry, err);
	if (r < 0)
		file_unmap(&entry.map);
	return r;
}

static int add_files(struct packs *packs, const char *root, struct error *err)
{
	const char *path = path_join(packs->arena, str_of(root), STR(PACKS_DIRECTORY));
	CLEANUP(close_dir) DIR *dir = path ? opendir(path) : NULL;
	int r = path ? 0 : error_memory(err);

	while (r == 0 && dir) {
		struct dirent *found = readdir(dir);
		struct str name = str_of(found ? found->d_name : NULL);
		const char *file;

		if (!found)
			break;
		if (!str_ends(name, STR(PACKS_ENDING)))
			continue;
		file = path_join(packs->arena, str_of(path), name);
		r = file ? add_file(packs, file, err) : error_memory(err);
	}
	return r;
}

static int add_builtin(struct packs *packs, struct error *err)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < builtin_pack_count; i++) {
		struct packs_entry entry = {.builtin = true};

		if (packs_find(packs, builtin_packs[i].name))
			continue;
		r = pack_open(builtin_packs[i].bytes, builtin_packs[i].name, &entry.pack, err);
		if (r == 0)
			r = add(packs, &entry, err);
	}
	return r;
}

static int by_name(const void *left, const void *right)
{
	const struct packs_entry *a = left, *b = right;

	return str_cmp(a->pack.name, b->pack.name);
}

int packs_open(const char *root, struct arena *arena, struct packs *ret_packs, struct error *err)
{
	struct packs packs = {.arena = arena};
	int r = root ? add_files(&packs, root, err) : 0;

	if (r == 0)
		r = add_builtin(&packs, err);
	if (r < 0) {
		packs_close(&packs);
		return r;
	}
	if (packs.count)
		qsort(packs.items, packs.count, sizeof(*packs.items), by_name);
	*ret_packs = packs;
	return 0;
}

bool packs_same(const struct packs *a, const struct packs *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct packs_entry *one = &a->items[i], *other = &b->items[i];

		/* Those in the program have no file. */
		if (!str_eq(one->pack.name, other->pack.name) || one->builtin != other->builtin ||
			!str_eq(one->map.text, other->map.text))
			return false;
	}
	return true;
}

void packs_close(struct packs *packs)
{
	for (size_t i = 0; i < packs->count; i++)
		file_unmap(&packs->items[i].map);
	*packs = (struct packs){0};
}
