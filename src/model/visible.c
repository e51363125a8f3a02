/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Markdown as a reader sees it: which text is shown, in which blocks, and
 * which is not.  It is apart from the reading of sentences so that hidden text
 * can never become a sentence.  What it is not sure of it marks as odd.
 */
#include "model/visible.h"

struct state {
	struct arena *arena;
	struct units *units;
	struct buf shown;
	struct buf hidden;
	unsigned line;
	bool comment; /* inside one that began on an earlier line */
	char fence;   /* '`' or '~' inside a fenced block */
	size_t fence_length;
	bool open; /* `shown` holds a block that may go on */
	enum unit_kind kind;
	unsigned first;
};

uint32_t visible_code(struct str text, size_t *at)
{
	unsigned char c = (unsigned char)text.data[(*at)++];
	size_t more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
	uint32_t code = c & (0x3fu >> more);

	if (c < 0x80)
		return c;
	if (c < 0xc2 || c > 0xf4 || text.len - *at < more)
		return 0xfffd;
	for (size_t i = 0; i < more; i++) {
		unsigned char next = (unsigned char)text.data[*at + i];

		if ((next & 0xc0) != 0x80)
			return 0xfffd;
		code = code << 6 | (next & 0x3f);
	}
	*at += more;
	return code;
}

/* Ranges of what may stand in a summary beyond ASCII: Latin letters, punctuation, symbols. */
static bool is_symbol(uint32_t code)
{
	static const uint32_t ranges[][2] = {{0x2190, 0x21ff}, {0x2300, 0x23ff}, {0x2500, 0x2775},
		{0x2794, 0x27ef}, {0x2900, 0x297f}, {0x2b00, 0x2bff}, {0x1f300, 0x1faff}};

	for (size_t i = 0; i < COUNT_OF(ranges); i++)
		if (code >= ranges[i][0] && code <= ranges[i][1])
			return true;
	return code == 0x203c || code == 0x2049 || code == 0x2139 || code == 0xa9 || code == 0xae;
}

static bool is_plain(uint32_t code, uint32_t before)
{
	static const uint32_t marks[] = {0xa0, 0x202f, 0xa7, 0xab, 0xbb, 0xb0, 0xb1, 0xb7, 0xd7,
		0xa3, 0x20ac, 0x2026, 0x2022, 0x2264, 0x2265, 0x2248, 0x2260};

	if (code < 0x80)
		return code >= 0x20 && code != 0x7f;
	if (code == 0xfe0f || code == 0x200d)
		return is_symbol(before) || before == 0xfe0f;
	for (size_t i = 0; i < COUNT_OF(marks); i++)
		if (code == marks[i])
			return true;
	return (code >= 0xc0 && code <= 0x17f && code != 0xf7) ||
		(code >= 0x2013 && code <= 0x2014) || (code >= 0x2018 && code <= 0x201f) ||
		is_symbol(code);
}

/* A foreign letter inside a name would make it another name that looks the same. */
static bool touches_name(struct str text, size_t from, size_t at)
{
	return (from > 0 && (text.data[from - 1] == '_' || text.data[from - 1] == '.')) ||
		(at < text.len && (text.data[at] == '_' || text.data[at] == '.') &&
			at + 1 < text.len && visible_is_name(text.data[at + 1]));
}

static void note_look_alike(struct units *units, uint32_t code, unsigned line)
{
	if (units->look_alike_line)
		return;
	units->look_alike = code;
	units->look_alike_line = line;
}

static void check_characters(struct units *units, struct str line, unsigned number)
{
	uint32_t before = 0;

	for (size_t at = 0; at < line.len;) {
		size_t from = at;
		uint32_t code = visible_code(line, &at);

		if (code == '\t')
			code = ' ';
		if (!is_plain(code, before) ||
			(code >= 0xc0 && code <= 0x17f && touches_name(line, from, at)))
			note_look_alike(units, code, number);
		before = code;
	}
}

static void odd(struct state *state)
{
	if (!state->units->odd_line)
		state->units->odd_line = state->line;
}

static void hide(struct state *state, struct str text)
{
	buf_add(&state->hidden, text);
	buf_add_char(&state->hidden, '\n');
}

