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

/* What is the same whatever is asked. */
static int bound(const char *const *argv, const char *root, struct arena *arena,
	struct process_spec *ret_spec, struct error *err)
{
	*ret_spec = (struct process_spec){
		.argv = argv,
		.environment = process_environment(passed_on, set, arena),
		.dir = root,
		.timeout_ms = TIMEOUT_MS,
		.out_ceiling = max_output,
		.errors_ceiling = MAX_ERRORS,
		.memory_ceiling = max_memory,
	};
	return ret_spec->environment ? 0 : error_memory(err);
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
	return bound(argv, root, arena, spec, err);
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

static int check(const struct process_spec *spec, enum error_id id, const char *path,
	const struct process_result *result, struct error *err)
{
	struct str line = error_line(buf_str(&result->errors));

	if (result->exit_code == 0 && result->out.len > 0)
		return 0;
	return error_at(err,
		error_set(err, id, "%s %s (in %s): %.*s", spec->argv[0], spec->argv[1], spec->dir,
			STR_ARG(str_empty(line) ? STR("no output") : line)),
		str_of(path), 0, 0);
}

/* A name without a slash is looked up; a path is ours, and the child runs elsewhere. */
static int find_program(const char **program, struct arena *arena, struct error *err)
{
	char *real;

	if (!*program || str_find_char(str_of(*program), '/') == SIZE_MAX)
		return 0;
	real = ARENA_ARRAY(arena, char, PATH_MAX + 1);
	if (!real)
		return error_memory(err);
	if (!realpath(*program, real))
		return error_set(err, ERR_CHILD_MISSING, "%s is not there", *program);
	*program = real;
	return 0;
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
	r = find_program(&program, arena, err);
	for (size_t i = 0; r == 0 && i < count; i++)
		r = prepare(program, &plans[i], &specs[i], arena, err);
	if (r == 0)
		r = process_run_many(
			specs, count, processors > 1 ? (unsigned)processors : 1, ret_results, err);
	for (size_t i = 0; r == 0 && i < count; i++)
		r = check(&specs[i], ERR_TERRAFORM, plans[i].path, &ret_results[i], err);
	for (size_t i = 0; r < 0 && i < count; i++)
		process_result_free(&ret_results[i]);
	return r;
}

int terraform_schemas(
	const char *program, const char *root, struct process_result *ret_result, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)64 << 20);
	const char *argv[] = {NULL, "providers", "schema", "-json", NULL};
	struct process_result result = {0};
	struct process_spec spec;
	int r;

	if (!arena)
		return error_memory(err);
	r = find_program(&program, arena, err);
	if (r < 0)
		return r;
	argv[0] = program ? program : choose(root, arena);
	r = bound(argv, root, arena, &spec, err);
	if (r == 0)
		r = process_run(&spec, &result, err);
	if (r == 0)
		r = check(&spec, ERR_TERRAFORM_SCHEMA, root, &result, err);
	if (r < 0)
		process_result_free(&result);
	else
		*ret_result = result;
	return r;
}

struct str terraform_locked(struct str lock, struct str provider)
{
	struct str line, rest = lock;
	bool inside = false;

	while (!str_absent(rest)) {
		line = str_trim(str_split(&rest, '\n'));
		if (str_starts(line, STR("provider \""))) {
			struct str name = str_slice(line, 10, line.len);

			name = str_slice(name, 0, str_find_char(name, '"'));
			inside = str_ends(name, provider) &&
				(name.len == provider.len ||
					name.data[name.len - provider.len - 1] == '/');
		} else if (inside && str_starts(line, STR("version"))) {
			line = str_slice(line, str_find_char(line, '"') + 1, line.len);
			return str_slice(line, 0, str_find_char(line, '"'));
		}
	}
	return (struct str){NULL, 0};
}
