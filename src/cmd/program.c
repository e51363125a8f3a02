/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the options that commands on programs share to how a program is run.  Apart from those commands so
 * that a program sees the same inputs in each of them.
 */
#include "cmd/program.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "report/encode.h"

enum { STDERR_CEILING = 256 << 20 };

static enum program_strict strict_of(const char *text)
{
	return strcmp(text, "off") == 0     ? STRICT_OFF
		: strcmp(text, "warn") == 0 ? STRICT_WARN
					    : STRICT_ERROR;
}

struct synth_options program_how(const struct program_options *options,
	const struct context *context, int operand_count, const char *const *operands)
{
	return (struct synth_options){
		.program = operand_count ? operands[0] : NULL,
		.declared = {options->env.items, options->env.count, options->context_file.items,
			options->context_file.count, options->context.items,
			options->context.count},
		.strict = strict_of(options->strict),
		.no_cache = strcmp(options->cache, "off") == 0,
		.now_text = context->now_text,
	};
}

int program_print(struct str printed, struct error *err)
{
	CLEANUP(buf_free) struct buf out = BUF(STDERR_CEILING);

	while (!str_empty(printed)) {
		bool ends = str_find_char(printed, '\n') != SIZE_MAX;

		encode_terminal(&out, str_split(&printed, '\n'));
		if (ends)
			buf_add_char(&out, '\n');
	}
	return file_write_fd(STDERR_FILENO, buf_str(&out), "standard error", err);
}
