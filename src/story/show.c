/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A name is looked up in the packs that hold for the project. A bare name that no resource has is a data source's,
 * since a name without its kind is what people type.
 */
#include "story/show.h"

#include "base/suggest.h"
#include "catalog/signature.h"
#include "story/schema.h"

enum { NEAREST = 3 };

/* The nearest names so far, the nearest first. */
struct nearest {
	struct str typed;
	struct {
		struct str name;
		size_t distance;
	} items[NEAREST];
	size_t count;
};

static void offer(struct nearest *nearest, struct str name)
{
	size_t distance = suggest_distance(nearest->typed, name), at = nearest->count;

	if (str_starts(name, nearest->typed))
		distance = 1; /* the rest of it is still to be typed */
	if (distance == SIZE_MAX)
		return;
	while (at && distance < nearest->items[at - 1].distance)
		at--;
	if (at == NEAREST)
		return;
	if (nearest->count < NEAREST)
		nearest->count++;
	for (size_t i = nearest->count - 1; i > at; i--)
		nearest->items[i] = nearest->items[i - 1];
	nearest->items[at].name = name;
	nearest->items[at].distance = distance;
}

static int tell_nearest(
	const struct nearest *nearest, const char *what, struct arena *arena, struct error *err)
{
	struct str near = STR("");

	for (size_t i = 0; i < nearest->count; i++)
		near = arena_printf(arena, "%.*s%s%.*s", STR_ARG(near),
			i ? ", " : "; nearest: ", STR_ARG(nearest->items[i].name));
	return error_set(err, ERR_NAME_UNKNOWN, "%s '%.*s'%.*s", what, STR_ARG(nearest->typed),
		STR_ARG(near));
}

static int unknown_name(
	const struct packs *packs, struct str name, struct arena *arena, struct error *err)
{
	struct nearest nearest = {.typed = name};

	for (size_t i = 0; i < packs->count; i++) {
		struct pack *pack = &packs->items[i].pack;

		for (enum pack_kind kind = 0; kind < PACK_KINDS_OF_LISTS; kind++)
			for (size_t k = 0; k < pack_count(pack, kind); k++)
				offer(&nearest,
					names_entry(
						pack, kind, pack_name_at(pack, kind, k), arena));
	}
	return tell_nearest(&nearest, "nothing is called", arena, err);
}

/* The members beside the one that is not there: of the innermost shape on its path that is. */
static int unknown_member(const struct signature *signature, struct arena *arena, struct error *err)
{
	const struct named_type type = {signature->kind, signature->type};
	struct nearest nearest = {.typed = signature->member};
	struct str rest = signature->member, above = STR("");
	struct shape shape, inner;

	if (!shape_of_type(signature->pack, &type, arena, &shape))
		return tell_nearest(&nearest, "there is no member", arena, err);
	while (!str_absent(rest) && shape_below(&shape, str_split(&rest, '.'), arena, &inner)) {
		above = str_absent(rest) ? signature->member
					 : str_slice(signature->member, 0,
						   (size_t)(rest.data - signature->member.data));
		shape = inner;
	}
	for (uint32_t i = 0; i < shape_member_count(&shape); i++)
		offer(&nearest,
			arena_printf(arena, "%.*s%.*s", STR_ARG(above),
				STR_ARG(shape_outline_at(&shape, i).name)));
	return tell_nearest(&nearest, "there is no member", arena, err);
}

/* The pack that has a type of this kind and name. */
static bool find_in(const struct packs *packs, enum pack_kind kind, struct str name,
	struct signature *signature)
{
	size_t colons = kind == PACK_FUNCTION ? str_find(name, STR("::")) : SIZE_MAX, index;
	struct str provider = kind == PACK_PROVIDER ? name : str_slice(name, 0, colons);
	bool is_named = kind == PACK_PROVIDER || kind == PACK_FUNCTION;

	if (colons != SIZE_MAX)
		name = str_slice(name, colons + 2, name.len);
	for (size_t i = 0; i < packs->count; i++) {
		struct pack *pack = &packs->items[i].pack;

		if (is_named && !str_eq(pack->name, provider))
			continue;
		if (kind != PACK_PROVIDER && !pack_name_find(pack, kind, name, &index))
			continue;
		signature->pack = pack;
		signature->kind = kind;
		signature->type = name;
		return true;
	}
	return false;
}

static bool find(const struct packs *packs, struct str name, struct signature *signature)
{
	struct str bare = name;
	enum pack_kind kind = schema_kind(&bare);

	return find_in(packs, kind, bare, signature) ||
		(kind == PACK_RESOURCE &&
			(find_in(packs, PACK_DATA, bare, signature) ||
				find_in(packs, PACK_EPHEMERAL, bare, signature)));
}

int show_run(
	const struct show_options *options, struct arena *arena, struct buf *out, struct error *err)
{
	CLEANUP(packs_close) struct packs packs = {0};
	size_t hash = str_find_char(options->name, '#');
	struct str name = str_slice(options->name, 0, hash);
	struct signature signature = {.member = options->member,
		.budget = options->budget ? options->budget : SHOW_BUDGET_PRESET,
		.json = options->json};
	int r;

	if (signature.budget < SHOW_BUDGET_LEAST)
		return error_set(
			err, ERR_USAGE, "a signature takes %d tokens at least", SHOW_BUDGET_LEAST);
	if (str_empty(signature.member) && hash != SIZE_MAX)
		signature.member = str_slice(options->name, hash + 1, SIZE_MAX);
	r = schemas_open(arena, &packs, err);
	if (r < 0)
		return r;
	if (!find(&packs, name, &signature))
		return unknown_name(&packs, name, arena, err);
	if (!signature_write(&signature, arena, out))
		return unknown_member(&signature, arena, err);
	r = pack_check(signature.pack, err);
	if (r == 0 && (arena_failed(arena) || buf_failed(out)))
		r = error_memory(err);
	return r;
}
