/* SPDX-License-Identifier: Apache-2.0 */
/*
 * .weir: the directory in which weir keeps what it may lose (caches) and what
 * nobody else should read (keys).  It is 0700, ignores itself in git, and is
 * held by one process at a time.
 *
 * Files that weir alone writes there begin with a header, so that another
 * version knows what it has before it:
 *
 *	bytes 0..3   "weir"
 *	bytes 4..7   the format, four letters: "keys"
 *	bytes 8..11  the format's version, little endian
 */
#ifndef WEIR_CONFIG_STATE_H
#define WEIR_CONFIG_STATE_H

#include "base/error.h"
#include "base/memory.h"

#define STATE_DIRECTORY ".weir"

enum { STATE_HEADER = 12 };

struct state {
	const char *path; /* of .weir */
	struct arena *arena;
	/* private */
	int lock;
};

/*
 * Makes `root`/.weir where it is missing, puts its mode right, and takes its lock, which the system releases
 * when the process ends, however it ends.  Whatever is not a directory of our own there (a link, a
 * file, another user's directory) is ERR_CREATE; a lock that another process holds is
 * ERR_STATE_LOCKED and names it.
 */
int state_open(const char *root, struct arena *arena, struct state *ret_state,
	struct error *err) WEIR_NODISCARD;
void state_close(struct state *state); /* for CLEANUP() too; accepts a zeroed one */

struct state_format {
	const char *letters; /* four */
	uint32_t version;    /* that this program writes */
	/*
	 * Brings text of an older version to this one, or NULL: it is made anew.  Returns 0, or a negative
	 * error.
	 */
	int (*migrate)(uint32_t from, struct str old, struct buf *ret_new, struct error *err);
};

/*
 * The text of a file in .weir behind its header, in the arena.  Returns 1, 0 if there is none to be
 * used (it is missing, or older and cannot be migrated), or a negative error: ERR_STATE_NEWER,
 * ERR_STATE_DAMAGED.  What was migrated is written back as a whole first.
 */
int state_read(const struct state *state, const char *name, const struct state_format *format,
	struct str *ret_text, struct error *err) WEIR_NODISCARD;
/* Replaces the file as a whole, with mode 0600. */
int state_write(const struct state *state, const char *name, const struct state_format *format,
	struct str text, struct error *err) WEIR_NODISCARD;

#endif
