/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tree of a signature, and what of it fits into a number of tokens: the members of the top first, what must be given
 * before what may, then the blocks in it one after another, level by level.
 */
#include "catalog/signature.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/tokens.h"

enum {
	HEAD_CEILING = 1 << 20,
	NOTE_TOKENS = 50,      /* of the titles, and of the line that says what was left out */
	FOLD_TOKENS = 12,      /* of what stands behind a member that is folded, beside its path */
	MEMBERS_MOST = 100000, /* of all that are looked at */
	EXAMPLE_SHARE = 6,     /* the same for the example */
	RULES_SHARE = 5,       /* of the budget, one part for rules about several members */
};

/* A member of the tree. */
struct branch {
	struct shape_member member;
	struct str text, path;
	size_t tokens; /* of its line */
	unsigned depth;
	bool is_deprecated;
	bool is_chosen; /* the example has it */
	bool is_open;
	struct branch *branches;
	size_t count, shown; /* members in it; how many of them are printed */
};

struct tree {
	const struct signature *signature;
	struct arena *arena;
	size_t left; /* tokens */
	size_t made; /* members so far */
	struct branch **queue;
	size_t queued, room;
};

/* ---- the tree ---- */

/* Required first, then what may be given, deprecated, and what the provider alone sets; blocks behind attributes. */
static unsigned rank(const struct branch *branch)
{
	if (!branch->member.is_settable)
		return 4;
	if (branch->is_deprecated)
		return 3;
	if (branch->member.is_required)
		return 0;
	return branch->member.is_block ? 2 : 1;
}

static int by_rank(const void *left, const void *right)
{
	const struct branch *a = left, *b = right;
	unsigned first = rank(a), second = rank(b);

	if (first != second)
		return first < second ? -1 : 1;
	return str_cmp(a->member.name, b->member.name);
}

static bool is_deprecated(const struct shape *shape, const struct shape_member *member)
{
	struct pack_attribute attribute;

	if (member->is_block)
		return member->inner.block.flags & PACK_DEPRECATED;
	return !shape->is_object && pack_attribute_find(&shape->block, member->name, &attribute) &&
		attribute.flags & PACK_DEPRECATED;
}

/* The provider refuses what its schema would allow. */
static bool is_unsettable(const struct shape_member *member)
{
	return str_find(facts_members(member->fact), STR("\"unsettable\":true")) != SIZE_MAX;
}

static size_t inner_count(const struct branch *branch)
{
	return branch->member.holding == HOLDS_VALUE ? 0
						     : shape_member_count(&branch->member.inner);
}

/* The members of a shape, in the order in which they are told. */
static void fill(struct tree *tree, const struct shape *shape, struct str path, unsigned depth,
	struct branch *branch)
{
	size_t count = shape_member_count(shape);
	struct branch *members = tree->made + count > MEMBERS_MOST
		? NULL
		: ARENA_ARRAY(tree->arena, struct branch, count);

	if (!members)
		return;
	for (uint32_t i = 0; i < count; i++) {
		struct branch *made = &members[i];

		made->member = shape_member_at(shape, i, tree->arena);
		if (is_unsettable(&made->member))
			made->member.is_settable = made->member.is_required = false;
		made->is_deprecated = is_deprecated(shape, &made->member);
		made->depth = depth;
		made->path = str_empty(path) ? made->member.name
					     : arena_printf(tree->arena, "%.*s.%.*s", STR_ARG(path),
						       STR_ARG(made->member.name));
		made->text = signature_line(&(struct signature_line){shape, &made->member,
						    tree->signature->json, false},
			tree->arena);
		made->tokens = token_estimate(made->text) + 3 +
			(inner_count(made) ? FOLD_TOKENS + token_estimate(made->path) : 0);
	}
	if (count)
		qsort(members, count, sizeof(*members), by_rank);
	tree->made += count;
	branch->branches = members;
	branch->count = count;
}

