/* SPDX-License-Identifier: Apache-2.0 */
/*
 * struct script_vm from inside, for vm.c, value.c, tree.c and image.c alone: the engine's
 * generated interface, and how texts get into its memory.
 */
#ifndef WEIR_SCRIPT_ENGINE_H
#define WEIR_SCRIPT_ENGINE_H

#include <quickjs.h>

#include "script/vm.h"

enum { ENGINE_MAX_ARGUMENTS = 16, ENGINE_MAX_REJECTIONS = 16 };

/* A rejected promise, by its address, that nobody handles. */
struct rejection {
	u32 promise;
	script_value reason; /* owned */
};

struct script_vm {
	Z_quickjs_instance_t engine;
	struct script_options options;
	script_function **functions;
	size_t function_count;
	struct rejection rejections[ENGINE_MAX_REJECTIONS];
	size_t rejection_count;
	script_value error_class, json_parse;
	int64_t deadline; /* of processor time, in ms; 0: no script runs */
	bool ready;
	bool interrupted; /* the limit of time was reached, or it ended itself */
	bool ended;       /* script_end() */
};

/* The engine without its data, before an image is put there (tools/engine-source). */
void quickjs_prepare(Z_quickjs_instance_t *engine, struct Z_env_instance_t *env,
	struct Z_wasi_snapshot_preview1_instance_t *wasi);

/* Where an address of the engine is in ours. */
static inline char *engine_at(struct script_vm *vm, u32 address)
{
	return (char *)vm->engine.w2c_memory.data + address;
}

/* A copy of the text in the engine's memory, NUL behind its end; freed by wasm_free(). 0: no memory. */
u32 engine_put(struct script_vm *vm, struct str text);
/* Whether the script is to go on no more, since its time is over or it ended itself; the engine asks now and then, and so does what runs long beside it. */
bool engine_is_interrupted(struct script_vm *vm);
/* Makes these functions known by their numbers, in the order in which they were added. False: no memory. */
bool engine_add_functions(struct script_vm *vm, const struct script_host *host, size_t count);
/* Makes the engine what an image says. False where it does not fit. */
bool engine_restore(struct script_vm *vm, const struct script_image *image);

#endif
