/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the picture of what is destroyed looks: where its nodes stand, and the
 * SVG.  From left to right, what goes stands before what refers to it; the order within a column follows
 * the arrows, so that few of them cross.  All arithmetic is on integers: the same picture everywhere.
 *
 * The picture shows nothing that a list below it does not say in words.
 */
#include <stdlib.h>

#include "report/encode.h"
#include "report/html.h"
#include "report/picture.h"

enum {
	COLUMNS_MOST = 12,
	ARROWS_MOST = 3,  /* to a node of a folded picture */
	WIDTH = 300,      /* of a node, in pixels */
	GAP = 90,         /* between columns, for arrows */
	GAP_FOLDED = 240, /* with many arrows */
	SPACE = 16,       /* between nodes, and around all */
	LINE = 18,        /* from line to line */
	LETTERS = 35,     /* of 8 pixels, in a node's width */
	LINES_MOST = 4,
};

struct drawing {
	struct html *html;
	struct arena *arena;
	const struct picture *picture;
	bool folded;
	size_t gap;
	/* Which references have an arrow; nodes without any stand below the others. */
	bool arrow[PICTURE_NODES][PICTURE_NODES];
	bool alone[PICTURE_NODES];
	size_t arrow_count;
	size_t column[PICTURE_NODES];
	size_t order[PICTURE_NODES]; /* of a node in its column */
	size_t x[PICTURE_NODES], y[PICTURE_NODES], height[PICTURE_NODES];
	size_t columns;
	size_t bottom;
};

/* ---- what a node says ---- */

static struct str what(const struct drawing *drawing, const struct picture_node *node)
{
	struct arena *arena = drawing->arena;

	if (node->role == ROLE_DATA)
		return STR("data source");
	if (node->role == ROLE_STAYS)
		return node->stays == 1 ? STR("stays")
					: arena_printf(arena, "stays \xc3\x97 %zu", node->stays);
	if (node->deletes && node->replaces)
		return arena_printf(arena, "- delete \xc3\x97 %zu, -/+ replace \xc3\x97 %zu",
			node->deletes, node->replaces);
	if (node->deletes + node->replaces == 1)
		return node->deletes ? STR("- delete") : STR("-/+ replace");
	return arena_printf(arena, "%s \xc3\x97 %zu", node->deletes ? "- delete" : "-/+ replace",
		node->deletes + node->replaces);
}

static struct str label(const struct drawing *drawing, const struct picture_node *node)
{
	if (str_absent(node->label))
		return arena_printf(drawing->arena, "%zu other types", node->types);
	return report_safe_address(
		drawing->html->report, node->label, drawing->arena, drawing->html->out);
}

static struct str where(const struct drawing *drawing, const struct picture_node *node)
{
	bool several = drawing->html->report->plan_count > 1 && node->plan;
	struct str module = report_safe_address(
		drawing->html->report, node->module, drawing->arena, drawing->html->out);
	struct str plan = several ? report_safe(drawing->html->report, node->plan->name,
					    drawing->arena, drawing->html->out)
				  : (struct str){NULL, 0};

	if (str_empty(node->module))
		return several ? arena_printf(drawing->arena, "in %.*s", STR_ARG(plan)) : plan;
	return arena_printf(drawing->arena, "in %.*s%s%.*s", STR_ARG(plan), several ? ": " : "",
		STR_ARG(module));
}

static struct str why(const struct drawing *drawing, const struct picture_node *node)
{
	struct str attribute;

	/* Arrows between what goes are not drawn in a folded picture. */
	if (!node->refers || (drawing->folded && node->role == ROLE_GONE))
		return (struct str){NULL, 0};
	if (node->several)
		return STR("refers by several attributes");
	if (str_empty(node->attribute))
		return STR("refers by depends_on");
	attribute = report_safe(
		drawing->html->report, node->attribute, drawing->arena, drawing->html->out);
	return arena_printf(drawing->arena, "refers by %.*s", STR_ARG(attribute));
}

/* The lines of a node; absent ones are left out. */
static size_t lines_of(
	const struct drawing *drawing, const struct picture_node *node, struct str *ret_lines)
{
	const struct str all[LINES_MOST] = {what(drawing, node), label(drawing, node),
		where(drawing, node), why(drawing, node)};
	size_t count = 0;

	for (size_t i = 0; i < LINES_MOST; i++)
		if (!str_absent(all[i]))
			ret_lines[count++] = all[i];
	return count;
}

