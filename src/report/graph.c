/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the tree of constructs and their references look.  The picture is a list, indented as the tree is, with an arc to the right of
 * it for each reference: it needs no layout that could fail, and finds its rows by name.  All arithmetic is on integers.
 */
#include "report/graph.h"

#include <stdlib.h>

#include "base/json.h"
#include "report/encode.h"

enum {
	ROWS_MOST = 600,
	ARCS_MOST = 3000,
	ROW = 22,        /* in pixels */
	INDENT = 18,     /* of a level */
	LETTER = 8,      /* of the widest font that browsers take for monospace at 13 pixels */
	LABEL_MOST = 70, /* letters */
	MARGIN = 16,
	BULGE_MOST = 320,
};

const char graph_formats[] = "svg|dot|json";

struct drawing {
	const struct graph *graph;
	const struct report *report;
	struct arena *arena;
	struct buf *out;
	size_t *row;   /* of each node, or of the one that it is counted in; SIZE_MAX: not drawn */
	size_t *shown; /* the node of each row */
	size_t *end;   /* where each row's text ends, in pixels */
	size_t rows;
	unsigned depth; /* of the deepest that are drawn */
};

static struct str safe(struct drawing *drawing, struct str text)
{
	return report_safe(drawing->report, text, drawing->arena, drawing->out);
}

static struct str safe_address(struct drawing *drawing, struct str address)
{
	return report_safe_address(drawing->report, address, drawing->arena, drawing->out);
}

/* ---- SVG ---- */

/* The deepest level down to which all nodes have a row. */
static unsigned choose_depth(const struct graph *graph)
{
	size_t counts[GRAPH_DEPTH_MOST + 2] = {0}, total = 0;
	unsigned depth = 0;

	for (size_t i = 0; i < graph->node_count; i++)
		counts[graph->nodes[i].depth]++;
	while (depth < COUNT_OF(counts) && total + counts[depth] <= ROWS_MOST)
		total += counts[depth++];
	return depth ? depth - 1 : 0;
}

static bool make_rows(struct drawing *drawing)
{
	const struct graph *graph = drawing->graph;

	drawing->depth = choose_depth(graph);
	drawing->row = ARENA_ARRAY(drawing->arena, size_t, graph->node_count + 1);
	drawing->shown = ARENA_ARRAY(drawing->arena, size_t, ROWS_MOST);
	drawing->end = ARENA_ARRAY(drawing->arena, size_t, ROWS_MOST);
	if (!drawing->row || !drawing->shown || !drawing->end)
		return false;
	for (size_t i = 0; i < graph->node_count; i++) {
		const struct graph_node *node = &graph->nodes[i];

		drawing->row[i] = SIZE_MAX;
		if (node->depth > drawing->depth) {
			drawing->row[i] = drawing->row[node->parent];
		} else if (drawing->rows < ROWS_MOST) {
			drawing->shown[drawing->rows] = i;
			drawing->row[i] = drawing->rows++;
		}
	}
	return true;
}

/* At most `most` letters of a text; the rest is three points. */
static struct str shorten(struct arena *arena, struct str text, size_t most)
{
	size_t at = 0, letters = 0;

	while (at < text.len && letters < most) {
		at++;
		while (at < text.len && ((unsigned char)text.data[at] & 0xc0) == 0x80)
			at++;
		letters++;
	}
	return at == text.len
		? text
		: arena_printf(arena, "%.*s\xe2\x80\xa6", STR_ARG(str_slice(text, 0, at)));
}

static size_t letters_of(struct str text)
{
	size_t letters = 0;

	for (size_t i = 0; i < text.len; i++)
		letters += ((unsigned char)text.data[i] & 0xc0) != 0x80;
	return letters;
}

/* "mail", and beside it its address or what it is. */
static void add_row(struct drawing *drawing, size_t row)
{
	const struct graph_node *node = &drawing->graph->nodes[drawing->shown[row]];
	bool folded = node->depth == drawing->depth && node->below;
	struct str name = shorten(drawing->arena, safe(drawing, node->name), LABEL_MOST);
	struct str more = str_absent(node->address)
		? node->kind
		: shorten(drawing->arena, safe_address(drawing, node->address), LABEL_MOST);
	size_t x = MARGIN + node->depth * INDENT, y = MARGIN + row * ROW + 14;

	if (folded)
		more = arena_printf(drawing->arena, "%.*s, %zu in it", STR_ARG(more), node->below);
	drawing->end[row] = x + (letters_of(name) + 2 + letters_of(more)) * LETTER;
	buf_printf(drawing->out, "<text x=\"%zu\" y=\"%zu\">", x, y);
	encode_xml(drawing->out, name);
	buf_add(drawing->out, STR("<tspan class=\"more\" dx=\"10\">"));
	encode_xml(drawing->out, more);
	buf_add(drawing->out, STR("</tspan></text>\n"));
}