/* "&amp;", "&#95;", "&#x5f;": the code point, or 0 where it is none. */
static uint32_t entity(struct str text, size_t *ret_length)
{
	static const struct {
		struct str name;
		uint32_t code;
	} named[] = {{STR_INIT("&amp;"), '&'}, {STR_INIT("&lt;"), '<'}, {STR_INIT("&gt;"), '>'},
		{STR_INIT("&quot;"), '"'}, {STR_INIT("&apos;"), '\''}, {STR_INIT("&nbsp;"), ' '}};
	size_t end = str_find_char(str_slice(text, 0, 12), ';');
	bool hexadecimal = text.len > 2 && char_lower(text.data[2]) == 'x';
	uint32_t code = 0;

	for (size_t i = 0; i < COUNT_OF(named); i++) {
		if (!str_starts(text, named[i].name))
			continue;
		*ret_length = named[i].name.len;
		return named[i].code;
	}
	if (end == SIZE_MAX || !str_starts(text, STR("&#")))
		return 0;
	for (size_t i = hexadecimal ? 3 : 2; i < end; i++) {
		int digit = hex_value(text.data[i]);

		if (digit < 0 || (!hexadecimal && digit > 9) || code > 0x10ffff)
			return 0;
		code = code * (hexadecimal ? 16 : 10) + (uint32_t)digit;
	}
	*ret_length = end + 1;
	return code <= 0x10ffff ? code : 0xfffd;
}

/* Length of the run of one character at `at`. */
static size_t run_at(struct str text, size_t at)
{
	size_t end = at;

	while (end < text.len && text.data[end] == text.data[at])
		end++;
	return end - at;
}

/* Where the run of exactly `length` of text[from] closes, or SIZE_MAX. */
static size_t closing(struct str text, size_t from, size_t length)
{
	for (size_t at = from + length; at < text.len;) {
		size_t run = text.data[at] == text.data[from] ? run_at(text, at) : 0;

		if (run == length)
			return at;
		at += run ? run : 1;
	}
	return SIZE_MAX;
}

static void inlines(struct state *state, struct str text, unsigned depth);

/* A link shows its text; an image and every target and title show nothing. */
static size_t link_at(struct state *state, struct str text, size_t at, unsigned depth)
{
	bool image = text.data[at] == '!';
	size_t open = at + image, end = open + 1, close;

	if (open >= text.len || text.data[open] != '[' ||
		(at > 0 && !image && visible_is_name(text.data[at - 1])))
		return 0;
	while (end < text.len && text.data[end] != ']' && text.data[end] != '[')
		end++;
	if (end + 1 >= text.len || text.data[end] != ']' ||
		(text.data[end + 1] != '(' && text.data[end + 1] != '['))
		return 0;
	close = end + 1;
	while (close < text.len && text.data[close] != (text.data[end + 1] == '(' ? ')' : ']'))
		close++;
	if (close == text.len)
		return 0;
	hide(state, str_slice(text, end + 2, close));
	if (image)
		hide(state, str_slice(text, open + 1, end));
	else
		inlines(state, str_slice(text, open + 1, end), depth + 1);
	return close + 1 - at;
}