static void enqueue(struct tree *tree, struct branch *branch)
{
	if (inner_count(branch) &&
		arena_grow(tree->arena, (void **)&tree->queue, tree->queued, &tree->room,
			sizeof(*tree->queue)))
		tree->queue[tree->queued++] = branch;
}

/* Opens a branch whose members are to be seen as far as there is room: of the root some, of others all or none. */
static void open_branch(struct tree *tree, struct branch *branch, bool in_part)
{
	size_t cost = 0;

	for (size_t i = 0; i < branch->count; i++)
		cost += branch->branches[i].tokens;
	if (!in_part && cost > tree->left)
		return;
	branch->is_open = true;
	while (branch->shown < branch->count &&
		branch->branches[branch->shown].tokens <= tree->left) {
		struct branch *next = &branch->branches[branch->shown++];

		tree->left -= next->tokens;
		enqueue(tree, next);
	}
}

static void grow(struct tree *tree, struct branch *root)
{
	open_branch(tree, root, true);
	for (size_t i = 0; i < tree->queued; i++) {
		struct branch *branch = tree->queue[i];

		if (root->shown < root->count)
			return;
		/* What costs more than is left even by the shortest lines is not made. */
		if (inner_count(branch) * 4 > tree->left)
			continue;
		fill(tree, &branch->member.inner, branch->path, branch->depth + 1, branch);
		open_branch(tree, branch, false);
	}
}

/* ---- how it is made ---- */

/* A reference to "aws_iam_role.arn" as an example writes it: iamRole.arn. */
static struct str reference(struct pack *pack, struct str target, struct arena *arena)
{
	size_t dot = str_find_char(target, '.');
	struct named_type type = {PACK_RESOURCE, str_slice(target, 0, dot)};

	return arena_printf(arena, "%.*s.%.*s",
		STR_ARG(names_namespace(names_module(pack, &type, arena), arena)),
		STR_ARG(names_property(str_slice(target, dot + 1, target.len), arena)));
}

/* A value that the member could have; `facts` may be of no document. */
static struct str sample(struct pack *pack, const struct shape_member *member, struct node facts,
	struct arena *arena)
{
	struct node value = node_at(NODE_GET(facts, "one_of"), 0);
	struct node refers = node_at(NODE_GET(facts, "refers_to"), 0);
	struct node least = node_at(NODE_GET(facts, "range"), 0);
	enum pack_type_kind kind = member->type.kind, inner;

	if (member->holding != HOLDS_VALUE)
		return member->holding == HOLDS_LIST ? STR("[{…}]") : STR("{…}");
	if (kind == PACK_TYPE_LIST || kind == PACK_TYPE_SET) {
		inner = pack_type_element(&member->type).kind;
		return node_exists(refers)
			? arena_printf(arena, "[%.*s]",
				  STR_ARG(reference(pack, node_text(refers, arena), arena)))
			: inner == PACK_TYPE_STRING ? STR("[\"…\"]")
						    : STR("[…]");
	}
	if (kind == PACK_TYPE_NUMBER)
		return node_is_null(least) ? STR("1") : node_raw(least);
	if (kind == PACK_TYPE_BOOL)
		return STR("true");
	if (kind == PACK_TYPE_MAP)
		return STR("{…}");
	if (node_exists(refers))
		return reference(pack, node_text(refers, arena), arena);
	if (node_is_string(value))
		return arena_printf(arena, "\"%.*s\"", STR_ARG(node_text(value, arena)));
	return STR("\"…\"");
}

/* Of a group the first that is a member itself, unless one of it is there. */
static void choose_one(struct branch *root, struct node group, struct arena *arena)
{
	struct node_iter it = node_children(group);
	struct branch *first = NULL;

	while (node_next(&it)) {
		struct str name = node_text(it.value, arena);

		for (size_t i = 0; i < root->count; i++) {
			if (!str_eq(root->branches[i].member.name, name))
				continue;
			if (root->branches[i].is_chosen)
				return;
			first = first ? first : &root->branches[i];
		}
	}
	if (first)
		first->is_chosen = true;
}