/* The line from a node down to the last of its children, with a branch to each. */
static void add_branch(struct drawing *drawing, size_t row)
{
	const struct graph *graph = drawing->graph;
	const struct graph_node *node = &graph->nodes[drawing->shown[row]];
	size_t x = MARGIN + node->depth * INDENT, y = MARGIN + row * ROW + 10, above;

	if (node->parent == SIZE_MAX || drawing->row[node->parent] == SIZE_MAX)
		return;
	above = MARGIN + drawing->row[node->parent] * ROW + 18;
	buf_printf(drawing->out, "<path class=\"tree\" d=\"M%zu %zuV%zuH%zu\"/>\n", x - INDENT + 5,
		above, y, x - 3);
}

static void add_arc(struct drawing *drawing, size_t from, size_t to, size_t *width)
{
	const struct graph_node *nodes = drawing->graph->nodes;
	size_t x1 = drawing->end[from] + 6, x2 = drawing->end[to] + 6;
	size_t y1 = MARGIN + from * ROW + 10, y2 = MARGIN + to * ROW + 10;
	size_t rows = from < to ? to - from : from - to;
	size_t bulge = 30 + rows * 6 < BULGE_MOST ? 30 + rows * 6 : BULGE_MOST;
	size_t far = (x1 > x2 ? x1 : x2) + bulge;

	*width = far > *width ? far : *width;
	buf_printf(drawing->out,
		"<path class=\"arc\" marker-end=\"url(#tip)\" d=\"M%zu %zuC%zu %zu %zu %zu %zu "
		"%zu\"><title>",
		x1, y1, far, y1, far, y2, x2, y2);
	encode_xml(drawing->out, safe(drawing, nodes[drawing->shown[from]].path));
	buf_add(drawing->out, STR(" refers to "));
	encode_xml(drawing->out, safe(drawing, nodes[drawing->shown[to]].path));
	buf_add(drawing->out, STR("</title></path>\n"));
}

static int by_ends(const void *left, const void *right)
{
	const struct graph_edge *a = left, *b = right;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

/* One arc from row to row, however many references it stands for. */
static bool add_arcs(struct drawing *drawing, size_t *width)
{
	const struct graph *graph = drawing->graph;
	struct graph_edge *arcs =
		ARENA_ARRAY(drawing->arena, struct graph_edge, graph->edge_count + 1);
	size_t count = 0, drawn = 0;

	if (!arcs)
		return false;
	for (size_t i = 0; i < graph->edge_count; i++) {
		struct graph_edge arc = {
			drawing->row[graph->edges[i].from], drawing->row[graph->edges[i].to]};

		if (arc.from != SIZE_MAX && arc.to != SIZE_MAX && arc.from != arc.to)
			arcs[count++] = arc;
	}
	if (count)
		qsort(arcs, count, sizeof(*arcs), by_ends);
	for (size_t i = 0; i < count && drawn < ARCS_MOST; i++) {
		if (i > 0 && by_ends(&arcs[i - 1], &arcs[i]) == 0)
			continue;
		add_arc(drawing, arcs[i].from, arcs[i].to, width);
		drawn++;
	}
	return true;
}

static void add_svg(struct drawing *drawing)
{
	static const char head[] =
		"<title>Constructs and their references</title>\n"
		"<style>text{font:13px monospace;fill:#1b1f24}.more{fill:#59636e}path{fill:none}"
		".tree{stroke:#b0b8c1}.arc{stroke:#0a5cad;stroke-opacity:.55}#tip "
		"path{fill:#0a5cad}"
		"@media(prefers-color-scheme:dark){svg{background:#0d1117}text{fill:#e6edf3}"
		".more{fill:#9198a1}.tree{stroke:#3d444d}.arc{stroke:#6cb6ff}#tip "
		"path{fill:#6cb6ff}}"
		"</style>\n"
		"<marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" "
		"markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker>\n";
	const struct graph *graph = drawing->graph;
	CLEANUP(buf_free) struct buf body = BUF((size_t)64 << 20);
	struct buf *out = drawing->out;
	size_t width = 480, left_out, hidden = 0;

	if (!make_rows(drawing)) {
		buf_refuse(out);
		return;
	}
	drawing->out = &body;
	for (size_t row = 0; row < drawing->rows; row++) {
		add_branch(drawing, row);
		add_row(drawing, row);
		width = drawing->end[row] > width ? drawing->end[row] : width;
	}
	if (!add_arcs(drawing, &width))
		buf_refuse(&body);
	for (size_t i = 0; i < graph->node_count; i++)
		hidden += drawing->row[i] == SIZE_MAX;
	left_out = hidden ? 1 : 0;
	if (hidden)
		buf_printf(&body,
			"<text class=\"more\" x=\"%d\" y=\"%zu\">%zu more are not drawn</text>\n",
			MARGIN, MARGIN + drawing->rows * ROW + 14, hidden);
	drawing->out = out;
	width += MARGIN;
	left_out = 2 * (size_t)MARGIN + (drawing->rows + left_out) * ROW;
	buf_printf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%zu\" "
		"height=\"%zu\" "
		"viewBox=\"0 0 %zu %zu\">\n%s",
		width, left_out, width, left_out, head);
	if (buf_failed(&body))
		buf_refuse(out);
	buf_add(out, buf_str(&body));
	buf_add(out, STR("</svg>\n"));
}

