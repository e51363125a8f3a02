/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a program's process says of its imports is believed only as far as a schema has it.
 */
#include "story/types.h"

#include <stdlib.h>

#include "catalog/declare.h"
#include "story/schema.h"
#include "story/synth.h"

/* How the modules of each interface are imported. */
static const struct {
	struct str api;
	const char *package, *folder;
} apis[] = {
	{STR_INIT("cdktf"), "@cdktf/provider-%.*s", "@cdktf/provider-%.*s/lib/"},
	{STR_INIT("cdktn"), "@cdktn/provider-%.*s", "@cdktn/provider-%.*s/lib/"},
	{STR_INIT("weir"), "weir/%.*s", "weir/%.*s/"},
};

/* The module `weir` has what cdktf has, and this. */
static const struct str own = STR_INIT("declare module \"weir\" {\n"
				       "  export * from \"cdktf\";\n"
				       "  /** Marks values that are not to be checked. */\n"
				       "  export class Unchecked {\n"
				       "    static of<T>(value: T): T;\n"
				       "  }\n"
				       "}\n");

/* Whether it is no more than a name, as the process of a program says it. */
static bool is_name(struct str text)
{
	size_t i = 0;

	while (i < text.len &&
		((text.data[i] >= 'a' && text.data[i] <= 'z') ||
			(text.data[i] >= '0' && text.data[i] <= '9') || text.data[i] == '-'))
		i++;
	return i == text.len;
}

static int compare(const void *left, const void *right)
{
	const struct used_module *a = left, *b = right;
	int order = str_cmp(a->api, b->api);

	if (order == 0)
		order = str_cmp(a->provider, b->provider);
	return order ? order : str_cmp(a->module, b->module);
}

/* Without a schema all that a module exports may be anything. */
static void declare_unknown(const struct used_module *used, const char *form, struct buf *out)
{
	if (!is_name(used->provider) || !is_name(used->module))
		return;
	buf_add(out, STR("declare module \""));
	buf_printf(out, form, STR_ARG(used->provider));
	buf_printf(out, "%.*s\";\n", STR_ARG(used->module));
}

static void declare(
	struct packs *packs, const struct used_module *used, struct arena *arena, struct buf *out)
{
	struct pack *pack = packs_find(packs, used->provider);
	struct named_type type;
	struct str folder, package;
	size_t i = 0;

	while (i < COUNT_OF(apis) && !str_eq(apis[i].api, used->api))
		i++;
	if (i == COUNT_OF(apis))
		return;
	if (!pack) {
		declare_unknown(
			used, str_empty(used->module) ? apis[i].package : apis[i].folder, out);
		return;
	}
	folder = arena_printf(arena, apis[i].folder, STR_ARG(pack->name));
	package = arena_printf(arena, apis[i].package, STR_ARG(pack->name));
	if (str_empty(used->module))
		declare_barrel(pack, package, folder, arena, out);
	else if (names_type(pack, used->module, &type))
		declare_module(pack, &type,
			arena_printf(arena, "%.*s%.*s", STR_ARG(folder),
				STR_ARG(names_module(pack, &type, arena))),
			used->api, arena, out);
}

/* A module that is not found ends the program before all are known. */
static int check_found(const struct answer *answer, struct error *err)
{
	for (size_t i = 0; i < answer->mistake_count; i++) {
		const struct mistake *mistake = &answer->mistakes[i];

		if (str_is(mistake->class, "unknown-module") ||
			str_is(mistake->class, "syntax-error"))
			return error_at(err,
				error_set(
					err, ERR_MODULE_UNKNOWN, "%.*s", STR_ARG(mistake->message)),
				mistake->place.file, mistake->place.line, mistake->place.column);
		/* Its process may have been ended: what it imports is not known, and a file from before stays. */
		if (!mistake->place.line && !answer->module_count)
			return error_set(err, ERR_CHILD_TIMEOUT, "nothing is declared: %.*s",
				STR_ARG(mistake->message));
	}
	return 0;
}

static int declare_all(
	const struct answer *answer, struct arena *arena, struct buf *out, struct error *err)
{
	CLEANUP(packs_close) struct packs packs = {0};
	int r = schemas_open(arena, &packs, err);

	if (r < 0)
		return r;
	if (answer->module_count)
		qsort(answer->modules, answer->module_count, sizeof(*answer->modules), compare);
	buf_add(out,
		STR("// Made by `weir types`; what it says of a provider comes from the provider's "
		    "schema.\n"));
	for (size_t i = 0; i < answer->module_count; i++)
		if (i == 0 || compare(&answer->modules[i - 1], &answer->modules[i]) != 0)
			declare(&packs, &answer->modules[i], arena, out);
	buf_add(out, own);
	return arena_failed(arena) || buf_failed(out) ? error_memory(err) : 0;
}

int types_run(const char *program, struct arena *arena, struct buf *out, struct error *err)
{
	const struct synth_options options = {.program = program, .is_check = true, .now_text = ""};
	CLEANUP(synth_cleanup) struct synthesis synthesis = {0};
	int r = synth_run(&options, arena, &synthesis, err);

	if (r == 0)
		r = check_found(&synthesis.answer, err);
	return r < 0 ? r : declare_all(&synthesis.answer, arena, out, err);
}
