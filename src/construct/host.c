/* SPDX-License-Identifier: Apache-2.0 */
/*
 * weir:host: what the library may ask of weir and tell it.  All of it is
 * synchronous, and answers the same in every run.
 */
#include <stdlib.h>

#include "base/file.h"
#include "base/hash.h"
#include "catalog/shape.h"
#include "construct/host.h"
#include "construct/program_model.h"

struct str program_argument(
	struct program *program, const script_value *arguments, size_t count, size_t index)
{
	if (index >= count || script_is_undefined(program->vm, arguments[index]))
		return (struct str){NULL, 0};
	return script_to_text(program->vm, arguments[index], program->arena);
}

#define HOST_FUNCTION(name) static PROGRAM_HOST_FUNCTION(name)

HOST_FUNCTION(host_print)
{
	struct program *program = payload;

	answer_print(program->answer, program_argument(program, arguments, count, 0));
	return script_undefined(vm);
}

HOST_FUNCTION(host_digest)
{
	struct program *program = payload;
	struct str name = program_argument(program, arguments, count, 0), data;
	char hex[DIGEST_HEX_MOST + 1];

	if (count < 2)
		return script_throw(vm, "digest wants an algorithm and data");
	data = script_is_text(vm, arguments[1]) ? script_to_text(vm, arguments[1], program->arena)
						: script_to_bytes(vm, arguments[1], program->arena);
	if (str_absent(data) || !digest_hex(name, data, hex))
		return script_throw(vm, "there is no digest \"%.*s\" of that", STR_ARG(name));
	return script_text(vm, str_of(hex));
}

static struct pack *pack_of(struct program *program, struct str name)
{
	return program->packs && !str_absent(name) ? packs_find(program->packs, name) : NULL;
}

HOST_FUNCTION(host_provider)
{
	struct program *program = payload;
	const struct pack *pack = pack_of(program, program_argument(program, arguments, count, 0));
	script_value object;

	if (!pack)
		return script_undefined(vm);
	object = script_object(vm);
	script_set(vm, object, "source", script_text(vm, pack->source));
	script_set(vm, object, "version", script_text(vm, pack->version));
	script_set(vm, object, "name", script_text(vm, pack->name));
	return object;
}

/* shape(path): what lib/provider/shape.ts makes classes from; the path begins with the provider (catalog/shape.h). */
HOST_FUNCTION(host_shape)
{
	struct program *program = payload;
	struct str path = program_argument(program, arguments, count, 0), json;
	struct pack *pack = str_absent(path) ? NULL : pack_of(program, str_split(&path, '/'));
	struct error err;
	int r;

	if (!pack || str_absent(path))
		return script_undefined(vm);
	r = shape_json(pack, path, program->arena, &json, &err);
	if (r < 0)
		return script_throw(vm, "%s", err.message);
	return r ? script_json(vm, json) : script_undefined(vm);
}

/* shapeNumber(path): the number of that shape here, for what walks over a program's data (construct/shapes.h). */
HOST_FUNCTION(host_shape_number)
{
	struct program *program = payload;
	struct str path = program_argument(program, arguments, count, 0);
	struct error err;
	uint32_t number;
	int r = str_absent(path) ? 0 : shapes_open(&program->shapes, path, &number, &err);

	if (r < 0)
		return script_throw(vm, "%s", err.message);
	return r ? script_number(vm, number) : script_undefined(vm);
}

/* fact(number): what is known of an argument, by the number that its shape has. */
HOST_FUNCTION(host_fact)
{
	struct program *program = payload;
	double number = count ? script_to_number(vm, arguments[0]) : 0;
	struct str text = facts_members(number >= 1 && number < UINT32_MAX ? (uint32_t)number : 0);

	return script_json(vm, arena_printf(program->arena, "{%.*s}", STR_ARG(text)));
}

/* property("delay_seconds"): "delaySeconds", by catalog/names.h. */
HOST_FUNCTION(host_property)
{
	struct program *program = payload;
	struct str name = program_argument(program, arguments, count, 0);

	if (str_absent(name))
		return script_undefined(vm);
	return script_text(vm, names_property(name, program->arena));
}

/* attribute("delaySeconds"): "delay_seconds", where no schema says better. */
HOST_FUNCTION(host_attribute)
{
	struct program *program = payload;
	struct str property = program_argument(program, arguments, count, 0);

	if (str_absent(property))
		return script_undefined(vm);
	return script_text(vm, names_guess_attribute(property, program->arena));
}

static int open_type(struct program *program, struct str provider, const struct named_type *type,
	uint32_t *ret_number, struct error *err)
{
	struct str path = arena_printf(program->arena, "%.*s/%.*s/%.*s", STR_ARG(provider),
		STR_ARG(pack_kind_name(type->kind)), STR_ARG(type->type));

	return str_absent(path) ? error_memory(err)
				: shapes_open(&program->shapes, path, ret_number, err);
}