/* The offset behind `letters` code points from `at` on. */
static size_t skip_letters(struct str text, size_t at, size_t letters)
{
	for (; at < text.len && letters; letters--)
		for (at++; at < text.len && ((unsigned char)text.data[at] & 0xc0) == 0x80; at++)
			;
	return at;
}

/* A text in a node's width: what is too long loses its middle. */
static void fitted(struct drawing *drawing, struct str text)
{
	size_t letters = 0, at = 0;

	for (; at < text.len; letters++)
		at = skip_letters(text, at, 1);
	if (letters <= LETTERS) {
		encode_html(drawing->html->out, text);
		return;
	}
	encode_html(drawing->html->out, str_slice(text, 0, skip_letters(text, 0, LETTERS / 2)));
	html_own(drawing->html, "\xe2\x80\xa6");
	encode_html(drawing->html->out,
		str_slice(text, skip_letters(text, 0, letters - LETTERS / 2), text.len));
}

/* ---- where nodes stand ---- */

/*
 * In a folded picture almost everything refers to everything.  There, arrows lead only to what stays, and to each node
 * from the few that it refers to most.
 */
static void find_arrows(struct drawing *drawing)
{
	const struct picture *picture = drawing->picture;
	bool folded = drawing->folded;

	for (size_t i = 0; i < picture->node_count; i++)
		drawing->alone[i] = true;
	for (size_t from = 0; from < picture->node_count; from++) {
		const size_t *refers = picture->refers[from];

		if (folded && picture->nodes[from].role == ROLE_GONE)
			continue;
		for (size_t to = 0; to < picture->node_count; to++) {
			size_t stronger = 0;

			for (size_t k = 0; k < picture->node_count; k++)
				stronger += refers[k] > refers[to] ||
					(refers[k] == refers[to] && k < to);
			if (!refers[to] || from == to || (folded && stronger >= ARROWS_MOST))
				continue;
			drawing->arrow[from][to] = true;
			drawing->alone[from] = drawing->alone[to] = false;
			drawing->arrow_count++;
		}
	}
}

/* Each node one column behind the last of those that it refers to; circles end at the last column. */
static void find_columns(struct drawing *drawing)
{
	const struct picture *picture = drawing->picture;

	for (size_t round = 1; round < COLUMNS_MOST; round++)
		for (size_t i = 0; i < picture->node_count; i++)
			for (size_t j = 0; j < picture->node_count; j++)
				if (drawing->arrow[i][j] && drawing->column[j] + 1 == round)
					drawing->column[i] = round;
	for (size_t i = 0; i < picture->node_count; i++)
		if (drawing->column[i] >= drawing->columns)
			drawing->columns = drawing->column[i] + 1;
}

struct place_key {
	size_t node;
	size_t key; /* smaller is higher */
};

static int compare_keys(const void *left, const void *right)
{
	const struct place_key *a = left, *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->node < b->node ? -1 : a->node > b->node;
}

/* Where a node would stand if the arrows alone decided: amid its neighbours in `column`. */
static size_t amid(const struct drawing *drawing, size_t node, size_t column)
{
	const struct picture *picture = drawing->picture;
	size_t sum = 0, count = 0;

	for (size_t other = 0; other < picture->node_count; other++) {
		if (drawing->column[other] != column ||
			(!drawing->arrow[node][other] && !drawing->arrow[other][node]))
			continue;
		sum += drawing->order[other] * 1024;
		count++;
	}
	return count ? sum / count : SIZE_MAX;
}

/* Orders a column by another; nodes without an arrow there come last. */
static void order_column(struct drawing *drawing, size_t column, size_t by)
{
	struct place_key keys[PICTURE_NODES];
	size_t count = 0;

	for (size_t i = 0; i < drawing->picture->node_count; i++)
		if (drawing->column[i] == column && !drawing->alone[i])
			keys[count++] = (struct place_key){i, amid(drawing, i, by)};
	qsort(keys, count, sizeof(*keys), compare_keys);
	for (size_t i = 0; i < count; i++)
		drawing->order[keys[i].node] = i;
}

static void put(struct drawing *drawing, size_t node, size_t column, size_t y)
{
	size_t bottom = y + drawing->height[node] + SPACE;

	drawing->x[node] = SPACE + column * (WIDTH + drawing->gap);
	drawing->y[node] = y;
	if (bottom > drawing->bottom)
		drawing->bottom = bottom;
	if (column >= drawing->columns)
		drawing->columns = column + 1;
}

