/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plan, an intent and what comes of them, for tests.  Hazards are put in by
 * hand, so that these tests do not depend on which rules there are.
 */
#ifndef WEIR_TESTS_GATE_INTENT_WORLD_H
#define WEIR_TESTS_GATE_INTENT_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/yaml.h"
#include "gate/intent.h"
#include "gate/verdict.h"

struct world {
	struct arena *arena;
	struct file_map file;
	struct plans plans;
	struct references *references;
	struct doc *doc, *base_doc;
	struct intent *intent, *base;
	struct findings findings;
	struct error err;
	const char *phase;
	enum verdict verdict;
};

enum { WORLD_NOW = 1764000000 /* 2025-11-24 */ };

static inline void world_open(struct world *world, struct str plan, struct str name)
{
	*world = (struct world){.arena = arena_create((size_t)256 * 1024 * 1024)};
	world->findings.arena = world->arena;
	if (plan_read(plan, name, world->arena, &world->plans, &world->err) < 0)
		fail_msg("plan: %s", world->err.message);
	if (references_build(
		    &world->plans.items[0], world->arena, &world->references, &world->err) < 0)
		fail_msg("references: %s", world->err.message);
}

static inline void world_open_file(struct world *world, const char *path)
{
	struct file_map file = {0};
	struct error err;

	if (file_map(path, FILE_MAX_INPUT, &file, &err) < 0)
		fail_msg("%s: %s", path, err.message);
	world_open(world, file.text, str_of(path));
	world->file = file;
}

static inline void world_close(struct world *world)
{
	for (size_t i = 0; i < world->plans.count; i++)
		plan_free(&world->plans.items[i]);
	doc_free(world->doc);
	doc_free(world->base_doc);
	file_unmap(&world->file);
	arena_destroy(world->arena);
}

static inline void world_hazard(struct world *world, const char *rule, enum finding_kind kind,
	enum severity severity, const char *address, const char *path)
{
	struct finding *finding = finding_add(&world->findings, str_of(rule), kind, severity);

	finding->plan = world->plans.items[0].name;
	finding->address = str_of(address);
	finding->path = str_of(path);
}

static inline struct intent *world_read(
	struct world *world, const char *text, bool base, struct doc **ret_doc)
{
	struct intent_options options = {
		.phase = str_of(world->phase), .now = WORLD_NOW, .any_phase = base};
	struct intent *intent = NULL;

	if (yaml_read(str_of(text), base ? STR("base") : STR("intent"), ret_doc, &world->err) < 0 ||
		intent_read(*ret_doc, &options, world->arena, &intent, &world->err) < 0)
		fail_msg("%s\n%u:%u: %s", text, world->err.line, world->err.column,
			world->err.message);
	return intent;
}

static inline enum verdict world_judge(struct world *world, const char *text)
{
	world->intent = world_read(world, text, false, &world->doc);
	if (intent_judge(world->intent, &world->plans.items[0], world->references, &world->findings,
		    &world->err) < 0)
		fail_msg("judge: %s", world->err.message);
	world->verdict =
		verdict_decide(&world->findings, &(struct verdict_terms){.has_intent = true});
	return world->verdict;
}

static inline const struct finding *world_find(
	const struct world *world, const char *rule, const char *address)
{
	for (size_t i = 0; i < world->findings.count; i++)
		if (str_is(world->findings.items[i].rule, rule) &&
			(!address || str_is(world->findings.items[i].address, address)))
			return &world->findings.items[i];
	return NULL;
}

static inline void world_print(const struct world *world)
{
	for (size_t i = 0; i < world->findings.count; i++) {
		const struct finding *f = &world->findings.items[i];

		print_message("%.*s %.*s %.*s @%.*s %u:%u\n  %.*s\n  cause: %.*s\n  remedy: %.*s\n",
			STR_ARG(verdict_name(f->verdict)), STR_ARG(finding_kind_name(f->kind)),
			STR_ARG(f->rule), STR_ARG(f->address), f->intent.line, f->intent.column,
			STR_ARG(f->message), STR_ARG(f->cause), STR_ARG(f->remedy));
	}
}

#endif
