/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The index of references.  Expressions in `configuration` name what they use
 * as texts ("aws_x.y.id", "var.z", "module.m.out"); what a variable or an output stands for is an
 * expression of another module.  So each of those becomes a symbol, resolved once and kept:
 *
 *	resource ──► aws_x.y                 an edge
 *	         ──► var.z          ──► the expression in the caller's module block ──► ...
 *	         ──► module.m.out   ──► the expression of the output in the module  ──► ...
 *
 * Locals are not part of the plan's format: a reference to one stays an edge to "local.NAME", so
 * that a judge can see that something is not known.  Keys of instances play no role.
 */
#include "plan/reference.h"

#include <string.h>

#include "base/hash.h"
#include "plan/path.h"

enum {
	/* Chains of variables and outputs longer than this end at their last symbol. */
	MAX_CHAIN = 512,
	/* Edges: a plan that needs more is not what anybody wrote. */
	MAX_EDGES = 16 << 20,
};

struct target {
	struct str address;
	struct str path;
};

struct targets {
	struct target *items;
	size_t count;
	size_t room;
};

enum symbol_state { SYMBOL_NEW, SYMBOL_OPEN, SYMBOL_DONE };

struct symbol {
	struct str name;   /* "module.a.var.x", "module.a.output.y" */
	struct str module; /* in which its expression is written */
	struct node expression;
	enum symbol_state state;
	struct targets targets;
	struct symbol *next;
};

struct span {
	struct str address;
	size_t start;
	size_t count;
	struct span *next;
};

struct references {
	struct arena *arena;
	struct reference *edges;
	size_t edge_count, edge_room;
	struct span **from, **to;
	size_t from_mask, to_mask;
	const struct reference **by_target;
	/* while it is built */
	struct symbol **symbols;
	size_t symbol_mask;
	struct buf path;
	bool too_many;
};

/* Where the key in brackets at `at` ends; strings inside may hold brackets. */
static size_t skip_key(struct str s, size_t at)
{
	bool quoted = false;

	for (at++; at < s.len; at++) {
		if (quoted && s.data[at] == '\\')
			at++;
		else if (s.data[at] == '"')
			quoted = !quoted;
		else if (!quoted && s.data[at] == ']')
			return at + 1;
	}
	return s.len;
}

struct str address_without_keys(struct str address, struct arena *arena)
{
	size_t len = 0;
	char *text;

	if (str_find_char(address, '[') == SIZE_MAX)
		return address;
	text = arena_alloc(arena, address.len + 1);
	if (!text)
		return (struct str){NULL, 0};
	for (size_t at = 0; at < address.len;) {
		if (address.data[at] == '[')
			at = skip_key(address, at);
		else
			text[len++] = address.data[at++];
	}
	return (struct str){text, len};
}

/* The hash of an address without its keys. */
static uint64_t hash_address(struct str address)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t at = 0; at < address.len;) {
		if (address.data[at] == '[') {
			at = skip_key(address, at);
			continue;
		}
		hash = (hash ^ (unsigned char)address.data[at++]) * 0x100000001b3u;
	}
	return hash ^ hash >> 31;
}

/* Equal but for keys in `address`; `plain` has none. */
static bool same_address(struct str plain, struct str address)
{
	size_t i = 0;

	for (size_t at = 0; at < address.len;) {
		if (address.data[at] == '[') {
			at = skip_key(address, at);
			continue;
		}
		if (i == plain.len || plain.data[i++] != address.data[at++])
			return false;
	}
	return i == plain.len;
}

/* The text before the next dot outside brackets; steps *rest behind it. */
static struct str segment(struct str *rest)
{
	struct str all = *rest;
	size_t at = 0;

	while (at < all.len && all.data[at] != '.')
		at = all.data[at] == '[' ? skip_key(all, at) : at + 1;
	*rest = at < all.len ? str_slice(all, at + 1, all.len) : (struct str){all.data + at, 0};
	return str_slice(all, 0, at);
}

/* A segment without its key. */
static struct str plain(struct str segment)
{
	size_t at = str_find_char(segment, '[');

	return at == SIZE_MAX ? segment : str_slice(segment, 0, at);
}

static struct str in_module(
	struct references *references, struct str module, const char *what, struct str name)
{
	return arena_printf(references->arena, "%.*s%s%s%.*s", STR_ARG(module),
		str_empty(module) ? "" : ".", what, STR_ARG(name));
}

static struct symbol *find_symbol(struct references *references, struct str name)
{
	struct symbol *at = references->symbols[hash_bytes(name, 9) & references->symbol_mask];

	while (at && !str_eq(at->name, name))
		at = at->next;
	return at;
}