/* module(provider, "sqs-queue"): its type's kind and name, the name of its class, and the number of its shape; without a schema as names tell it. */
HOST_FUNCTION(host_module)
{
	struct program *program = payload;
	struct str provider = program_argument(program, arguments, count, 0), class;
	struct str module = program_argument(program, arguments, count, 1);
	struct pack *pack = pack_of(program, provider);
	struct named_type type;
	script_value object;
	struct error err;
	uint32_t number;
	int r;

	if (str_absent(provider) || str_absent(module) ||
		(pack && !names_type(pack, module, &type)))
		return script_undefined(vm);
	if (!pack)
		type = names_guess_type(provider, module, program->arena);
	class = pack ? names_class(pack, &type, program->arena)
		     : names_guess_class(provider, &type, program->arena);
	object = script_object(vm);
	script_set(vm, object, "kind", script_text(vm, pack_kind_name(type.kind)));
	script_set(vm, object, "type", script_text(vm, type.type));
	script_set(vm, object, "className", script_text(vm, class));
	r = pack ? open_type(program, provider, &type, &number, &err) : 0;
	if (r > 0)
		script_set(vm, object, "number", script_number(vm, number));
	if (r >= 0)
		return object;
	script_free(vm, object);
	return script_throw(vm, "%s", err.message);
}

/* barrel(provider): the names under which a package exports its modules. */
HOST_FUNCTION(host_barrel)
{
	static const enum pack_kind kinds[] = {PACK_PROVIDER, PACK_RESOURCE, PACK_DATA};
	struct program *program = payload;
	struct pack *pack = pack_of(program, program_argument(program, arguments, count, 0));
	script_value names;
	uint32_t at = 0;

	if (!pack)
		return script_undefined(vm);
	names = script_array(vm);
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		bool is_provider = kinds[i] == PACK_PROVIDER;

		for (size_t k = 0; k < (is_provider ? 1 : pack_count(pack, kinds[i])); k++) {
			const struct named_type type = {kinds[i],
				is_provider ? pack->name : pack_name_at(pack, kinds[i], k)};
			struct str module = names_module(pack, &type, program->arena);

			script_set_at(vm, names, at++,
				script_text(vm, names_namespace(module, program->arena)));
		}
	}
	return names;
}

/* moduleOf(provider, "sqsQueue"): the module that a package exports under a name. */
HOST_FUNCTION(host_module_of)
{
	struct program *program = payload;
	struct pack *pack = pack_of(program, program_argument(program, arguments, count, 0));
	struct str name = program_argument(program, arguments, count, 1);
	struct str module = {NULL, 0};

	if (!str_absent(name))
		module = pack ? names_exported(pack, name, program->arena)
			      : names_guess_exported(name, program->arena);
	return str_absent(module) ? script_undefined(vm) : script_text(vm, module);
}

/* A path that a program names, from its working folder. */
static struct str path_at(
	struct program *program, const script_value *arguments, size_t count, size_t index)
{
	struct str path = program_argument(program, arguments, count, index);

	if (str_absent(path))
		return path;
	return path_resolve(
		program->arena, str_starts(path, STR("/")) ? STR("/") : program->spec->base, path);
}

static int read_path(struct program *program, struct str path, struct str *ret_text)
{
	struct error err;

	return program->files.read(
		program->files.payload, path, MODULE_MAX_BYTES, program->arena, ret_text, &err);
}

HOST_FUNCTION(host_read_file)
{
	struct program *program = payload;
	struct str path = path_at(program, arguments, count, 0), text;

	if (str_absent(path) || read_path(program, path, &text) < 0)
		return script_undefined(vm);
	return script_bytes(vm, text);
}

/* What a path leads to; nothing where the program may not read. */
static enum script_entry entry_at(struct program *program, struct str path)
{
	const struct script_names *granted = resolver_granted(program->resolver);
	struct str real = {NULL, 0};

	if (!str_absent(path))
		real = program->files.real(program->files.payload, path, program->arena);
	for (size_t i = 0; !str_absent(real) && i < granted->count; i++)
		if (path_inside(granted->items[i], real))
			return program->files.entry(program->files.payload, real);
	return ENTRY_NONE;
}

