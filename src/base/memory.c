/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Arenas, growing texts and the allocation-failure mode, together because the
 * last must see every allocation of the first two.
 */
#define _GNU_SOURCE
#include "base/memory.h"

#include <limits.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * The one process-wide state: the failure mode counts over all arenas.  Only tests set it;
 * with `fail_from` 0 it costs an increment.  Relaxed atomics, since a task (task.h) allocates too.
 */
static uint64_t allocations;
static uint64_t fail_from;

void mem_fail_from(uint64_t nth)
{
	__atomic_store_n(&allocations, 0, __ATOMIC_RELAXED);
	__atomic_store_n(&fail_from, nth, __ATOMIC_RELAXED);
}

uint64_t mem_count(void)
{
	return __atomic_load_n(&allocations, __ATOMIC_RELAXED);
}

bool mem_failing(void)
{
	return __atomic_load_n(&fail_from, __ATOMIC_RELAXED) != 0;
}

static bool refused(void)
{
	uint64_t count = __atomic_add_fetch(&allocations, 1, __ATOMIC_RELAXED);
	uint64_t from = __atomic_load_n(&fail_from, __ATOMIC_RELAXED);

	return from != 0 && count >= from;
}

void *mem_alloc(size_t size)
{
	return refused() ? NULL : calloc(1, size ? size : 1);
}

void *mem_resize(void *old, size_t size)
{
	return refused() ? NULL : realloc(old, size ? size : 1);
}

void mem_free(void *memory)
{
	free(memory);
}

/* Of Linux 5.14. */
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

enum { PAGE = 4096 };