static bool add_symbol(
	struct references *references, struct str name, struct str module, struct node expression)
{
	struct symbol *symbol = ARENA_NEW(references->arena, struct symbol);
	struct symbol **head = &references->symbols[hash_bytes(name, 9) & references->symbol_mask];

	if (!symbol || str_absent(name))
		return false;
	symbol->name = name;
	symbol->module = module;
	symbol->expression = expression;
	symbol->next = *head;
	*head = symbol;
	return true;
}

static bool add_target(
	struct references *references, struct targets *targets, struct str address, struct str path)
{
	if (str_absent(address) ||
		!arena_grow(references->arena, (void **)&targets->items, targets->count,
			&targets->room, sizeof(*targets->items)))
		return false;
	targets->items[targets->count++] = (struct target){address, path};
	return true;
}

/*
 * Leaves the first of equal targets.  Modules that pass the same values on through several
 * variables each would otherwise double them with every level.
 */
static bool drop_repeated(struct targets *targets)
{
	size_t slot_count = 16, kept = 0;
	uint32_t *slots; /* index + 1; 0 is free */

	if (targets->count < 2)
		return true;
	while (slot_count < 2 * targets->count)
		slot_count *= 2;
	slots = mem_alloc(slot_count * sizeof(*slots));
	if (!slots)
		return false;
	for (size_t i = 0; i < targets->count; i++) {
		const struct target *one = &targets->items[i];
		size_t at = hash_bytes(one->path, hash_bytes(one->address, 0));

		for (at &= slot_count - 1; slots[at]; at = (at + 1) & (slot_count - 1)) {
			const struct target *other = &targets->items[slots[at] - 1];

			if (str_eq(one->address, other->address) && str_eq(one->path, other->path))
				break;
		}
		if (slots[at])
			continue;
		targets->items[kept++] = *one;
		slots[at] = (uint32_t)kept;
	}
	targets->count = kept;
	mem_free(slots);
	return true;
}

static bool resolve_node(struct references *references, struct str module, struct node node,
	struct targets *targets, unsigned depth);

/* Adds what a symbol stands for. */
static bool resolve_symbol(struct references *references, struct symbol *symbol, struct str rest,
	struct targets *targets, unsigned depth)
{
	if (symbol->state == SYMBOL_OPEN) /* a forged circle */
		return true;
	if (symbol->state == SYMBOL_NEW) {
		symbol->state = SYMBOL_OPEN;
		if (!resolve_node(references, symbol->module, symbol->expression, &symbol->targets,
			    depth + 1) ||
			!drop_repeated(&symbol->targets))
			return false;
		symbol->state = SYMBOL_DONE;
	}
	for (size_t i = 0; i < symbol->targets.count; i++) {
		const struct target *target = &symbol->targets.items[i];

		if (targets->count > MAX_EDGES) {
			references->too_many = true;
			return false;
		}
		if (!add_target(references, targets, target->address,
			    str_empty(target->path) ? rest : target->path))
			return false;
	}
	return true;
}

/* Adds what one reference text means in a module. */
static bool resolve_text(struct references *references, struct str module, struct str text,
	struct targets *targets, unsigned depth)
{
	static const char *const silent[] = {
		"each", "count", "path", "self", "terraform", "template", NULL};
	struct str rest = text, first = segment(&rest), second, third, name;
	struct symbol *symbol = NULL;

	for (size_t i = 0; silent[i]; i++)
		if (str_is(first, silent[i]))
			return true;
	if (str_is(first, "resource")) {
		text = rest;
		first = segment(&rest);
	}
	second = plain(segment(&rest));
	first = plain(first);
	if (str_empty(first) || str_empty(second)) /* no reference that anybody writes */
		return true;
	if (str_is(first, "data") || str_is(first, "ephemeral") || str_is(first, "action")) {
		third = plain(segment(&rest));
		name = arena_printf(references->arena, "%.*s.%.*s.%.*s", STR_ARG(first),
			STR_ARG(second), STR_ARG(third));
		return add_target(
			references, targets, in_module(references, module, "", name), rest);
	}
	name = arena_printf(references->arena, "%.*s.%.*s", STR_ARG(first), STR_ARG(second));
	name = in_module(references, module, "", name);
	if (str_absent(name))
		return false;
	if (str_is(first, "var"))
		symbol = find_symbol(references, name);
	if (str_is(first, "module") && !str_empty(rest)) {
		third = plain(segment(&rest));
		symbol = find_symbol(references, in_module(references, name, "output.", third));
	}
	if (symbol && depth < MAX_CHAIN)
		return resolve_symbol(references, symbol, rest, targets, depth);
	return add_target(references, targets, name, rest);
}

