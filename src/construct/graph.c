/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the JSON of stacks to a tree and references.  The tree comes from the path in each element's metadata; a reference is an
 * address of the same stack inside of "${…}", or a whole text in depends_on and its like.
 */
#include "construct/graph.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/json.h"

#define STATE_OF STR("data.terraform_remote_state.cross-stack-reference-input-")

/* One block of a stack, before the tree is made. */
struct element {
	struct str path, kind, address;
	struct node body;
	size_t stack; /* its number */
	size_t node;  /* in the tree */
};

struct address {
	size_t stack;
	struct str text;
	size_t node;
};

struct builder {
	struct arena *arena;
	struct error *err;
	struct element *elements;
	size_t element_count, element_room;
	struct str *stacks; /* their paths */
	size_t *stack_nodes;
	size_t stack_count, stack_room;
	struct address *addresses; /* sorted */
	struct graph graph;
	size_t node_room, edge_room;
};

static int add_element(struct builder *builder, struct element element)
{
	if (builder->element_count >= GRAPH_NODES_MOST)
		return error_set(builder->err, ERR_OUTPUT,
			"the program has more than %d elements: too many for a picture",
			GRAPH_NODES_MOST);
	if (!arena_grow(builder->arena, (void **)&builder->elements, builder->element_count,
		    &builder->element_room, sizeof(element)))
		return error_memory(builder->err);
	builder->elements[builder->element_count++] = element;
	return 0;
}

/* What weir writes for references between stacks is told as those references. */
static bool is_crossing(struct str name)
{
	return str_starts(name, STR("cross-stack-"));
}

static int add_named(
	struct builder *builder, struct element element, struct str prefix, struct node name)
{
	struct str text = node_text(name, builder->arena);
	struct str path =
		node_text(NODE_GET(NODE_GET(NODE_GET(element.body, "//"), "metadata"), "path"),
			builder->arena);

	if (is_crossing(text))
		return 0;
	element.address = arena_printf(builder->arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(text));
	element.path = str_empty(path)
		? arena_printf(builder->arena, "%.*s/%.*s", STR_ARG(builder->stacks[element.stack]),
			  STR_ARG(text))
		: path;
	return add_element(builder, element);
}

/* One section of a stack's JSON: blocks by name, or by type and name. */
static int add_section(
	struct builder *builder, size_t stack, const char *section, struct node blocks)
{
	static const struct {
		const char *section, *prefix;
		bool is_typed;
	} sections[] = {{"resource", "", true}, {"data", "data.", true},
		{"module", "module.", false}, {"output", "output.", false},
		{"variable", "var.", false}};
	struct element element = {.kind = str_of(section), .stack = stack};
	struct node_iter outer = node_children(blocks);
	size_t which = 0;
	int r = 0;

	while (which < COUNT_OF(sections) && strcmp(sections[which].section, section) != 0)
		which++;
	if (which == COUNT_OF(sections))
		return 0;
	while (r == 0 && node_next(&outer)) {
		struct node_iter inner = node_children(outer.value);
		struct str prefix = str_of(sections[which].prefix);

		element.body = outer.value;
		if (!sections[which].is_typed) {
			r = add_named(builder, element, prefix, outer.key);
			continue;
		}
		prefix = arena_printf(builder->arena, "%.*s%.*s.", STR_ARG(prefix),
			STR_ARG(node_text(outer.key, builder->arena)));
		while (r == 0 && node_next(&inner)) {
			element.body = inner.value;
			r = add_named(builder, element, prefix, inner.key);
		}
	}
	return r;
}

static int add_stack(struct builder *builder, const struct output *output)
{
	const struct json_options options = {.name = output->path};
	struct doc *doc = NULL;
	struct node root, stack;
	struct node_iter section;
	const struct doc *kept;
	int r = json_read(output->text, &options, &doc, builder->err);

	if (r < 0)
		return r;
	kept = doc_adopt(doc, builder->arena);
	if (!kept ||
		!arena_grow(builder->arena, (void **)&builder->stacks, builder->stack_count,
			&builder->stack_room, sizeof(*builder->stacks)))
		return error_memory(builder->err);
	root = doc_root(kept);
	stack = NODE_GET(NODE_GET(NODE_GET(root, "//"), "metadata"), "stackName");
	builder->stacks[builder->stack_count++] = node_exists(stack)
		? node_text(stack, builder->arena)
		: path_base(path_dir(output->path));
	r = add_element(builder,
		(struct element){.path = builder->stacks[builder->stack_count - 1],
			.kind = STR("stack"),
			.stack = builder->stack_count - 1});
	section = node_children(root);
	while (r == 0 && node_next(&section)) {
		const char *name =
			arena_cstr(builder->arena, node_text(section.key, builder->arena));

		r = name ? add_section(builder, builder->stack_count - 1, name, section.value)
			 : error_memory(builder->err);
	}
	return r;
}

/* ---- the tree ---- */

