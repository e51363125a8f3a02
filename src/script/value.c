/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JavaScript values by handle: making, reading, setting members.  Apart from
 * vm.c because nothing here decides how a script runs.
 */
#include <math.h>
#include <stdio.h>

#include "script/engine.h"

/* How qjs_eval() reads a text: as a script, which is not strict unless it says so. */
enum { EVAL_SCRIPT = 0 };

u32 engine_put(struct script_vm *vm, struct str text)
{
	u32 at;

	if (text.len >= UINT32_MAX)
		return 0;
	at = Z_quickjsZ_wasm_malloc(&vm->engine, (u32)text.len + 1);
	if (!at)
		return 0;
	if (text.len)
		memcpy(engine_at(vm, at), text.data, text.len);
	*engine_at(vm, at + (u32)text.len) = '\0';
	return at;
}

script_value script_global(struct script_vm *vm, const char *name)
{
	script_value global = Z_quickjsZ_qjs_get_global(&vm->engine);
	script_value value = script_get(vm, global, name);

	script_free(vm, global);
	return value;
}

bool script_set_global(struct script_vm *vm, const char *name, script_value value)
{
	script_value global = Z_quickjsZ_qjs_get_global(&vm->engine);

	script_set(vm, global, name, value);
	script_free(vm, global);
	return value != 0;
}

void script_free(struct script_vm *vm, script_value value)
{
	if (value)
		Z_quickjsZ_qjs_free_value(&vm->engine, value);
}

script_value script_undefined(struct script_vm *vm)
{
	return Z_quickjsZ_qjs_get_undefined(&vm->engine);
}

script_value script_text(struct script_vm *vm, struct str text)
{
	u32 at = engine_put(vm, text);
	script_value value = at ? Z_quickjsZ_qjs_new_string(&vm->engine, at, (u32)text.len) : 0;

	if (at)
		Z_quickjsZ_wasm_free(&vm->engine, at);
	return value;
}

script_value script_number(struct script_vm *vm, double number)
{
	return Z_quickjsZ_qjs_new_number(&vm->engine, number);
}

script_value script_bool(struct script_vm *vm, bool value)
{
	return value ? Z_quickjsZ_qjs_get_true(&vm->engine) : Z_quickjsZ_qjs_get_false(&vm->engine);
}

script_value script_object(struct script_vm *vm)
{
	return Z_quickjsZ_qjs_new_object(&vm->engine);
}

script_value script_array(struct script_vm *vm)
{
	return Z_quickjsZ_qjs_new_array(&vm->engine);
}

script_value script_bytes(struct script_vm *vm, struct str bytes)
{
	u32 at = engine_put(vm, bytes);
	script_value value =
		at ? Z_quickjsZ_qjs_new_uint8_array(&vm->engine, at, (u32)bytes.len) : 0;

	if (at)
		Z_quickjsZ_wasm_free(&vm->engine, at);
	return value;
}

/* An exception's handle becomes 0; the exception stays thrown. */
static script_value or_none(struct script_vm *vm, script_value value)
{
	if (!Z_quickjsZ_qjs_is_exception(&vm->engine, value))
		return value;
	script_free(vm, value);
	return 0;
}

void script_forget(struct script_vm *vm)
{
	script_free(vm, Z_quickjsZ_qjs_get_exception(&vm->engine));
}

script_value script_call(
	struct script_vm *vm, script_value function, const script_value *arguments, size_t count)
{
	script_value self = script_undefined(vm);
	u32 size = (u32)(count * sizeof(*arguments));
	u32 list = Z_quickjsZ_wasm_malloc(&vm->engine, size ? size : 1);
	script_value result = 0;

	if (list) {
		if (size)
			memcpy(engine_at(vm, list), arguments, size);
		result = or_none(
			vm, Z_quickjsZ_qjs_call(&vm->engine, function, self, (u32)count, list));
		Z_quickjsZ_wasm_free(&vm->engine, list);
	}
	script_free(vm, self);
	return result;
}

script_value script_evaluate(struct script_vm *vm, struct str name, struct str text)
{
	u32 file = engine_put(vm, name), at = engine_put(vm, text);
	script_value result = 0;

	if (file && at)
		result = or_none(
			vm, Z_quickjsZ_qjs_eval(&vm->engine, at, (u32)text.len, file, EVAL_SCRIPT));
	if (at)
		Z_quickjsZ_wasm_free(&vm->engine, at);
	if (file)
		Z_quickjsZ_wasm_free(&vm->engine, file);
	return result;
}

script_value script_json(struct script_vm *vm, struct str json)
{
	script_value text = script_text(vm, json);
	script_value value = script_call(vm, vm->json_parse, &text, 1);

	script_free(vm, text);
	return value;
}

