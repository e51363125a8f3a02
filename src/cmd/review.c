/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir review`: its options, and how a verdict becomes an exit code.  What a
 * review is stands in src/story/review.c.
 */
#include <string.h>

#include "base/file.h"
#include "cmd/trusted.h"
#include "story/review.h"

struct options {
	const char *plans;
	const char *intent;
	const char *phase;
	struct trust_options trust;
	struct configuration_options configuration;
	struct option_list sarif_in;
	const char *chdir;
	const char *terraform_bin;
	const char *fail_on;
	bool observe;
	bool digest;
	struct option_list expect_digest;
	const char *format;
	const char *limit;
	struct option_list out;
};

static const struct option table[] = {
	{"plans", 0, OPTION_TEXT, "DIR", NULL, "review every tfplan.json and plan.json below DIR",
		offsetof(struct options, plans), "dir", NULL, NULL},
	{"intent", 'i', OPTION_TEXT, "FILE", NULL,
		"the author's intent (default: intent.weir.yaml beside each root)",
		offsetof(struct options, intent), "file", "WEIR_INTENT", "intent"},
	{"phase", 'p', OPTION_TEXT, "NAME", NULL, "the intent's phase to judge by",
		offsetof(struct options, phase), NULL, "WEIR_PHASE", NULL},
	TRUST_OPTIONS(struct options, trust),
	{"config-dir", 0, OPTION_TEXT, "DIR", NULL,
		"the .tf files of the root module (with several plans: what their roots are "
		"relative to)",
		offsetof(struct options, configuration.dir), "dir", "WEIR_CONFIG_DIR", NULL},
	{"config-before", 0, OPTION_TEXT, "DIR", NULL,
		"the .tf files before the change, or one such file (default: those of --base)",
		offsetof(struct options, configuration.before), "dir", NULL, NULL},
	{"diff", 0, OPTION_TEXT, "REF", NULL,
		"say of each change whether it comes from what differs between REF and the tree",
		offsetof(struct options, configuration.diff), NULL, NULL, NULL},
	SARIF_OPTION(struct options, sarif_in),
	{"chdir", 0, OPTION_TEXT, "DIR", NULL, "root module of a saved binary plan",
		offsetof(struct options, chdir), "dir", NULL, NULL},
	{"terraform-bin", 0, OPTION_TEXT, "PROGRAM", NULL,
		"terraform or tofu, to read a saved binary plan",
		offsetof(struct options, terraform_bin), "file", "WEIR_TERRAFORM_BIN",
		"terraform_bin"},
	{"fail-on", 0, OPTION_CHOICE, "VERDICT", "block|ask|never",
		"the mildest verdict with a non-zero exit code", offsetof(struct options, fail_on),
		NULL, "WEIR_FAIL_ON", "fail_on", "ask"},
	{"observe", 0, OPTION_FLAG, NULL, NULL, "print the verdict and exit 0",
		offsetof(struct options, observe), NULL, "WEIR_OBSERVE", "observe"},
	{"digest", 0, OPTION_FLAG, NULL, NULL, "print the digests of the plans, and judge nothing",
		offsetof(struct options, digest), NULL, NULL, NULL},
	{"expect-digest", 0, OPTION_LIST, "HEX", NULL,
		"block a plan that does not do what was reviewed: the changes digest of --digest "
		"(with several plans: of each)",
		offsetof(struct options, expect_digest), NULL, NULL, NULL},
	{"format", 0, OPTION_CHOICE, "FORMAT", report_format_names,
		"print the report in this format", offsetof(struct options, format), NULL,
		"WEIR_FORMAT", "format", "text"},
	{"limit", 0, OPTION_TEXT, "BYTES", NULL,
		"the most bytes of a Markdown report, or github, gitlab, azure or bitbucket for "
		"what a comment there may hold",
		offsetof(struct options, limit), NULL, "WEIR_LIMIT", NULL},
	{"out", 'o', OPTION_LIST, "FORMAT:FILE", NULL,
		"also write a report in a FORMAT of --format to FILE",
		offsetof(struct options, out), NULL, NULL, NULL},
};

enum { REPORT_MOST = 1 << 30 };

/* "json:report.json" */
static int read_out(const char *spec, const struct report_format **ret_format,
	const char **ret_file, struct error *err)
{
	struct str rest = str_of(spec);
	const struct report_format *format = report_format_find(str_split(&rest, ':'));

	if (!format || str_empty(rest))
		return error_set(err, ERR_USAGE, "--out wants FORMAT:FILE with a format of %s",
			report_format_names);
	*ret_format = format;
	*ret_file = rest.data;
	return 0;
}

static int write_report(const struct report *report, const char *spec, struct error *err)
{
	CLEANUP(buf_free) struct buf out = BUF(REPORT_MOST);
	const struct report_style plain = {.verbosity = 0};
	const struct report_format *format = NULL;
	const char *file = NULL;
	int r = read_out(spec, &format, &file, err);

	if (r == 0)
		r = format->render(report, &plain, &out, err);
	return r < 0 ? r : file_replace(file, buf_str(&out), 0644, err);
}

/*
 * How long a Markdown report may be, and which file holds everything where it cannot: the first of
 * another format, since the limit is for each Markdown report.
 */
static int read_limit(const struct options *options, struct review_options *how, struct error *err)
{
	if (options->limit && !report_limit_find(str_of(options->limit), &how->limit))
		return error_set(err, ERR_USAGE,
			"--limit: '%s' is neither a number of bytes from 4096 on nor github, "
			"gitlab, azure or bitbucket",
			options->limit);
	for (size_t i = 0; i < options->out.count; i++) {
		const struct report_format *format = NULL;
		const char *file = NULL;
		int r = read_out(options->out.items[i], &format, &file, err);

		if (r < 0)
			return r;
		if (str_absent(how->full_report) && format->render != report_markdown)
			how->full_report = str_of(file);
	}
	return 0;
}

static int exit_code(const struct options *options, enum verdict verdict)
{
	if (options->observe || strcmp(options->fail_on, "never") == 0)
		return 0;
	if (verdict == VERDICT_BLOCK)
		return 1;
	return verdict == VERDICT_ASK && strcmp(options->fail_on, "ask") == 0 ? 2 : 0;
}

/* What would otherwise have no effect, or take its input from another option. */
static int check(const struct options *options, int operand_count, const char *const *operands,
	struct error *err)
{
	const struct configuration_options *configuration = &options->configuration;

	if (configuration->before && !configuration->dir && !configuration->diff)
		return error_set(err, ERR_USAGE,
			"--config-before is compared with --config-dir, and there is none");
	if (configuration->dir && !*configuration->dir)
		return error_set(err, ERR_USAGE, "--config-dir names no directory");
	return command_stdin_once(command_stdin_count(operands, (size_t)operand_count) +
			command_stdin_count(&options->intent, 1) +
			command_stdin_count(options->sarif_in.items, options->sarif_in.count),
		err);
}

/* The digests that plans must have; which of them is which plan's, the digest itself says. */
static int read_expected(const struct options *options, struct arena *arena,
	struct expected *ret_expected, struct error *err)
{
	const struct option_list *given = &options->expect_digest;
	struct str *digests = ARENA_ARRAY(arena, struct str, given->count);

	if (!digests)
		return error_memory(err);
	if (given->count && options->digest)
		return error_set(err, ERR_USAGE,
			"--expect-digest compares and --digest prints: give one of them");
	for (size_t i = 0; i < given->count; i++)
		if (!expected_digest(str_of(given->items[i]), arena, &digests[i]))
			return error_set(err, ERR_USAGE,
				"--expect-digest: '%s' is no digest; it is the 64 hexadecimal "
				"digits that weir review --digest prints in the second column",
				given->items[i]);
	*ret_expected = (struct expected){digests, given->count};
	return 0;
}

/* Which commit is believed comes first: the configuration may have to be read from it. */
static int configure(
	struct context *context, struct options *options, struct trust *trust, struct error *err)
{
	struct config_source source;
	const struct config_source *from;
	int r = trusted_source(context, &options->trust, trust, &source, &from, err);

	return r < 0 ? r : command_configure(context, options, from, err);
}

static int run(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	struct options options = *(const struct options *)given;
	struct trust trust = {0};
	CLEANUP(review_cleanup) struct review *review = NULL;
	const struct report_style style = {context->color, context->verbosity};
	struct review_options how;
	int r = configure(context, &options, &trust, err);

	if (r < 0)
		return r;
	how = (struct review_options){
		.input = {operands, (size_t)operand_count, options.plans, options.chdir,
			options.terraform_bin},
		.intent = options.intent,
		.phase = options.phase,
		.configuration = options.configuration,
		.scanners = {options.sarif_in.items, options.sarif_in.count},
		.trust = &trust,
		.config = context->config,
		.observe = options.observe,
		.now = context->now,
		.now_text = context->now_text,
	};
	r = check(&options, operand_count, operands, err);
	if (r == 0)
		r = read_expected(&options, context->arena, &how.expected, err);
	if (r < 0)
		return r;
	if (options.digest)
		return review_digest(&how, context->arena, context->json, &context->out, err);
	r = read_limit(&options, &how, err);
	if (r < 0)
		return r;
	r = review_run(&how, context->arena, &review, err);
	if (r < 0)
		return r;
	r = report_format_find(str_of(options.format))
		    ->render(review_report(review), &style, &context->out, err);
	for (size_t i = 0; r == 0 && i < options.out.count; i++)
		r = write_report(review_report(review), options.out.items[i], err);
	return r < 0 ? r : exit_code(&options, review_report(review)->verdict);
}

const struct command command_review = {
	.name = "review",
	.operands = "[[NAME=]PLAN...]",
	.summary = "decide whether a plan is what its author meant",
	.description = "Reads Terraform or OpenTofu plans (`terraform show -json`, or a saved "
		       "plan), judges "
		       "them by the author's intent and by the built-in hazard rules, and prints "
		       "one report "
		       "with the worst verdict: pass, ask (a person must decide) or block.\n\n"
		       "PLAN may be - for standard input. NAME names the plan in the report.",
	.options = table,
	.option_count = COUNT_OF(table),
	.options_size = sizeof(struct options),
	.exit_help = "1  blocked by findings\n2  a person must decide",
	.examples = "terraform show -json tfplan | weir review -\n"
		    "weir review --intent intent.weir.yaml plan.json\n"
		    "weir review --plans . --out json:report.json",
	.run = run,
	.configures_itself = true,
};
