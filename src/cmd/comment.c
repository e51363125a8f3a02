/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir comment`: its options.  How a comment is found and replaced stands in
 * src/story/comment.c.
 */
#include "story/comment.h"
#include "base/json.h"
#include "cmd/command.h"
#include "report/encode.h"

struct options {
	bool github;
	bool gitlab;
	const char *repository;
	const char *number;
	const char *api;
	const char *token_file;
	const char *author;
};

static const struct option table[] = {
	{"github", 0, OPTION_FLAG, NULL, NULL, "on a pull request of GitHub",
		offsetof(struct options, github), NULL, NULL, NULL},
	{"gitlab", 0, OPTION_FLAG, NULL, NULL, "on a merge request of GitLab",
		offsetof(struct options, gitlab), NULL, NULL, NULL},
	{"repository", 0, OPTION_TEXT, "NAME", NULL,
		"OWNER/NAME, or a project's path or id (default: $GITHUB_REPOSITORY, "
		"$CI_PROJECT_ID)",
		offsetof(struct options, repository), NULL, NULL, NULL},
	{"number", 0, OPTION_TEXT, "NUMBER", NULL,
		"the request's number (default: from $GITHUB_REF, $CI_MERGE_REQUEST_IID)",
		offsetof(struct options, number), NULL, NULL, NULL},
	{"api", 0, OPTION_TEXT, "URL", NULL,
		"the forge's API (default: $GITHUB_API_URL, $CI_API_V4_URL, or the public one)",
		offsetof(struct options, api), NULL, NULL, NULL},
	{"token-file", 0, OPTION_TEXT, "FILE", NULL,
		"read the token from FILE (default: $GITHUB_TOKEN or $GH_TOKEN, $GITLAB_TOKEN)",
		offsetof(struct options, token_file), "file", NULL, NULL},
	{"author", 0, OPTION_TEXT, "LOGIN", NULL,
		"whose old comment is replaced (default: the token's owner)",
		offsetof(struct options, author), NULL, NULL, NULL},
};

static const char *const outcomes[] = {[COMMENT_CREATED] = "created",
	[COMMENT_UPDATED] = "updated",
	[COMMENT_UNCHANGED] = "unchanged"};

static void tell_json(struct context *context, const struct comment_result *result)
{
	struct json_writer json;

	json_writer_init(&json, &context->out, 2);
	json_object_begin(&json);
	json_member(&json, "outcome", str_of(outcomes[result->outcome]));
	json_member_int(&json, "id", result->id);
	if (str_empty(result->url))
		json_key(&json, STR("url")), json_null(&json);
	else
		json_member(&json, "url", result->url);
	json_object_end(&json);
	buf_add_char(&context->out, '\n');
}

static void tell(struct context *context, const struct comment_result *result)
{
	buf_printf(
		&context->out, "%s comment %lld", outcomes[result->outcome], (long long)result->id);
	if (!str_empty(result->url)) {
		buf_add_char(&context->out, ' ');
		encode_terminal(&context->out, result->url);
	}
	buf_add_char(&context->out, '\n');
}

static int run(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	const struct options *options = given;
	struct comment_result result;
	const struct comment_options how = {
		.forge = options->gitlab ? FORGE_GITLAB : FORGE_GITHUB,
		.file = operand_count ? operands[0] : "-",
		.api = options->api,
		.repository = options->repository,
		.number = options->number,
		.token_file = options->token_file,
		.author = options->author,
	};
	int r;

	if (options->github == options->gitlab)
		return error_set(err, ERR_USAGE, "give one of --github and --gitlab");
	r = comment_run(&how, context->arena, &result, err);
	if (r < 0)
		return r;
	(context->json ? tell_json : tell)(context, &result);
	return 0;
}

const struct command command_comment = {
	.name = "comment",
	.operands = "[FILE]",
	.summary = "put a markdown report on a pull request, in place of the old one",
	.description = "Creates one comment, or replaces the one that an earlier run made: it is "
		       "found by the "
		       "report's hidden marker and its author. FILE is a report of --format "
		       "markdown, or - for standard input.\n\n"
		       "In a pipeline everything else is known from the environment. The token is "
		       "read from the environment or a file, and goes to curl (which must be on "
		       "PATH) through memory alone.",
	.options = table,
	.option_count = COUNT_OF(table),
	.options_size = sizeof(struct options),
	.exit_help = "Not used: a comment has no verdict.",
	.examples = "weir comment --github report.md\n"
		    "weir comment --gitlab --number 7 report.md",
	.run = run,
};