/* By path, so that what is in a construct follows it: a slash sorts before all else. */
static int by_path(const void *left, const void *right)
{
	const struct element *a = left, *b = right;
	size_t shared = 0;

	while (shared < a->path.len && shared < b->path.len &&
		a->path.data[shared] == b->path.data[shared])
		shared++;
	if (shared == a->path.len || shared == b->path.len) {
		if (a->path.len != b->path.len)
			return a->path.len < b->path.len ? -1 : 1;
		return str_cmp(a->address, b->address);
	}
	if (a->path.data[shared] == '/' || b->path.data[shared] == '/')
		return a->path.data[shared] == '/' ? -1 : 1;
	return (unsigned char)a->path.data[shared] < (unsigned char)b->path.data[shared] ? -1 : 1;
}

static struct graph_node *add_node(struct builder *builder, struct str path, size_t parent)
{
	struct graph *graph = &builder->graph;
	struct graph_node *node;

	if (!arena_grow(builder->arena, (void **)&graph->nodes, graph->node_count,
		    &builder->node_room, sizeof(*node)))
		return NULL;
	node = &graph->nodes[graph->node_count++];
	*node = (struct graph_node){.path = path,
		.name = path_base(path),
		.kind = STR("construct"),
		.parent = parent,
		.depth = parent == SIZE_MAX ? 0 : graph->nodes[parent].depth + 1};
	for (size_t above = parent; above != SIZE_MAX; above = graph->nodes[above].parent)
		graph->nodes[above].below++;
	return node;
}

/* The node that an element stands in, from the one before it in the tree; constructs between are made. */
static size_t make_parent(struct builder *builder, struct str path)
{
	struct graph *graph = &builder->graph;
	size_t parent = graph->node_count ? graph->node_count - 1 : SIZE_MAX;

	while (parent != SIZE_MAX &&
		(str_eq(graph->nodes[parent].path, path) ||
			!path_inside(graph->nodes[parent].path, path)))
		parent = graph->nodes[parent].parent;
	for (;;) {
		size_t start = parent == SIZE_MAX ? 0 : graph->nodes[parent].path.len + 1;
		size_t slash = str_find_char(str_slice(path, start, SIZE_MAX), '/');

		if (slash == SIZE_MAX ||
			(parent != SIZE_MAX && graph->nodes[parent].depth >= GRAPH_DEPTH_MOST))
			return parent;
		if (!add_node(builder, str_slice(path, 0, start + slash), parent))
			return SIZE_MAX;
		parent = graph->node_count - 1;
	}
}

static int make_tree(struct builder *builder)
{
	builder->stack_nodes = ARENA_ARRAY(builder->arena, size_t, builder->stack_count + 1);
	if (!builder->stack_nodes)
		return error_memory(builder->err);
	if (builder->element_count)
		qsort(builder->elements, builder->element_count, sizeof(*builder->elements),
			by_path);
	for (size_t i = 0; i < builder->element_count; i++) {
		struct element *element = &builder->elements[i];
		struct graph_node *node =
			add_node(builder, element->path, make_parent(builder, element->path));

		if (!node)
			return error_memory(builder->err);
		node->kind = element->kind;
		node->address = element->address;
		element->node = builder->graph.node_count - 1;
		if (str_absent(element->address))
			builder->stack_nodes[element->stack] = element->node;
	}
	return arena_failed(builder->arena) ? error_memory(builder->err) : 0;
}

/* ---- references ---- */

static int by_address(const void *left, const void *right)
{
	const struct address *a = left, *b = right;

	return a->stack != b->stack ? (a->stack < b->stack ? -1 : 1) : str_cmp(a->text, b->text);
}

static int index_addresses(struct builder *builder)
{
	builder->addresses =
		ARENA_ARRAY(builder->arena, struct address, builder->element_count + 1);
	if (!builder->addresses)
		return error_memory(builder->err);
	for (size_t i = 0; i < builder->element_count; i++)
		builder->addresses[i] = (struct address){builder->elements[i].stack,
			builder->elements[i].address, builder->elements[i].node};
	if (builder->element_count)
		qsort(builder->addresses, builder->element_count, sizeof(struct address),
			by_address);
	return 0;
}

static size_t find_address(const struct builder *builder, size_t stack, struct str text)
{
	const struct address wanted = {stack, text, 0};
	const struct address *found = bsearch(
		&wanted, builder->addresses, builder->element_count, sizeof(wanted), by_address);

	return found ? found->node : SIZE_MAX;
}

static size_t find_stack(const struct builder *builder, struct str path)
{
	for (size_t i = 0; i < builder->stack_count; i++)
		if (str_eq(builder->stacks[i], path))
			return builder->stack_nodes[i];
	return SIZE_MAX;
}

static bool add_edge(struct builder *builder, size_t from, size_t to)
{
	struct graph *graph = &builder->graph;

	if (to == SIZE_MAX || to == from)
		return true;
	if (!arena_grow(builder->arena, (void **)&graph->edges, graph->edge_count,
		    &builder->edge_room, sizeof(*graph->edges)))
		return false;
	graph->edges[graph->edge_count++] = (struct graph_edge){from, to};
	return true;
}

