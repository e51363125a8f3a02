/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What wasm2c's code stands on, in place of the runtime that comes with wasm2c:
 * that one takes every fault of the process for a trap, gives a part of its
 * address space back only, prints, and aborts.
 *
 *	8 GiB of address space, nothing of it accessible but the memory at its begin:
 *	| memory, grows ->        |                    no access                         |
 *	0                       size                4 GiB (largest address)  + 4 GiB (largest offset)
 *
 * So no access of the engine, address and offset of 32 bits each, can leave the
 * reservation: a wrong one is a fault inside it, and the fault a trap.  That
 * is what holds the engine, whatever a script does to it.
 *
 * A signal handler can be told nothing, so its state stands here, as in base/file.c.
 */
#define _GNU_SOURCE
#include "script/runtime.h"

#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/memory.h"
#include <wasm-rt.h>

#if defined(WEIR_ENGINE_GS) && defined(__x86_64__)
#include <asm/prctl.h>
#endif

#define RESERVATION ((size_t)8 << 30)
enum {
	WASM_PAGE = 65536,
	HUGE_PAGE = 2 << 20,
	/* Below it lies the engine's own stack, of which little is ever used; behind it everything else. */
	STACK_END = 1 << 20,
	SIGNAL_STACK = 64 * 1024,
	/* A fault this far below the stack's top is one of the stack. */
	STACK_REACH = 64 << 20,
	MAX_TYPES = 128,
	MAX_PARAMETERS = 24,
};

/* A function's parameters and results. */
struct signature {
	uint32_t parameter_count, result_count;
	wasm_rt_type_t types[MAX_PARAMETERS];
};

static struct {
	struct signature signatures[MAX_TYPES];
	uint32_t signature_count;
	void *mapped;          /* with what its beginning needs to be where it should; NULL: none */
	unsigned char *memory; /* the reservation */
	size_t open;           /* so many bytes at its begin can be accessed */
	void *signal_stack;
	struct sigaction before;
	sigjmp_buf leave;
	const char *stack_top; /* where runtime_guard() was entered; NULL: not running */
} runtime;

/* ---- traps ---- */

/* By wasm_rt_trap_t. */
static const char *const traps[] = {
	[WASM_RT_TRAP_OOB] = "an access leads out of the engine's memory",
	[WASM_RT_TRAP_INT_OVERFLOW] = "an integer overflows in the engine",
	[WASM_RT_TRAP_DIV_BY_ZERO] = "a division by zero in the engine",
	[WASM_RT_TRAP_INVALID_CONVERSION] = "a number cannot be converted in the engine",
	[WASM_RT_TRAP_UNREACHABLE] = "the engine gave up",
	[WASM_RT_TRAP_CALL_INDIRECT] = "a call to what is no function in the engine",
	[WASM_RT_TRAP_UNCAUGHT_EXCEPTION] = "an exception in the engine",
	[WASM_RT_TRAP_EXHAUSTION] = "the native stack is exhausted",
};

void wasm_rt_trap(wasm_rt_trap_t code)
{
	siglongjmp(runtime.leave, (int)code);
}

const char *runtime_guard(void (*fn)(void *payload), void *payload)
{
	int code;

	if (runtime.stack_top) {
		fn(payload);
		return NULL;
	}
	code = sigsetjmp(runtime.leave, 1);
	if (code == 0) {
		runtime.stack_top = __builtin_frame_address(0);
		fn(payload);
	}
	runtime.stack_top = NULL;
	return code ? traps[code] : NULL;
}

static void on_fault(int number, siginfo_t *info, void *context)
{
	const unsigned char *at = info->si_addr;

	(void)context;
	if (runtime.stack_top && runtime.memory && at >= runtime.memory &&
		at < runtime.memory + RESERVATION)
		wasm_rt_trap(WASM_RT_TRAP_OOB);
	if (runtime.stack_top && (const char *)at < runtime.stack_top &&
		(const char *)at > runtime.stack_top - STACK_REACH)
		wasm_rt_trap(WASM_RT_TRAP_EXHAUSTION);
	/* Not ours: the access is made again, and meets the handler that was here before. */
	sigaction(number, &runtime.before, NULL);
}