HOST_FUNCTION(host_stat)
{
	struct program *program = payload;
	struct str path = path_at(program, arguments, count, 0), text = {NULL, 0};
	enum script_entry entry = entry_at(program, path);
	script_value object;

	if (entry == ENTRY_FILE && read_path(program, path, &text) < 0)
		entry = ENTRY_NONE;
	if (entry == ENTRY_NONE)
		return script_undefined(vm);
	object = script_object(vm);
	script_set(vm, object, "file", script_bool(vm, entry == ENTRY_FILE));
	script_set(vm, object, "directory", script_bool(vm, entry == ENTRY_FOLDER));
	script_set(vm, object, "size", script_number(vm, (double)text.len));
	return object;
}

static int by_text(const void *left, const void *right)
{
	return str_cmp(*(const struct str *)left, *(const struct str *)right);
}

HOST_FUNCTION(host_list)
{
	struct program *program = payload;
	struct str path = path_at(program, arguments, count, 0);
	struct script_names names = {0};
	script_value array = script_array(vm);

	if (!str_absent(path))
		program->files.list(program->files.payload, path, program->arena, &names);
	if (names.count)
		qsort(names.items, names.count, sizeof(*names.items), by_text);
	for (size_t i = 0; i < names.count; i++)
		script_set_at(vm, array, (uint32_t)i, script_text(vm, names.items[i]));
	return array;
}

HOST_FUNCTION(host_emit)
{
	struct program *program = payload;
	struct str path = program_argument(program, arguments, count, 0);
	struct str text = program_argument(program, arguments, count, 1);

	if (str_absent(path) || str_absent(text))
		return script_throw(vm, "emit wants a path and a text");
	answer_output(program->answer, OUTPUT_TEXT, path, text);
	return script_undefined(vm);
}

/* What the parent copies or packs, once it is known that the program has no mistake. */
static script_value emit_asset(struct program *program, const script_value *arguments, size_t count,
	enum script_entry wanted, enum output_kind kind)
{
	struct str from = path_at(program, arguments, count, 0);
	struct str path = program_argument(program, arguments, count, 1);

	if (str_absent(path) || str_absent(from) || entry_at(program, from) != wanted)
		return script_throw(program->vm,
			"%.*s cannot be taken along: no such file or folder below the program's "
			"folder",
			STR_ARG(from));
	answer_output(program->answer, kind, path, from);
	return script_undefined(program->vm);
}

HOST_FUNCTION(host_emit_copy)
{
	(void)vm;
	return emit_asset(payload, arguments, count, ENTRY_FILE, OUTPUT_COPY);
}

HOST_FUNCTION(host_emit_archive)
{
	(void)vm;
	return emit_asset(payload, arguments, count, ENTRY_FOLDER, OUTPUT_ARCHIVE);
}

static unsigned number_at(struct script_vm *vm, script_value object, const char *key)
{
	script_value member = script_get(vm, object, key);
	double number = script_to_number(vm, member);

	script_free(vm, member);
	return number >= 1 && number < UINT32_MAX ? (unsigned)number : 0;
}

static struct str member_at(struct program *program, script_value object, const char *key)
{
	script_value member = script_get(program->vm, object, key);
	struct str text = script_is_text(program->vm, member)
		? script_to_text(program->vm, member, program->arena)
		: STR("");

	script_free(program->vm, member);
	return text;
}

/* What cdktf itself says nothing of: whether it is told, and as what, is the user's choice. */
static bool is_ours(struct str class)
{
	static const char *const classes[] = {"colliding-ids", "conflicting-properties",
		"missing-required", "no-stack", "out-of-range", "too-many-items",
		"unknown-enum-value", "unknown-property", "wrong-reference", "wrong-type"};

	for (size_t i = 0; i < COUNT_OF(classes); i++)
		if (str_is(class, classes[i]))
			return true;
	return false;
}

/* report({kind, severity, message, remedy, file, line, column}); without a file, at the nearest author's frame. */
HOST_FUNCTION(host_report)
{
	struct program *program = payload;
	struct script_frame *frames, given;
	const struct script_frame *frame = &given;
	struct mistake mistake;

	if (count < 1)
		return script_throw(vm, "report wants a finding");
	mistake = (struct mistake){.class = member_at(program, arguments[0], "kind"),
		.is_error = !str_is(member_at(program, arguments[0], "severity"), "warning"),
		.message = member_at(program, arguments[0], "message"),
		.remedy = member_at(program, arguments[0], "remedy")};
	if (program->spec->strict != STRICT_ERROR && is_ours(mistake.class)) {
		if (program->spec->strict == STRICT_OFF)
			return script_undefined(vm);
		mistake.is_error = false;
	}
	given = (struct script_frame){.file = member_at(program, arguments[0], "file"),
		.line = number_at(vm, arguments[0], "line"),
		.column = number_at(vm, arguments[0], "column")};
	if (str_empty(given.file)) {
		size_t frame_count = script_stack(vm, program->arena, &frames);

		frame = program_author_frame(program, frames, frame_count);
	}
	if (frame)
		mistake.place = program_place(program, frame);
	else
		mistake.place.file = program_told_path(program, program->spec->main);
	answer_mistake(program->answer, &mistake);
	return script_undefined(vm);
}

