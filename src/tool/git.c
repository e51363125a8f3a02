/* SPDX-License-Identifier: Apache-2.0 */
/*
 * git without its dangers.  Only plumbing is used (rev-parse, merge-base,
 * ls-tree, cat-file): it runs no pager, no hook, no filter and no textconv.
 * What is left is closed by the settings below; each says what it closes.
 */
#include "tool/git.h"

#include <string.h>

#include "base/process.h"

enum { MAX_ARGUMENTS = 24, MAX_FILE = 16 << 20, TIMEOUT_MS = 30 * 1000 };

/* Settings on the command line win over the repository's. */
static const char *const settings[] = {
	"git",
	"--no-pager",
	"--no-optional-locks",
	"--literal-pathspecs",
	"--no-replace-objects",
	/* programs that a repository's configuration may name */
	"-c",
	"core.fsmonitor=false",
	"-c",
	"core.hooksPath=/dev/null",
	/* a bare repository that lies in the tree is not discovered */
	"-c",
	"safe.bareRepository=explicit",
};

static const char *const passed_on[] = {"HOME", "PATH", "XDG_CONFIG_HOME", "USER", "LOGNAME",
	"TMPDIR", "GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_*", "GIT_CONFIG_VALUE_*", "GIT_CONFIG_GLOBAL",
	"GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CEILING_DIRECTORIES",
	"GIT_DISCOVERY_ACROSS_FILESYSTEM", NULL};

static const char *const set[] = {"LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_PAGER=cat",
	"GIT_ASKPASS=false", "GIT_OPTIONAL_LOCKS=0",
	/* a partial clone must not fetch: no transport is allowed, whatever is configured */
	"GIT_ALLOW_PROTOCOL=none", "GIT_NO_LAZY_FETCH=1", "GIT_NO_REPLACE_OBJECTS=1", NULL};

static int run(const char *dir, const char *const *arguments, struct process_result *ret_result,
	struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	const char *argv[MAX_ARGUMENTS] = {0};
	struct process_spec spec = {
		.argv = argv, .dir = dir, .timeout_ms = TIMEOUT_MS, .out_ceiling = MAX_FILE};
	size_t count = 0;

	if (!arena)
		return error_memory(err);
	for (size_t i = 0; i < COUNT_OF(settings); i++)
		argv[count++] = settings[i];
	for (; *arguments && count + 1 < MAX_ARGUMENTS; arguments++)
		argv[count++] = *arguments;
	spec.environment = process_environment(passed_on, set, arena);
	if (!spec.environment)
		return error_memory(err);
	return process_run(&spec, ret_result, err);
}

/*
 * Runs git for one line of output; absent when it says no (exit 1, or 128: "not a repository",
 * "bad revision").
 */
static int run_line(const char *dir, const char *const *arguments, struct arena *arena,
	struct str *ret_line, struct error *err)
{
	CLEANUP(process_result_free) struct process_result result = {0};
	struct str text;
	int r = run(dir, arguments, &result, err);

	if (r < 0)
		return r;
	text = buf_str(&result.out);
	if (result.exit_code != 0 || str_empty(text)) {
		*ret_line = (struct str){NULL, 0};
		return 0;
	}
	if (str_ends(text, STR("\n")))
		text.len--;
	text = arena_str(arena, text);
	if (str_absent(text))
		return error_memory(err);
	*ret_line = text;
	return 0;
}

int git_toplevel(const char *dir, struct arena *arena, struct str *ret_path, struct error *err)
{
	const char *const arguments[] = {"rev-parse", "--show-toplevel", NULL};

	return run_line(dir, arguments, arena, ret_path, err);
}

int git_resolve(const char *dir, const char *ref, struct arena *arena, struct str *ret_commit,
	struct error *err)
{
	struct str commit = arena_printf(arena, "%s^{commit}", ref);
	const char *const arguments[] = {
		"rev-parse", "--verify", "--quiet", "--end-of-options", commit.data, NULL};

	if (str_absent(commit))
		return error_memory(err);
	return run_line(dir, arguments, arena, ret_commit, err);
}

int git_merge_base(const char *dir, const char *ref, struct arena *arena, struct str *ret_commit,
	struct error *err)
{
	const char *arguments[] = {"merge-base", NULL, "HEAD", NULL};
	struct str commit;
	int r = git_resolve(dir, ref, arena, &commit, err);