/* Nodes without an arrow stand in rows, below all others. */
static void place_alone(struct drawing *drawing)
{
	size_t count = 0, y = drawing->bottom, grid = drawing->folded ? 2 : 3;

	for (size_t i = 0; i < drawing->picture->node_count; i++) {
		if (!drawing->alone[i])
			continue;
		if (count && count % grid == 0)
			y = drawing->bottom;
		put(drawing, i, count++ % grid, y);
	}
}

static void place_nodes(struct drawing *drawing)
{
	const struct picture *picture = drawing->picture;
	struct str lines[LINES_MOST];

	for (size_t column = 0; column < drawing->columns; column++)
		order_column(drawing, column, column ? column - 1 : SIZE_MAX);
	for (size_t column = drawing->columns - 1; column > 0; column--)
		order_column(drawing, column - 1, column);
	for (size_t column = 1; column < drawing->columns; column++)
		order_column(drawing, column, column - 1);
	for (size_t i = 0; i < picture->node_count; i++)
		drawing->height[i] = SPACE + LINE * lines_of(drawing, &picture->nodes[i], lines);
	drawing->bottom = SPACE;
	for (size_t i = 0; i < picture->node_count; i++) {
		size_t y = SPACE;

		for (size_t k = 0; k < picture->node_count; k++)
			if (!drawing->alone[k] && drawing->column[k] == drawing->column[i] &&
				drawing->order[k] < drawing->order[i])
				y += drawing->height[k] + SPACE;
		if (!drawing->alone[i])
			put(drawing, i, drawing->column[i], y);
	}
	place_alone(drawing);
}

/* ---- the SVG ---- */

static void draw_edge(struct drawing *drawing, size_t from, size_t to)
{
	size_t x1 = drawing->x[to] + WIDTH, y1 = drawing->y[to] + drawing->height[to] / 2;
	size_t bend = drawing->gap / 2, x2 = drawing->x[from] - 2,
	       y2 = drawing->y[from] + drawing->height[from] / 2;

	if (drawing->column[from] > drawing->column[to]) {
		buf_printf(drawing->html->out,
			"<path class=\"edge\" marker-end=\"url(#arrow)\" "
			"d=\"M%zu %zuC%zu %zu %zu %zu %zu %zu\"/>\n",
			x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2);
		return;
	}
	/* Within a column, or back: around the right side. */
	x2 = drawing->x[from] + WIDTH + 2;
	buf_printf(drawing->html->out,
		"<path class=\"edge\" marker-end=\"url(#arrow)\" "
		"d=\"M%zu %zuC%zu %zu %zu %zu %zu %zu\"/>\n",
		x1, y1, x1 + bend, y1, x2 + bend, y2, x2, y2);
}

static void draw_node(struct drawing *drawing, size_t index)
{
	const struct picture_node *node = &drawing->picture->nodes[index];
	struct html *html = drawing->html;
	struct str lines[LINES_MOST];
	size_t count = lines_of(drawing, node, lines);

	buf_printf(html->out,
		"<g class=\"node %s\" transform=\"translate(%zu %zu)\">"
		"<rect width=\"%d\" height=\"%zu\" rx=\"%d\"/>",
		node->role == ROLE_GONE ? "gone" : "stays", drawing->x[index], drawing->y[index],
		WIDTH, drawing->height[index], node->role == ROLE_GONE ? 0 : 8);
	html_own(html, "<g clip-path=\"url(#inside)\">");
	for (size_t i = 0; i < count; i++) {
		buf_printf(html->out, "<text class=\"%s\" x=\"10\" y=\"%zu\">",
			i == 0          ? "what"
				: i > 1 ? "small"
					: "label",
			20 + i * LINE);
		fitted(drawing, lines[i]);
		html_own(html, "</text>");
	}
	html_own(html, "</g></g>\n");
}

static void draw(struct drawing *drawing)
{
	const struct picture *picture = drawing->picture;
	struct html *html = drawing->html;
	size_t width = SPACE + drawing->columns * (WIDTH + drawing->gap) - drawing->gap + SPACE;

	buf_printf(html->out,
		"<div class=\"scroll picture\" tabindex=\"0\" role=\"region\" "
		"aria-label=\"Picture, may scroll\">\n"
		"<svg role=\"img\" aria-labelledby=\"picture-title picture-text\" "
		"viewBox=\"0 0 %zu %zu\" width=\"%zu\" height=\"%zu\">\n",
		width, drawing->bottom, width, drawing->bottom);
	html_own(html,
		"<title id=\"picture-title\">What is destroyed, and what refers to it</title>\n"
		"<desc id=\"picture-text\">The list below the picture says the same in words."
		"</desc>\n"
		"<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" "
		"markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">"
		"<path class=\"head\" d=\"M0 0L8 4L0 8z\"/></marker>"
		"<clipPath id=\"inside\">");
	buf_printf(html->out, "<rect width=\"%d\" height=\"%d\"/></clipPath></defs>\n", WIDTH - 4,
		SPACE + LINES_MOST * LINE);
	for (size_t to = 0; to < picture->node_count; to++)
		for (size_t from = 0; from < picture->node_count; from++)
			if (drawing->arrow[from][to])
				draw_edge(drawing, from, to);
	for (size_t i = 0; i < picture->node_count; i++)
		draw_node(drawing, i);
	html_own(html, "</svg>\n</div>\n");
}

