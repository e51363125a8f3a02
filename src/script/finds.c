/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table of paths, and how it goes from one process to another.
 */
#include "script/finds.h"

#include "base/hash.h"

/* As it is written: this, and then the texts that are there. */
struct record {
	uint32_t path, real, text,
		packed; /* lengths; of those that may be absent, and one: 0 is absent */
	uint8_t entry, is_stripping;
};

static struct find **bucket_of(const struct finds *finds, struct str path)
{
	return (struct find **)(uintptr_t)&finds
		->buckets[hash_bytes(path, 0) % COUNT_OF(finds->buckets)];
}

struct find *finds_known(const struct finds *finds, struct str path)
{
	struct find *found = *bucket_of(finds, path);

	while (found && !str_eq(found->path, path))
		found = found->next;
	return found;
}

static struct find *add(struct finds *finds, const struct find *wanted)
{
	struct find **bucket = bucket_of(finds, wanted->path);
	struct find *found = ARENA_NEW(finds->arena, struct find);

	if (!found)
		return NULL;
	*found = *wanted;
	found->next = *bucket;
	*(finds->last ? finds->last : &finds->first) = found;
	finds->last = &found->later;
	return *bucket = found;
}

struct find *finds_keep(
	struct finds *finds, struct str path, enum script_entry entry, struct str real)
{
	const struct find wanted = {
		.path = arena_str(finds->arena, path), .real = real, .entry = entry};

	return str_absent(wanted.path) ? NULL : add(finds, &wanted);
}

static uint32_t length_of(struct str text)
{
	return str_absent(text) ? 0 : (uint32_t)text.len + 1;
}

void finds_write(const struct finds *finds, struct buf *out)
{
	for (const struct find *find = finds->first; find; find = find->later) {
		const struct record record = {(uint32_t)find->path.len, length_of(find->real),
			length_of(find->text), length_of(find->packed), (uint8_t)find->entry,
			find->is_stripping};

		buf_add(out, (struct str){(const char *)&record, sizeof(record)});
		buf_add(out, find->path);
		buf_add(out, find->real);
		buf_add(out, find->text);
		/* As every text that is read: a NUL behind its end. */
		buf_add_char(out, '\0');
		buf_add(out, find->packed);
	}
}

/* The next bytes of `from`; `length` is as length_of() gave it. */
static bool take(struct str *from, uint32_t length, struct str *ret)
{
	*ret = (struct str){NULL, 0};
	if (length == 0)
		return true;
	if (length - 1 > from->len)
		return false;
	*ret = str_slice(*from, 0, length - 1);
	*from = str_slice(*from, length - 1, from->len);
	return true;
}

bool finds_read(struct finds *finds, struct str bytes)
{
	while (bytes.len) {
		struct record record;
		struct find find = {0};

		if (bytes.len < sizeof(record))
			return false;
		memcpy(&record, bytes.data, sizeof(record));
		bytes = str_slice(bytes, sizeof(record), bytes.len);
		if (record.path == UINT32_MAX || !take(&bytes, record.path + 1, &find.path) ||
			!take(&bytes, record.real, &find.real) ||
			!take(&bytes, record.text, &find.text) || str_empty(bytes))
			return false;
		bytes = str_slice(bytes, 1, bytes.len);
		if (!take(&bytes, record.packed, &find.packed))
			return false;
		find.entry = (enum script_entry)record.entry;
		find.is_stripping = record.is_stripping;
		if (!add(finds, &find))
			return false;
	}
	return true;
}