bool runtime_begin(void)
{
	struct sigaction action = {
		.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
	stack_t stack = {.ss_size = SIGNAL_STACK};

	/* Pages of its own: only those that a fault uses are ever there. */
	runtime.signal_stack = stack.ss_sp = mem_map(SIGNAL_STACK);
	return stack.ss_sp && sigaltstack(&stack, NULL) == 0 &&
		sigaction(SIGSEGV, &action, &runtime.before) == 0;
}

void runtime_end(void)
{
	const stack_t none = {.ss_flags = SS_DISABLE};

	if (!runtime.signal_stack)
		return;
	sigaction(SIGSEGV, &runtime.before, NULL);
	sigaltstack(&none, NULL);
	mem_unmap(runtime.signal_stack, SIGNAL_STACK);
	runtime.signal_stack = NULL;
}

bool wasm_rt_is_initialized(void)
{
	return true;
}

/* ---- types of functions: equal ones have one number, from 1 ---- */

uint32_t wasm_rt_register_func_type(uint32_t parameters, uint32_t results, ...)
{
	struct signature wanted = {.parameter_count = parameters, .result_count = results};
	va_list types;

	if (parameters + results > MAX_PARAMETERS)
		wasm_rt_trap(WASM_RT_TRAP_EXHAUSTION);
	va_start(types, results);
	for (uint32_t i = 0; i < parameters + results; i++)
		wanted.types[i] = va_arg(types, wasm_rt_type_t);
	va_end(types);
	for (uint32_t i = 0; i < runtime.signature_count; i++)
		if (memcmp(&runtime.signatures[i], &wanted, sizeof(wanted)) == 0)
			return i + 1;
	if (runtime.signature_count == MAX_TYPES)
		wasm_rt_trap(WASM_RT_TRAP_EXHAUSTION);
	runtime.signatures[runtime.signature_count++] = wanted;
	return runtime.signature_count;
}

/* ---- memory ---- */

/*
 * Opens the memory up to here at least.  Behind the stack a huge page is opened and asked for at once: the system makes
 * it ready in a tenth of the time that its five hundred pages take, and the processor finds it by one entry.
 */
static bool open_memory(size_t end)
{
	unsigned char *from = runtime.memory + runtime.open;
	size_t wanted = end;

	if (end <= runtime.open)
		return true;
	if (end > STACK_END)
		wanted = STACK_END +
			(end - STACK_END + HUGE_PAGE - 1) / HUGE_PAGE * (size_t)HUGE_PAGE;
	if (mprotect(from, wanted - runtime.open, PROT_READ | PROT_WRITE) < 0)
		return false;
	if (wanted > STACK_END)
		mem_huge(runtime.memory + STACK_END, wanted - STACK_END);
	runtime.open = wanted;
	return true;
}

void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, uint32_t pages, uint32_t max_pages)
{
	size_t size = (size_t)pages * WASM_PAGE;
	void *mapped = mmap(NULL, RESERVATION + HUGE_PAGE, PROT_NONE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	uintptr_t behind_stack = (uintptr_t)mapped + STACK_END;

	*memory = (wasm_rt_memory_t){.max_pages = max_pages};
	if (mapped == MAP_FAILED)
		wasm_rt_trap(WASM_RT_TRAP_EXHAUSTION);
	runtime.mapped = mapped;
	runtime.memory = (unsigned char *)mapped + (-behind_stack & (HUGE_PAGE - 1));
	runtime.open = 0;
	memory->data = runtime.memory;
	if (!open_memory(size))
		wasm_rt_trap(WASM_RT_TRAP_EXHAUSTION);
	memory->pages = pages;
	memory->size = (uint32_t)size;
#if defined(WEIR_ENGINE_GS) && defined(__x86_64__)
	syscall(SYS_arch_prctl, ARCH_SET_GS, runtime.memory);
#endif
}

/* The number of pages before, or all ones. */
uint32_t wasm_rt_grow_memory(wasm_rt_memory_t *memory, uint32_t delta)
{
	uint32_t old = memory->pages;
	uint64_t pages = (uint64_t)old + delta;

	/* One page less than 4 GiB, so that a size in bytes has 32 bits. */
	if (pages > memory->max_pages || pages >= 65536)
		return UINT32_MAX;
	if (!open_memory((size_t)pages * WASM_PAGE))
		return UINT32_MAX;
	mem_populate(memory->data + (size_t)old * WASM_PAGE, (size_t)delta * WASM_PAGE);
	memory->pages = (uint32_t)pages;
	memory->size = (uint32_t)(pages * WASM_PAGE);
	return old;
}

bool runtime_fill(wasm_rt_memory_t *memory, uint32_t at, const char *bytes, size_t len)
{
	size_t end = at + len;

	if (at % WASM_PAGE || len % WASM_PAGE || end < memory->size || end > UINT32_MAX ||
		!open_memory(end))
		return false;
	mem_populate(memory->data + at, len);
	memcpy(memory->data + at, bytes, len);
	memory->pages = (uint32_t)(end / WASM_PAGE);
	memory->size = (uint32_t)end;
	return true;
}

void wasm_rt_free_memory(wasm_rt_memory_t *memory)
{
	if (runtime.mapped)
		munmap(runtime.mapped, RESERVATION + HUGE_PAGE);
	runtime.mapped = NULL;
	runtime.memory = NULL;
	*memory = (wasm_rt_memory_t){0};
}

/* ---- tables ---- */

void wasm_rt_allocate_funcref_table(
	wasm_rt_funcref_table_t *table, uint32_t elements, uint32_t max_elements)
{
	*table = (wasm_rt_funcref_table_t){.max_size = max_elements};
	table->data = mem_alloc(elements * sizeof(*table->data));
	if (!table->data)
		wasm_rt_trap(WASM_RT_TRAP_EXHAUSTION);
	table->size = elements;
}

void wasm_rt_free_funcref_table(wasm_rt_funcref_table_t *table)
{
	mem_free(table->data);
	*table = (wasm_rt_funcref_table_t){0};
}

/* ---- rounding, of which the C library's copy would be a library of its own (libm) ---- */

double engine_trunc(double x);
double engine_floor(double x);
double engine_ceil(double x);
double engine_nearbyint(double x);

/* From 2^52 on, every double is an integer; what is none (NaN) stays itself. */
static bool has_fraction(double x)
{
	return __builtin_fabs(x) < 4503599627370496.0;
}

double engine_trunc(double x)
{
	return has_fraction(x) ? __builtin_copysign((double)(int64_t)x, x) : x;
}

double engine_floor(double x)
{
	double whole = engine_trunc(x);

	return whole > x ? whole - 1 : whole;
}

double engine_ceil(double x)
{
	double whole = engine_trunc(x);

	return whole < x ? __builtin_copysign(whole + 1, x) : whole;
}

/* To the nearest, ties to even: adding 2^52 leaves no bit for a fraction. */
double engine_nearbyint(double x)
{
	double magnitude = __builtin_fabs(x);
	volatile double sum = magnitude + 4503599627370496.0;

	return has_fraction(x) ? __builtin_copysign(sum - 4503599627370496.0, x) : x;
}
