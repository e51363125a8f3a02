/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of weir:host by which lib/provider/members.ts makes a class's members when they are looked for. */
#include "construct/program_model.h"
#include "construct/roles.h"

enum { ASKED_MOST = 4096 };

#define HOST_FUNCTION(name) PROGRAM_HOST_FUNCTION(name)

/* The shape whose number the first argument is; NULL: there is none. */
static const struct known_shape *shape_argument(
	struct program *program, const script_value *arguments, size_t count)
{
	double number = count ? script_to_number(program->vm, arguments[0]) : 0;

	return shapes_at(
		&program->shapes, number >= 1 && number < UINT32_MAX ? (uint32_t)number : 0);
}

static bool flag_argument(
	struct program *program, const script_value *arguments, size_t count, size_t index)
{
	return index < count && script_is_true(program->vm, arguments[index]);
}

/* As words, which are taken apart sooner than JSON. */
static script_value told(struct program *program, const struct role *role)
{
	const struct shape_member *member = role->member->schema;

	return script_text(program->vm,
		arena_printf(program->arena, "%.*s %.*s %.*s %.*s %.*s %u %u %u %s%s%s%s%s",
			STR_ARG(role_name(role->kind)),
			STR_ARG(shape_holding_name(member->holding)),
			STR_ARG(shape_access_name(role->member->access)), STR_ARG(member->name),
			STR_ARG(member->property), member->min_items, member->max_items,
			member->fact, member->is_settable ? "g" : "",
			member->is_required ? "r" : "", member->is_block ? "b" : "",
			member->is_set ? "s" : "", member->is_item ? "i" : ""));
}

/*
 * member(shape, name, isProvider): the member that a name of the class is about; undefined: none.  As words: its role there, how it
 * is held, what reading it gives, Terraform's name, the program's, the items that the schema wants at least and at most, the number
 * of its facts, and a letter for each flag (lib/provider/shape.ts takes them apart).  The name is not kept: a program may look for any number of
 * things that are not there.
 */
HOST_FUNCTION(host_member)
{
	struct program *program = payload;
	const struct known_shape *shape = shape_argument(program, arguments, count);
	const struct snapshot *snapshot = program_visitor(program);
	struct role role = {ROLE_NONE, NULL};
	struct str name;

	if (!snapshot)
		return script_throw(vm, "out of memory");
	if (!shape || count < 2 || script_is_undefined(vm, arguments[1]))
		return script_undefined(vm);
	name = script_word_text(&snapshot->reader, script_word_of(&snapshot->reader, arguments[1]));
	if (str_absent(name))
		return 0;
	role = role_of(&program->shapes, shape, name, flag_argument(program, arguments, count, 2));
	script_word_text_end(&snapshot->reader, name);
	return role.kind == ROLE_NONE ? script_undefined(vm) : told(program, &role);
}

/* Names that lib/ asks for again and again, as those that all bases of a class have: taken apart once. */
struct shadow_names {
	struct shadow_names *next;
	struct str text;
	struct str *names;
	size_t count;
	struct str *affixed; /* those that may be of a member whose property is another */
	size_t affixed_count;
	uint64_t sieve[16]; /* which texts are surely not among them */
};

static uint64_t *sieve_word(struct shadow_names *shadow, struct str text, uint64_t *ret_bit)
{
	unsigned mark = (unsigned)text.len;

	if (text.len)
		mark = mark * 31 + (unsigned char)text.data[0] * 7 +
			(unsigned char)text.data[text.len - 1] +
			(unsigned char)text.data[text.len / 2] * 13;
	*ret_bit = (uint64_t)1 << (mark & 63);
	return &shadow->sieve[(mark >> 6) % COUNT_OF(shadow->sieve)];
}

static bool has_affix(struct str name)
{
	return str_starts(name, STR("put")) || str_starts(name, STR("reset")) ||
		str_ends(name, STR("Input"));
}

/* NULL without memory. */
static struct shadow_names *take_apart(struct program *program, struct str text)
{
	struct shadow_names *shadow = ARENA_NEW(program->arena, struct shadow_names);
	struct str rest = text;
	size_t most = 1;

