/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir atlantis`: a review as Atlantis wants it, from the variables that
 * Atlantis sets.  What is peculiar to Atlantis stands here and in
 * report/atlantis.c: which file is the plan, which base is one, and how a
 * verdict reaches a program that, depending on its version, reads the output,
 * the exit code, or either.  docs/atlantis.md tells its users.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/process.h"
#include "cmd/trusted.h"
#include "report/atlantis.h"
#include "story/review.h"
#include "tool/git.h"

struct options {
	const char *intent;
	const char *phase;
	struct trust_options trust;
	struct option_list sarif_in;
	const char *terraform_bin;
	const char *fail_on;
	bool observe;
	bool policy_check;
	bool discard_plan;
};

static const struct option table[] = {
	{"intent", 'i', OPTION_TEXT, "FILE", NULL,
		"the author's intent (default: intent.weir.yaml beside the project)",
		offsetof(struct options, intent), "file", "WEIR_INTENT", "intent"},
	{"phase", 'p', OPTION_TEXT, "NAME", NULL, "the intent's phase to judge by",
		offsetof(struct options, phase), NULL, "WEIR_PHASE", NULL},
	TRUST_OPTIONS(struct options, trust),
	SARIF_OPTION(struct options, sarif_in),
	{"terraform-bin", 0, OPTION_TEXT, "PROGRAM", NULL,
		"terraform or tofu, where $PLANFILE must be shown (default: Atlantis' own)",
		offsetof(struct options, terraform_bin), "file", "WEIR_TERRAFORM_BIN",
		"terraform_bin"},
	{"fail-on", 0, OPTION_CHOICE, "VERDICT", "block|ask|never",
		"the mildest verdict that is not a pass", offsetof(struct options, fail_on), NULL,
		"WEIR_FAIL_ON", "fail_on", "ask"},
	{"observe", 0, OPTION_FLAG, NULL, NULL, "print the verdict as a pass and exit 0",
		offsetof(struct options, observe), NULL, "WEIR_OBSERVE", "observe"},
	{"policy-check", 0, OPTION_FLAG, NULL, NULL,
		"as a custom policy check: exit 0, since the output is the verdict there",
		offsetof(struct options, policy_check), NULL, NULL, NULL},
	{"discard-plan", 0, OPTION_FLAG, NULL, NULL,
		"remove $PLANFILE unless it passes, so that it cannot be applied",
		offsetof(struct options, discard_plan), NULL, NULL, NULL},
};

/* A variable that is set and not empty. */
static const char *variable(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

/*
 * $SHOWFILE counts only if it is a file that was written after $PLANFILE: the repository may hold
 * one of that name, and so may an earlier plan have left.
 */
static bool is_shown(const char *show, const char *plan)
{
	struct stat shown, planned;

	if (!show || lstat(show, &shown) < 0 || !S_ISREG(shown.st_mode) || stat(plan, &planned) < 0)
		return false;
	return shown.st_mtim.tv_sec != planned.st_mtim.tv_sec
		? shown.st_mtim.tv_sec > planned.st_mtim.tv_sec
		: shown.st_mtim.tv_nsec >= planned.st_mtim.tv_nsec;
}

/* The binary that Atlantis keeps under the project's version, or NULL. */
static const char *own_terraform(struct arena *arena)
{
	const char *version = variable("ATLANTIS_TERRAFORM_VERSION");
	const char *name = variable("ATLANTIS_TERRAFORM_DISTRIBUTION");
	const char *program = version
		? arena_printf(arena, "%s%s", name ? name : "terraform", version).data
		: NULL;

	return program && process_find(program, arena) ? program : NULL;
}

/* Which plan: the operands, else what Atlantis names. */
static int find_plan(struct context *context, const struct options *options, int operand_count,
	const char *const *operands, struct input_options *ret_input, struct error *err)
{
	const char *plan = variable("PLANFILE"), *show = variable("SHOWFILE");
	const char **chosen = ARENA_NEW(context->arena, const char *);

	*ret_input = (struct input_options){
		.inputs = operands,
		.input_count = (size_t)operand_count,
		.terraform_bin = options->terraform_bin,
	};
	if (operand_count)
		return 0;
	if (!chosen)
		return error_memory(err);
	if (!plan || !file_exists(plan))
		return error_set(err, ERR_USAGE,
			"PLANFILE names no plan; this is no step behind Atlantis' plan, so name "
			"PLAN");
	*chosen = is_shown(show, plan) ? show : plan;
	ret_input->inputs = chosen;
	ret_input->input_count = 1;
	ret_input->chdir = variable("DIR");
	if (!ret_input->terraform_bin)
		ret_input->terraform_bin = own_terraform(context->arena);
	return arena_failed(context->arena) ? error_memory(err) : 0;
}

/*
 * Atlantis clones a fork's branch so that "origin" is the fork: where that branch has the base's
 * name, the "base" is the very commit under review.  Then there is none.
 */
static int refuse_own_base(struct context *context, struct trust *trust,
	const struct config_source **from, struct error *err)
{
	struct str head = {NULL, 0};
	int r = str_absent(trust->commit) ? 0
					  : git_resolve(NULL, "HEAD", context->arena, &head, err);

	if (r == 0 && !str_absent(head) && str_eq(head, trust->commit)) {
		trust->commit = (struct str){NULL, 0};
		*from = NULL;
	}
	return r;
}

static bool passes(const struct options *options, enum verdict verdict)
{
	if (options->observe || strcmp(options->fail_on, "never") == 0)
		return true;
	return verdict == VERDICT_PASS ||
		(verdict == VERDICT_ASK && strcmp(options->fail_on, "block") == 0);
}

/* The text of the commit's status, where a workflow hook has one. */
static int write_status(const struct report *report, struct error *err)
{
	CLEANUP(buf_free) struct buf line = BUF(4096);
	struct plan_counts total = report_total(report);
	const char *path = variable("OUTPUT_STATUS_FILE");

	if (!path)
		return 0;
	buf_printf(&line, "weir: %.*s: %zu to add, %zu to change, %zu to destroy\n",
		STR_ARG(verdict_name(report->verdict)), total.add, total.update, total.destroy);
	return file_replace(path, buf_str(&line), 0644, err);
}

static int judge(struct context *context, struct options *options, int operand_count,
	const char *const *operands, enum verdict *ret_verdict, struct error *err)
{
	CLEANUP(review_cleanup) struct review *review = NULL;
	const struct report_style style = {false, context->verbosity};
	const struct config_source *from;
	struct config_source source;
	struct trust trust = {0};
	struct review_options how = {.trust = &trust};
	int r = trusted_source(context, &options->trust, &trust, &source, &from, err);

	if (r == 0)
		r = refuse_own_base(context, &trust, &from, err);
	if (r == 0)
		r = command_configure(context, options, from, err);
	if (r == 0)
		r = find_plan(context, options, operand_count, operands, &how.input, err);
	if (r < 0)
		return r;
	r = command_stdin_once(command_stdin_count(how.input.inputs, how.input.input_count) +
			command_stdin_count(&options->intent, 1) +
			command_stdin_count(options->sarif_in.items, options->sarif_in.count),
		err);
	if (r < 0)
		return r;
	how.intent = options->intent;
	how.phase = options->phase;
	how.scanners = (struct scanner_options){options->sarif_in.items, options->sarif_in.count};
	how.config = context->config;
	how.observe = options->observe;
	how.now = context->now;
	how.now_text = context->now_text;
	r = review_run(&how, context->arena, &review, err);
	if (r < 0)
		return r;
	*ret_verdict = review_report(review)->verdict;
	r = report_atlantis(
		review_report(review), &style, passes(options, *ret_verdict), &context->out, err);
	return r < 0 ? r : write_status(review_report(review), err);
}

/*
 * An error of a policy check is told in the output alone: some versions drop the output of a step
 * that ends with another code than 0, and a check without output may pass there.
 */
static int tell_error(struct context *context, const struct error *err, int code)
{
	buf_clear(&context->out);
	atlantis_fail_line(&context->out, context->command->on_error, 1);
	error_render(&context->out, err, /* json= */ false);
	return buf_failed(&context->out) ? code : 0;
}

static int run(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	struct options options = *(const struct options *)given;
	enum verdict verdict = VERDICT_BLOCK;
	int r = judge(context, &options, operand_count, operands, &verdict, err);

	if (r == 0 && passes(&options, verdict))
		return 0;
	/* Also where nothing was decided. */
	if (options.discard_plan && !operand_count && variable("PLANFILE") &&
		unlink(variable("PLANFILE")) < 0 && r == 0)
		notice(context, "the plan cannot be removed: %s", variable("PLANFILE"));
	if (r < 0)
		return options.policy_check ? tell_error(context, err, r) : r;
	if (options.policy_check)
		return 0;
	return verdict == VERDICT_BLOCK ? 1 : 2;
}

const struct command command_atlantis = {
	.name = "atlantis",
	.operands = "[PLAN...]",
	.summary = "review a plan as a step or a policy check of Atlantis",
	.description =
		"Reviews the plan that Atlantis names ($PLANFILE, or $SHOWFILE where that was "
		"written after it) against the base branch ($BASE_BRANCH_NAME). What passes "
		"is printed without the letters that Atlantis takes for a policy that does "
		"not hold; everything else begins with a line FAIL.\n\n"
		"As a step of a workflow the exit code decides. In a custom policy check the "
		"output decides and --policy-check is needed. Always prints text. "
		"docs/atlantis.md tells how to close the holes of custom policy checks.",
	.options = table,
	.option_count = COUNT_OF(table),
	.options_size = sizeof(struct options),
	.exit_help = "1  blocked by findings\n2  a person must decide",
	.examples = "weir atlantis --discard-plan\n"
		    "weir atlantis --policy-check",
	.run = run,
	.configures_itself = true,
	.on_error = "weir could not review this plan",
};
