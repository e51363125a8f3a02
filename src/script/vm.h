/* SPDX-License-Identifier: Apache-2.0 */
/*
 * struct script_vm: a JavaScript engine in the memory of a WebAssembly machine,
 * with functions of ours that scripts can call, modules that come from a
 * loader, and limits.  It knows neither files nor TypeScript.
 *
 * A script sees no clock, no randomness and no world but these functions: time
 * stands still, and every run is the same.
 *
 * One per process at a time, in one thread.  It takes the signal SIGSEGV and,
 * on x86-64, the register GS while it lives, so it belongs into a process of
 * its own (script/worker.h).
 */
#ifndef WEIR_SCRIPT_VM_H
#define WEIR_SCRIPT_VM_H

#include "base/error.h"
#include "base/memory.h"

struct script_vm;

/*
 * A JavaScript value, as a handle into the engine.  Who is given an "owned" one frees it with
 * script_free() or hands it on; 0 is no value: an exception was thrown.
 */
typedef uint32_t script_value;

/*
 * A function of ours.  Arguments are borrowed, what it returns is owned by the caller; 0 after
 * script_throw().  Its C frame is gone, without cleanup, when the engine traps below it: what
 * it owns belongs into arenas.
 */
typedef script_value script_function(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count);

struct script_host {
	const char *name;
	script_function *call;
};

/*
 * Where modules come from.  Both fill *err and return a negative code where there is no such module; the
 * script then sees an error with that message, or, where *err is left as it was, what has been thrown already.
 */
struct script_loader {
	/* The full name of what `specifier` means in the module `from`. */
	int (*resolve)(void *payload, struct str from, struct str specifier, struct str *ret_name,
		struct error *err);
	/* The JavaScript text of the module with this full name. */
	int (*load)(void *payload, struct str name, struct str *ret_text, struct error *err);
};

/*
 * An engine as script_vm_save() found it.  It is of this build's engine, and of these functions: those that it
 * was given then, in that order.
 */
struct script_image {
	const char *bytes;
	size_t len;
	const struct script_host *host;
	size_t host_count;
};

struct script_options {
	unsigned time_ms; /* of processor time; 0: 10 seconds */
	size_t memory;    /* in bytes, below 4 GiB; 0: 512 MiB */
	const struct script_image
		*image; /* what it begins from; NULL: an engine that has run nothing */
	struct script_loader loader;
	/*
	 * Called when no promise is ready, or NULL: 1 where it ran something, by script_call(); 0 where nothing is
	 * left; -1 where that threw.
	 */
	int (*idle)(void *payload);
	/* What the loader and our functions are called with. */
	void *payload;
};

enum script_failure_kind {
	SCRIPT_EXCEPTION,  /* thrown, and caught by nobody */
	SCRIPT_SYNTAX,     /* a module is no JavaScript */
	SCRIPT_UNRESOLVED, /* the loader has no such module, or a module no such export */
	SCRIPT_TIME,       /* the limit of time was reached */
	SCRIPT_MEMORY,     /* the limit of memory */
	SCRIPT_STACK,      /* functions call each other without end */
	SCRIPT_ENDED,      /* script_end() was called */
	SCRIPT_UNSETTLED,  /* a module waits for what never comes */
	SCRIPT_TRAP,       /* the engine itself gave up */
};

/* A line of a stack; innermost first. */
struct script_frame {
	struct str function; /* "" where it has no name */
	struct str file;     /* the full name of its module */
	unsigned line;       /* from 1 */
	unsigned column;     /* from 1, in bytes of UTF-8 */
};

struct script_failure {
	enum script_failure_kind kind;
	/* What was thrown: an Error's name and message, or the value as text. */
	struct str name;
	struct str message;
	struct script_frame *frames;
	size_t frame_count;
	/* What an Error may say of itself: its members `kind`, a text, and `source`, {file, line, column}. */
	struct str class;
	struct script_frame source;
};

/*
 * Errors: memory (75), where the system refuses the engine its address space, and ERR_DEFECT for an image that is
 * of something else.
 */
int script_vm_create(const struct script_options *options, struct script_vm **ret_vm,
	struct error *err) WEIR_NODISCARD;
