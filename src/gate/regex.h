/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Regular expressions (PCRE2) that fit the whole text, with limits: a pattern
 * and a text are both foreign, so matching may cost only so much.
 */
#ifndef WEIR_GATE_REGEX_H
#define WEIR_GATE_REGEX_H

#include "base/memory.h"

struct regex;

enum { REGEX_MAX_PATTERN = 1024 };

/*
 * Compiles a pattern into the arena.  NULL with a message in `problem` (of 128 bytes) if it is none
 * or memory is short.
 */
struct regex *regex_compile(struct str pattern, struct arena *arena, char problem[128]);

enum regex_result { REGEX_NO, REGEX_YES, REGEX_LIMIT /* gave up: not decided */ };

/* Does the pattern fit the whole text? Memory that is short gives REGEX_LIMIT too. */
enum regex_result regex_match(const struct regex *regex, struct str text);

#endif
