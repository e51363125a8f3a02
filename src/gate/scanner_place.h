/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which objects of a plan a scanner's result means: by the name that the tool
 * gives, by a line of the plan's JSON, or by a line of the configuration.
 * Inside src/gate only.
 */
#ifndef WEIR_GATE_SCANNER_PLACE_H
#define WEIR_GATE_SCANNER_PLACE_H

#include "gate/scanner.h"

/* The instances of one resource, or what stands below one module call. */
struct scanner_object {
	struct str address; /* as it was named; a step without a key means all keys */
	struct str file;    /* of its block, as people know it; absent: not known */
	const struct change
		*change; /* the first that makes or changes one of them; NULL: none does */
	size_t changed;
	bool in_plan; /* it was found by a line of the plan's JSON */
};

struct scanner_objects {
	struct scanner_object *items;
	size_t count;
	size_t room;
};

enum scanner_where {
	WHERE_HERE, /* ret_objects are meant; none: a place of this configuration that is no object */
	WHERE_ELSEWHERE, /* certainly nothing of this plan */
	WHERE_UNKNOWN,
};

struct scanner_places;

/* What results of one plan are looked up in; everything is in the arena. `configuration` may be NULL. */
int scanner_places(const struct scanner_world *world, const struct plan *plan,
	const struct hcl_configuration *configuration, struct arena *arena,
	struct scanner_places **ret_places, struct error *err) WEIR_NODISCARD;

/* Empties *objects and fills it. Memory: the arena tells. */
enum scanner_where scanner_find(struct scanner_places *places, const struct sarif_result *result,
	struct scanner_objects *objects);

/*
 * The file of a result for people: from the current directory, else as the scanner has it, so that no
 * report depends on where the tree lies.  Absent if there is none.
 */
struct str scanner_file(const struct scanner_world *world, const struct sarif_result *result);

#endif
