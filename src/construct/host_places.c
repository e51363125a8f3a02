/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of weir:host that say where in the author's program something is, and those that a marked program
 * calls (src/script/tag.h): which loops it is in, and what it threw.
 */
#include "construct/host.h"
#include "construct/program_model.h"

static script_value frame_value(struct script_vm *vm, const struct script_frame *frame)
{
	script_value object = script_object(vm);

	script_set(vm, object, "file", script_text(vm, frame->file));
	script_set(vm, object, "line", script_number(vm, frame->line));
	script_set(vm, object, "column", script_number(vm, frame->column));
	return object;
}

static uint32_t number_of(struct program *program, const script_value *arguments, size_t count)
{
	const double number = count ? script_to_number(program->vm, arguments[0]) : 0;

	return number >= 1 && number <= program->literals ? (uint32_t)number : 0;
}

/* The module that has the mark of a number, and its offset there; NULL: none. */
static const struct module *find_mark(const struct program *program, uint32_t number,
	struct str key, size_t *ret_offset, bool *ret_member)
{
	for (size_t i = 0; i < program->module_count && number; i++)
		if (script_tag_place(
			    &program->modules[i]->tags, number, key, ret_offset, ret_member))
			return program->modules[i];
	return NULL;
}

bool program_mark_frame(struct program *program, uint32_t number, struct script_frame *ret)
{
	bool is_member;
	size_t offset;
	const struct module *module =
		find_mark(program, number, (struct str){NULL, 0}, &offset, &is_member);

	if (module)
		*ret = program_told_frame(program, module, offset);
	return module != NULL;
}

/* literalPlace(literal, key?): where a member of a marked literal stands, or its brace; undefined: nowhere. */
PROGRAM_HOST_FUNCTION(host_literal_place)
{
	struct program *program = payload;
	struct str key = program_argument(program, arguments, count, 1);
	struct script_frame frame;
	size_t offset;
	bool is_member;
	const struct module *module =
		find_mark(program, number_of(program, arguments, count), key, &offset, &is_member);

	if (!module || (!str_absent(key) && !is_member))
		return script_undefined(vm);
	frame = program_told_frame(program, module, offset);
	return frame_value(vm, &frame);
}

/* Whether a text reads a property of this name of anything: behind a dot, with no more to the word. */
static bool reads(struct str text, struct str name)
{
	for (size_t at = str_find(text, name); at != SIZE_MAX; at = str_find(text, name)) {
		size_t end = at + name.len;
		bool is_whole = end == text.len || !program_is_word(text.data[end]);

		if (at > 0 && text.data[at - 1] == '.' && is_whole)
			return true;
		text = str_slice(text, end, text.len);
	}
	return false;
}

/* isRead(property): whether the author's program reads a property of that name. */
PROGRAM_HOST_FUNCTION(host_is_read)
{
	struct program *program = payload;
	struct str name = program_argument(program, arguments, count, 0);
	bool found = false;

	for (size_t i = 0; i < program->module_count && !str_empty(name) && !found; i++) {
		const struct module *module = program->modules[i];

		found = module->format != FORMAT_JSON && !str_absent(module->source) &&
			program_is_authors(program, module->path) && reads(module->source, name);
	}
	return script_bool(vm, found);
}

/*
 * newPlace(file, line, column, argument): the `new` that this place stands in; null: its constructor passes that argument on,
 * so it is its caller's; undefined: none.
 */
PROGRAM_HOST_FUNCTION(host_new_place)
{
	struct program *program = payload;
	struct script_frame frame = {.file = program_argument(program, arguments, count, 0)}, found;
	enum script_maker maker;

	if (count < 4 || str_absent(frame.file))
		return script_undefined(vm);
	frame.line = (unsigned)script_to_number(vm, arguments[1]);
	frame.column = (unsigned)script_to_number(vm, arguments[2]);
	if (!frame.line || !frame.column)
		return script_undefined(vm);
	maker = program_new_frame(
		program, &frame, (unsigned)script_to_number(vm, arguments[3]), &found);
	if (maker == MAKER_CALLER)
		return script_json(vm, STR("null"));
	return maker == MAKER_HERE ? frame_value(vm, &found) : script_undefined(vm);
}

/* ---- of a marked program ---- */

/* The loop of a number; NULL where there is none. */
static struct loop *loop_of(struct program *program, uint32_t number)
{
	while (program->loop_count <= number) {
		if (!arena_grow(program->arena, (void **)&program->loops, program->loop_count,
			    &program->loop_room, sizeof(*program->loops)))
			return NULL;
		program->loops[program->loop_count++] = (struct loop){0};
	}
	return number ? &program->loops[number] : NULL;
}

/* enterLoop(number): a loop begins. */
PROGRAM_HOST_FUNCTION(host_enter_loop)
{
	struct program *program = payload;
	struct loop *loop = loop_of(program, number_of(program, arguments, count));

	if (loop)
		loop->entered = ++program->moments;
	return script_undefined(vm);
}

/* turnLoop(number): its body runs once more. */
PROGRAM_HOST_FUNCTION(host_turn_loop)
{
	struct program *program = payload;
	struct loop *loop = loop_of(program, number_of(program, arguments, count));

	if (loop)
		loop->turned = ++program->moments;
	return script_undefined(vm);
}

uint32_t program_endless_loop(const struct program *program)
{
	const uint64_t half = program->moments / 2;
	uint32_t found = 0;

	for (uint32_t i = 1; i < program->loop_count; i++) {
		const struct loop *loop = &program->loops[i];

		if (loop->entered && loop->entered <= half && loop->turned > half &&
			(!found || loop->entered > program->loops[found].entered))
			found = i;
	}
	return found;
}

/* askAt(number): what is asked for from now on, it is at a mark; 0: where the frames tell. */
PROGRAM_HOST_FUNCTION(host_ask_at)
{
	struct program *program = payload;

	program->asking = number_of(program, arguments, count);
	return script_undefined(vm);
}

/* thrown(number): the program throws there what is no Error, and so knows no place. */
PROGRAM_HOST_FUNCTION(host_thrown)
{
	struct program *program = payload;

	program->thrown = number_of(program, arguments, count);
	return script_undefined(vm);
}

/*
 * suspect(isSure): numbers of this run stand for what only Terraform knows; one that calculates with them has to be looked at again.
 * One that is sure to need that: what it asked for could not be told in this run.
 */
PROGRAM_HOST_FUNCTION(host_suspect)
{
	struct program *program = payload;

	if (count && script_is_true(vm, arguments[0]))
		answer_suspicion(program->answer);
	for (size_t i = 0; i < program->module_count && !program->spec->is_tracing; i++) {
		const struct module *module = program->modules[i];

		if (str_absent(module->stripped.text) ||
			!program_is_authors(program, module->path) ||
			!script_calculates(module->stripped.text, module->path, program->arena))
			continue;
		answer_suspicion(program->answer);
		break;
	}
	return script_undefined(vm);
}
