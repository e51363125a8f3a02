/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words of the engine and what it offers its own C code: apart from value.c because a
 * walk over a hundred thousand objects cannot pay for handles.
 *
 * A word has 64 bits: of a double the double itself, moved so that the high half of every other
 * kind is a small tag.  That layout is the pinned engine's (deps/meson.build).
 */
#include "script/tree.h"

#include "script/engine.h"

enum tag {
	TAG_FIRST = -9,
	TAG_TEXT = -7,
	TAG_ROPE = -6, /* a text that was joined and not yet copied together */
	TAG_OBJECT = -1,
	TAG_INTEGER = 0,
	TAG_BOOL = 1,
	TAG_NULL = 2,
	TAG_UNDEFINED = 3,
	TAG_EXCEPTION = 6,
	TAG_DOUBLE = 8,
};

#define DOUBLE_OFFSET ((uint64_t)(0x7ff80000 - TAG_FIRST + 1) << 32)

enum {
	ROOM = 48,   /* bytes of the engine's memory for what it returns by address */
	OWN_AT = 16, /* in the room: a JSPropertyDescriptor, with its flags at 0 */
	OWN_VALUE = 8,
	OWN_GETTER = 16,
	OWN_SETTER = 24,
	OWN_HAS_GETTER = 1 << 4,
	CLASS_OBJECT = 1,
	MEMBERS_OF_TEXT = 1 << 0,
	MEMBERS_ENUMERABLE = 1 << 4,
	MEMBER_SIZE = 8, /* of JSPropertyEnum, with its name at 4 */
	MEMBER_NAME = 4,
	ITEMS_A_LOOK = 1 << 16, /* a list may have 2^32 items that nobody gave */
};

static enum tag tag_of(script_word word)
{
	int32_t high = (int32_t)(uint32_t)(word >> 32);

	return (uint32_t)(high - TAG_FIRST) >= TAG_DOUBLE - TAG_FIRST ? TAG_DOUBLE : (enum tag)high;
}

static u32 number_in_room(const struct script_reader *reader, u32 offset)
{
	u32 number;

	memcpy(&number, engine_at(reader->vm, reader->room + offset), sizeof(number));
	return number;
}

bool script_reader_begin(
	struct script_vm *vm, struct arena *arena, struct script_reader *ret_reader)
{
	struct script_reader reader = {.vm = vm, .arena = arena};

	reader.room = Z_quickjsZ_wasm_malloc(&vm->engine, ROOM);
	if (!reader.room) {
		script_throw(vm, "out of memory");
		return false;
	}
	reader.context = Z_quickjsZ_qjs_get_context_ptr(&vm->engine);
	reader.plain = Z_quickjsZ_JS_GetClassProto(&vm->engine, reader.context, CLASS_OBJECT);
	*ret_reader = reader;
	return true;
}

void script_reader_end(struct script_reader *reader)
{
	for (size_t i = 0; i < COUNT_OF(reader->known); i++)
		if (reader->known[i].name)
			Z_quickjsZ_JS_FreeAtom(
				&reader->vm->engine, reader->context, reader->known[i].name);
	script_word_free(reader, reader->plain);
	Z_quickjsZ_wasm_free(&reader->vm->engine, reader->room);
}

script_word script_word_of(const struct script_reader *reader, script_value value)
{
	script_word word;

	memcpy(&word, engine_at(reader->vm, value), sizeof(word));
	return word;
}

script_word script_word_undefined(void)
{
	return (uint64_t)TAG_UNDEFINED << 32;
}

script_word script_word_new(const struct script_reader *reader, struct str text)
{
	Z_quickjs_instance_t *engine = &reader->vm->engine;
	u32 at = engine_put(reader->vm, text);
	script_word word;

	if (!at) {
		script_throw(reader->vm, "out of memory");
		return (uint64_t)TAG_EXCEPTION << 32;
	}
	word = Z_quickjsZ_JS_NewStringLen(engine, reader->context, at, (u32)text.len);
	Z_quickjsZ_wasm_free(engine, at);
	return word;
}

