/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words of names and of what people type: runs of ASCII letters and digits in lower case, parted at every other byte and
 * where a capital follows a small letter or a digit. "aws_sqs_queue", "AwsSqsQueue" and "AWS SQS queue" have the same words.
 */
#ifndef WEIR_CATALOG_WORDS_H
#define WEIR_CATALOG_WORDS_H

#include "base/memory.h"

struct words {
	struct str *items;
	size_t count;
	/* private */
	size_t room;
};

/* Adds the words of a text, at most WORDS_MOST in all; they are in the arena. */
enum { WORDS_MOST = 65536 };
void words_add(struct words *words, struct str text, struct arena *arena);
/* Whether it says nothing of what is looked for: "the", "how", "with". */
bool words_is_empty(struct str word);
/* The words with blanks between them. */
struct str words_join(const struct words *words, struct arena *arena);

#endif