	for (size_t i = 0; i < text.len; i++)
		most += text.data[i] == ' ';
	if (!shadow)
		return NULL;
	*shadow = (struct shadow_names){.next = program->shadows, .text = text};
	shadow->names = ARENA_ARRAY(program->arena, struct str, most);
	shadow->affixed = ARENA_ARRAY(program->arena, struct str, most);
	if (!shadow->names || !shadow->affixed)
		return NULL;
	while (!str_absent(rest)) {
		struct str name = str_split(&rest, ' ');
		uint64_t bit, *word = sieve_word(shadow, name, &bit);

		*word |= bit;
		if (has_affix(name))
			shadow->affixed[shadow->affixed_count++] = name;
		else
			shadow->names[shadow->count++] = name;
	}
	program->shadows = shadow;
	return shadow;
}

static struct shadow_names *shadow_of(struct program *program, struct str text)
{
	for (struct shadow_names *shadow = program->shadows; shadow; shadow = shadow->next)
		if (str_eq(shadow->text, text))
			return shadow;
	return take_apart(program, text);
}

static bool is_listed(struct shadow_names *shadow, struct str name)
{
	uint64_t bit;

	if (!(*sieve_word(shadow, name, &bit) & bit))
		return false;
	for (size_t i = 0; i < shadow->count; i++)
		if (str_eq(shadow->names[i], name))
			return true;
	return false;
}

/*
 * shadowed(shape, names, isProvider): of names with a blank between each, those that the class has; undefined: none, which nearly
 * all classes have.
 */
HOST_FUNCTION(host_shadowed)
{
	struct program *program = payload;
	const struct known_shape *shape = shape_argument(program, arguments, count);
	struct str names = program_argument(program, arguments, count, 1);
	bool is_provider = flag_argument(program, arguments, count, 2);
	struct shadow_names *shadow =
		shape && !str_absent(names) ? shadow_of(program, names) : NULL;
	script_value found = 0;
	uint32_t at = 0;

	for (size_t i = 0; shadow && i < shape->count + shadow->affixed_count; i++) {
		bool is_member = i < shape->count;
		struct str name =
			is_member ? shape->members[i].property : shadow->affixed[i - shape->count];

		if ((is_member && !is_listed(shadow, name)) ||
			role_of(&program->shapes, shape, name, is_provider).kind == ROLE_NONE)
			continue;
		if (!found)
			found = script_array(vm);
		script_set_at(vm, found, at++, script_text(vm, name));
	}
	return found ? found : script_undefined(vm);
}

static void learn(struct program *program, struct str name)
{
	struct script_names *asked = &program->asked;

	for (size_t i = 0; i < asked->count; i++)
		if (str_eq(asked->items[i], name))
			return;
	if (asked->count < ASKED_MOST &&
		arena_grow(program->arena, (void **)&asked->items, asked->count, &asked->room,
			sizeof(*asked->items)))
		asked->items[asked->count++] = name;
}

/* What else may stand there is told when it is looked for: a name that was put together, or one with a line behind it. */
void program_learn_asked(struct program *program, struct str text)
{
	static const struct str word = STR_INIT(" in ");

	for (size_t at = str_find(text, word); at != SIZE_MAX; at = str_find(text, word)) {
		struct str before = str_slice(text, 0, at);
		char quote = at ? before.data[at - 1] : 0;
		size_t start = at ? at - 1 : 0;

		text = str_slice(text, at + word.len, SIZE_MAX);
		if (quote != '"' && quote != '\'' && quote != '`')
			continue;
		while (start && program_is_word(before.data[start - 1]))
			start--;
		if (start && before.data[start - 1] == quote && start + 1 < at)
			learn(program, str_slice(before, start, at - 1));
	}
}

/* asked(): the names that the program's texts ask for with `"name" in …` and that were not told before; undefined: none. */
HOST_FUNCTION(host_asked)
{
	struct program *program = payload;
	const struct script_names *asked = &program->asked;
	script_value names;

	(void)arguments;
	(void)count;
	if (program->asked_told == asked->count)
		return script_undefined(vm);
	names = script_array(vm);
	for (uint32_t at = 0; program->asked_told < asked->count; at++)
		script_set_at(vm, names, at, script_text(vm, asked->items[program->asked_told++]));
	return names;
}