void script_word_free(const struct script_reader *reader, script_word word)
{
	if ((int32_t)(uint32_t)(word >> 32) < 0)
		Z_quickjsZ_JS_FreeValue(&reader->vm->engine, reader->context, word);
}

bool script_word_is_proxy(const struct script_reader *reader, script_word word)
{
	return tag_of(word) == TAG_OBJECT && Z_quickjsZ_JS_IsProxy(&reader->vm->engine, word);
}

static enum script_kind object_kind(const struct script_reader *reader, script_word word)
{
	Z_quickjs_instance_t *engine = &reader->vm->engine;
	script_word prototype;
	enum script_kind kind;

	if (Z_quickjsZ_JS_IsArray(engine, word))
		return SCRIPT_LIST;
	if (Z_quickjsZ_JS_IsFunction(engine, reader->context, word))
		return SCRIPT_FUNCTION;
	prototype = Z_quickjsZ_JS_GetPrototype(engine, reader->context, word);
	kind = tag_of(prototype) == TAG_EXCEPTION                             ? SCRIPT_THROWN
		: prototype == reader->plain || tag_of(prototype) == TAG_NULL ? SCRIPT_PLAIN
									      : SCRIPT_INSTANCE;
	script_word_free(reader, prototype);
	return kind;
}

enum script_kind script_word_kind(const struct script_reader *reader, script_word word)
{
	switch (tag_of(word)) {
	case TAG_TEXT:
	case TAG_ROPE:
		return SCRIPT_TEXT;
	case TAG_INTEGER:
	case TAG_DOUBLE:
		return SCRIPT_NUMBER;
	case TAG_BOOL:
		return SCRIPT_BOOL;
	case TAG_NULL:
		return SCRIPT_NULL;
	case TAG_UNDEFINED:
		return SCRIPT_UNDEFINED;
	case TAG_EXCEPTION:
		return SCRIPT_THROWN;
	case TAG_OBJECT:
		return object_kind(reader, word);
	default:
		return SCRIPT_OTHER;
	}
}

bool script_word_bool(script_word word)
{
	return (uint32_t)word != 0;
}

double script_word_number(script_word word)
{
	double number;

	if (tag_of(word) == TAG_INTEGER)
		return (int32_t)(uint32_t)word;
	word += DOUBLE_OFFSET;
	memcpy(&number, &word, sizeof(number));
	return number;
}

/* A text that the engine has just put to `at`, its length in the room. */
static struct str text_at(const struct script_reader *reader, u32 at)
{
	if (!at)
		return (struct str){NULL, 0};
	return (struct str){engine_at(reader->vm, at), number_in_room(reader, 0)};
}

struct str script_word_text(const struct script_reader *reader, script_word word)
{
	return text_at(reader,
		Z_quickjsZ_JS_ToCStringLen2(
			&reader->vm->engine, reader->context, reader->room, word, 0));
}

void script_word_text_end(const struct script_reader *reader, struct str text)
{
	struct script_vm *vm = reader->vm;

	if (!str_absent(text))
		Z_quickjsZ_JS_FreeCString(
			&vm->engine, reader->context, (u32)(text.data - engine_at(vm, 0)));
}

size_t script_list_length(const struct script_reader *reader, script_word list)
{
	struct script_vm *vm = reader->vm;

	if (Z_quickjsZ_JS_GetLength(&vm->engine, reader->context, list, reader->room) != 0)
		return SIZE_MAX;
	return number_in_room(reader, 0);
}

/* What the engine throws where it is interrupted itself: no script catches it. */
static script_word interrupt(const struct script_reader *reader)
{
	struct script_vm *vm = reader->vm;
	u32 text = engine_put(vm, STR("interrupted"));
	script_value thrown;

	if (text)
		Z_quickjsZ_JS_ThrowInternalError(&vm->engine, reader->context, text, 0);
	else
		script_throw(vm, "out of memory");
	Z_quickjsZ_wasm_free(&vm->engine, text);
	thrown = Z_quickjsZ_qjs_get_exception(&vm->engine);
	Z_quickjsZ_JS_SetUncatchableError(
		&vm->engine, reader->context, script_word_of(reader, thrown));
	script_free(vm, Z_quickjsZ_qjs_throw(&vm->engine, thrown));
	script_free(vm, thrown);
	return (uint64_t)TAG_EXCEPTION << 32;
}