void script_set(struct script_vm *vm, script_value object, const char *key, script_value value)
{
	u32 at = engine_put(vm, str_of(key));

	if (at && value)
		Z_quickjsZ_qjs_set_prop_string(&vm->engine, object, at, value);
	if (at)
		Z_quickjsZ_wasm_free(&vm->engine, at);
	script_free(vm, value);
}

void script_set_at(struct script_vm *vm, script_value array, uint32_t index, script_value value)
{
	if (value)
		Z_quickjsZ_qjs_set_prop_uint32(&vm->engine, array, index, value);
	script_free(vm, value);
}

script_value script_get(struct script_vm *vm, script_value object, const char *key)
{
	u32 at = engine_put(vm, str_of(key));
	script_value value =
		at ? or_none(vm, Z_quickjsZ_qjs_get_prop_string(&vm->engine, object, at)) : 0;

	if (at)
		Z_quickjsZ_wasm_free(&vm->engine, at);
	return value;
}

bool script_is_text(struct script_vm *vm, script_value value)
{
	return value && Z_quickjsZ_qjs_is_string(&vm->engine, value);
}

bool script_is_true(struct script_vm *vm, script_value value)
{
	return value && Z_quickjsZ_qjs_is_bool(&vm->engine, value) &&
		Z_quickjsZ_qjs_get_bool(&vm->engine, value);
}

bool script_is_undefined(struct script_vm *vm, script_value value)
{
	return !value || Z_quickjsZ_qjs_is_undefined(&vm->engine, value);
}

/* Room for a result of the engine that is one number; 0: none. */
static u32 take_number(struct script_vm *vm, u32 at)
{
	u32 number;

	memcpy(&number, engine_at(vm, at), sizeof(number));
	Z_quickjsZ_wasm_free(&vm->engine, at);
	return number;
}

struct str script_to_text(struct script_vm *vm, script_value value, struct arena *arena)
{
	u32 room = Z_quickjsZ_wasm_malloc(&vm->engine, sizeof(u32));
	u32 at = room && value ? Z_quickjsZ_qjs_get_string_len(&vm->engine, value, room) : 0;
	u32 len = room ? take_number(vm, room) : 0;
	struct str text;

	if (!at) {
		script_forget(vm);
		return (struct str){NULL, 0};
	}
	text = arena_str(arena, (struct str){engine_at(vm, at), len});
	Z_quickjsZ_qjs_free_cstring(&vm->engine, at);
	return text;
}

struct str script_to_bytes(struct script_vm *vm, script_value value, struct arena *arena)
{
	u32 offset = Z_quickjsZ_wasm_malloc(&vm->engine, 4);
	u32 len = Z_quickjsZ_wasm_malloc(&vm->engine, 4);
	u32 unit = Z_quickjsZ_wasm_malloc(&vm->engine, 4);
	u32 whole = Z_quickjsZ_wasm_malloc(&vm->engine, 4);
	struct str bytes = {NULL, 0};
	script_value buffer = 0;
	u32 from = 0, count = 0, at = 0;

	if (offset && len && unit && whole)
		buffer = or_none(vm,
			Z_quickjsZ_qjs_get_typed_array_buffer(
				&vm->engine, value, offset, len, unit));
	if (buffer)
		at = Z_quickjsZ_qjs_get_array_buffer(&vm->engine, buffer, whole);
	else
		script_forget(vm);
	from = offset ? take_number(vm, offset) : 0;
	count = len ? take_number(vm, len) : 0;
	if (unit)
		take_number(vm, unit);
	if (whole)
		take_number(vm, whole);
	if (buffer)
		bytes = arena_str(
			arena, (struct str){at ? engine_at(vm, at) + from : "", at ? count : 0});
	script_free(vm, buffer);
	return bytes;
}

bool script_to_bool(struct script_vm *vm, script_value value)
{
	return value && Z_quickjsZ_qjs_is_bool(&vm->engine, value) &&
		Z_quickjsZ_qjs_get_bool(&vm->engine, value);
}

double script_to_number(struct script_vm *vm, script_value value)
{
	return value && Z_quickjsZ_qjs_is_number(&vm->engine, value)
		? Z_quickjsZ_qjs_get_float64(&vm->engine, value)
		: (double)NAN;
}

script_value script_throw(struct script_vm *vm, const char *format, ...)
{
	script_value error = Z_quickjsZ_qjs_new_error(&vm->engine);
	char message[1024];
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	if (len < 0)
		len = 0;
	if ((size_t)len >= sizeof(message))
		len = sizeof(message) - 1;
	script_set(vm, error, "message", script_text(vm, (struct str){message, (size_t)len}));
	script_free(vm, Z_quickjsZ_qjs_throw(&vm->engine, error));
	script_free(vm, error);
	return 0;
}
