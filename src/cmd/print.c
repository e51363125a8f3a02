/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How errors and notices look: the one place that prints them.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "cmd/command.h"
#include "report/atlantis.h"
#include "report/encode.h"

enum { ERROR_CEILING = 64 * 1024 };

static void add_line(struct buf *out, const struct error *err)
{
	buf_add(out, STR("weir: "));
	if (err->file[0]) {
		encode_terminal(out, str_of(err->file));
		if (err->line)
			buf_printf(out, ":%u", err->line);
		if (err->line && err->column)
			buf_printf(out, ":%u", err->column);
		buf_add(out, STR(": "));
	}
	encode_terminal(out, str_of(err->message));
	buf_printf(out, " [%s]\n", error_info(err->id)->code);
	/* One line for logs and programs; a person at a terminal is told where to read on. */
	if (isatty(STDERR_FILENO) && err->id != ERR_USAGE)
		buf_printf(out, "weir: more: weir explain %s\n", error_info(err->id)->code);
}

static void member_or_null(struct json_writer *writer, const char *key, int64_t value)
{
	if (value)
		json_member_int(writer, key, value);
	else
		json_key(writer, str_of(key)), json_null(writer);
}

static void add_object(struct buf *out, const struct error *err)
{
	struct json_writer writer;

	json_writer_init(&writer, out, 0);
	json_object_begin(&writer);
	json_key(&writer, STR("error"));
	json_object_begin(&writer);
	json_member(&writer, "code", str_of(error_info(err->id)->code));
	json_member(&writer, "message", str_of(err->message));
	if (err->file[0])
		json_member(&writer, "file", str_of(err->file));
	else
		json_key(&writer, STR("file")), json_null(&writer);
	member_or_null(&writer, "line", err->line);
	member_or_null(&writer, "column", err->column);
	json_object_end(&writer);
	json_object_end(&writer);
	buf_add_char(out, '\n');
}

void error_render(struct buf *out, const struct error *err, bool json)
{
	if (json)
		add_object(out, err);
	else
		add_line(out, err);
}

int error_lead(const struct context *context, int code)
{
	CLEANUP(buf_free) struct buf out = BUF(ERROR_CEILING);

	if (!context->command || !context->command->on_error)
		return code;
	atlantis_fail_line(&out, context->command->on_error, 1);
	return file_write_fd(STDOUT_FILENO, buf_str(&out), "", NULL) < 0
		? -error_info(ERR_OUTPUT)->exit_code
		: code;
}

int error_print(const struct error *err, int code, bool json)
{
	CLEANUP(buf_free) struct buf out = BUF(ERROR_CEILING);
	int fd = STDERR_FILENO;
	struct str text;

	error_render(&out, err, json);
	text = buf_failed(&out) ? STR("weir: out of memory [memory]\n") : buf_str(&out);
	/* Where this cannot be written either there is no one left to tell; the exit code says it.
	 */
	if (json && !buf_failed(&out))
		fd = STDOUT_FILENO;
	errno = 0;
	if (file_write_fd(fd, text, "", NULL) < 0 && fd == STDOUT_FILENO && errno != EPIPE)
		/* An object that nobody gets, on a full disk for example, is told to people. */
		return error_print(err, code, /* json= */ false);
	return -code;
}

void notice(const struct context *context, const char *format, ...)
{
	CLEANUP(buf_free) struct buf out = BUF(ERROR_CEILING);
	CLEANUP(buf_free) struct buf broken = BUF(ERROR_CEILING);
	char text[2048];
	va_list args;

	if (context->verbosity < 0)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	buf_add(&out, STR("weir: "));
	encode_terminal(&out, str_of(text));
	buf_add_char(&out, '\n');
	if (context->command && context->command->on_error) {
		atlantis_break_word(&broken, buf_str(&out));
		buf_clear(&out);
		buf_add(&out, buf_str(&broken));
	}
	/* A notice that cannot be written changes nothing. */
	if (!buf_failed(&out) && file_write_fd(STDERR_FILENO, buf_str(&out), "", NULL) < 0)
		return;
}