/* Accepts NULL; for CLEANUP() too. */
void script_vm_destroy(struct script_vm *vm);
void script_vm_cleanup(struct script_vm **vm);

/*
 * Adds an image of the engine to `out`, for the bytes of a struct script_image.  Nothing may be waiting to run.  False
 * where the engine trapped.  The same engine after the same scripts gives the same bytes on every machine.
 */
bool script_vm_save(struct script_vm *vm, struct buf *out) WEIR_NODISCARD;

/*
 * An object whose members are these functions, owned.  The table must live as long as the engine.
 */
script_value script_functions(struct script_vm *vm, const struct script_host *host, size_t count);
/* A member of the global object, owned. */
script_value script_global(struct script_vm *vm, const char *name);
/* Takes the value over. */
bool script_set_global(struct script_vm *vm, const char *name, script_value value);

/*
 * Evaluates a module with all that it imports, and runs what it set going to its end.  Returns 0, or
 * -1 where the script failed, and *ret_failure, in the arena, says how.  Within a function of ours it
 * does the same and leaves what was set going to the outermost call.
 */
int script_run_module(struct script_vm *vm, struct str name, struct str text, struct arena *arena,
	struct script_failure *ret_failure) WEIR_NODISCARD;

/*
 * The namespace of what `specifier` means in the module `from`, evaluated.  Owned; 0 where it threw.  For whom
 * script_call() is for.
 */
script_value script_namespace(struct script_vm *vm, struct str from, struct str specifier);

/* Ends the run within its next steps, past every catch. For functions of ours, whose script then waits in a loop. */
void script_end(struct script_vm *vm);

/* The stack of the script that called our function, in the arena. */
size_t script_stack(struct script_vm *vm, struct arena *arena, struct script_frame **ret_frames);

/* ---- values ---- */

void script_free(struct script_vm *vm, script_value value);
script_value script_undefined(struct script_vm *vm);
script_value script_text(struct script_vm *vm, struct str text);
script_value script_number(struct script_vm *vm, double number);
script_value script_bool(struct script_vm *vm, bool value);
script_value script_object(struct script_vm *vm);
script_value script_array(struct script_vm *vm);
/* A Uint8Array with a copy of these bytes. */
script_value script_bytes(struct script_vm *vm, struct str bytes);
/*
 * Calls a function; its arguments stay the caller's, what it returns is owned.  0 where it threw.  For functions
 * of ours and the loader: it has no limit of its own.
 */
script_value script_call(
	struct script_vm *vm, script_value function, const script_value *arguments, size_t count);
/*
 * The value of a text that is no module, such as a function in parentheses; `name` is its file in
 * stacks.  Owned; 0 where it threw or is no JavaScript.  For whom script_call() is for.
 */
script_value script_evaluate(struct script_vm *vm, struct str name, struct str text);
/* JSON as a value; 0 where it is none. */
script_value script_json(struct script_vm *vm, struct str json);
/* Sets a member, or an element; takes the value over. */
void script_set(struct script_vm *vm, script_value object, const char *key, script_value value);
void script_set_at(struct script_vm *vm, script_value array, uint32_t index, script_value value);
/* Owned. */
script_value script_get(struct script_vm *vm, script_value object, const char *key);

bool script_is_text(struct script_vm *vm, script_value value);
bool script_is_true(struct script_vm *vm, script_value value);
bool script_is_undefined(struct script_vm *vm, script_value value);
/* The value as text, as String() makes it, in the arena; absent where that throws. */
struct str script_to_text(struct script_vm *vm, script_value value, struct arena *arena);
/* A Uint8Array's bytes, in the arena; absent for anything else. */
struct str script_to_bytes(struct script_vm *vm, script_value value, struct arena *arena);
/* Whether the value is true. */
bool script_to_bool(struct script_vm *vm, script_value value);
/* NaN for what is no number. */
double script_to_number(struct script_vm *vm, script_value value);

/* Forgets what was thrown. */
void script_forget(struct script_vm *vm);
/* Throws an Error with this message; returns 0, for `return script_throw(...)`. */
script_value script_throw(struct script_vm *vm, const char *format, ...) WEIR_PRINTF(2, 3);

#endif
