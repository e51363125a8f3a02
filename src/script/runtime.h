/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What wasm2c's code stands on: its memory, its tables, its traps.  For
 * src/script/vm.c alone.
 *
 * One engine per process and one thread that runs it: the memory's base is a
 * register of the thread, traps leave by one jump, and a signal handler knows one memory.
 */
#ifndef WEIR_SCRIPT_RUNTIME_H
#define WEIR_SCRIPT_RUNTIME_H

#include <wasm-rt.h>

#include "base/macros.h"

/*
 * Runs fn(payload) and returns NULL; or, where the engine trapped, what happened, as a phrase such as
 * "the native stack is exhausted".  fn is then left where it stood, without its cleanups, and
 * the engine's memory is in no state to run again.  Nested calls are part of the outermost one.
 */
const char *runtime_guard(void (*fn)(void *payload), void *payload);

/*
 * Takes the handler of SIGSEGV, on a stack of its own, and gives it back.  A fault that is neither in
 * the engine's memory nor below the stack of runtime_guard() goes to whom it belonged before.
 */
bool runtime_begin(void);
void runtime_end(void);

/*
 * Makes these bytes the engine's memory from `at` on, and its end theirs. Both are multiples of the engine's page, or
 * false. Call it before the memory is used.
 */
bool runtime_fill(wasm_rt_memory_t *memory, uint32_t at, const char *bytes, size_t len);

#endif