static bool is_part(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '_' || c == '-';
}

/* "aws_sqs_queue.mail.arn": the longest beginning of at most three parts that is an address. */
static bool add_reference(struct builder *builder, const struct element *element, struct str words)
{
	size_t to = SIZE_MAX, at = 0;

	if (str_starts(words, STATE_OF)) {
		struct str stack = str_slice(words, STATE_OF.len, SIZE_MAX);

		return add_edge(
			builder, element->node, find_stack(builder, str_split(&stack, '.')));
	}
	for (unsigned parts = 1; parts <= 3 && at < words.len; parts++) {
		size_t found;

		while (at < words.len && words.data[at] != '.')
			at++;
		found = find_address(builder, element->stack, str_slice(words, 0, at));
		to = found == SIZE_MAX ? to : found;
		at++;
	}
	return add_edge(builder, element->node, to);
}

/* Every run of names and points from `at` on; what begins with a point goes on behind an index. */
static bool add_references(
	struct builder *builder, const struct element *element, struct str text, size_t at)
{
	while (at < text.len) {
		size_t start = at;

		while (at < text.len && (is_part(text.data[at]) || text.data[at] == '.'))
			at++;
		if (at > start && text.data[start] != '.' &&
			!add_reference(
				builder, element, (struct str){text.data + start, at - start}))
			return false;
		at++;
	}
	return true;
}

/* Texts that are addresses as a whole. */
static bool holds_addresses(struct node key)
{
	return node_text_is(key, STR("depends_on")) ||
		node_text_is(key, STR("replace_triggered_by"));
}

static int read_references(
	struct builder *builder, const struct element *element, struct node node, bool is_address)
{
	struct node_iter child = node_children(node);
	int r = 0;

	if (node_is_string(node)) {
		struct str text = node_text(node, builder->arena);
		size_t start = is_address ? 0 : str_find(text, STR("${"));

		if (start != SIZE_MAX && !add_references(builder, element, text, start))
			return error_memory(builder->err);
		return 0;
	}
	while (r == 0 && node_next(&child))
		r = read_references(builder, element, child.value,
			is_address || (node_exists(child.key) && holds_addresses(child.key)));
	return r;
}

/* What the manifest says of stacks. */
static int read_manifest(struct builder *builder, const struct output *output)
{
	const struct json_options options = {.name = output->path};
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct node_iter stack;
	int r = json_read(output->text, &options, &doc, builder->err);

	if (r < 0)
		return r;
	stack = node_children(NODE_GET(doc_root(doc), "stacks"));
	while (node_next(&stack)) {
		size_t from = find_stack(
			builder, node_text(NODE_GET(stack.value, "constructPath"), builder->arena));
		struct node_iter other = node_children(NODE_GET(stack.value, "dependencies"));

		while (from != SIZE_MAX && node_next(&other))
			if (!add_edge(builder, from,
				    find_stack(builder, node_text(other.value, builder->arena))))
				return error_memory(builder->err);
	}
	return 0;
}

static int by_ends(const void *left, const void *right)
{
	const struct graph_edge *a = left, *b = right;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

static void sort_edges(struct graph *graph)
{
	size_t kept = 0;

	if (graph->edge_count)
		qsort(graph->edges, graph->edge_count, sizeof(*graph->edges), by_ends);
	for (size_t i = 0; i < graph->edge_count; i++)
		if (kept == 0 || by_ends(&graph->edges[kept - 1], &graph->edges[i]) != 0)
			graph->edges[kept++] = graph->edges[i];
	graph->edge_count = kept;
}

/* Of outputs of one path the last counts. */
static bool is_last(const struct answer *answer, size_t index)
{
	for (size_t i = index + 1; i < answer->output_count; i++)
		if (str_eq(answer->outputs[i].path, answer->outputs[index].path))
			return false;
	return true;
}

int graph_build(const struct answer *answer, struct arena *arena, struct graph *ret_graph,
	struct error *err)
{
	struct builder builder = {.arena = arena, .err = err};
	int r = 0;

	for (size_t i = 0; r == 0 && i < answer->output_count; i++)
		if (answer->outputs[i].kind == OUTPUT_TEXT &&
			str_is(path_base(answer->outputs[i].path), "cdk.tf.json") &&
			is_last(answer, i))
			r = add_stack(&builder, &answer->outputs[i]);
	if (r == 0)
		r = make_tree(&builder);
	if (r == 0)
		r = index_addresses(&builder);
	for (size_t i = 0; r == 0 && i < builder.element_count; i++)
		r = read_references(
			&builder, &builder.elements[i], builder.elements[i].body, false);
	for (size_t i = 0; r == 0 && i < answer->output_count; i++)
		if (str_is(answer->outputs[i].path, "manifest.json") && is_last(answer, i))
			r = read_manifest(&builder, &answer->outputs[i]);
	if (r < 0)
		return r;
	sort_edges(&builder.graph);
	*ret_graph = builder.graph;
	return arena_failed(arena) ? error_memory(err) : 0;
}