/* Advice: where it is not taken, pages come as they are touched. */
static void advise(uintptr_t from, uintptr_t end, int advice)
{
	from = (from + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
	end &= ~(uintptr_t)(PAGE - 1);
	if (from < end)
		(void)madvise((void *)from, end - from, advice);
}

void mem_populate(void *memory, size_t size)
{
	advise((uintptr_t)memory, (uintptr_t)memory + size, MADV_POPULATE_WRITE);
}

void mem_huge(void *memory, size_t size)
{
	advise((uintptr_t)memory, (uintptr_t)memory + size, MADV_HUGEPAGE);
}

void mem_warm(size_t heap, size_t stack)
{
	void *room;
	char here;

	advise((uintptr_t)&here - stack, (uintptr_t)&here, MADV_POPULATE_WRITE);
#ifdef __GLIBC__
	/* The heap grows by this much when it must, and gives nothing back. */
	mallopt(M_TOP_PAD, (int)heap);
	mallopt(M_TRIM_THRESHOLD, INT_MAX);
	room = malloc(PAGE);
	if (room)
		advise((uintptr_t)room, (uintptr_t)sbrk(0), MADV_POPULATE_WRITE);
	free(room);
#else
	(void)heap, (void)room;
#endif
}

void *mem_map(size_t size)
{
	void *memory;

	if (refused())
		return NULL;
	memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (memory == MAP_FAILED)
		return NULL;
	/* Advice: where it is not taken, pages are small. */
	(void)madvise(memory, size, MADV_HUGEPAGE);
	return memory;
}

void *mem_map_resize(void *old, size_t old_size, size_t size)
{
	void *memory = refused() ? MAP_FAILED : mremap(old, old_size, size, MREMAP_MAYMOVE);

	return memory == MAP_FAILED ? NULL : memory;
}

void mem_unmap(void *memory, size_t size)
{
	if (memory)
		munmap(memory, size);
}

/*
 * Chunks in a list, newest first.  A request larger than a quarter chunk gets a chunk of its own
 * behind the newest, so that the newest's free space is not given up.  The newest is given its pages
 * a window at a time, the others all at once: what is there is used, or little of it is not.
 */
struct chunk {
	struct chunk *next;
	size_t size;
	_Alignas(max_align_t) char data[];
};

struct arena {
	struct chunk *chunks;
	char *at;
	char *end;   /* of the window */
	char *limit; /* of the chunk */
	size_t used;
	size_t ceiling;
	size_t next_size;
	bool failed;
};

enum {
	CHUNK_FIRST = 16 * 1024,
	CHUNK_MOST = 1024 * 1024,
	/* From this size on a chunk is pages of its own: those are zero, and need not be made so. */
	CHUNK_MAPPED = 64 * 1024,
	WINDOW = 128 * 1024,
	ALIGNMENT = _Alignof(max_align_t),
};

static struct chunk *chunk_create(size_t room)
{
	size_t size = size_add(sizeof(struct chunk), room);
	struct chunk *chunk;

	if (size < CHUNK_MAPPED) {
		chunk = calloc(1, size);
	} else {
		chunk = mmap(
			NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		chunk = chunk == MAP_FAILED ? NULL : chunk;
	}
	if (chunk)
		chunk->size = size;
	return chunk;
}

static void chunk_free(struct chunk *chunk)
{
	if (chunk->size < CHUNK_MAPPED)
		free(chunk);
	else
		munmap(chunk, chunk->size);
}

/* The chunk and those behind it. */
static void chunks_free(struct chunk *chunk)
{
	while (chunk) {
		struct chunk *next = chunk->next;

		chunk_free(chunk);
		chunk = next;
	}
}

struct arena *arena_create(size_t ceiling)
{
	struct arena *arena = mem_alloc(sizeof(*arena));

	if (!arena)
		return NULL;
	arena->ceiling = ceiling;
	arena->next_size = CHUNK_FIRST;
	return arena;
}

void arena_destroy(struct arena *arena)
{
	if (!arena)
		return;
	chunks_free(arena->chunks);
	free(arena);
}

void arena_cleanup(struct arena **arena)
{
	arena_destroy(*arena);
	*arena = NULL;
}

static void *arena_refuse(struct arena *arena)
{
	arena->failed = true;
	arena->at = arena->end = arena->limit = NULL;
	return NULL;
}

static void arena_next_window(struct arena *arena, size_t size)
{
	size_t rest = (size_t)(arena->limit - arena->end);
	size_t window = size > WINDOW ? size : WINDOW;

	window = window < rest ? window : rest;
	mem_populate(arena->end, window);
	arena->end += window;
}

static void *arena_new_chunk(struct arena *arena, size_t size)
{
	bool own = size > arena->next_size / 4;
	size_t room = own ? size : arena->next_size;
	struct chunk *chunk = chunk_create(room);

	if (!chunk)
		return arena_refuse(arena);
	if (own && arena->chunks) {
		chunk->next = arena->chunks->next;
		arena->chunks->next = chunk;
		mem_populate(chunk->data, size);
		return chunk->data;
	}
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	arena->at = chunk->data + size;
	arena->end = chunk->data;
	arena->limit = chunk->data + room;
	arena_next_window(arena, size);
	if (arena->next_size < CHUNK_MOST)
		arena->next_size *= 2;
	return chunk->data;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	char *memory = arena->at;

	size = size_add(size, ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	if (refused() || arena->failed || size > arena->ceiling - arena->used)
		return arena_refuse(arena);
	arena->used += size;
	if (!memory || size > (size_t)(arena->limit - memory))
		return arena_new_chunk(arena, size);
	if (size > (size_t)(arena->end - memory))
		arena_next_window(arena, size);
	arena->at = memory + size;
	return memory;
}

void arena_reset(struct arena *arena)
{
	struct chunk *keep = arena->chunks;

	if (!keep)
		return;
	chunks_free(keep->next);
	keep->next = NULL;
	memset(keep->data, 0, (size_t)(arena->at - keep->data));
	arena->at = keep->data;
	arena->used = 0;
}

bool arena_failed(const struct arena *arena)
{
	return arena->failed;
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}

struct str arena_str(struct arena *arena, struct str s)
{
	char *copy = arena_alloc(arena, size_add(s.len, 1));

	if (!copy)
		return (struct str){NULL, 0};
	if (s.len)
		memcpy(copy, s.data, s.len);
	return (struct str){copy, s.len};
}

const char *arena_cstr(struct arena *arena, struct str s)
{
	return arena_str(arena, s).data;
}

struct str arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	int len;
	char *text;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0)
		return (struct str){NULL, 0};
	text = arena_alloc(arena, (size_t)len + 1);
	if (!text)
		return (struct str){NULL, 0};
	vsnprintf(text, (size_t)len + 1, format, args);
	return (struct str){text, (size_t)len};
}

struct str arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	struct str text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

bool arena_grow(struct arena *arena, void **items, size_t count, size_t *room, size_t item_size)
{
	size_t wanted = *room ? size_mul(*room, 2) : 8;
	void *bigger;

	if (count < *room)
		return true;
	bigger = arena_alloc(arena, size_mul(wanted, item_size));
	if (!bigger)
		return false;
	if (count)
		memcpy(bigger, *items, count * item_size);
	*items = bigger;
	*room = wanted;
	return true;
}

/* From here on it grows by an eighth: a large text is moved by its pages, which were all given to it. */
enum { BUF_LARGE = 1024 * 1024 };

static void *buf_fail(struct buf *buf)
{
	free(buf->data);
	buf->data = NULL;
	buf->len = buf->room = 0;
	buf->failed = true;
	return NULL;
}

char *buf_reserve(struct buf *buf, size_t extra)
{
	size_t wanted = size_add(buf->len, extra);
	size_t room = buf->room ? buf->room : 256;
	char *bigger;

	if (buf->failed || wanted > buf->ceiling)
		return buf_fail(buf);
	if (buf->data && wanted <= buf->room)
		return buf->data + buf->len;
	while (room < wanted)
		room = size_add(room, room < BUF_LARGE ? room : room / 8);
	if (room > buf->ceiling)
		room = buf->ceiling;
	bigger = mem_resize(buf->data, room);
	if (!bigger)
		return buf_fail(buf);
	mem_populate(bigger + buf->len, room - buf->len);
	buf->data = bigger;
	buf->room = room;
	return buf->data + buf->len;
}

void buf_add(struct buf *buf, struct str s)
{
	char *to = s.len ? buf_reserve(buf, s.len) : NULL;

	if (!to)
		return;
	memcpy(to, s.data, s.len);
	buf->len += s.len;
}

void buf_add_char(struct buf *buf, char c)
{
	buf_add(buf, (struct str){&c, 1});
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args, again;
	int len;
	char *to;

	va_start(args, format);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	to = len < 0 ? buf_fail(buf) : buf_reserve(buf, (size_t)len + 1);
	if (to) {
		vsnprintf(to, (size_t)len + 1, format, args);
		buf->len += (size_t)len;
	}
	va_end(args);
}

void buf_refuse(struct buf *buf)
{
	buf_fail(buf);
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
}

void buf_free(struct buf *buf)
{
	free(buf->data);
	buf->data = NULL;
	buf->len = buf->room = 0;
}