	if (r < 0 || str_absent(commit)) {
		if (r == 0)
			*ret_commit = commit;
		return r;
	}
	arguments[1] = arena_cstr(arena, commit);
	if (!arguments[1])
		return error_memory(err);
	return run_line(dir, arguments, arena, ret_commit, err);
}

static int failed(const struct process_result *result, struct error *err)
{
	struct str text = buf_str(&result->errors);

	return error_set(err, ERR_GIT, "git failed: %.*s",
		STR_ARG(str_trim(str_slice(text, 0, str_find_char(text, '\n')))));
}

/* Is it "100644" or "100755", a blob that is a file? */
static bool is_file_mode(struct str entry)
{
	return str_starts(entry, STR("100644 blob ")) || str_starts(entry, STR("100755 blob "));
}

/* A link is its target's name, as git keeps it: something is there, and it is not what it names. */
static bool is_link_mode(struct str entry)
{
	return str_starts(entry, STR("120000 blob "));
}

/* The id of the file's blob, absent if there is no such file. */
static int find_blob(const char *dir, const char *commit, const char *path, struct arena *arena,
	struct str *ret_id, struct error *err)
{
	const char *const arguments[] = {"ls-tree", "-z", "--full-tree", commit, "--", path, NULL};
	CLEANUP(process_result_free) struct process_result result = {0};
	struct str entry;
	int r = run(dir, arguments, &result, err);

	if (r < 0)
		return r;
	if (result.exit_code != 0)
		return failed(&result, err);
	entry = buf_str(&result.out);
	*ret_id = (struct str){NULL, 0};
	if (!is_file_mode(entry) && !is_link_mode(entry))
		return 0;
	entry = str_slice(entry, sizeof("100644 blob ") - 1, str_find_char(entry, '\t'));
	entry = arena_str(arena, entry);
	if (str_absent(entry))
		return error_memory(err);
	*ret_id = entry;
	return 0;
}

int git_show(const char *dir, struct str commit, const char *path, struct arena *arena,
	struct str *ret_bytes, struct error *err)
{
	const char *arguments[] = {"cat-file", "blob", NULL, NULL};
	CLEANUP(process_result_free) struct process_result result = {0};
	const char *commit_text = arena_cstr(arena, commit);
	struct str id, bytes;
	int r;

	if (!commit_text)
		return error_memory(err);
	r = find_blob(dir, commit_text, path, arena, &id, err);
	if (r < 0)
		return r;
	if (str_absent(id)) {
		*ret_bytes = id;
		return 0;
	}
	arguments[2] = id.data;
	r = run(dir, arguments, &result, err);
	if (r < 0)
		return r;
	if (result.exit_code != 0)
		return failed(&result, err);
	bytes = arena_str(arena, buf_str(&result.out));
	if (str_absent(bytes))
		return error_memory(err);
	*ret_bytes = bytes;
	return 0;
}

int git_list(const char *dir, struct str commit, const char *path, struct arena *arena,
	struct git_paths *ret_paths, struct error *err)
{
	const char *commit_text = arena_cstr(arena, commit);
	const char *const arguments[] = {
		"ls-tree", "-r", "-z", "--full-tree", commit_text, "--", *path ? path : NULL, NULL};
	CLEANUP(process_result_free) struct process_result result = {0};
	struct git_paths paths = {0};
	struct str rest;
	int r;

	if (!commit_text)
		return error_memory(err);
	r = run(dir, arguments, &result, err);
	if (r < 0)
		return r;
	if (result.exit_code != 0)
		return failed(&result, err);
	rest = arena_str(arena, buf_str(&result.out));
	while (!str_empty(rest)) {
		struct str entry = str_split(&rest, '\0');
		size_t tab = str_find_char(entry, '\t');

		if (!is_file_mode(entry) || tab == SIZE_MAX)
			continue;
		if (!arena_grow(arena, (void **)&paths.items, paths.count, &paths.room,
			    sizeof(*paths.items)))
			return error_memory(err);
		paths.items[paths.count++] = str_slice(entry, tab + 1, entry.len);
	}
	if (arena_failed(arena))
		return error_memory(err);
	*ret_paths = paths;
	return 0;
}
