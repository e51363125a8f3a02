/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir version`, also `weir --version`: which weir this is.  It reads nothing
 * and opens nothing, since scripts call it often.
 */
#include "base/version.h"
#include "base/json.h"
#include "cmd/command.h"

static int run(struct context *context, const void *options, int operand_count,
	const char *const *operands, struct error *err)
{
	struct json_writer writer;

	(void)options, (void)operand_count, (void)operands, (void)err;
	if (!context->json) {
		buf_printf(&context->out, "weir %s\n", WEIR_VERSION);
		return 0;
	}
	json_writer_init(&writer, &context->out, 2);
	json_object_begin(&writer);
	json_member(&writer, "name", STR("weir"));
	json_member(&writer, "version", STR(WEIR_VERSION));
	json_object_end(&writer);
	buf_add_char(&context->out, '\n');
	return 0;
}

const struct command command_version = {
	.name = "version",
	.summary = "show the version",
	.description = "Prints the name and version of this program.",
	.examples = "weir version --json",
	.run = run,
};
