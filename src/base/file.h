/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files in and out.  Input is mapped, not copied; what cannot be mapped (a
 * pipe, standard input) is read into memory up to a ceiling.
 */
#ifndef WEIR_BASE_FILE_H
#define WEIR_BASE_FILE_H

#include "base/error.h"
#include "base/memory.h"

struct file_map {
	struct str text;
	/* private */
	void *memory;
	size_t size;
	bool mapped;
};

/* A ceiling for inputs: 4 GiB less one page, what a document can hold. */
#define FILE_MAX_INPUT ((size_t)0xfffff000)

/*
 * Maps `path` ("-" is standard input).  The text lives until file_unmap().  Directories and
 * devices are ERR_FILE_UNREADABLE.  An empty file gives an empty text.
 */
int file_map(const char *path, size_t ceiling, struct file_map *ret_map,
	struct error *err) WEIR_NODISCARD;
void file_unmap(struct file_map *map); /* for CLEANUP() too; accepts a zeroed one */

/*
 * A mapped file that is truncated by another process makes reading fault (SIGBUS).  This installs
 * the handler that turns such a fault inside a mapped file into ERR_FILE_TRUNCATED: told once, then
 * exit 65; a fault anywhere else stays a crash.  Any number of files.  Called once, by main, before
 * the first file is mapped.
 *
 * A signal handler can render nothing, so `render` is called when a file is mapped, for both
 * forms of the error: it adds the line for standard error, or with `json` the object for
 * standard output.
 */
typedef void file_guard_render(struct buf *out, const struct error *err, bool json);
void file_guard_install(file_guard_render *render);
/* From now on the error is told as JSON. */
void file_guard_json(void);

/* Writes all of `text` to a file descriptor, in the face of short writes and EINTR. */
int file_write_fd(int fd, struct str text, const char *name, struct error *err) WEIR_NODISCARD;
/*
 * Replaces `path` by `text` as a whole: writes a temporary name beside it, syncs, renames.
 * `mode` is the file's permission bits. "-" writes to standard output; a device or
 * a pipe is written into.
 */
int file_replace(
	const char *path, struct str text, unsigned mode, struct error *err) WEIR_NODISCARD;
/*
 * The same for what can be made again: it is not waited for until the disk has it, which takes longer than most runs
 * of weir.  Whoever reads it finds the old text or the new one, but for a machine that loses its power.
 */
int file_replace_unsynced(
	const char *path, struct str text, unsigned mode, struct error *err) WEIR_NODISCARD;

bool file_exists(const char *path);
bool file_is_dir(const char *path);
/* "dir" + "/" + "name" in the arena; "name" alone if dir is "" or ".", or if name is absolute. */
const char *path_join(struct arena *arena, struct str dir, struct str name);
/*
 * dir/path in its shortest form, by the names alone, as Terraform does it: ".." takes the directory
 * before it away, or stands in front where there is none.  "." for nothing; absent when the arena
 * refused.
 */
struct str path_resolve(struct arena *arena, struct str dir, struct str path);
/* True if a path is a directory or below it, by the names alone; both in their shortest form. */
bool path_inside(struct str dir, struct str path);
/*
 * True if a path leads below a folder that is given without symbolic links: where links lead counts, and of what is not there yet, the
 * nearest folder that is.
 */
bool path_leads_inside(struct str folder, const char *path, struct arena *arena);
/* True if a path in its shortest form leaves the directory that it counts from. */
bool path_climbs(struct str path);
/* The directory part of a path: "." for a bare name. */
struct str path_dir(struct str path);
struct str path_base(struct str path);

#endif
