/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir mcp`: its options, and the streams that it serves.  What it says stands in src/mcp.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmd/trusted.h"
#include "mcp/stdio.h"
#include "mcp/tools.h"

struct options {
	bool allow_write;
	struct trust_options trust;
};

static const struct option table[] = {
	{"allow-write", 0, OPTION_FLAG, NULL, NULL,
		"let tools write files below the working folder",
		offsetof(struct options, allow_write), NULL, NULL, NULL},
	TRUST_OPTIONS(struct options, trust),
};

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/* Standard output is the protocol's alone: whatever else prints there, prints to standard error. */
static int serve(struct mcp_server *server, struct error *err)
{
	CLEANUP(close_fd) int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);

	if (out < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
		return error_set(err, ERR_OUTPUT, "standard output cannot be used");
	return mcp_stdio_serve(server, STDIN_FILENO, out, err);
}

/* What tools may believe and do is settled once, by who starts the server. */
static int settle(struct context *context, struct options *options, struct mcp_world *ret_world,
	struct error *err)
{
	struct trust trust = {0};
	struct config_source source;
	const struct config_source *from;
	char here[PATH_MAX];
	int r = trusted_source(context, &options->trust, &trust, &source, &from, err);

	if (r == 0)
		r = command_configure(context, options, from, err);
	if (r < 0)
		return r;
	if (!realpath(".", here))
		return error_set(err, ERR_FILE_MISSING, "the working folder is gone");
	*ret_world = (struct mcp_world){
		.workspace = arena_str(context->arena, str_of(here)),
		.may_write = options->allow_write,
		.base = options->trust.base,
		.trust_tree = options->trust.tree,
		.config = context->config,
		.now = context->global.now ? context->now : 0,
	};
	return str_absent(ret_world->workspace) ? error_memory(err) : 0;
}

static int run(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	struct options options = *(const struct options *)given;
	struct mcp_world world;
	struct mcp_features features;
	struct mcp_server *server = NULL;
	int r = settle(context, &options, &world, err);

	(void)operand_count, (void)operands;
	if (r == 0)
		r = mcp_product(&world, context->arena, &features, err);
	if (r == 0)
		r = mcp_server_create(&features, context->arena, &server, err);
	if (r == 0)
		r = serve(server, err);
	mcp_server_destroy(server);
	return r;
}

const struct command command_mcp = {
	.name = "mcp",
	.summary = "serve weir's answers to coding agents, by the Model Context Protocol",
	.description =
		"Speaks MCP on standard input and output, as a client starts it: revisions "
		"2026-07-28, "
		"2025-11-25 and 2025-06-18. Its tools check and synthesize programs of constructs, "
		"review "
		"plans and hold summaries against them, as the commands of these names do.\n\n"
		"Tools read below the working folder alone, and write there only with "
		"--allow-write. "
		"What they may believe of the tree (--base, --trust-tree, --config) is said here, "
		"and not by "
		"the agent. docs/mcp.md describes tools and limits.",
	.options = table,
	.option_count = COUNT_OF(table),
	.options_size = sizeof(struct options),
	.exit_help = "Not used: it ends with 0 when its input does.",
	.examples = "weir mcp\n"
		    "weir mcp -C infra --allow-write",
	.run = run,
	.configures_itself = true,
};