/* Is `text` only the beginning of `longer`, which stood before it? Terraform lists both. */
static bool is_beginning(struct str text, struct str longer)
{
	return str_starts(longer, text) &&
		(longer.len == text.len || strchr(".[", longer.data[text.len]));
}

/* An expression, or a block with expressions in it: adds all that it refers to. */
static bool resolve_node(struct references *references, struct str module, struct node node,
	struct targets *targets, unsigned depth)
{
	struct node list = node_is_object(node) ? NODE_GET(node, "references") : node;
	struct node_iter it = node_children(list);
	struct str last = {NULL, 0};

	while (node_is_array(list) && node_next(&it)) {
		struct str text = node_text(it.value, references->arena);

		if (str_absent(text) || (last.data && is_beginning(text, last)))
			continue;
		if (!resolve_text(references, module, text, targets, depth))
			return false;
		last = text;
	}
	return true;
}

static bool add_edges(
	struct references *references, struct str from, struct str module, struct node expression)
{
	struct targets targets = {0};
	struct str attribute;

	if (!resolve_node(references, module, expression, &targets, 0))
		return false;
	if (targets.count == 0)
		return true;
	attribute = arena_str(references->arena, buf_str(&references->path));
	for (size_t i = 0; i < targets.count; i++) {
		if (references->edge_count == MAX_EDGES) {
			references->too_many = true;
			return false;
		}
		if (!arena_grow(references->arena, (void **)&references->edges,
			    references->edge_count, &references->edge_room,
			    sizeof(*references->edges)))
			return false;
		references->edges[references->edge_count++] = (struct reference){
			.from = from,
			.attribute = attribute,
			.to = address_without_keys(targets.items[i].address, references->arena),
			.to_path = targets.items[i].path,
		};
	}
	return true;
}

/* An expression is {"references": [...]} or {"constant_value": ...}; anything else holds blocks. */
static bool is_expression(struct node node)
{
	return node_is_array(NODE_GET(node, "references")) ||
		(node_exists(NODE_GET(node, "constant_value")) && node_count(node) == 1);
}

/* Walks blocks (objects, lists of objects); depth is bounded by the document's. */
static bool walk_block(
	struct references *references, struct str from, struct str module, struct node node)
{
	struct node_iter it = node_children(node);
	size_t len = references->path.len;

	if (node_type(node) < NODE_ARRAY)
		return true;
	if (it.object && is_expression(node))
		return add_edges(references, from, module, node);
	while (node_next(&it)) {
		if (it.object)
			path_add_key(&references->path, node_text(it.key, references->arena));
		else
			path_add_index(&references->path, it.index);
		if (buf_failed(&references->path) ||
			!walk_block(references, from, module, it.value))
			return false;
		references->path.len = len;
	}
	return true;
}

static bool add_named(struct references *references, struct str from, struct str module,
	const char *name, struct node expression)
{
	bool good;

	if (!node_exists(expression))
		return true;
	buf_add(&references->path, str_of(name));
	good = add_edges(references, from, module, expression);
	references->path.len = 0;
	return good;
}

static bool read_resource(struct references *references, struct str module, struct node resource)
{
	struct arena *arena = references->arena;
	struct str address = node_text(NODE_GET(resource, "address"), arena), from;
	struct node_iter it = node_children(NODE_GET(resource, "provisioners"));

	if (str_absent(address))
		return true;
	from = address_without_keys(in_module(references, module, "", address), arena);
	if (str_absent(from))
		return false;
	references->path.len = 0;
	if (!walk_block(references, from, module, NODE_GET(resource, "expressions")) ||
		!add_named(references, from, module, "for_each",
			NODE_GET(resource, "for_each_expression")) ||
		!add_named(references, from, module, "count",
			NODE_GET(resource, "count_expression")) ||
		!add_named(references, from, module, "", NODE_GET(resource, "depends_on")))
		return false;
	while (node_next(&it)) {
		path_add_key(&references->path, STR("provisioner"));
		path_add_index(&references->path, it.index);
		if (!walk_block(references, from, module, NODE_GET(it.value, "expressions")))
			return false;
		references->path.len = 0;
	}
	return true;
}

/* Visits a module and those below it: symbols first, in one visit, then edges in another. */
static bool visit_module(
	struct references *references, struct str module, struct node body, bool symbols)
{
	struct node_iter it = node_children(NODE_GET(body, "resources"));
	struct node_iter outputs = node_children(NODE_GET(body, "outputs"));
	struct node_iter calls = node_children(NODE_GET(body, "module_calls"));

