/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of errors and the one way to fill a struct error.
 */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct error_info infos[] = {
	[ERR_NONE] = {"none", 0, "", ""},
#define ERROR(name, code, exit, title, help) [ERR_##name] = {code, exit, title, help},
#include "base/error.def"
#undef ERROR
};

const struct error_info *error_info(enum error_id id)
{
	return &infos[id < ERR_COUNT ? id : ERR_DEFECT];
}

enum error_id error_find(struct str code)
{
	for (int id = ERR_NONE + 1; id < ERR_COUNT; id++)
		if (str_is(code, infos[id].code))
			return (enum error_id)id;
	return ERR_NONE;
}

int error_set(struct error *err, enum error_id id, const char *format, ...)
{
	va_list args;

	if (err) {
		memset(err, 0, sizeof(*err));
		err->id = id;
		va_start(args, format);
		vsnprintf(err->message, sizeof(err->message), format, args);
		va_end(args);
	}
	return -error_info(id)->exit_code;
}

int error_at(struct error *err, int code, struct str file, unsigned line, unsigned column)
{
	if (err) {
		snprintf(err->file, sizeof(err->file), "%.*s", STR_ARG(file));
		err->line = line;
		err->column = column;
	}
	return code;
}

int error_memory(struct error *err)
{
	return error_set(err, ERR_MEMORY, "out of memory");
}