/* note(text): what is no mistake and should be known. */
HOST_FUNCTION(host_note)
{
	struct program *program = payload;

	answer_note(program->answer, program_argument(program, arguments, count, 0));
	return script_undefined(vm);
}

/* The innermost frame outside of Node's modules, where it is the author's: whoever asked for what they gave. */
static const struct script_frame *asking_frame(
	const struct program *program, const struct script_frame *frames, size_t count)
{
	size_t i = 0;

	while (i < count && str_starts(frames[i].file, STR("weir:lib/node/")))
		i++;
	return i < count && program_is_authors(program, frames[i].file) ? &frames[i] : NULL;
}

/* False where something was told there already: a loop tells once. */
static bool remember_impurity(struct program *program, const struct place *place)
{
	for (size_t i = 0; i < program->impurity_count; i++) {
		const struct place *told = &program->impurities[i];

		if (told->line == place->line && told->column == place->column &&
			str_eq(told->file, place->file))
			return false;
	}
	if (!arena_grow(program->arena, (void **)&program->impurities, program->impurity_count,
		    &program->impurity_room, sizeof(*program->impurities)))
		return false;
	program->impurities[program->impurity_count++] = *place;
	return true;
}

/* impure(message, remedy): the author asked for what differs from run to run; what a package asks for is its own affair. */
HOST_FUNCTION(host_impure)
{
	struct program *program = payload;
	struct script_frame *frames;
	size_t frame_count = script_stack(vm, program->arena, &frames);
	const struct script_frame *frame = asking_frame(program, frames, frame_count);
	struct script_frame marked;
	struct mistake mistake = {.class = STR("impure-input"), .is_error = true};

	if (program_mark_frame(program, program->asking, &marked))
		frame = &marked;
	if (!frame)
		return script_undefined(vm);
	mistake.place = program_place(program, frame);
	mistake.message = program_argument(program, arguments, count, 0);
	mistake.remedy = program_argument(program, arguments, count, 1);
	if (remember_impurity(program, &mistake.place))
		answer_mistake(program->answer, &mistake);
	return script_undefined(vm);
}

HOST_FUNCTION(host_context)
{
	struct program *program = payload;

	(void)arguments;
	(void)count;
	return script_json(
		vm, str_empty(program->spec->context) ? STR("{}") : program->spec->context);
}

HOST_FUNCTION(host_env)
{
	struct program *program = payload;
	struct str name = program_argument(program, arguments, count, 0);

	for (size_t i = 0; !str_absent(name) && i < program->spec->environment_count; i++) {
		struct str rest = program->spec->environment[i];

		if (str_eq(str_split(&rest, '='), name) && !str_absent(rest))
			return script_text(vm, rest);
	}
	return script_undefined(vm);
}

/* declared(): the variables that the user lets the program ask for, also those without a value. */
HOST_FUNCTION(host_declared)
{
	struct program *program = payload;
	script_value array = script_array(vm);

	(void)arguments;
	(void)count;
	for (size_t i = 0; i < program->spec->environment_count; i++) {
		struct str rest = program->spec->environment[i];

		script_set_at(vm, array, (uint32_t)i, script_text(vm, str_split(&rest, '=')));
	}
	return array;
}

HOST_FUNCTION(host_cwd)
{
	struct program *program = payload;

	(void)arguments;
	(void)count;
	return script_text(vm, program->spec->base);
}

#define NAMED(name, function) {name, function},
/* What is told once a program has ended (lib/finish.ts); false where that threw. */
static bool finish(struct program *program)
{
	struct script_vm *vm = program->vm;
	script_value namespace = script_namespace(vm, STR("weir:start"), STR("./finish.ts"));
	script_value function = namespace ? script_get(vm, namespace, "finish") : 0;
	script_value done = function ? script_call(vm, function, NULL, 0) : 0;

	script_free(vm, done);
	script_free(vm, function);
	script_free(vm, namespace);
	return done != 0;
}

/* exit(code): the program ends itself; who calls it waits. */
HOST_FUNCTION(host_exit)
{
	struct program *program = payload;
	double code = count ? script_to_number(vm, arguments[0]) : 0;

	program->exit_code = code >= -255 && code <= 255 ? (int)code : 1;
	if (program->exit_code == 0 && !finish(program))
		return 0;
	script_end(vm);
	return script_undefined(vm);
}

const struct script_host program_host[] = {HOST_FUNCTIONS(NAMED)};
const size_t program_host_count = COUNT_OF(program_host);
