/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An archive's entries, one after another, and its directory, which repeats their heads, behind them.
 */
#include "base/zip.h"

#include <zlib.h>

enum {
	/* APPNOTE 4.3.7, 4.3.12, 4.3.16 */
	SIGNATURE_ENTRY = 0x04034b50,
	SIGNATURE_DIRECTORY = 0x02014b50,
	SIGNATURE_END = 0x06054b50,
	NEEDS = 20,               /* version 2.0: deflate and folders */
	MADE_BY = 3 << 8 | NEEDS, /* with attributes as POSIX has them */
	NAMES_ARE_UTF8 = 1 << 11,
	STORED = 0,
	DEFLATED = 8,
	MOMENT = 0x21 << 16, /* 1980-01-01 00:00, as date and time of MS-DOS */
	POSIX_FILE = 0100000,
	POSIX_FOLDER = 0040000,
	DOS_FOLDER = 0x10,
	ENTRIES_MOST = 65535,
	RAW = -15, /* zlib: deflate without a header, in a window of 32 KiB */
};

struct entry {
	struct str name, packed;
	uint32_t method, crc, size, offset, attributes;
};

void zip_init(struct zip *zip, size_t ceiling)
{
	*zip = (struct zip){.bytes = BUF(ceiling), .directory = BUF(ceiling)};
}

void zip_free(struct zip *zip)
{
	buf_free(&zip->bytes);
	buf_free(&zip->directory);
}

static void add_16(struct buf *buf, uint32_t number)
{
	buf_add_char(buf, (char)(number & 0xff));
	buf_add_char(buf, (char)(number >> 8 & 0xff));
}

static void add_32(struct buf *buf, uint32_t number)
{
	add_16(buf, number & 0xffff);
	add_16(buf, number >> 16);
}

/* What an entry and its line in the directory say alike. */
static void add_head(struct buf *buf, const struct entry *entry)
{
	add_16(buf, NEEDS);
	add_16(buf, NAMES_ARE_UTF8);
	add_16(buf, entry->method);
	add_32(buf, MOMENT);
	add_32(buf, entry->crc);
	add_32(buf, (uint32_t)entry->packed.len);
	add_32(buf, entry->size);
	add_16(buf, (uint32_t)entry->name.len);
	add_16(buf, 0); /* extra fields */
}

static void add_entry(struct zip *zip, const struct entry *entry)
{
	add_32(&zip->bytes, SIGNATURE_ENTRY);
	add_head(&zip->bytes, entry);
	buf_add(&zip->bytes, entry->name);
	buf_add(&zip->bytes, entry->packed);

	add_32(&zip->directory, SIGNATURE_DIRECTORY);
	add_16(&zip->directory, MADE_BY);
	add_head(&zip->directory, entry);
	add_16(&zip->directory, 0); /* comment */
	add_16(&zip->directory, 0); /* disk */
	add_16(&zip->directory, 0); /* internal attributes */
	add_32(&zip->directory, entry->attributes);
	add_32(&zip->directory, entry->offset);
	buf_add(&zip->directory, entry->name);
}

/* The content deflated into `packed`, where that is shorter; false where memory ended. */
static bool deflate_shorter(struct str content, struct buf *packed)
{
	z_stream stream = {.next_in = (z_const Bytef *)content.data, .avail_in = (uInt)content.len};
	bool is_sound;

	if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, RAW, MAX_MEM_LEVEL,
		    Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	*packed = BUF(content.len);
	stream.next_out = (Bytef *)buf_reserve(packed, content.len);
	stream.avail_out = (uInt)content.len;
	is_sound = stream.next_out != NULL;
	if (is_sound && deflate(&stream, Z_FINISH) == Z_STREAM_END)
		packed->len = stream.total_out;
	deflateEnd(&stream);
	return is_sound;
}

static int too_large(struct error *err)
{
	return error_set(err, ERR_OUTPUT, "an archive of so many bytes or files cannot be made");
}

int zip_add(struct zip *zip, struct str name, struct str content, unsigned mode, struct error *err)
{
	bool is_folder = str_ends(name, STR("/"));
	CLEANUP(buf_free) struct buf packed = {0};
	struct entry entry = {.name = name, .packed = content, .method = STORED};

	if (zip->count == ENTRIES_MOST || content.len > UINT32_MAX || name.len > UINT16_MAX)
		return too_large(err);
	if (content.len && !deflate_shorter(content, &packed))
		return error_memory(err);
	if (packed.len) {
		entry.packed = buf_str(&packed);
		entry.method = DEFLATED;
	}
	entry.crc = content.len ? (uint32_t)crc32(0, (const Bytef *)content.data, (uInt)content.len)
				: 0;
	entry.size = (uint32_t)content.len;
	entry.offset = (uint32_t)zip->bytes.len;
	entry.attributes = ((is_folder ? POSIX_FOLDER : POSIX_FILE) | mode) << 16 |
		(is_folder ? DOS_FOLDER : 0);
	add_entry(zip, &entry);
	zip->count++;
	return buf_failed(&zip->bytes) || buf_failed(&zip->directory) ? too_large(err) : 0;
}

int zip_end(struct zip *zip, struct str *ret_archive, struct error *err)
{
	size_t start = zip->bytes.len, len = zip->directory.len;

	buf_add(&zip->bytes, buf_str(&zip->directory));
	add_32(&zip->bytes, SIGNATURE_END);
	add_16(&zip->bytes, 0); /* this disk, and that of the directory */
	add_16(&zip->bytes, 0);
	add_16(&zip->bytes, zip->count); /* here, and in all */
	add_16(&zip->bytes, zip->count);
	add_32(&zip->bytes, (uint32_t)len);
	add_32(&zip->bytes, (uint32_t)start);
	add_16(&zip->bytes, 0); /* comment */
	if (buf_failed(&zip->bytes))
		return too_large(err);
	*ret_archive = buf_str(&zip->bytes);
	return 0;
}
