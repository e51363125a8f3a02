/* SPDX-License-Identifier: Apache-2.0 */
/* How a changed text is put together, and where each of its places was; strip.c
 * decides what changes. */
#include "script/edit.h"

#include <stdlib.h>

enum { MAX_RESULT = 8 * SCRIPT_MAX_BYTES };

struct render {
	struct edit *edit;
	struct buf out;
	struct script_shift *shifts;
	size_t count, room;
	const uint32_t *lines; /* where each of the source's lines begins */
	size_t line_count;
	uint32_t line;     /* of the result, from 1 */
	size_t line_start; /* in the result */
	size_t follows;    /* the byte of the source that stands next if nothing shifts;
                     SIZE_MAX: none */
	size_t ahead;      /* bytes that the result's line is longer so far */
};

int edit_init(struct edit *edit, struct str source, struct arena *arena, struct error *err)
{
	*edit = (struct edit){.arena = arena, .source = source};
	edit->text = arena_alloc(arena, source.len + 1);
	edit->gone = arena_alloc(arena, source.len);
	if (!edit->text || !edit->gone)
		return error_memory(err);
	if (source.len)
		memcpy(edit->text, source.data, source.len);
	return 0;
}

static bool is_newline(char c)
{
	return c == '\n' || c == '\r';
}

void edit_blank(struct edit *edit, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!is_newline(edit->source.data[i]))
			edit->gone[i] |= EDIT_BLANK;
}

void edit_put(struct edit *edit, size_t at, char c)
{
	edit->text[at] = c;
	edit->gone[at] &= (uint8_t)~EDIT_BLANK;
}

static void insert(struct edit *edit, struct insertion insertion)
{
	/* A refused allocation is sticky: edit_render() says so. */
	if (!arena_grow(edit->arena, (void **)&edit->insertions, edit->count, &edit->room,
		    sizeof(*edit->insertions)))
		return;
	insertion.group = edit->group;
	insertion.order = (uint32_t)edit->count;
	edit->insertions[edit->count++] = insertion;
}

void edit_open(struct edit *edit, size_t at, struct str text)
{
	insert(edit, (struct insertion){.at = at, .text = text});
}

void edit_close(struct edit *edit, size_t at, struct str text)
{
	insert(edit, (struct insertion){.at = at, .text = text, .is_closing = true});
}

void edit_move(struct edit *edit, size_t at, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		edit->gone[i] |= EDIT_MOVED;
	insert(edit, (struct insertion){.at = at, .from = from, .to = to, .is_closing = true});
}

static int by_place(const void *left, const void *right)
{
	const struct insertion *a = left, *b = right;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->is_closing != b->is_closing)
		return a->is_closing ? -1 : 1;
	if (a->group != b->group)
		return (a->group < b->group) == a->is_closing ? 1 : -1;
	return a->order < b->order ? -1 : 1;
}

static const uint32_t *index_lines(struct arena *arena, struct str text, size_t *ret_count)
{
	uint32_t *lines;
	size_t count = 1;

	for (size_t i = 0; i < text.len; i++)
		count += text.data[i] == '\n';
	lines = ARENA_ARRAY(arena, uint32_t, count);
	*ret_count = count;
	count = 1;
	for (size_t i = 0; lines && i < text.len; i++)
		if (text.data[i] == '\n')
			lines[count++] = (uint32_t)i + 1;
	return lines;
}

