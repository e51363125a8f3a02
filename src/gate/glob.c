/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an address pattern names.  Apart from the intent because acceptances,
 * rules and profiles name objects the same way, and because this is where a
 * hostile for_each key would slip past a `keep`: keys are compared decoded,
 * never as text with brackets in it.
 */
#include "gate/glob.h"

#include <string.h>

#include "base/glob.h"

#define DEPOSED_OPEN STR(" (deposed ")

bool text_glob(struct str pattern, struct str text)
{
	return glob_text_matches(pattern, text, /* any_byte= */ false);
}

/* One \-escape at s[at] into `to` (room for what it replaces); returns its length, 0 if it is none.
 */
static size_t decode_escape(struct str s, size_t at, char *to, size_t *put)
{
	static const char from[] = "nrt\"\\", into[] = "\n\r\t\"\\";
	size_t digits = 0;
	uint32_t code = 0;
	const char *known;

	if (at + 1 >= s.len || s.data[at + 1] == 0)
		return 0;
	known = strchr(from, s.data[at + 1]);
	if (known) {
		to[0] = into[known - from];
		*put = 1;
		return 2;
	}
	digits = s.data[at + 1] == 'u' ? 4 : s.data[at + 1] == 'U' ? 8 : 0;
	if (digits == 0 || at + 2 + digits > s.len)
		return 0;
	for (size_t i = 0; i < digits; i++) {
		int value = hex_value(s.data[at + 2 + i]);

		if (value < 0)
			return 0;
		code = code << 4 | (uint32_t)value;
	}
	if (code > 0x10ffff)
		return 0;
	*put = utf8_put(code, to);
	return 2 + digits;
}

/* The text of a quoted key; false if an escape is not one of Terraform's. */
static bool decode_key(struct str raw, struct arena *arena, struct str *ret_key)
{
	char *text;
	size_t len = 0;

	if (str_find_char(raw, '\\') == SIZE_MAX && str_find(raw, STR("$${")) == SIZE_MAX &&
		str_find(raw, STR("%%{")) == SIZE_MAX) {
		*ret_key = raw;
		return true;
	}
	text = arena_alloc(arena, raw.len + 1);
	if (!text)
		return false;
	for (size_t at = 0; at < raw.len;) {
		struct str rest = str_slice(raw, at, raw.len);
		size_t put = 0, taken;

		if (str_starts(rest, STR("$${")) || str_starts(rest, STR("%%{"))) {
			at++;
			text[len++] = raw.data[at++];
		} else if (raw.data[at] != '\\') {
			text[len++] = raw.data[at++];
		} else {
			taken = decode_escape(raw, at, text + len, &put);
			if (taken == 0)
				return false;
			at += taken;
			len += put;
		}
	}
	*ret_key = (struct str){text, len};
	return true;
}

/* Reads "[...]" at s[*at]; steps behind it. */
static bool parse_key(
	struct str s, size_t *at, bool pattern, struct arena *arena, struct address_step *step)
{
	size_t from = *at + 1, to = from;

	if (from < s.len && s.data[from] == '"') {
		for (to = ++from; to < s.len && s.data[to] != '"'; to++)
			if (s.data[to] == '\\')
				to++;
		if (to + 1 >= s.len || s.data[to + 1] != ']')
			return false;
		step->key_kind = KEY_TEXT;
		*at = to + 2;
		return decode_key(str_slice(s, from, to), arena, &step->key);
	}
	while (to < s.len && s.data[to] != ']')
		to++;
	if (to == s.len || to == from)
		return false;
	step->key = str_slice(s, from, to);
	*at = to + 1;
	step->key_kind = KEY_NUMBER;
	for (size_t i = 0; i < step->key.len; i++)
		if (step->key.data[i] < '0' || step->key.data[i] > '9')
			step->key_kind = KEY_GLOB;
	if (step->key_kind == KEY_NUMBER)
		return true;
	if (!pattern || str_find_char(step->key, '*') == SIZE_MAX)
		return false;
	if (str_is(step->key, "*"))
		step->key_kind = KEY_ANY;
	return true;
}

/* Reads one step at s[*at] and the dot behind it. */
static bool parse_step(
	struct str s, size_t *at, bool pattern, struct arena *arena, struct address_step *step)
{
	size_t from = *at, to = from;

	*step = (struct address_step){0};
	while (to < s.len && !memchr(".[]\"'(){} \t\r\n", s.data[to], 14))
		to++;
	step->name = str_slice(s, from, to);
	if (to == from || (!pattern && str_find_char(step->name, '*') != SIZE_MAX))
		return false;
	*at = to;
	if (to < s.len && s.data[to] == '[' && !parse_key(s, at, pattern, arena, step))
		return false;
	if (str_is(step->name, "**"))
		step->deep = true;
	else if (str_find(step->name, STR("**")) != SIZE_MAX)
		return false;
	if (step->deep && step->key_kind != KEY_NONE)
		return false;
	if (*at == s.len)
		return true;
	if (s.data[*at] != '.' || *at + 1 == s.len)
		return false;
	++*at;
	return true;
}

