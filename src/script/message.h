/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The messages between a worker and its parent: a kind, a length, as many bytes.  Inside src/script only.
 */
#ifndef WEIR_SCRIPT_MESSAGE_H
#define WEIR_SCRIPT_MESSAGE_H

#include "base/str.h"

enum message_kind {
	ASK_FIND, /* path -> one byte of enum script_entry, and the path that it leads to, or nothing */
	ASK_READ,     /* path -> DONE and its bytes, or the error */
	ASK_LIST,     /* path -> names, each with a NUL behind it */
	ASK_STRIPPED, /* path -> DONE and what strip_pack() made of it, or an error that says nothing */
	TELL,         /* the answer; the last message */
	UNCONFINED, /* instead of all others: the kernel took no filter */
	FORESEEN,   /* of the parent: what finds_write() wrote, before anybody asked for it */
	BEGIN,      /* of the parent: the request, which every worker waits for */
	REPLY_DONE, /* of the parent */
	REPLY_ERROR,
};

struct message {
	uint32_t kind;
	uint32_t length;
	uint64_t ceiling; /* ASK_READ: the most bytes */
};

/* A deadline is a time of message_now(); without one (0) both wait. */

/* False where the other side has left, the deadline passed before it took all, or the text is too long for a message. */
bool message_put(
	int fd, enum message_kind kind, size_t ceiling, struct str bytes, int64_t deadline);

/* 1: all there; 0: the other side has left; -1: the deadline passed. */
int message_get(int fd, void *bytes, size_t len, int64_t deadline);

int64_t message_now(void); /* in milliseconds, from some beginning */

#endif
