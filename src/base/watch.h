/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Waiting until one of some files changes, is made or goes (inotify).  Folders are watched, not files: an editor that saves
 * by renaming leaves another file under the name.
 */
#ifndef WEIR_BASE_WATCH_H
#define WEIR_BASE_WATCH_H

#include "base/error.h"
#include "base/memory.h"

struct watched {
	int folder;      /* the kernel's number of it */
	struct str name; /* in it; empty: every name */
};

/* Zeroed but for `fd`, which watch_open() sets. */
struct watch {
	int fd;
	struct arena *arena; /* of the names */
	struct watched *items;
	size_t count, room;
};

enum { WATCH_MOST = 50000 }; /* files; more are not watched */

/* Errors: ERR_CHILD_MISSING where the kernel gives none (its limit on inotify instances). */
int watch_open(struct watch *ret_watch, struct error *err) WEIR_NODISCARD;
void watch_close(struct watch *watch);

/* Forgets the files, but neither their folders nor what has happened in them. */
void watch_clear(struct watch *watch);
/*
 * Watches a file, which need not be there, or all names of a folder.  False where it can't be: its folder is
 * not there, there are WATCH_MOST, or the kernel has no more.
 */
bool watch_file(struct watch *watch, struct str path);
bool watch_folder(struct watch *watch, struct str path);

/*
 * Waits for a change since the last wait, and then until `quiet_ms` have passed without another, but no longer than a
 * tenth of a second: one save may be several changes, and several files may be saved at once.
 * Errors: ERR_DEFECT where the kernel's events can't be read.
 */
int watch_wait(struct watch *watch, int quiet_ms, struct error *err) WEIR_NODISCARD;

#endif