static struct str cut_deposed(struct str text, struct address *address)
{
	size_t open = SIZE_MAX, from = 0;

	if (!str_ends(text, STR(")")))
		return text;
	for (size_t found;
		(found = str_find(str_slice(text, from, text.len), DEPOSED_OPEN)) != SIZE_MAX;
		from = open + 1)
		open = from + found;
	if (open == SIZE_MAX)
		return text;
	address->deposed = str_slice(text, open + DEPOSED_OPEN.len, text.len - 1);
	return str_slice(text, 0, open);
}

/* Sorts the steps into modules (moved to the front), mode, type and name. */
static bool assign(struct address *address, struct address_step *steps, size_t count, bool pattern)
{
	size_t at = 0, modules = 0;

	while (at < count) {
		if (steps[at].deep) {
			if (at + 1 == count)
				break;
			steps[modules++] = steps[at++];
		} else if (str_is(steps[at].name, "module") && steps[at].key_kind == KEY_NONE &&
			at + 1 < count && !steps[at + 1].deep) {
			steps[modules++] = steps[at + 1];
			at += 2;
		} else {
			break;
		}
	}
	address->module_count = modules;
	if (at == count && pattern && modules > 0) {
		address->anything = true; /* "module.a" */
		return true;
	}
	if (at + 1 == count && steps[at].deep) {
		address->anything = true;
		return true;
	}
	if (at + 3 == count && steps[at].key_kind == KEY_NONE &&
		(str_is(steps[at].name, "data") || str_is(steps[at].name, "ephemeral")))
		address->mode = steps[at++].name;
	if (at + 2 != count || steps[at].deep || steps[at + 1].deep ||
		steps[at].key_kind != KEY_NONE)
		return false;
	address->type = steps[at].name;
	address->name = steps[at + 1];
	return true;
}

static bool parse(struct str text, bool pattern, struct arena *arena, struct address *ret)
{
	struct address address = {.text = text, .mode = STR("")};
	struct str s = cut_deposed(text, &address);
	struct address_step few[12], *steps = few;
	size_t count = 0, room = COUNT_OF(few);

	for (size_t at = 0; at < s.len;) {
		if (!arena_grow(arena, (void **)&steps, count, &room, sizeof(*steps)))
			return false;
		if (!parse_step(s, &at, pattern, arena, &steps[count++]))
			return false;
	}
	if (count == 0 || !assign(&address, steps, count, pattern))
		return false;
	address.modules = NULL;
	if (address.module_count > 0) {
		address.modules = ARENA_ARRAY(arena, struct address_step, address.module_count);
		if (!address.modules)
			return false;
		memcpy(address.modules, steps, address.module_count * sizeof(*steps));
	}
	*ret = address;
	return true;
}

bool address_parse(struct str text, struct arena *arena, struct address *ret_address)
{
	return parse(text, false, arena, ret_address);
}

bool glob_parse(
	struct str text, struct arena *arena, struct address *ret_glob, const char **ret_problem)
{
	if (parse(text, true, arena, ret_glob))
		return true;
	if (arena_failed(arena))
		*ret_problem = "out of memory";
	else if (str_empty(text))
		*ret_problem = "an address is expected here";
	else if (str_eq(text, STR("*")))
		*ret_problem = "\"*\" names one part of an address; write \"**\" for everything or "
			       "\"*.*\" for all of the root module";
	else
		*ret_problem =
			"not an address: write TYPE.NAME, module.NAME.TYPE.NAME, \"**\" and so "
			"on, text keys in double quotes";
	return false;
}

static bool match_key(const struct address_step *glob, const struct address_step *step)
{
	switch (glob->key_kind) {
	case KEY_NONE:
		return true;
	case KEY_ANY:
		return step->key_kind != KEY_NONE;
	case KEY_GLOB:
		return step->key_kind != KEY_NONE && text_glob(glob->key, step->key);
	case KEY_NUMBER:
	case KEY_TEXT:
		break;
	}
	return step->key_kind == glob->key_kind && str_eq(step->key, glob->key);
}

static bool match_step(const struct address_step *glob, const struct address_step *step)
{
	return text_glob(glob->name, step->name) && match_key(glob, step);
}

