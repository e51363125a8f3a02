/* SPDX-License-Identifier: Apache-2.0 */
/*
 * struct str: a borrowed slice of bytes, usually UTF-8, never NUL-terminated
 * by promise.  A slice owns nothing; whoever handed it out says for how long
 * it lives (an arena, a mapped file, a literal).  {NULL, 0} is "absent";
 * a non-NULL data with len 0 is the empty text.
 */
#ifndef WEIR_BASE_STR_H
#define WEIR_BASE_STR_H

#include <string.h>

#include "base/macros.h"

struct str {
	const char *data;
	size_t len;
};

/* A slice of a string literal, usable in initialisers of static tables. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                                          \
	{                                                                                          \
		"" literal, sizeof(literal) - 1                                                    \
	}

/* For printf: printf("%.*s", STR_ARG(s)). Texts over INT_MAX are cut. */
#define STR_ARG(s) (int)((s).len > 0x7fffffff ? 0x7fffffff : (s).len), ((s).data ? (s).data : "")

/* The slice of a NUL-terminated text; NULL gives the absent slice. */
struct str str_of(const char *text);

static inline bool str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}
/* Byte order, shorter first where one is a prefix: <0, 0, >0. */
int str_cmp(struct str a, struct str b);
static inline bool str_starts(struct str s, struct str prefix)
{
	return s.len >= prefix.len &&
		(prefix.len == 0 || memcmp(s.data, prefix.data, prefix.len) == 0);
}
bool str_ends(struct str s, struct str suffix);
/* Offset of the first occurrence, or SIZE_MAX. */
size_t str_find(struct str s, struct str needle);
size_t str_find_char(struct str s, char c);
/* Like str_find, ignoring the case of ASCII letters. */
size_t str_find_nocase(struct str s, struct str needle);
/* The slice [from, to) with both ends clamped to the text. */
static inline struct str str_slice(struct str s, size_t from, size_t to)
{
	if (to > s.len)
		to = s.len;
	if (from > to)
		from = to;
	return (struct str){s.data ? s.data + from : NULL, to - from};
}
/* Without ASCII white space (space, tab, CR, LF) at both ends. */
struct str str_trim(struct str s);

static inline bool str_empty(struct str s)
{
	return s.len == 0;
}

static inline bool str_absent(struct str s)
{
	return s.data == NULL;
}

/* Compares with a NUL-terminated text. */
bool str_is(struct str s, const char *text);

/*
 * Parses an unsigned decimal that fills the whole slice.
 * Returns false, leaving *ret_value alone, for anything else or on overflow.
 */
bool str_to_u64(struct str s, uint64_t *ret_value);

/*
 * Splits off the text before the first `separator`; the rest goes to *rest, which becomes
 * absent after the last part.  Loop: while (!str_absent(rest)) part = str_split(&rest, ',');
 */
struct str str_split(struct str *rest, char separator);

/*
 * Writes the code point `code` (at most 0x10ffff) as UTF-8 into `to`, which has room for 4 bytes;
 * returns how many it took.  What to do with half a surrogate pair is the caller's decision: it is
 * written like any other number.
 */
size_t utf8_put(uint32_t code, char *to);

/* An ASCII letter in lower case; every other byte as it is. */
static inline char char_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* An ASCII letter as a capital; every other byte as it is. */
static inline char char_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c & ~0x20) : c;
}

/* 0 to 15; -1 if `c` is no hexadecimal digit of either case. */
static inline int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = char_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