script_word script_list_at(const struct script_reader *reader, script_word list, size_t index)
{
	if (index % ITEMS_A_LOOK == ITEMS_A_LOOK - 1 && engine_is_interrupted(reader->vm))
		return interrupt(reader);
	return Z_quickjsZ_JS_GetPropertyUint32(
		&reader->vm->engine, reader->context, list, (u32)index);
}

bool script_members_begin(
	const struct script_reader *reader, script_word object, struct script_members *ret_members)
{
	struct script_vm *vm = reader->vm;

	if (Z_quickjsZ_JS_GetOwnPropertyNames(&vm->engine, reader->context, reader->room,
		    reader->room + 4, object, MEMBERS_OF_TEXT | MEMBERS_ENUMERABLE) != 0)
		return false;
	ret_members->table = number_in_room(reader, 0);
	ret_members->count = number_in_room(reader, 4);
	return true;
}

void script_members_end(const struct script_reader *reader, struct script_members *members)
{
	Z_quickjsZ_JS_FreePropertyEnum(
		&reader->vm->engine, reader->context, members->table, (u32)members->count);
}

static u32 atom_of(
	const struct script_reader *reader, const struct script_members *members, size_t index)
{
	u32 atom;

	memcpy(&atom,
		engine_at(reader->vm, members->table + (u32)index * MEMBER_SIZE + MEMBER_NAME),
		sizeof(atom));
	return atom;
}

struct str script_member_key(
	struct script_reader *reader, const struct script_members *members, size_t index)
{
	Z_quickjs_instance_t *engine = &reader->vm->engine;
	u32 name = atom_of(reader, members, index);
	struct script_known_key *known = &reader->known[name % COUNT_OF(reader->known)];
	struct str text;

	if (known->name == name)
		return known->text;
	text = text_at(reader,
		Z_quickjsZ_JS_AtomToCStringLen(engine, reader->context, reader->room, name));
	if (str_absent(text))
		return text;
	if (known->name)
		Z_quickjsZ_JS_FreeAtom(engine, reader->context, known->name);
	*known = (struct script_known_key){Z_quickjsZ_JS_DupAtom(engine, reader->context, name),
		arena_str(reader->arena, text)};
	script_word_text_end(reader, text);
	return known->text;
}

script_word script_member_value(const struct script_reader *reader, script_word object,
	const struct script_members *members, size_t index)
{
	return Z_quickjsZ_JS_GetProperty(
		&reader->vm->engine, reader->context, object, atom_of(reader, members, index));
}

uint32_t script_name(const struct script_reader *reader, const char *name)
{
	Z_quickjs_instance_t *engine = &reader->vm->engine;
	u32 at = engine_put(reader->vm, str_of(name));
	u32 atom =
		at ? Z_quickjsZ_JS_NewAtomLen(engine, reader->context, at, (u32)strlen(name)) : 0;

	if (at)
		Z_quickjsZ_wasm_free(engine, at);
	return atom;
}

script_word script_word_member(
	const struct script_reader *reader, script_word object, uint32_t name)
{
	return Z_quickjsZ_JS_GetProperty(&reader->vm->engine, reader->context, object, name);
}

bool script_word_set(
	const struct script_reader *reader, script_word object, uint32_t name, script_word value)
{
	return (int32_t)Z_quickjsZ_JS_SetProperty(&reader->vm->engine, reader->context, object,
		       name, script_word_hold(reader, value)) >= 0;
}

script_word script_word_prototype(const struct script_reader *reader, script_word object)
{
	return Z_quickjsZ_JS_GetPrototype(&reader->vm->engine, reader->context, object);
}