	while (!symbols && !it.object && node_next(&it))
		if (!read_resource(references, module, it.value))
			return false;
	while (symbols && outputs.object && node_next(&outputs)) {
		struct str name = node_text(outputs.key, references->arena);

		if (!add_symbol(references, in_module(references, module, "output.", name), module,
			    NODE_GET(outputs.value, "expression")))
			return false;
	}
	while (calls.object && node_next(&calls)) {
		struct str name = node_text(calls.key, references->arena);
		struct str inner = in_module(references, module, "module.", name);
		struct node_iter inputs = node_children(NODE_GET(calls.value, "expressions"));

		while (symbols && inputs.object && node_next(&inputs))
			if (!add_symbol(references,
				    in_module(references, inner, "var.",
					    node_text(inputs.key, references->arena)),
				    module, inputs.value))
				return false;
		if (str_absent(inner) ||
			!visit_module(references, inner, NODE_GET(calls.value, "module"), symbols))
			return false;
	}
	return true;
}

static struct span *find_span(struct span **table, size_t mask, struct str address)
{
	struct span *at = table[hash_address(address) & mask];

	while (at && !same_address(at->address, address))
		at = at->next;
	return at;
}

static struct span *count_in(
	struct references *references, struct span **table, size_t mask, struct str address)
{
	struct span *span = find_span(table, mask, address);

	if (!span) {
		struct span **head = &table[hash_address(address) & mask];

		span = ARENA_NEW(references->arena, struct span);
		if (!span)
			return NULL;
		span->address = address;
		span->next = *head;
		*head = span;
	}
	span->count++;
	return span;
}

/* Groups the edges by where they come from (they already stand so) and by where they lead. */
static bool index_edges(struct references *references)
{
	size_t count = references->edge_count, mask = 63, at = 0;
	struct span **of_edge = ARENA_ARRAY(references->arena, struct span *, count);

	while (mask < count)
		mask = mask * 2 + 1;
	references->from_mask = references->to_mask = mask;
	references->from = ARENA_ARRAY(references->arena, struct span *, mask + 1);
	references->to = ARENA_ARRAY(references->arena, struct span *, mask + 1);
	references->by_target = ARENA_ARRAY(references->arena, const struct reference *, count);
	if (!of_edge || !references->from || !references->to || !references->by_target)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct reference *edge = &references->edges[i];
		struct span *span = count_in(references, references->from, mask, edge->from);

		of_edge[i] = count_in(references, references->to, mask, edge->to);
		if (!span || !of_edge[i])
			return false;
		if (span->count == 1)
			span->start = i;
	}
	for (size_t i = 0; i < count; i++) {
		if (of_edge[i]->start)
			continue;
		at += of_edge[i]->count;
		of_edge[i]->start = at; /* its end, plus nothing: filled from behind below */
	}
	for (size_t i = count; i > 0; i--)
		references->by_target[--of_edge[i - 1]->start] = &references->edges[i - 1];
	return true;
}

static size_t symbols_of(struct node body)
{
	struct node_iter calls = node_children(NODE_GET(body, "module_calls"));
	size_t count = node_count(NODE_GET(body, "outputs"));

	while (calls.object && node_next(&calls))
		count += node_count(NODE_GET(calls.value, "expressions")) +
			symbols_of(NODE_GET(calls.value, "module"));
	return count;
}

int references_build(const struct plan *plan, struct arena *arena,
	struct references **ret_references, struct error *err)
{
	struct node root = NODE_GET(plan->configuration, "root_module");
	struct references *references = ARENA_NEW(arena, struct references);
	size_t symbols = symbols_of(root), mask = 15;
	bool good;

	if (!references)
		return error_memory(err);
	while (mask < symbols)
		mask = mask * 2 + 1;
	references->arena = arena;
	references->path = BUF(1 << 20);
	references->symbol_mask = mask;
	references->symbols = ARENA_ARRAY(arena, struct symbol *, mask + 1);
	good = references->symbols && visit_module(references, STR(""), root, true) &&
		visit_module(references, STR(""), root, false);
	buf_free(&references->path);
	if (references->too_many)
		return error_node(err, ERR_PLAN_INVALID, plan->configuration,
			"the configuration holds more references than weir follows");
	if (!good || !index_edges(references) || arena_failed(arena))
		return error_memory(err);
	*ret_references = references;
	return 0;
}

size_t references_from(
	const struct references *references, struct str address, const struct reference **ret_items)
{
	const struct span *span = find_span(references->from, references->from_mask, address);

	*ret_items = span ? references->edges + span->start : NULL;
	return span ? span->count : 0;
}

size_t references_to(const struct references *references, struct str address,
	const struct reference *const **ret_items)
{
	const struct span *span = find_span(references->to, references->to_mask, address);

	*ret_items = span ? references->by_target + span->start : NULL;
	return span ? span->count : 0;
}