static void add_shift(struct render *render, size_t at, bool is_added)
{
	size_t low = 0, high = render->line_count;
	struct script_shift shift = {.line = render->line, .is_added = is_added};

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (render->lines[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	shift.column = (uint32_t)(render->out.len - render->line_start + 1);
	shift.source_line = (uint32_t)low + 1;
	shift.source_column = (uint32_t)at - render->lines[low] + 1;
	if (arena_grow(render->edit->arena, (void **)&render->shifts, render->count, &render->room,
		    sizeof(*render->shifts)))
		render->shifts[render->count++] = shift;
}

static bool is_gone(const struct edit *edit, size_t at)
{
	return at < edit->source.len && edit->gone[at] && !is_newline(edit->source.data[at]);
}

/* A byte of the source where it stands. */
static void write_byte(struct render *render, size_t at)
{
	const struct edit *edit = render->edit;

	if (is_gone(edit, at)) {
		/* One space of a run stays, so that no two words become one. */
		if (render->ahead &&
			(is_gone(edit, at + 1) ||
				(at + 1 < edit->source.len &&
					is_newline(edit->source.data[at + 1])))) {
			render->ahead--;
			return;
		}
		buf_add_char(&render->out, ' ');
		render->follows = render->follows == at ? at + 1 : SIZE_MAX;
		return;
	}
	if (render->follows != at)
		add_shift(render, at, false);
	buf_add_char(&render->out, edit->text[at]);
	render->follows = at + 1;
	if (edit->text[at] == '\n') {
		render->line++;
		render->line_start = render->out.len;
		render->ahead = 0;
	}
}

/* A byte, and with it what stays of its line, at most up to `end`; the last byte that is written. */
static size_t write_from(struct render *render, size_t at, size_t end)
{
	const struct edit *edit = render->edit;
	size_t last = at;

	write_byte(render, at);
	while (render->follows == last + 1 && last + 1 < end && !edit->gone[last + 1] &&
		!is_newline(edit->text[last + 1]))
		last++, render->follows++;
	buf_add(&render->out, (struct str){edit->text + at + 1, last - at});
	return last;
}

/* A byte of a range that stands elsewhere now, on one line. */
static void write_moved_byte(struct render *render, size_t at)
{
	const struct edit *edit = render->edit;

	if (is_newline(edit->source.data[at]) || edit->gone[at] & EDIT_BLANK) {
		buf_add_char(&render->out, ' ');
		render->follows = SIZE_MAX;
		return;
	}
	if (render->follows != at)
		add_shift(render, at, false);
	buf_add_char(&render->out, edit->text[at]);
	render->follows = at + 1;
}

static void write_insertion(struct render *render, const struct insertion *insertion)
{
	if (str_empty(insertion->text))
		return;
	add_shift(render, insertion->at, true);
	buf_add(&render->out, insertion->text);
	render->follows = SIZE_MAX;
}

static const struct insertion *first_from(const struct edit *edit, size_t at)
{
	size_t low = 0, high = edit->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (edit->insertions[middle].at < at)
			low = middle + 1;
		else
			high = middle;
	}
	return edit->insertions + low;
}

/* What moves holds nothing that moves again: strip_class.c refuses that. */
static void write_moved(struct render *render, size_t from, size_t to)
{
	const struct edit *edit = render->edit;
	const struct insertion *next = first_from(edit, from);

	render->follows = SIZE_MAX;
	for (size_t at = from; at < to; at++) {
		for (; next < edit->insertions + edit->count && next->at == at; next++)
			write_insertion(render, next);
		write_moved_byte(render, at);
	}
	render->follows = SIZE_MAX;
}

static void write_all(struct render *render)
{
	const struct edit *edit = render->edit;
	size_t done = 0;

	for (size_t at = 0; at <= edit->source.len; at++) {
		for (; done < edit->count && edit->insertions[done].at == at; done++) {
			const struct insertion *next = &edit->insertions[done];
			const size_t before = render->out.len;

			if (at < edit->source.len && edit->gone[at] & EDIT_MOVED)
				continue;
			if (next->to)
				write_moved(render, next->from, next->to);
			else
				write_insertion(render, next);
			render->ahead += render->out.len - before;
		}
		if (at < edit->source.len)
			at = write_from(render, at,
				done < edit->count ? edit->insertions[done].at : edit->source.len);
	}
}

/* Where nothing is added each byte stays at its place. */
static void blank_all(struct edit *edit)
{
	for (size_t at = 0; at < edit->source.len; at++)
		if (is_gone(edit, at))
			edit->text[at] = ' ';
}

int edit_render(struct edit *edit, struct stripped *ret, struct error *err)
{
	struct render render = {.edit = edit, .out = BUF(MAX_RESULT), .line = 1};

	if (!edit->count) {
		blank_all(edit);
		ret->text = (struct str){edit->text, edit->source.len};
		return 0;
	}
	qsort(edit->insertions, edit->count, sizeof(*edit->insertions), by_place);
	render.lines = index_lines(edit->arena, edit->source, &render.line_count);
	if (render.lines) {
		write_all(&render);
		ret->text = arena_str(edit->arena, buf_str(&render.out));
	}
	ret->shifts = render.shifts;
	ret->shift_count = render.count;
	if (buf_failed(&render.out) || arena_failed(edit->arena)) {
		buf_free(&render.out);
		return error_memory(err);
	}
	buf_free(&render.out);
	return 0;
}

void script_place(const struct stripped *stripped, uint32_t line, uint32_t column,
	uint32_t *ret_line, uint32_t *ret_column)
{
	size_t low = 0, high = stripped->shift_count;
	const struct script_shift *shift;

	*ret_line = line;
	*ret_column = column;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		shift = &stripped->shifts[middle];
		if (shift->line < line || (shift->line == line && shift->column <= column))
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 || stripped->shifts[low - 1].line != line)
		return;
	shift = &stripped->shifts[low - 1];
	*ret_line = shift->source_line;
	*ret_column = shift->source_column + (shift->is_added ? 0 : column - shift->column);
}
