/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where all of weir's own memory comes from.
 *
 * An arena belongs to one request or one command.  What a function returns
 * from an arena is borrowed for the arena's life; nothing is freed singly.
 *
 * Failure is sticky: once an arena has refused an allocation (no memory, or
 * its ceiling reached) every later one is refused too, and functions that
 * return a slice return the absent one.  A stage therefore checks each pointer
 * that it dereferences, and asks arena_failed() once at its end.
 */
#ifndef WEIR_BASE_MEMORY_H
#define WEIR_BASE_MEMORY_H

#include <stdarg.h>

#include "base/str.h"

/* Plain allocation for what outlives arenas; zero on failure. Counted by the failure mode. */
void *mem_alloc(size_t size);
void *mem_resize(void *old, size_t size);
void mem_free(void *memory);

/*
 * Pages of our own, for one large array: memory is taken as it is touched (so a generous size costs
 * nothing), in huge pages where the system has them.  NULL on failure.  A resize may move the
 * array; on failure it stays as it was.  Sizes are in bytes and need not be multiples of a page.
 */
void *mem_map(size_t size);
void *mem_map_resize(void *old, size_t old_size, size_t size);
void mem_unmap(void *memory, size_t size); /* accepts NULL */
/*
 * Says that all of this memory will be written soon, so that its pages come at once.  Each page that is touched
 * before it is there costs a fault: docs/benchmarks.md has what that is on one machine.
 */
void mem_populate(void *memory, size_t size);
/* Asks for huge pages where this memory is touched, if the system has them. */
void mem_huge(void *memory, size_t size);
/* The same for this much of the heap and the stack, of which a new process has none yet. */
void mem_warm(size_t heap, size_t stack);

/*
 * Allocation-failure mode, for tests: the n-th allocation from now (1 = the next), and all after
 * it, fail.  0 turns it off.  Arena allocations count one by one, not by chunk.
 */
void mem_fail_from(uint64_t nth);
/* Allocations asked for since mem_fail_from(). */
uint64_t mem_count(void);
/* Whether the mode is on: then tasks (task.h) run in place, since the n-th must be the same one each time. */
bool mem_failing(void);

struct arena;

/* A new arena that never holds more than `ceiling` bytes; NULL when memory is short. */
struct arena *arena_create(size_t ceiling);
/* Accepts NULL. */
void arena_destroy(struct arena *arena);
/* For CLEANUP(). */
void arena_cleanup(struct arena **arena);

/* `size` bytes, zeroed, aligned for any type; NULL on failure. Size 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);
/* Gives up everything handed out and keeps one chunk, for an arena used as scratch in a loop. */
void arena_reset(struct arena *arena);
/* True once an allocation was refused. */
bool arena_failed(const struct arena *arena);
/* Bytes handed out so far. */
size_t arena_used(const struct arena *arena);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count)                                                            \
	((type *)arena_alloc((arena), size_mul(sizeof(type), (count))))

/* A copy of `s`, NUL-terminated behind its end. */
struct str arena_str(struct arena *arena, struct str s);
/* The same as a C string; NULL on failure. */
const char *arena_cstr(struct arena *arena, struct str s);
/* printf into the arena; NUL-terminated behind its end. */
struct str arena_printf(struct arena *arena, const char *format, ...) WEIR_PRINTF(2, 3);
struct str arena_vprintf(struct arena *arena, const char *format, va_list args) WEIR_PRINTF(2, 0);

/*
 * A growing array in an arena.  `items` is of the caller's type; room for one more element is
 * made by arena_grow(), which doubles and leaves the old copy to the arena.
 *
 *	if (!arena_grow(arena, (void **)&list->items, list->count, &list->room,
 *sizeof(*list->items))) return error_memory(err); list->items[list->count++] = item;
 */
bool arena_grow(struct arena *arena, void **items, size_t count, size_t *room, size_t item_size);

/*
 * A growing text with a ceiling.  Zero-initialise with BUF(ceiling).  A failed append frees the
 * memory and makes every later append fail (buf_failed()), so it is checked once, at the end.
 */
struct buf {
	char *data;
	size_t len;
	size_t room;
	size_t ceiling;
	bool failed;
};

#define BUF(limit) ((struct buf){.ceiling = (limit)})

void buf_add(struct buf *buf, struct str s);
void buf_add_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) WEIR_PRINTF(2, 3);
/* Makes room for `extra` more bytes and returns where to write them (then add to len), or NULL. */
char *buf_reserve(struct buf *buf, size_t extra);
static inline bool buf_failed(const struct buf *buf)
{
	return buf->failed;
}
static inline struct str buf_str(const struct buf *buf)
{
	return (struct str){buf->data ? buf->data : "", buf->len};
}
/* Makes it fail, for a writer that cannot go on. */
void buf_refuse(struct buf *buf);
/* Empties the text and keeps the memory. */
void buf_clear(struct buf *buf);
/* Frees the memory; for CLEANUP() too. */
void buf_free(struct buf *buf);

#endif
