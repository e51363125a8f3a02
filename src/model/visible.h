/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a reader of Markdown sees, as units of plain text; inside src/model only.
 */
#ifndef WEIR_MODEL_VISIBLE_H
#define WEIR_MODEL_VISIBLE_H

#include "model/verify.h"

enum unit_kind { UNIT_PARAGRAPH, UNIT_HEADING, UNIT_ITEM, UNIT_ROW, UNIT_CODE };

/* Code spans stand between these bytes; a forced line break is a line feed. */
enum { MARK_CODE = 1, MARK_CODE_END = 2 };

struct unit {
	enum unit_kind kind;
	struct str text;
	unsigned line;
};

struct units {
	struct unit *items;
	size_t count, room;
	struct str hidden; /* comments, titles, struck-through text, one after the other */
	unsigned odd_line; /* a construct that may show or hide text; 0: none */
	/* A character that imitates another or that nobody sees; 0: none. */
	uint32_t look_alike;
	unsigned look_alike_line;
};

int visible_read(struct str text, struct arena *arena, struct units *ret_units,
	struct error *err) WEIR_NODISCARD;

/* The code point at *at, which moves behind it; a byte that is not UTF-8 is U+FFFD. */
uint32_t visible_code(struct str text, size_t *at);
static inline bool visible_is_name(char c)
{
	return (c >= '0' && c <= '9') || (char_lower(c) >= 'a' && char_lower(c) <= 'z') ||
		c == '_' || c == '-';
}

#endif