/* ---- the same in words ---- */

static void in_words(struct drawing *drawing, size_t index)
{
	const struct picture_node *node = &drawing->picture->nodes[index];
	struct str place = where(drawing, node);
	struct buf *out = drawing->html->out;

	encode_html(out, what(drawing, node));
	html_own(drawing->html, " <code>");
	encode_html(out, label(drawing, node));
	html_own(drawing->html, "</code>");
	if (!str_absent(place)) {
		buf_add_char(out, ' ');
		encode_html(out, place);
	}
}

static void list(struct drawing *drawing)
{
	const struct picture *picture = drawing->picture;
	struct html *html = drawing->html;

	html_own(html, "<details><summary>The picture in words</summary>\n<ul>\n");
	for (size_t to = 0; to < picture->node_count; to++) {
		bool any = false;

		html_own(html, "<li>");
		in_words(drawing, to);
		for (size_t from = 0; from < picture->node_count; from++) {
			if (!picture->refers[from][to] || from == to)
				continue;
			html_own(html, any ? "<li>" : ", referred to by\n<ul>\n<li>");
			any = true;
			in_words(drawing, from);
			buf_printf(html->out, " (%zu reference%s)</li>\n",
				picture->refers[from][to],
				picture->refers[from][to] == 1 ? "" : "s");
		}
		html_own(html, any ? "</ul>\n</li>\n" : "</li>\n");
	}
	html_own(html, "</ul>\n</details>\n");
}

static void caption(struct drawing *drawing)
{
	static const char *const folds[] = {"", " Resources of one module and type stand together.",
		" Resources of one type stand together.",
		" Resources of one type stand together, the rarer types as one."};
	const struct picture *picture = drawing->picture;
	struct html *html = drawing->html;

	buf_printf(html->out, "<p>%zu object%s destroyed", picture->gone,
		picture->gone == 1 ? " is" : "s are");
	if (!picture->blind)
		buf_printf(html->out, "; %zu that stay%s refer%s to %s", picture->stays,
			picture->stays == 1 ? "s" : "", picture->stays == 1 ? "s" : "",
			picture->gone == 1 ? "it" : "them");
	html_own(html, ".");
	html_own(html, folds[picture->fold]);
	if (drawing->arrow_count)
		html_own(html, " Arrows lead from what is referred to.");
	if (drawing->arrow_count && drawing->folded)
		html_own(html,
			" Drawn are, for each group that stays, the three that it refers to most; "
			"the list below the picture has all.");
	html_own(html, "</p>\n");
	html_own(html,
		picture->blind
			? "<p class=\"note\">A plan came without its configuration: what refers "
			  "to its objects is not known.</p>\n"
			: "<p class=\"note\">From the configuration. It does not tell what refers "
			  "through local values, or what referred to blocks that are no longer "
			  "in it.</p>\n");
}

int html_picture(struct html *html, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)1 << 30);
	struct picture *picture = NULL;
	struct drawing *drawing = arena ? ARENA_NEW(arena, struct drawing) : NULL;
	int r;

	if (!drawing)
		return error_memory(err);
	r = picture_make(html->report, arena, &picture, err);
	if (r < 0 || !picture)
		return r;
	*drawing = (struct drawing){.html = html, .arena = arena, .picture = picture};
	drawing->folded = picture->fold != FOLD_RESOURCES;
	drawing->gap = drawing->folded ? GAP_FOLDED : GAP;
	find_arrows(drawing);
	find_columns(drawing);
	place_nodes(drawing);
	html_own(html, "<section id=\"picture\">\n<h2>What refers to it</h2>\n");
	caption(drawing);
	draw(drawing);
	list(drawing);
	html_own(html, "</section>\n");
	return arena_failed(arena) ? error_memory(err) : 0;
}