/* The same walk as text_glob(), over modules instead of bytes; `**` is the star. */
static bool match_modules(const struct address *glob, const struct address *address, bool prefix)
{
	size_t p = 0, t = 0, star = SIZE_MAX, resume = 0;

	while (t < address->module_count) {
		if (p < glob->module_count && glob->modules[p].deep) {
			star = p++;
			resume = t;
		} else if (p < glob->module_count &&
			match_step(&glob->modules[p], &address->modules[t])) {
			p++;
			t++;
		} else if (prefix && p == glob->module_count) {
			return true;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			t = ++resume;
		} else {
			return false;
		}
	}
	while (p < glob->module_count && glob->modules[p].deep)
		p++;
	return p == glob->module_count;
}

bool glob_match(const struct address *glob, const struct address *address)
{
	if (!match_modules(glob, address, glob->anything))
		return false;
	if (glob->anything)
		return true;
	return str_eq(glob->mode, address->mode) && text_glob(glob->type, address->type) &&
		match_step(&glob->name, &address->name);
}

bool glob_match_deposed(const struct address *glob, const struct address *address)
{
	if (str_absent(glob->deposed) || str_absent(address->deposed))
		return str_absent(glob->deposed) && str_absent(address->deposed);
	return str_is(glob->deposed, "*") || str_eq(glob->deposed, address->deposed);
}

static bool is_wild(struct str name)
{
	return str_find_char(name, '*') != SIZE_MAX;
}

static bool name_covers(struct str wide, struct str narrow)
{
	if (str_is(wide, "*") || str_eq(wide, narrow))
		return true;
	return !is_wild(narrow) && text_glob(wide, narrow);
}

static bool step_covers(const struct address_step *wide, const struct address_step *narrow)
{
	if (!name_covers(wide->name, narrow->name))
		return false;
	switch (wide->key_kind) {
	case KEY_NONE:
		return true;
	case KEY_ANY:
		return narrow->key_kind != KEY_NONE;
	case KEY_GLOB:
		if (narrow->key_kind == KEY_GLOB)
			return str_eq(wide->key, narrow->key);
		return (narrow->key_kind == KEY_TEXT || narrow->key_kind == KEY_NUMBER) &&
			text_glob(wide->key, narrow->key);
	case KEY_NUMBER:
	case KEY_TEXT:
		break;
	}
	return narrow->key_kind == wide->key_kind && str_eq(wide->key, narrow->key);
}

bool glob_covers(const struct address *wide, const struct address *narrow)
{
	bool any_module = wide->module_count == 1 && wide->modules[0].deep;
	size_t count = wide->module_count;

	if (!str_eq(wide->deposed, narrow->deposed) &&
		(str_absent(narrow->deposed) || !str_is(wide->deposed, "*")))
		return false;
	if (str_absent(wide->deposed) != str_absent(narrow->deposed))
		return false;
	if (wide->anything && count == 0)
		return true;
	if (!any_module) {
		if (narrow->module_count < count ||
			(!wide->anything && narrow->module_count != count))
			return false;
		for (size_t i = 0; i < count; i++) {
			if (wide->modules[i].deep != narrow->modules[i].deep)
				return false;
			if (!wide->modules[i].deep &&
				!step_covers(&wide->modules[i], &narrow->modules[i]))
				return false;
		}
	}
	if (wide->anything)
		return true;
	return !narrow->anything && str_eq(wide->mode, narrow->mode) &&
		name_covers(wide->type, narrow->type) && step_covers(&wide->name, &narrow->name);
}

bool glob_overlaps(const struct address *glob, const struct address *exact)
{
	if (glob_is_wild(exact))
		return true;
	/* Keys are left out: a missing one stands for all, so any two may meet. */
	if (exact->module_count < glob->module_count) {
		for (size_t i = 0; i < glob->module_count; i++)
			if (glob->modules[i].deep)
				return true;
		return false;
	}
	for (size_t i = 0; i < glob->module_count; i++) {
		if (glob->modules[i].deep)
			return true;
		if (!text_glob(glob->modules[i].name, exact->modules[i].name))
			return false;
	}
	if (glob->anything || exact->anything)
		return true;
	return exact->module_count == glob->module_count && str_eq(glob->mode, exact->mode) &&
		text_glob(glob->type, exact->type) && text_glob(glob->name.name, exact->name.name);
}

bool glob_is_wild(const struct address *glob)
{
	for (size_t i = 0; i < glob->module_count; i++)
		if (glob->modules[i].deep || is_wild(glob->modules[i].name) ||
			glob->modules[i].key_kind == KEY_ANY ||
			glob->modules[i].key_kind == KEY_GLOB)
			return true;
	return glob->anything || is_wild(glob->type) || is_wild(glob->name.name) ||
		glob->name.key_kind == KEY_ANY || glob->name.key_kind == KEY_GLOB ||
		str_is(glob->deposed, "*");
}
