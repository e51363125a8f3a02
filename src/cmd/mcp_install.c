/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir mcp install`: its options.  How a configuration is merged stands in src/mcp/install.c.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cmd/command.h"
#include "mcp/install.h"

enum { CONFIGURATION_MOST = 16 << 20 };

struct options {
	const char *client;
	bool allow_write;
	bool print;
};

static const struct option table[] = {
	{"client", 0, OPTION_CHOICE, "NAME", mcp_client_names, "the client to configure",
		offsetof(struct options, client)},
	{"allow-write", 0, OPTION_FLAG, NULL, NULL, "let weir's tools write in the project",
		offsetof(struct options, allow_write)},
	{"print", 0, OPTION_FLAG, NULL, NULL, "print the entry and change no file",
		offsetof(struct options, print)},
};

static int make_folder(struct str folder, struct arena *arena, struct error *err)
{
	const char *name = arena_cstr(arena, folder);

	if (!name)
		return error_memory(err);
	if (mkdir(name, 0777) < 0 && errno != EEXIST)
		return error_at(
			err, error_set(err, ERR_CREATE, "%s", strerror(errno)), folder, 0, 0);
	return 0;
}

static int write_merged(
	const struct mcp_client *client, bool may_write, struct context *context, struct error *err)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	CLEANUP(buf_free) struct buf merged = BUF(2 * CONFIGURATION_MOST);
	int r = 0;

	if (file_exists(client->file))
		r = file_map(client->file, CONFIGURATION_MOST, &map, err);
	if (r == 0)
		r = mcp_install_merge(client, may_write, map.text, &merged, err);
	if (r < 0)
		return error_at(err, r, str_of(client->file), 0, 0);
	if (!str_eq(map.text, buf_str(&merged))) {
		r = make_folder(path_dir(str_of(client->file)), context->arena, err);
		if (r == 0)
			r = file_replace(client->file, buf_str(&merged), 0644, err);
	}
	if (r == 0)
		buf_printf(&context->out, "%s has weir's entry\n", client->file);
	return r;
}

static int run(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	const struct options *options = given;
	const struct mcp_client *client;

	(void)operand_count, (void)operands;
	if (!options->client)
		return error_set(
			err, ERR_USAGE, "mcp install wants --client, one of %s", mcp_client_names);
	client = mcp_client_find(str_of(options->client));
	return options->print ? mcp_install_merge(client, options->allow_write,
					(struct str){NULL, 0}, &context->out, err)
			      : write_merged(client, options->allow_write, context, err);
}

const struct command command_mcp_install = {
	.name = "mcp install",
	.summary = "enter weir as a server into the configuration of a client",
	.description =
		"Puts weir's entry into the file in which the client keeps the project's servers, "
		"below the "
		"working folder: .mcp.json (claude), .cursor/mcp.json, .vscode/mcp.json or "
		".gemini/settings.json. "
		"All else in the file stays to the byte. A file with comments cannot be kept so "
		"and is left alone: "
		"--print prints the entry, to be put in by hand.",
	.options = table,
	.option_count = COUNT_OF(table),
	.options_size = sizeof(struct options),
	.exit_help = "Not used: a file that cannot be changed exits 65.",
	.examples = "weir mcp install --client claude\n"
		    "weir mcp install --client vscode --allow-write --print",
	.run = run,
};