/* What an example must have: required members, and of each group of which one must be there the first. */
static void choose(const struct tree *tree, const struct shape *shape, struct branch *root)
{
	static const char *const groups[] = {"one", "some"};
	uint32_t fact = facts_of_argument(shape->facts, STR("")).number;
	struct str text = arena_printf(tree->arena, "{%.*s}", STR_ARG(facts_members(fact)));
	CLEANUP(doc_cleanup) struct doc *facts = NULL;

	for (size_t i = 0; i < root->count; i++)
		root->branches[i].is_chosen = rank(&root->branches[i]) == 0;
	if (!fact || json_read(text, &(struct json_options){0}, &facts, NULL) < 0)
		return;
	for (size_t kind = 0; kind < COUNT_OF(groups); kind++) {
		struct node_iter it =
			node_children(node_get(doc_root(facts), str_of(groups[kind])));

		while (node_next(&it))
			choose_one(root, it.value, tree->arena);
	}
}

static void add_example(
	const struct tree *tree, const struct branch *root, struct str class, struct buf *out)
{
	struct pack *pack = tree->signature->pack;
	const char *before = " ";

	buf_printf(out, "new %.*s(this, \"main\", {", STR_ARG(class));
	for (size_t i = 0; i < root->count; i++) {
		const struct shape_member *member = &root->branches[i].member;
		struct str text =
			arena_printf(tree->arena, "{%.*s}", STR_ARG(facts_members(member->fact)));
		CLEANUP(doc_cleanup) struct doc *facts = NULL;
		struct str value;

		if (!root->branches[i].is_chosen ||
			json_read(text, &(struct json_options){0}, &facts, NULL) < 0)
			continue;
		if (token_estimate(buf_str(out)) > tree->signature->budget / EXAMPLE_SHARE) {
			buf_add(out, STR(", …"));
			break;
		}
		value = sample(pack, member, doc_root(facts), tree->arena);
		buf_printf(out, "%s%.*s: %.*s", before, STR_ARG(member->property), STR_ARG(value));
		before = ", ";
	}
	buf_add(out, *before == ' ' ? STR("});") : STR(" });"));
}

/* ---- text ---- */

static void indent(struct buf *out, unsigned depth)
{
	for (unsigned i = 0; i < depth; i++)
		buf_add(out, STR("  "));
}

static void add_left_out(const struct branch *branch, struct buf *out)
{
	if (branch->shown < branch->count)
		buf_printf(out, "… %zu more members: give a larger budget, or #MEMBER for one\n",
			branch->count - branch->shown);
}

static void print_text(const struct branch *branch, struct buf *out)
{
	static const char *const titles[] = {
		"required", "optional", NULL, "deprecated", "computed"};
	const char *title = NULL;

	for (size_t i = 0; i < branch->shown; i++) {
		const struct branch *next = &branch->branches[i];
		const char *own = titles[rank(next) == 2 ? 1 : rank(next)];

		if (next->depth == 1 && own != title)
			buf_printf(out, "%s:\n", own);
		title = own;
		indent(out, next->depth);
		buf_add(out, next->text);
		if (inner_count(next) && !next->is_open)
			buf_printf(out, "  [%zu members: #%.*s]", inner_count(next),
				STR_ARG(next->path));
		buf_add_char(out, '\n');
		print_text(next, out);
	}
}

static void print_json(const struct branch *branch, struct buf *out)
{
	buf_add_char(out, '[');
	for (size_t i = 0; i < branch->shown; i++) {
		const struct branch *next = &branch->branches[i];

		buf_add(out, i ? STR(",{") : STR("{"));
		buf_add(out, next->text);
		if (next->is_open) {
			buf_add(out, STR(",\"members\":"));
			print_json(next, out);
		} else if (inner_count(next)) {
			buf_printf(out, ",\"folded\":%zu", inner_count(next));
		}
		buf_add_char(out, '}');
	}
	buf_add_char(out, ']');
}

