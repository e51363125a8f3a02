/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An engine's image: its memory from the end of its stack on, and behind that the little that stands beside it.
 *
 *	| memory, whole pages of the engine |trailer|
 *
 * What lies below is the stack, of which nothing lives while no script runs.  All that the engine knows is in
 * its memory, where addresses count from its begin: an image holds on every machine and at every address.
 */
#include <string.h>

#include "script/engine.h"
#include "script/runtime.h"

struct trailer {
	uint32_t start; /* where in the memory the image begins */
	script_value error_class, json_parse;
	uint32_t function_count;
};

struct saving {
	struct script_vm *vm;
	struct buf *out;
	bool saved;
};

static void save_guarded(void *payload)
{
	struct saving *saving = payload;
	struct script_vm *vm = saving->vm;
	const struct trailer trailer = {vm->engine.w2c___stack_pointer, vm->error_class,
		vm->json_parse, (uint32_t)vm->function_count};

	Z_quickjsZ_qjs_run_gc(&vm->engine);
	if (Z_quickjsZ_qjs_is_job_pending(&vm->engine) || vm->rejection_count)
		return;
	buf_add(saving->out,
		(struct str){
			engine_at(vm, trailer.start), vm->engine.w2c_memory.size - trailer.start});
	buf_add(saving->out, (struct str){(const char *)&trailer, sizeof(trailer)});
	saving->saved = true;
}

bool script_vm_save(struct script_vm *vm, struct buf *out)
{
	struct saving saving = {vm, out, false};

	return !runtime_guard(save_guarded, &saving) && saving.saved;
}

bool engine_restore(struct script_vm *vm, const struct script_image *image)
{
	struct trailer trailer;

	if (image->len < sizeof(trailer))
		return false;
	quickjs_prepare(&vm->engine, (struct Z_env_instance_t *)vm,
		(struct Z_wasi_snapshot_preview1_instance_t *)vm);
	memcpy(&trailer, image->bytes + image->len - sizeof(trailer), sizeof(trailer));
	if (trailer.function_count != image->host_count ||
		trailer.start != vm->engine.w2c___stack_pointer ||
		!runtime_fill(&vm->engine.w2c_memory, trailer.start, image->bytes,
			image->len - sizeof(trailer)))
		return false;
	vm->error_class = trailer.error_class;
	vm->json_parse = trailer.json_parse;
	return engine_add_functions(vm, image->host, image->host_count);
}