/* ---- DOT ---- */

/* A quoted string of DOT, in which a backslash would begin an escape. */
static void add_quoted(struct drawing *drawing, struct str text)
{
	CLEANUP(buf_free) struct buf plain = BUF(1 << 20);

	encode_terminal(&plain, text);
	if (buf_failed(&plain))
		buf_refuse(drawing->out);
	buf_add_char(drawing->out, '"');
	for (size_t i = 0; i < plain.len; i++) {
		char c = buf_str(&plain).data[i];

		if (c == '"' || c == '\\')
			buf_add_char(drawing->out, '\\');
		buf_add_char(drawing->out, c);
	}
	buf_add_char(drawing->out, '"');
}

static void add_dot(struct drawing *drawing)
{
	const struct graph *graph = drawing->graph;
	struct buf *out = drawing->out;

	buf_add(out, STR("digraph constructs {\n  rankdir=\"LR\";\n  node [shape=\"box\"];\n"));
	for (size_t i = 0; i < graph->node_count; i++) {
		const struct graph_node *node = &graph->nodes[i];

		buf_printf(out, "  n%zu [label=", i);
		add_quoted(drawing, safe(drawing, node->name));
		buf_add(out, STR(", tooltip="));
		add_quoted(drawing,
			str_absent(node->address) ? node->kind
						  : safe_address(drawing, node->address));
		buf_add(out, STR("];\n"));
		if (node->parent != SIZE_MAX)
			buf_printf(out, "  n%zu -> n%zu [style=\"dotted\", arrowhead=\"none\"];\n",
				node->parent, i);
	}
	for (size_t i = 0; i < graph->edge_count; i++)
		buf_printf(out, "  n%zu -> n%zu;\n", graph->edges[i].from, graph->edges[i].to);
	buf_add(out, STR("}\n"));
}

/* ---- JSON ---- */

static void add_json(struct drawing *drawing)
{
	const struct graph *graph = drawing->graph;
	struct json_writer json;

	json_writer_init(&json, drawing->out, 2);
	json_object_begin(&json);
	json_member_int(&json, "schema_version", 1);
	json_key(&json, STR("nodes"));
	json_array_begin(&json);
	for (size_t i = 0; i < graph->node_count; i++) {
		const struct graph_node *node = &graph->nodes[i];

		json_object_begin(&json);
		json_member(&json, "path", safe(drawing, node->path));
		json_member(&json, "kind", node->kind);
		if (!str_absent(node->address))
			json_member(&json, "address", safe_address(drawing, node->address));
		json_object_end(&json);
	}
	json_array_end(&json);
	json_key(&json, STR("references"));
	json_array_begin(&json);
	for (size_t i = 0; i < graph->edge_count; i++) {
		json_object_begin(&json);
		json_member(&json, "from", safe(drawing, graph->nodes[graph->edges[i].from].path));
		json_member(&json, "to", safe(drawing, graph->nodes[graph->edges[i].to].path));
		json_object_end(&json);
	}
	json_array_end(&json);
	json_object_end(&json);
	buf_add_char(drawing->out, '\n');
}

static const struct {
	const char *name;
	void (*add)(struct drawing *drawing);
} formats[] = {{"svg", add_svg}, {"dot", add_dot}, {"json", add_json}};

int graph_render(const struct graph *graph, const struct report *report, const char *format,
	struct buf *out, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(SIZE_MAX);
	struct drawing drawing = {.graph = graph, .report = report, .arena = arena, .out = out};

	if (!arena)
		return error_memory(err);
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (str_is(str_of(format), formats[i].name))
			formats[i].add(&drawing);
	return buf_failed(out) || arena_failed(arena) ? error_memory(err) : 0;
}