/* ---- the head ---- */

struct head {
	struct str name, class, import, rules;
	struct str focus; /* the line of the member that is shown; absent: all of it */
	struct buf example;
};

static void head_free(struct head *head)
{
	buf_free(&head->example);
}

static void head_text(const struct signature *signature, const struct head *head, struct buf *out)
{
	buf_add(out, head->name);
	if (!str_empty(signature->member))
		buf_printf(out, "#%.*s", STR_ARG(signature->member));
	buf_printf(out, "  (%.*s, %.*s %.*s)\n", STR_ARG(pack_kind_name(signature->kind)),
		STR_ARG(signature->pack->source), STR_ARG(signature->pack->version));
	if (!str_absent(head->focus)) {
		buf_add(out, head->focus);
		buf_add_char(out, '\n');
	} else if (!str_empty(head->import)) {
		buf_printf(out, "import { %.*s } from \"%.*s\";\n", STR_ARG(head->class),
			STR_ARG(head->import));
		buf_add(out, buf_str(&head->example));
		buf_add_char(out, '\n');
	}
	buf_add(out, head->rules);
}

static void head_json(const struct signature *signature, const struct head *head, struct buf *out)
{
	struct json_writer writer;

	json_writer_init(&writer, out, 0);
	json_object_begin(&writer);
	json_member(&writer, "name", head->name);
	json_member(&writer, "kind", pack_kind_name(signature->kind));
	json_member(&writer, "provider", signature->pack->source);
	json_member(&writer, "version", signature->pack->version);
	if (!str_empty(signature->member))
		json_member(&writer, "member", signature->member);
	if (!str_absent(head->focus)) {
		json_key(&writer, STR("is"));
		json_raw(&writer, head->focus);
	} else if (!str_empty(head->import)) {
		json_member(&writer, "class", head->class);
		json_member(&writer, "module", head->import);
		json_member(&writer, "example", buf_str(&head->example));
	}
	if (!str_empty(head->rules)) {
		json_key(&writer, STR("rules"));
		json_raw(&writer, head->rules);
	}
	/* The object stays open: the members follow. */
}

/* The line of the member that is asked for: with all of its values, if half of the budget holds them. */
static struct str focus_line(
	const struct tree *tree, const struct shape *shape, const struct shape_member *member)
{
	struct signature_line line = {shape, member, tree->signature->json, true};
	struct str text = signature_line(&line, tree->arena);

	line.whole = token_estimate(text) <= tree->signature->budget / 2;
	if (!line.whole)
		text = signature_line(&line, tree->arena);
	return line.json ? arena_printf(tree->arena, "{%.*s}", STR_ARG(text)) : text;
}

/* Goes down the path of a member; false where there is none. Leaves the path in Terraform's spelling. */
static bool go_to(struct tree *tree, struct signature *signature, struct shape *shape,
	struct shape_member *ret_member, struct str *ret_line)
{
	struct str rest = signature->member, path = {NULL, 0};

	while (!str_absent(rest)) {
		struct str part = str_split(&rest, '.');
		struct shape_member member;
		uint32_t count = shape_member_count(shape), i = 0;

		while (i < count && !str_eq(shape_outline_at(shape, i).name, part) &&
			!names_property_is(shape_outline_at(shape, i).name, part))
			i++;
		if (i == count)
			return false;
		member = shape_member_at(shape, i, tree->arena);
		path = str_absent(path) ? member.name
					: arena_printf(tree->arena, "%.*s.%.*s", STR_ARG(path),
						  STR_ARG(member.name));
		if (str_absent(rest))
			*ret_line = focus_line(tree, shape, &member);
		else if (member.holding == HOLDS_VALUE)
			return false;
		*ret_member = member;
		*shape = member.inner;
	}
	signature->member = path;
	return true;
}

