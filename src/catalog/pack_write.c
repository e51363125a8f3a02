/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing a pack: equal records and equal texts are stored once.  What a record means is
 * pack_compile.c's.  Places follow from the order in which things are put, so the same input gives
 * the same bytes.
 */
#include "catalog/pack_write.h"

#include "base/hash.h"
#include "catalog/pack_format.h"

/* A pool's ceiling; places have 31 bits. */
enum { POOL_MOST = 1 << 30 };

static void store(char *to, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		to[i] = (char)(value >> (8 * i) & 0xff);
}

static void add_word(struct buf *out, uint32_t value)
{
	char *to = buf_reserve(out, 4);

	if (to) {
		store(to, value);
		out->len += 4;
	}
}

/* The slot that holds this piece, or the empty one where it belongs. */
static struct pool_slot *find(const struct pool *pool, struct str piece, uint64_t hash)
{
	size_t at = (size_t)hash & (pool->room - 1);

	while (pool->slots[at].len) {
		const struct pool_slot *slot = &pool->slots[at];

		if (slot->hash == hash && slot->len == piece.len &&
			memcmp(pool->bytes.data + slot->at, piece.data, piece.len) == 0)
			break;
		at = (at + 1) & (pool->room - 1);
	}
	return &pool->slots[at];
}

static bool make_room(struct pool *pool)
{
	struct pool old = *pool;

	if (pool->used < pool->room / 2)
		return true;
	pool->room = old.room ? old.room * 2 : 1024;
	pool->slots = mem_alloc(size_mul(sizeof(*pool->slots), pool->room));
	if (!pool->slots) {
		*pool = old;
		return false;
	}
	for (size_t i = 0; i < old.room; i++) {
		const struct pool_slot *slot = &old.slots[i];

		if (slot->len)
			*find(pool, (struct str){old.bytes.data + slot->at, slot->len},
				slot->hash) = *slot;
	}
	mem_free(old.slots);
	return true;
}

/* Where a piece of at least one byte stands, in bytes. */
static uint32_t put(struct pool *pool, struct str piece)
{
	uint64_t hash = hash_bytes(piece, 0);
	struct pool_slot *slot;

	if (buf_failed(&pool->bytes))
		return 0;
	if (!make_room(pool)) {
		buf_refuse(&pool->bytes);
		return 0;
	}
	slot = find(pool, piece, hash);
	if (slot->len)
		return slot->at;
	*slot = (struct pool_slot){hash, (uint32_t)pool->bytes.len, (uint32_t)piece.len};
	buf_add(&pool->bytes, piece);
	pool->used++;
	return buf_failed(&pool->bytes) ? 0 : slot->at;
}

void pack_writer_init(struct pack_writer *writer)
{
	static const uint32_t empty[PACK_EMPTY];

	*writer = (struct pack_writer){
		.records = {.bytes = BUF(POOL_MOST)}, .texts = {.bytes = BUF(POOL_MOST)}};
	(void)pack_put_text(writer, STR(""));
	(void)pack_put_record(writer, empty, PACK_EMPTY);
}

static void pool_free(struct pool *pool)
{
	buf_free(&pool->bytes);
	mem_free(pool->slots);
	*pool = (struct pool){0};
}

void pack_writer_free(struct pack_writer *writer)
{
	pool_free(&writer->records);
	pool_free(&writer->texts);
}

uint32_t pack_put_text(struct pack_writer *writer, struct str text)
{
	CLEANUP(buf_free) struct buf piece = BUF(POOL_MOST);

	add_word(&piece, (uint32_t)text.len);
	buf_add(&piece, text);
	if (!buf_failed(&piece))
		return put(&writer->texts, buf_str(&piece));
	buf_refuse(&writer->texts.bytes);
	return 0;
}

uint32_t pack_put_record(struct pack_writer *writer, const uint32_t *words, size_t count)
{
	CLEANUP(buf_free) struct buf piece = BUF(POOL_MOST);

	for (size_t i = 0; i < count; i++)
		add_word(&piece, words[i]);
	if (!buf_failed(&piece))
		return put(&writer->records, buf_str(&piece)) / 4;
	buf_refuse(&writer->records.bytes);
	return 0;
}

int pack_writer_finish(
	struct pack_writer *writer, uint32_t root, struct buf *out, struct error *err)
{
	buf_add(out, STR(PACK_MAGIC));
	add_word(out, PACK_FORMAT_VERSION);
	add_word(out, (uint32_t)(writer->records.bytes.len / 4));
	add_word(out, (uint32_t)writer->texts.bytes.len);
	add_word(out, root);
	buf_add(out, buf_str(&writer->records.bytes));
	buf_add(out, buf_str(&writer->texts.bytes));
	if (buf_failed(&writer->records.bytes) || buf_failed(&writer->texts.bytes) ||
		buf_failed(out))
		return error_memory(err);
	return 0;
}