static bool tag_is(struct str name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

/* An HTML tag: harmless ones vanish, those that strike hide, all others make the text odd. */
static size_t tag_at(struct state *state, struct str text, size_t at)
{
	static const char *const quiet[] = {"b", "i", "em", "strong", "code", "sub", "sup", "kbd",
		"tt", "span", "/b", "/i", "/em", "/strong", "/code", "/sub", "/sup", "/kbd", "/tt",
		"/span"};
	static const char *const breaks[] = {"br", "p", "/p", "li", "/li", "ul", "/ul", "ol", "/ol",
		"hr", "br/", "br /", "div", "/div"};
	static const char *const strikes[] = {"del", "s", "strike"};
	size_t end = at + 1;
	struct str name;

	while (end < text.len && text.data[end] != '>')
		end++;
	if (end == text.len || at + 1 == end ||
		(text.data[at + 1] != '/' && text.data[at + 1] != '!' &&
			(char_lower(text.data[at + 1]) < 'a' ||
				char_lower(text.data[at + 1]) > 'z')))
		return 0;
	name = str_slice(text, at + 1, end);
	if (tag_is(name, quiet, COUNT_OF(quiet)))
		return end + 1 - at;
	if (tag_is(name, breaks, COUNT_OF(breaks))) {
		buf_add_char(&state->shown, '\n');
		return end + 1 - at;
	}
	if (tag_is(name, strikes, COUNT_OF(strikes))) {
		size_t length = str_find(str_slice(text, end, text.len), STR("</"));

		end = length == SIZE_MAX ? text.len - 1 : end + length + 1 + name.len + 1;
		end = end < text.len ? end : text.len - 1;
		hide(state, str_slice(text, at, end));
		return end + 1 - at;
	}
	odd(state);
	hide(state, str_slice(text, at, text.len));
	return end + 1 - at;
}

static void add_code(struct state *state, uint32_t code)
{
	char bytes[4];

	if (!is_plain(code, 0)) {
		note_look_alike(state->units, code, state->line);
		code = ' ';
	}
	buf_add(&state->shown, (struct str){bytes, utf8_put(code, bytes)});
}

/* Asterisks and underscores that set off words are not seen. */
static bool is_emphasis(struct str text, size_t at)
{
	bool before = at > 0 && (text.data[at - 1] & 0x80 || visible_is_name(text.data[at - 1]));
	bool after = at + 1 < text.len &&
		(text.data[at + 1] & 0x80 || visible_is_name(text.data[at + 1]));

	if (text.data[at] == '*')
		return !(at > 0 && at + 1 < text.len && text.data[at - 1] == ' ' &&
			       text.data[at + 1] == ' ') &&
			!(at > 0 && text.data[at - 1] == '[');
	return !(before && after);
}

static size_t code_at(struct state *state, struct str text, size_t at)
{
	size_t run = run_at(text, at), end = closing(text, at, run);

	if (end == SIZE_MAX)
		return run;
	buf_add_char(&state->shown, MARK_CODE);
	buf_add(&state->shown, str_slice(text, at + run, end));
	buf_add_char(&state->shown, MARK_CODE_END);
	return end + run - at;
}

/* The special character at `at`: how many bytes it takes, or 0 where it is an ordinary one. */
static size_t special(struct state *state, struct str text, size_t at, unsigned depth)
{
	size_t length = 0, end;
	uint32_t code;

	switch (text.data[at]) {
	case '`':
		return code_at(state, text, at);
	case '\\':
		if (at + 1 == text.len || (text.data[at + 1] & 0x80) ||
			visible_is_name(text.data[at + 1]) !=
				(text.data[at + 1] == '_' || text.data[at + 1] == '-'))
			return 0;
		buf_add_char(&state->shown, text.data[at + 1]);
		return 2;
	case '&':
		code = entity(str_slice(text, at, text.len), &length);
		if (code)
			add_code(state, code);
		return length;
	case '~':
		length = run_at(text, at);
		end = length <= 2 ? closing(text, at, length) : SIZE_MAX;
		if (end == SIZE_MAX)
			return length;
		hide(state, str_slice(text, at, end));
		return end + length - at;
	case '!':
	case '[':
		return depth < 4 ? link_at(state, text, at, depth) : 0;
	case '<':
		return tag_at(state, text, at);
	case '*':
	case '_':
		return is_emphasis(text, at);
	default:
		return 0;
	}
}

static void inlines(struct state *state, struct str text, unsigned depth)
{
	for (size_t at = 0; at < text.len;) {
		size_t used = special(state, text, at, depth);

		if (!used)
			buf_add_char(&state->shown, text.data[at]);
		at += used ? used : 1;
	}
}

static void flush(struct state *state)
{
	struct units *units = state->units;
	struct str raw = arena_str(state->arena, buf_str(&state->shown));

	buf_clear(&state->shown);
	if (!state->open)
		return;
	state->open = false;
	if (state->kind == UNIT_CODE)
		buf_add(&state->shown, raw);
	else
		inlines(state, raw, 0);
	if (arena_grow(state->arena, (void **)&units->items, units->count, &units->room,
		    sizeof(*units->items)))
		units->items[units->count++] = (struct unit){
			state->kind, arena_str(state->arena, buf_str(&state->shown)), state->first};
	buf_clear(&state->shown);
}

static void begin(struct state *state, enum unit_kind kind, struct str text)
{
	flush(state);
	state->open = true;
	state->kind = kind;
	state->first = state->line;
	buf_add(&state->shown, text);
}

/* The line without comments; what was in them is hidden. */
static struct str without_comments(struct state *state, struct str line)
{
	struct buf kept = BUF(SUMMARY_MOST * 2);
	struct str result;

	while (line.len) {
		size_t at = str_find(line, state->comment ? STR("-->") : STR("<!--"));
		struct str part = str_slice(line, 0, at);

		if (state->comment) {
			hide(state, part);
		} else {
			size_t ticks = 0;

			for (size_t i = 0; at != SIZE_MAX && i < part.len; i++)
				ticks += part.data[i] == '`';
			if (ticks % 2)
				odd(state);
			buf_add(&kept, part);
		}
		if (at == SIZE_MAX)
			break;
		line = str_slice(line, at + (state->comment ? 3 : 4), line.len);
		state->comment = !state->comment;
	}
	result = arena_str(state->arena, buf_str(&kept));
	buf_free(&kept);
	return result;
}

/* "- ", "* ", "12. ": length of the marker with its blank, or 0. */
static size_t item_marker(struct str line)
{
	size_t at = 0;

	if (line.len > 1 && strchr("-*+", line.data[0]) && line.data[1] == ' ')
		return 2;
	while (at < line.len && at < 4 && line.data[at] >= '0' && line.data[at] <= '9')
		at++;
	return at && at + 1 < line.len && (line.data[at] == '.' || line.data[at] == ')') &&
			line.data[at + 1] == ' '
		? at + 2
		: 0;
}

static bool only_of(struct str line, const char *set)
{
	for (size_t i = 0; i < line.len; i++)
		if (!strchr(set, line.data[i]))
			return false;
	return line.len > 0;
}

static bool is_fence(struct str line)
{
	return str_starts(line, STR("```")) || str_starts(line, STR("~~~"));
}

static void block_line(struct state *state, struct str line)
{
	size_t marker;

	while (line.len && line.data[0] == '>')
		line = str_trim(str_slice(line, 1, line.len));
	marker = item_marker(line);
	if (str_empty(line)) {
		flush(state);
	} else if (only_of(line, "|-: ") || only_of(line, "*_ ") || only_of(line, "=")) {
		if (state->open && state->kind == UNIT_PARAGRAPH)
			state->kind = UNIT_HEADING;
		flush(state);
	} else if (line.data[0] == '#') {
		while (line.len && line.data[0] == '#')
			line = str_slice(line, 1, line.len);
		begin(state, UNIT_HEADING, line);
		flush(state);
	} else if (line.data[0] == '|' || str_find(line, STR(" | ")) != SIZE_MAX) {
		begin(state, UNIT_ROW, line);
		flush(state);
	} else if (line.data[0] == '[' && str_find(line, STR("]:")) != SIZE_MAX) {
		flush(state);
		hide(state, line);
	} else if (marker) {
		begin(state, UNIT_ITEM, str_slice(line, marker, line.len));
	} else if (state->open) {
		buf_add_char(&state->shown, ' ');
		buf_add(&state->shown, line);
	} else {
		begin(state, UNIT_PARAGRAPH, line);
	}
}

static void read_line(struct state *state, struct str line)
{
	struct str trimmed = str_trim(line);

	if (state->fence) {
		if (is_fence(trimmed) && trimmed.data[0] == state->fence &&
			run_at(trimmed, 0) >= state->fence_length &&
			run_at(trimmed, 0) == trimmed.len) {
			state->fence = 0;
			return;
		}
		if (!str_empty(trimmed)) {
			begin(state, UNIT_CODE, trimmed);
			flush(state);
		}
		return;
	}
	if (!state->comment && is_fence(trimmed)) {
		flush(state);
		state->fence = trimmed.data[0];
		state->fence_length = run_at(trimmed, 0);
		/* What stands behind the fence is not shown. */
		hide(state, str_slice(trimmed, state->fence_length, trimmed.len));
		return;
	}
	if (state->comment || str_find(trimmed, STR("<!--")) != SIZE_MAX) {
		trimmed = str_trim(without_comments(state, trimmed));
		if (str_empty(trimmed))
			return;
	}
	block_line(state, trimmed);
}

int visible_read(struct str text, struct arena *arena, struct units *ret_units, struct error *err)
{
	struct units units = {0};
	struct state state = {.arena = arena,
		.units = &units,
		.shown = BUF(SUMMARY_MOST * 4),
		.hidden = BUF(SUMMARY_MOST * 8)};
	struct str rest = text;
	bool failed;

	while (!str_absent(rest)) {
		struct str line = str_split(&rest, '\n');

		if (str_ends(line, STR("\r")))
			line.len--;
		state.line++;
		check_characters(&units, line, state.line);
		read_line(&state, line);
	}
	flush(&state);
	/* Nobody knows what a reader sees behind it. */
	if (state.comment || state.fence)
		odd(&state);
	units.hidden = arena_str(arena, buf_str(&state.hidden));
	failed = buf_failed(&state.shown) || buf_failed(&state.hidden) || arena_failed(arena);
	buf_free(&state.shown);
	buf_free(&state.hidden);
	if (failed)
		return error_memory(err);
	*ret_units = units;
	return 0;
}
