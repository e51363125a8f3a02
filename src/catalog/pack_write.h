/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two pools that a pack is written into, each of which keeps equal things
 * once; for src/catalog alone.
 */
#ifndef WEIR_CATALOG_PACK_WRITE_H
#define WEIR_CATALOG_PACK_WRITE_H

#include "base/error.h"
#include "base/memory.h"

/* Pieces of bytes one behind the other, found again by their content. */
struct pool {
	struct buf bytes;
	struct pool_slot {
		uint64_t hash;
		uint32_t at, len;
	} * slots;
	size_t used, room; /* of slots; room is a power of two */
};

struct pack_writer {
	struct pool records, texts;
};

/* Memory is refused once, at the end: each function below then gives 0. */
void pack_writer_init(struct pack_writer *writer);
void pack_writer_free(struct pack_writer *writer); /* for CLEANUP() too */

/* The place of a text, and of a record of `count` words. */
uint32_t pack_put_text(struct pack_writer *writer, struct str text);
uint32_t pack_put_record(struct pack_writer *writer, const uint32_t *words, size_t count);

/* Header, records and texts to `out`. `root` is the root record. */
int pack_writer_finish(struct pack_writer *writer, uint32_t root, struct buf *out,
	struct error *err) WEIR_NODISCARD;

#endif