bool script_word_inherits(
	const struct script_reader *reader, script_word object, script_word prototype)
{
	script_word own = script_word_prototype(reader, object);

	script_word_free(reader, own);
	return own == prototype;
}

script_word script_word_hold(const struct script_reader *reader, script_word word)
{
	return Z_quickjsZ_JS_DupValue(&reader->vm->engine, reader->context, word);
}

static script_word word_in_room(const struct script_reader *reader, u32 offset)
{
	script_word word;

	memcpy(&word, engine_at(reader->vm, reader->room + offset), sizeof(word));
	return word;
}

bool script_member_own(const struct script_reader *reader, script_word object,
	const struct script_members *members, size_t index, script_word *ret_word)
{
	int found = (int)Z_quickjsZ_JS_GetOwnProperty(&reader->vm->engine, reader->context,
		reader->room + OWN_AT, object, atom_of(reader, members, index));

	if (found <= 0) {
		*ret_word = (uint64_t)(found < 0 ? TAG_EXCEPTION : TAG_UNDEFINED) << 32;
		return true;
	}
	*ret_word = word_in_room(reader, OWN_AT + OWN_VALUE);
	if (!(number_in_room(reader, OWN_AT) & OWN_HAS_GETTER))
		return true;
	script_word_free(reader, *ret_word);
	script_word_free(reader, word_in_room(reader, OWN_AT + OWN_GETTER));
	script_word_free(reader, word_in_room(reader, OWN_AT + OWN_SETTER));
	return false;
}

script_word script_word_call(
	const struct script_reader *reader, script_word function, script_word argument)
{
	Z_quickjs_instance_t *engine = &reader->vm->engine;
	u32 list = Z_quickjsZ_wasm_malloc(engine, sizeof(argument));
	script_word result;

	if (!list) {
		script_throw(reader->vm, "out of memory");
		return (uint64_t)TAG_EXCEPTION << 32;
	}
	memcpy(engine_at(reader->vm, list), &argument, sizeof(argument));
	result = Z_quickjsZ_JS_Call(
		engine, reader->context, function, (uint64_t)TAG_UNDEFINED << 32, 1, list);
	Z_quickjsZ_wasm_free(engine, list);
	return result;
}

/* The method of that name, owned; undefined where the object has none. */
static script_word method_of(
	const struct script_reader *reader, script_word object, const char *method)
{
	Z_quickjs_instance_t *engine = &reader->vm->engine;
	u32 name = engine_put(reader->vm, str_of(method));
	script_word function;

	if (!name) {
		script_throw(reader->vm, "out of memory");
		return (uint64_t)TAG_EXCEPTION << 32;
	}
	function = Z_quickjsZ_JS_GetPropertyStr(engine, reader->context, object, name);
	Z_quickjsZ_wasm_free(engine, name);
	if (tag_of(function) == TAG_EXCEPTION ||
		(tag_of(function) == TAG_OBJECT &&
			Z_quickjsZ_JS_IsFunction(engine, reader->context, function)))
		return function;
	script_word_free(reader, function);
	return (uint64_t)TAG_UNDEFINED << 32;
}

enum script_kind script_word_method(
	const struct script_reader *reader, script_word object, const char *method)
{
	script_word function = method_of(reader, object, method);
	enum script_kind kind = tag_of(function) == TAG_OBJECT ? SCRIPT_FUNCTION
		: tag_of(function) == TAG_EXCEPTION            ? SCRIPT_THROWN
							       : SCRIPT_UNDEFINED;

	script_word_free(reader, function);
	return kind;
}

script_word script_word_invoke(
	const struct script_reader *reader, script_word object, const char *method)
{
	script_word function = method_of(reader, object, method), result;

	if (tag_of(function) != TAG_OBJECT)
		return function;
	result = Z_quickjsZ_JS_Call(&reader->vm->engine, reader->context, function, object, 0, 0);
	script_word_free(reader, function);
	return result;
}
