/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which program reads a saved plan, where, with which environment and limits.
 * It gets no credentials of clouds: showing a plan asks nobody.
 */
#include "tool/terraform.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"

enum {
	TIMEOUT_MS = 120 * 1000,
	MAX_LOCK = 4 << 20,
	MAX_ERRORS = 64 << 10,
};
/* A plan's JSON, and what the program and its providers may map together. */
static const size_t max_output = (size_t)2 << 30, max_memory = (size_t)16 << 30;

static const char *const passed_on[] = {"HOME", "PATH", "TMPDIR", "USER", "XDG_CONFIG_HOME",
	"TF_CLI_CONFIG_FILE", "TF_DATA_DIR", "TF_PLUGIN_CACHE_DIR", "TF_WORKSPACE", "TF_TOKEN_*",
	"TF_VAR_*", "TF_ENCRYPTION", "TOFU_CLI_CONFIG_FILE", NULL};
static const char *const set[] = {
	"LC_ALL=C", "TF_IN_AUTOMATION=1", "TF_INPUT=0", "CHECKPOINT_DISABLE=1", NULL};

const char *terraform_of_lock(struct str lock)
{
	if (str_find(lock, STR("provider \"registry.opentofu.org/")) != SIZE_MAX)
		return "tofu";
	if (str_find(lock, STR("provider \"registry.terraform.io/")) != SIZE_MAX)
		return "terraform";
	return NULL;
}

static const char *choose(const char *root, struct arena *arena)
{
	const char *path = path_join(arena, str_of(root), STR(".terraform.lock.hcl"));
	CLEANUP(file_unmap) struct file_map map = {0};
	const char *program = NULL;

	if (path && file_map(path, MAX_LOCK, &map, NULL) == 0)
		program = terraform_of_lock(map.text);
	if (program)
		return program;
	return !process_find("terraform", arena) && process_find("tofu", arena) ? "tofu"
										: "terraform";
}

/* Fills in the command for one plan. */
static int prepare(const char *program, const struct saved_plan *plan, struct process_spec *spec,
	struct arena *arena, struct error *err)
{
	const char **argv = ARENA_ARRAY(arena, const char *, 6);
	char *real = ARENA_ARRAY(arena, char, PATH_MAX + 1);
	const char *root = plan->root;

	if (!argv || !real)
		return error_memory(err);
	if (str_is(str_of(plan->path), "-"))
		return error_at(err,
			error_set(err, ERR_PLAN_BINARY,
				"a saved binary plan cannot be shown from standard input"),
			STR("-"), 0, 0);
	/* The program runs in the root's directory, so its operand must not be relative to ours. */
	if (!realpath(plan->path, real))
		return error_at(err, error_set(err, ERR_FILE_MISSING, "cannot be found"),
			str_of(plan->path), 0, 0);
	if (!root)
		root = arena_cstr(arena, path_dir(str_of(plan->path)));
	if (!root)
		return error_memory(err);
	argv[0] = program ? program : choose(root, arena);
	argv[1] = "show";
	argv[2] = "-json";
	argv[3] = "-no-color";
	argv[4] = real;
	*spec = (struct process_spec){
		.argv = argv,
		.environment = process_environment(passed_on, set, arena),
		.dir = root,
		.timeout_ms = TIMEOUT_MS,
		.out_ceiling = max_output,
		.errors_ceiling = MAX_ERRORS,
		.memory_ceiling = max_memory,
	};
	return spec->environment ? 0 : error_memory(err);
}

/* The line of what the program printed that names the error. */
static struct str error_line(struct str text)
{
	size_t at = str_find(text, STR("Error: "));

	if (at == SIZE_MAX)
		at = 0;
	text = str_slice(text, at, text.len);
	return str_trim(str_slice(text, 0, str_find_char(text, '\n')));
}

static int check(const struct process_spec *spec, const struct saved_plan *plan,
	const struct process_result *result, struct error *err)
{
	struct str line = error_line(buf_str(&result->errors));

	if (result->exit_code == 0 && result->out.len > 0)
		return 0;
	return error_at(err,
		error_set(err, ERR_TERRAFORM, "%s show (in %s): %.*s", spec->argv[0], spec->dir,
			STR_ARG(str_empty(line) ? STR("no output") : line)),
		str_of(plan->path), 0, 0);
}

int terraform_show(const char *program, const struct saved_plan *plans, size_t count,
	struct process_result *ret_results, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)64 << 20);
	struct process_spec *specs = arena ? ARENA_ARRAY(arena, struct process_spec, count) : NULL;
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	int r = 0;

	if (!specs)
		return error_memory(err);
	/* A name without a slash is looked up; a path is ours, and the child runs elsewhere. */
	if (program && str_find_char(str_of(program), '/') != SIZE_MAX) {
		char *real = ARENA_ARRAY(arena, char, PATH_MAX + 1);

		if (!real)
			return error_memory(err);
		if (!realpath(program, real))
			return error_set(err, ERR_CHILD_MISSING, "%s is not there", program);
		program = real;
	}
	for (size_t i = 0; r == 0 && i < count; i++)
		r = prepare(program, &plans[i], &specs[i], arena, err);
	if (r == 0)
		r = process_run_many(
			specs, count, processors > 1 ? (unsigned)processors : 1, ret_results, err);
	for (size_t i = 0; r == 0 && i < count; i++)
		r = check(&specs[i], &plans[i], &ret_results[i], err);
	for (size_t i = 0; r < 0 && i < count; i++)
		process_result_free(&ret_results[i]);
	return r;
}
