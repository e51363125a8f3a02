/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of weir:host that check what a program gives.  Apart from host.c, since they walk over the program's own objects: they are
 * given a shape's number and a function, and lib/ is told no more than whether it has to look itself.
 */
#include "construct/check.h"
#include "construct/program_model.h"

/* The number that an argument is; 0: none. */
static uint32_t number_at(
	struct script_vm *vm, const script_value *arguments, size_t count, size_t index)
{
	double number = index < count ? script_to_number(vm, arguments[index]) : 0;

	return number >= 1 && number <= UINT32_MAX ? (uint32_t)number : 0;
}

/* A check with the function that an argument is; false without memory. */
static bool begin(struct program *program, struct check *check, script_value identify)
{
	struct snapshot *snapshot = program_visitor(program);

	if (!snapshot)
		return false;
	*check = (struct check){.reader = &snapshot->reader, .shapes = &program->shapes};
	check->identify = script_word_of(check->reader, identify);
	return true;
}

static script_value told(struct script_vm *vm, const struct check *check, enum checked checked)
{
	if (checked == CHECKED_THROWN)
		return 0;
	return checked == CHECKED_SURE ? script_bool(vm, check->has_arguments_only)
				       : script_undefined(vm);
}

/*
 * check(shape, config, isProvider, identify): undefined where something may be wrong; else whether it has arguments of the type alone,
 * each with a value. What identify() is for: check.h.
 */
PROGRAM_HOST_FUNCTION(host_check)
{
	struct program *program = payload;
	const struct known_shape *shape =
		shapes_at(&program->shapes, number_at(vm, arguments, count, 0));
	struct check check;

	if (count < 4 || !shape || !begin(program, &check, arguments[3]))
		return script_throw(vm, "check wants a shape, a value and a function, and memory");
	return told(vm, &check,
		check_config(&check, shape, script_word_of(check.reader, arguments[1]),
			script_to_bool(vm, arguments[2])));
}

/* checkValue(shape, property, value, identify): the same of what one property is given. */
PROGRAM_HOST_FUNCTION(host_check_value)
{
	struct program *program = payload;
	const struct known_shape *shape =
		shapes_at(&program->shapes, number_at(vm, arguments, count, 0));
	struct str property = program_argument(program, arguments, count, 1);
	const struct known_member *member;
	struct check check;

	if (count < 4 || !shape || str_absent(property) || !begin(program, &check, arguments[3]))
		return script_throw(
			vm, "checkValue wants a property, a value and a function, and memory");
	member = shapes_find(&program->shapes, shape, property);
	return told(vm, &check,
		member ? check_value(&check, member, script_word_of(check.reader, arguments[2]))
		       : CHECKED_UNSURE);
}
