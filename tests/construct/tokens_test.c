/* SPDX-License-Identifier: Apache-2.0 */
/* Which token a text or number is, and for how long it is known what it comes to. What tokens come to is in tests/cases/synth/token-forms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "construct/tokens.h"

static void a_text_is_one_token_or_none(void **state)
{
	static const char *const none[] = {"", "${TfToken[TOKEN.]}", "${TfToken[TOKEN.5]",
		"${TfToken[TOKEN.5]} ", " ${TfToken[TOKEN.5]}", "${TfToken[TOKEN.05]}",
		"${TfToken[TOKEN.-5]}", "${TfToken[hint.5]}", "#{TfToken[TOKEN.5]}",
		"${TfToken[TOKEN.5]}${TfToken[TOKEN.6]}", "${TfToken[TOKEN.1234567890]}"};
	size_t index = 1;

	(void)state;
	assert_true(tokens_of_text(STR("${TfToken[TOKEN.0]}"), &index));
	assert_int_equal(index, 0);
	assert_true(tokens_of_text(STR("${TfToken[TOKEN.123456789]}"), &index));
	assert_int_equal(index, 123456789);
	for (size_t i = 0; i < COUNT_OF(none); i++)
		assert_false(tokens_of_text(str_of(none[i]), &index));
	assert_true(tokens_of_item(STR("#{TfToken[TOKEN.7]}"), &index));
	assert_int_equal(index, 7);
	assert_false(tokens_of_item(STR("${TfToken[TOKEN.7]}"), &index));
}

static double number_of(uint64_t bits)
{
	double number;

	memcpy(&number, &bits, sizeof(number));
	return number;
}

static void a_number_is_one_token_or_none(void **state)
{
	size_t index = 1;

	(void)state;
	assert_true(tokens_of_number(number_of(0xfdff000000000000), &index));
	assert_int_equal(index, 0);
	assert_true(tokens_of_number(number_of(0xfdff000000000102), &index));
	assert_int_equal(index, 0x102);
	assert_false(tokens_of_number(number_of(0xfbff000000000102), &index)); /* of a list */
	assert_false(tokens_of_number(number_of(0xfdffffffffffffff), &index));
	assert_false(tokens_of_number(0, &index));
	assert_false(tokens_of_number(-123456789, &index));
}

/* ---- what is known ---- */

struct world {
	struct arena *arena;
	struct script_vm *vm;
	struct script_reader reader;
	struct tokens tokens;
	struct buf told;
};

/* begin(stack, entries, prototypes, isFresh) */
static script_value begin(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;
	const struct script_reader *reader = &world->reader;

	assert_int_equal(count, 4);
	assert_true(
		tokens_init(&world->tokens, &world->reader, script_word_of(reader, arguments[1]),
			script_word_of(reader, arguments[2]), script_word_undefined()));
	assert_true(tokens_begin(&world->tokens, script_word_of(reader, arguments[0]),
		script_word_undefined(), script_to_bool(vm, arguments[3])));
	return script_undefined(vm);
}

/* write(index): what the token comes to, and whether anything is known then. */
static script_value write_token(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;

	assert_int_equal(count, 1);
	assert_int_equal(tokens_write(&world->tokens, (size_t)script_to_number(vm, arguments[0]),
				 true, &world->told),
		INLINE_WRITTEN);
	assert_true(arena_used(world->tokens.arena) > 0);
	buf_add_char(&world->told, ' ');
	return script_undefined(vm);
}

/* end(isForgotten): tells whether anything is known yet. */
static script_value end(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;

	assert_int_equal(count, 1);
	tokens_end(&world->tokens, script_to_bool(vm, arguments[0]));
	buf_add(&world->told, arena_used(world->tokens.arena) ? STR("known, ") : STR("none, "));
	return script_undefined(vm);
}

static const struct script_host host[] = {{"begin", begin}, {"write", write_token}, {"end", end}};

static int no_module(void *payload, struct str from, struct str specifier, struct str *ret_name,
	struct error *err)
{
	(void)payload;
	(void)from;
	(void)ret_name;
	return error_set(err, ERR_FILE_MISSING, "there is no %.*s", STR_ARG(specifier));
}

static int no_text(void *payload, struct str name, struct str *ret_text, struct error *err)
{
	(void)payload;
	(void)ret_text;
	return error_set(err, ERR_FILE_MISSING, "there is no %.*s", STR_ARG(name));
}

static void nothing_stays_known_behind_the_last_stack(void **state)
{
	struct world world = {.arena = arena_create(64 << 20), .told = BUF(1 << 16)};
	const struct script_options options = {.loader = {no_module, no_text}, .payload = &world};
	struct script_failure failure = {.message = STR("")};

	(void)state;
	assert_non_null(world.arena);
	assert_int_equal(script_vm_create(&options, &world.vm, NULL), 0);
	assert_true(script_reader_begin(world.vm, world.arena, &world.reader));
	script_set_global(world.vm, "host", script_functions(world.vm, host, COUNT_OF(host)));
	if (script_run_module(world.vm, STR("main"),
		    STR("class Token { resolve() {} constructor(identifier) { this.identifier = "
			"identifier; } }\n"
			"const prototypes = [Token, class {}, class {}, class {}].map((kind) => "
			"kind.prototype);\n"
			"const entries = [new Token('a.b'), new Token('c.d')], first = {}, second "
			"= {};\n"
			"const pass = (stack, isFresh, index) => { host.begin(stack, entries, "
			"prototypes, isFresh); host.write(index); host.end(!isFresh); };\n"
			"pass(first, true, 0); entries[0].identifier = 'known'; pass(first, false, "
			"0);\n"
			"pass(first, true, 0); pass(second, true, 1);\n"
			"pass(first, false, 0); pass(second, false, 1);\n"
			"let last = {}; const gone = new WeakRef(last);\n"
			"pass(last, true, 1); pass(last, false, 1); last = undefined;\n"
			"if (gone.deref()) throw new Error('the stack is held');\n"),
		    world.arena, &failure) < 0)
		fail_msg("%.*s", STR_ARG(failure.message));
	buf_add_char(&world.told, '\0');
	assert_string_equal(world.told.data,
		"a.b known, a.b none, known known, c.d known, known known, c.d none, "
		"c.d known, c.d none, ");
	arena_destroy(world.tokens.arena);
	script_reader_end(&world.reader);
	script_vm_destroy(world.vm);
	buf_free(&world.told);
	arena_destroy(world.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_one_token_or_none),
		cmocka_unit_test(a_number_is_one_token_or_none),
		cmocka_unit_test(nothing_stays_known_behind_the_last_stack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