static void set_import(const struct signature *signature, struct head *head, struct arena *arena)
{
	const struct named_type type = {signature->kind, signature->type};

	if (signature->kind == PACK_EPHEMERAL)
		return; /* the bindings have no class of them */
	head->class = names_class(signature->pack, &type, arena);
	head->import =
		arena_printf(arena, "@cdktf/provider-%.*s/lib/%.*s", STR_ARG(signature->pack->name),
			STR_ARG(names_module(signature->pack, &type, arena)));
}

static int write_type(struct signature *signature, struct arena *arena, struct buf *out)
{
	struct tree tree = {.signature = signature, .arena = arena};
	CLEANUP(head_free) struct head head = {.example = BUF(HEAD_CEILING)};
	CLEANUP(buf_free) struct buf text = BUF(HEAD_CEILING);
	const struct named_type type = {signature->kind, signature->type};
	struct branch root = {0};
	struct shape_member member = {.holding = HOLDS_OBJECT};
	struct shape shape;
	size_t used;

	if (!shape_of_type(signature->pack, &type, arena, &shape))
		return 0;
	head.name = names_entry(signature->pack, signature->kind, signature->type, arena);
	if (!str_empty(signature->member) && !go_to(&tree, signature, &shape, &member, &head.focus))
		return 0;
	if (member.holding != HOLDS_VALUE) {
		fill(&tree, &shape, signature->member, 1, &root);
		head.rules = signature_rules(
			&shape, signature->json, signature->budget / RULES_SHARE, arena);
	}
	if (str_absent(head.focus)) {
		set_import(signature, &head, arena);
		choose(&tree, &shape, &root);
		add_example(&tree, &root, head.class, &head.example);
	}
	(signature->json ? head_json : head_text)(signature, &head, &text);
	used = token_estimate(buf_str(&text)) + NOTE_TOKENS;
	tree.left = used < signature->budget ? signature->budget - used : 0;
	grow(&tree, &root);
	buf_add(out, buf_str(&text));
	if (!signature->json) {
		print_text(&root, out);
		add_left_out(&root, out);
		return 1;
	}
	if (root.count) {
		buf_add(out, STR(",\"members\":"));
		print_json(&root, out);
	}
	if (root.shown < root.count)
		buf_printf(out, ",\"left_out\":%zu", root.count - root.shown);
	buf_add(out, STR("}\n"));
	return 1;
}

/* ---- functions ---- */

static int write_function(const struct signature *signature, struct arena *arena, struct buf *out)
{
	struct str name = names_entry(signature->pack, PACK_FUNCTION, signature->type, arena), json;
	struct pack_function function;

	if (!str_empty(signature->member) ||
		!pack_function_find(signature->pack, signature->type, &function))
		return 0;
	if (pack_type_json(signature->pack, PACK_FUNCTION, signature->type, arena, &json, NULL) !=
		1)
		return 0;
	if (signature->json) {
		buf_printf(out, "{\"name\":\"%.*s\",\"kind\":\"function\",\"signature\":%.*s}\n",
			STR_ARG(name), STR_ARG(json));
		return 1;
	}
	buf_printf(out, "%.*s(", STR_ARG(name));
	for (uint32_t i = 0; i < function.parameter_count; i++) {
		struct pack_parameter parameter = pack_parameter_at(&function, i);

		buf_printf(out, "%s%s%.*s: %.*s", i ? ", " : "",
			function.variadic && i + 1 == function.parameter_count ? "..." : "",
			STR_ARG(parameter.name), STR_ARG(pack_type_name(parameter.type.kind)));
	}
	buf_printf(out, "): %.*s  (function, %.*s %.*s)\n",
		STR_ARG(pack_type_name(function.returns.kind)), STR_ARG(signature->pack->source),
		STR_ARG(signature->pack->version));
	if (!str_empty(function.summary))
		buf_printf(out, "%.*s\n", STR_ARG(function.summary));
	return 1;
}

int signature_write(const struct signature *signature, struct arena *arena, struct buf *out)
{
	struct signature own = *signature;

	return own.kind == PACK_FUNCTION ? write_function(&own, arena, out)
					 : write_type(&own, arena, out);
}
