/* SPDX-License-Identifier: Apache-2.0 */
/* What a specifier leads to in a tree of real files: an app, its packages and what lies outside. */
#define _GNU_SOURCE
#include "../room.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "script/resolve.h"

struct made {
	const char *path, *text;
};

/* "above/app" is the root. A text that begins with "->" makes a symbolic link; paths end the folders. */
static const struct made tree[] = {
	{"above/app/main.ts", ""},
	{"above/app/stack.ts", ""},
	{"above/app/old.js", ""},
	{"above/app/both.js", ""},
	{"above/app/both.ts", ""},
	{"above/app/data.json", "{}"},
	{"above/app/notes.txt", ""},
	{"above/app/new.mjs", ""},
	{"above/app/old.cts", ""},
	{"above/app/lib/index.ts", ""},
	{"above/app/mains/package.json", "{\"main\": \"./out/start\"}"},
	{"above/app/mains/out/start.js", ""},
	{"above/app/esm/package.json",
		"{\"name\": \"self\", \"type\": \"module\", \"exports\": {\".\": \"./a.js\", "
		"\"./b\": \"./b.js\"}, "
		"\"imports\": {\"#own\": \"./b.js\", \"#other\": \"plain\", \"#node\": {\"node\": "
		"\"node:path\"}}}"},
	{"above/app/esm/a.js", ""},
	{"above/app/esm/b.js", ""},
	{"above/app/esm/nested/c.ts", ""},
	{"above/app/twice/package.json", "{\"main\": \"a\",\n \"main\": \"b\"}"},
	{"above/app/twice/index.js", ""},
	{"above/app/leak.ts", "->../../outside/secret.ts"},
	{"above/app/node_modules/plain/index.js", ""},
	{"above/app/node_modules/plain/package.json", "{\"version\": \"1.2.3\"}"},
	{"above/app/node_modules/plain/lib/deep.js", ""},
	{"above/app/node_modules/plain/lib/deep.ts", ""},
	{"above/app/node_modules/native/package.json", "{\"main\": \"a.node\"}"},
	{"above/app/node_modules/native/a.node", ""},
	{"above/app/node_modules/@scope/pkg/package.json", "{\"main\": \"lib/main.js\"}"},
	{"above/app/node_modules/@scope/pkg/lib/main.js", ""},
	{"above/app/node_modules/linked", "->../../store/linked"},
	{"above/app/node_modules/stray", "->../../../outside"},
	{"above/app/node_modules/modern/package.json",
		"{\"name\": \"modern\", \"exports\": {\".\": {\"types\": \"./x.d.ts\", \"import\": "
		"\"./m.mjs\", "
		"\"require\": \"./c.cjs\"}, \"./lib/*\": \"./out/*.js\", \"./lib/private/*\": "
		"null, \"./list\": "
		"[\"../../bad\", \"./c.cjs\"], \"./climb\": \"./../plain/index.js\", \"./gone\": "
		"\"./gone.js\", "
		"\"./node\": {\"node\": {\"default\": \"./c.cjs\"}, \"default\": \"./m.mjs\"}}}"},
	{"above/app/node_modules/modern/m.mjs", ""},
	{"above/app/node_modules/modern/c.cjs", ""},
	{"above/app/node_modules/modern/out/one.js", ""},
	{"above/app/node_modules/modern/out/private/two.js", ""},
	{"above/app/node_modules/modern/node_modules/inner/index.js", ""},
	{"above/app/node_modules/path/index.js", ""},
	{"above/app/node_modules/@cdktf/provider-own/package.json", "{\"main\": \"index.js\"}"},
	{"above/app/node_modules/@cdktf/provider-own/index.js", ""},
	{"above/node_modules/upper/index.js", ""},
	{"above/store/linked/index.js", ""},
	{"outside/secret.ts", ""},
	{"outside/index.js", ""},
	{"other/main.ts", ""},
	{"other/node_modules", "->../above/node_modules"},
};

static char room[PATH_MAX];
static struct arena *arena;
static struct resolver *resolver;

static bool library(void *payload, struct str path)
{
	(void)payload;
	return str_is(path, "node/path.ts") || str_is(path, "node/fs/promises.ts") ||
		str_is(path, "cdktf/index.ts") || str_is(path, "cdktf/app.ts");
}

static bool provider(void *payload, struct str name)
{
	(void)payload;
	return str_is(name, "aws");
}

static int create(const char *root, struct resolver **ret_resolver, struct error *err)
{
	struct script_source source = script_files();

	source.library = library;
	source.provider = provider;
	return resolver_create(
		arena_printf(arena, "%s/%s", room, root), &source, arena, ret_resolver, err);
}

/* The path in the room, or the library's; "!" and the error's code. */
static const char *resolve(const char *from, const char *specifier, bool is_require)
{
	struct str base =
		*from ? arena_printf(arena, "%s/above/app/%s", room, from) : (struct str){NULL, 0};
	struct resolved resolved;
	struct error err;

	if (strncmp(from, "weir:", 5) == 0)
		base = str_of(from);
	if (script_resolve(resolver, base, str_of(specifier), is_require, &resolved, &err) < 0)
		return arena_printf(arena, "!%s", error_info(err.id)->code).data;
	if (str_starts(resolved.path, str_of(room)))
		resolved.path = str_slice(resolved.path, strlen(room) + 1, resolved.path.len);
	return arena_cstr(arena, resolved.path);
}

static const char *message(const char *specifier)
{
	struct str from = arena_printf(arena, "%s/above/app/main.ts", room);
	struct resolved resolved;
	struct error err;

	assert_int_equal(
		script_resolve(resolver, from, str_of(specifier), false, &resolved, &err), -65);
	return arena_cstr(arena, str_of(err.message));
}

static enum script_format format(const char *from, const char *specifier)
{
	struct str base = arena_printf(arena, "%s/above/app/%s", room, from);
	struct resolved resolved;
	struct error err;

	assert_int_equal(
		script_resolve(resolver, base, str_of(specifier), false, &resolved, &err), 0);
	return resolved.format;
}

struct question {
	const char *from, *specifier, *path;
};

static void ask(const struct question *questions, size_t count, bool is_require)
{
	for (size_t i = 0; i < count; i++) {
		const char *path = resolve(questions[i].from, questions[i].specifier, is_require);

		if (strcmp(path, questions[i].path) != 0)
			print_error("%s in %s\n", questions[i].specifier, questions[i].from);
		assert_string_equal(path, questions[i].path);
	}
}

static void paths_lead_to_files_as_typescript_and_node_find_them(void **state)
{
	static const struct question questions[] = {
		{"", "main.ts", "above/app/main.ts"},
		{"", "./main", "above/app/main.ts"},
		{"main.ts", "./stack", "above/app/stack.ts"},
		{"main.ts", "./stack.js", "above/app/stack.ts"},
		{"main.ts", "./both", "above/app/both.ts"},
		{"main.ts", "./both.js", "above/app/both.js"},
		{"old.js", "./both", "above/app/both.js"},
		{"main.ts", "./old.cjs", "above/app/old.cts"},
		{"main.ts", "./data.json", "above/app/data.json"},
		{"main.ts", "./data", "above/app/data.json"},
		{"main.ts", "./lib", "above/app/lib/index.ts"},
		{"main.ts", "./lib/", "above/app/lib/index.ts"},
		{"lib/index.ts", ".", "above/app/lib/index.ts"},
		{"lib/index.ts", "../stack", "above/app/stack.ts"},
		{"main.ts", "./stack/", "!module-unknown"},
		{"main.ts", "./mains", "above/app/mains/out/start.js"},
		{"main.ts", "./notes.txt", "!module-refused"},
		{"main.ts", "./gone", "!module-unknown"},
		{"main.ts", "", "!module-refused"},
	};

	(void)state;
	ask(questions, COUNT_OF(questions), false);
	assert_string_equal(resolve("old.js", "./notes.txt", true), "above/app/notes.txt");
}

static void formats_are_of_the_extension_and_the_nearest_type(void **state)
{
	(void)state;
	assert_int_equal(format("main.ts", "./stack"), FORMAT_CJS);
	assert_int_equal(format("main.ts", "./new.mjs"), FORMAT_ESM);
	assert_int_equal(format("main.ts", "./old.cjs"), FORMAT_CJS);
	assert_int_equal(format("main.ts", "./data.json"), FORMAT_JSON);
	assert_int_equal(format("main.ts", "./esm/a.js"), FORMAT_ESM);
	assert_int_equal(format("main.ts", "./esm/nested/c"), FORMAT_ESM);
	assert_int_equal(format("main.ts", "cdktf"), FORMAT_BUILTIN);
	assert_int_equal(format("main.ts", "weir/aws"), FORMAT_PROVIDER);
}

static void packages_are_found_upward_and_by_their_main(void **state)
{
	static const struct question questions[] = {
		{"main.ts", "plain", "above/app/node_modules/plain/index.js"},
		{"lib/index.ts", "plain", "above/app/node_modules/plain/index.js"},
		{"old.js", "plain/lib/deep", "above/app/node_modules/plain/lib/deep.js"},
		{"main.ts", "plain/lib/deep.js", "above/app/node_modules/plain/lib/deep.js"},
		{"main.ts", "@scope/pkg", "above/app/node_modules/@scope/pkg/lib/main.js"},
		{"main.ts", "upper", "above/node_modules/upper/index.js"},
		{"node_modules/modern/m.mjs", "inner",
			"above/app/node_modules/modern/node_modules/inner/index.js"},
		{"main.ts", "inner", "!module-unknown"},
		{"main.ts", "path/", "above/app/node_modules/path/index.js"},
		{"main.ts", "native", "!module-refused"},
		{"main.ts", "plain/gone", "!module-unknown"},
		{"main.ts", "plain/../modern", "!module-refused"},
		{"main.ts", "@scope", "!module-refused"},
		{"main.ts", "http://example.com/x.js", "!module-refused"},
	};

	(void)state;
	ask(questions, COUNT_OF(questions), false);
	assert_true(str_is(script_installed(resolver, STR("plain")), "{\"version\": \"1.2.3\"}"));
	assert_true(str_absent(script_installed(resolver, STR("gone"))));
}

static void exports_are_all_that_a_package_offers(void **state)
{
	static const struct question imported[] = {
		{"main.ts", "modern", "above/app/node_modules/modern/m.mjs"},
		{"main.ts", "modern/lib/one", "above/app/node_modules/modern/out/one.js"},
		{"main.ts", "modern/lib/private/two", "!module-unknown"},
		{"main.ts", "modern/list", "above/app/node_modules/modern/c.cjs"},
		{"main.ts", "modern/node", "above/app/node_modules/modern/c.cjs"},
		{"main.ts", "modern/climb", "!package-invalid"},
		{"main.ts", "modern/gone", "!module-unknown"},
		{"main.ts", "modern/c.cjs", "!module-unknown"},
		{"main.ts", "modern/lib/../../../plain/index", "!module-refused"},
		{"esm/nested/c.ts", "self", "above/app/esm/a.js"},
		{"esm/a.js", "self/b", "above/app/esm/b.js"},
		{"esm/a.js", "#own", "above/app/esm/b.js"},
		{"esm/a.js", "#other", "above/app/node_modules/plain/index.js"},
		{"esm/a.js", "#node", "weir:lib/node/path.ts"},
		{"esm/a.js", "#gone", "!module-unknown"},
		{"main.ts", "#own", "!module-unknown"},
		{"main.ts", "self", "!module-unknown"},
	};
	static const struct question required[] = {
		{"main.ts", "modern", "above/app/node_modules/modern/c.cjs"},
	};

	(void)state;
	ask(imported, COUNT_OF(imported), false);
	ask(required, COUNT_OF(required), true);
}

static void what_is_built_in_comes_first(void **state)
{
	static const struct question questions[] = {
		{"main.ts", "path", "weir:lib/node/path.ts"},
		{"main.ts", "node:path/posix", "weir:lib/node/path.ts"},
		{"main.ts", "fs/promises", "weir:lib/node/fs/promises.ts"},
		{"main.ts", "node:http", "!module-refused"},
		{"main.ts", "http", "!module-refused"},
		{"main.ts", "cdktf", "weir:lib/cdktf/index.ts"},
		{"main.ts", "cdktf/lib/app", "weir:lib/cdktf/index.ts"},
		{"main.ts", "weir:host", "!module-refused"},
		{"weir:lib/cdktf/index.ts", "weir:host", "weir:host"},
		{"weir:lib/cdktf/index.ts", "./app", "weir:lib/cdktf/app.ts"},
		{"weir:lib/cdktf/index.ts", "../node/path.ts", "weir:lib/node/path.ts"},
		{"weir:lib/cdktf/index.ts", "node:path", "weir:lib/node/path.ts"},
		{"weir:lib/cdktf/index.ts", "plain", "!defect"},
		{"main.ts", "@cdktf/provider-aws/lib/sqs-queue",
			"@cdktf/provider-aws/lib/sqs-queue"},
		{"main.ts", "@cdktf/provider-aws/lib/sqs-queue/index.js",
			"@cdktf/provider-aws/lib/sqs-queue"},
		{"main.ts", "@cdktn/provider-aws", "@cdktn/provider-aws"},
		{"main.ts", "@cdktf/provider-aws/lib/index", "@cdktf/provider-aws"},
		{"main.ts", "weir/aws/sqs-queue", "weir/aws/sqs-queue"},
		{"main.ts", "@cdktf/provider-own",
			"above/app/node_modules/@cdktf/provider-own/index.js"},
		{"main.ts", "@cdktf/provider-other/lib/x", "@cdktf/provider-other/lib/x"},
		{"main.ts", "@cdktf/provider-own/lib/x", "!module-unknown"},
		{"main.ts", "weir/other/x", "weir/other/x"},
		{"main.ts", "weir/other", "!module-unknown"},
		{"lib/index.ts", "../.gen/providers/other/x", "@cdktf/provider-other/lib/x"},
		{"main.ts", "./.gen/providers/other/index.js", "@cdktf/provider-other"},
		{"main.ts", "./.gen/providers/other/lib/x", "!module-unknown"},
		{"main.ts", "../.gen/providers/other/x", "!module-refused"},
	};

	(void)state;
	ask(questions, COUNT_OF(questions), false);
}

static void nothing_outside_is_granted(void **state)
{
	static const struct question questions[] = {
		{"main.ts", "../../outside/secret", "!module-refused"},
		{"main.ts", "../store/linked/index.js", "!module-refused"},
		{"main.ts", "/etc/passwd", "!module-refused"},
		{"main.ts", "./leak", "!module-refused"},
		{"main.ts", "linked", "!module-refused"},
		{"main.ts", "stray", "!module-refused"},
		{"main.ts", "../../../../../../../../../../etc/passwd", "!module-refused"},
		{"main.ts", "./twice", "!json-duplicate-key"},
	};
	struct resolver *other;
	struct resolved resolved;
	struct error err;

	(void)state;
	ask(questions, COUNT_OF(questions), false);
	assert_int_equal(resolver_granted(resolver)->count, 3);

	/* A node_modules that is a link is granted where it leads. */
	assert_int_equal(create("other", &other, &err), 0);
	assert_int_equal(script_resolve(other, arena_printf(arena, "%s/other/main.ts", room),
				 STR("upper"), false, &resolved, &err),
		0);
	assert_true(str_ends(resolved.path, STR("/above/node_modules/upper/index.js")));
	assert_int_equal(create("gone", &other, &err), -65);
	assert_int_equal(err.id, ERR_FILE_MISSING);
}

static void errors_name_what_was_looked_for_and_the_nearest(void **state)
{
	(void)state;
	assert_string_equal(message("./stakc"),
		"there is no module \"./stakc\": looked in the app's folder for \"stakc\" as it "
		"is, with .ts, "
		".tsx, .mts, .cts, .js, .mjs, .cjs or .json, and as a folder with an index; did "
		"you mean "
		"\"./stack\"?");
	assert_string_equal(message("plian"),
		"there is no package \"plian\": it is not built into weir, and not in node_modules "
		"of the app's "
		"folder or of a folder above it; install it, or correct the name; did you mean "
		"\"plain\"?");
	assert_string_equal(message("cdkft"),
		"there is no package \"cdkft\": it is not built into weir, and not in node_modules "
		"of the app's "
		"folder or of a folder above it; install it, or correct the name; did you mean "
		"\"cdktf\"?");
	assert_string_equal(message("@scope/pgk"),
		"there is no package \"@scope/pgk\": it is not built into weir, and not in "
		"node_modules of the "
		"app's folder or of a folder above it; install it, or correct the name; did you "
		"mean "
		"\"@scope/pkg\"?");
	assert_string_equal(message("plain/lib/deeep"),
		"package \"plain\" has no module \"./lib/deeep\": looked in node_modules/plain");
	assert_string_equal(message("modern/lits"),
		"package \"modern\" offers no \"./lits\" by the exports of its package.json "
		"(import, node, "
		"default), or the file is missing: looked in node_modules/modern; did you mean "
		"\"modern/list\"?");
	assert_string_equal(message("../../outside/secret"),
		"module \"../../outside/secret\" is refused: it leads out of the app's folder and "
		"its "
		"node_modules, where weir reads nothing");
}

static void each_allocation_may_fail(void **state)
{
	static const char *const specifiers[] = {"./stack", "modern/lib/one", "plian", "./stakc",
		"@cdktf/provider-aws/lib/sqs-queue", "node:path", "modern/lits", "#x"};
	struct arena *kept = arena;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(specifiers); i++) {
		for (uint64_t nth = 1;; nth++) {
			struct str from;
			struct resolver *fresh;
			struct resolved resolved;
			struct error err = {0};
			uint64_t asked;
			int r;

			arena = arena_create((size_t)16 << 20);
			assert_non_null(arena);
			from = arena_printf(arena, "%s/above/app/main.ts", room);
			mem_fail_from(nth);
			r = create("above/app", &fresh, &err);
			if (r == 0)
				r = script_resolve(
					fresh, from, str_of(specifiers[i]), false, &resolved, &err);
			asked = mem_count();
			mem_fail_from(0);
			arena_destroy(arena);
			if (asked < nth)
				break;
			assert_int_equal(r, -75);
			assert_int_equal(err.id, ERR_MEMORY);
		}
	}
	arena = kept;
}

static void make(const struct made *made)
{
	char path[PATH_MAX + 256];

	assert_true(snprintf(path, sizeof(path), "%s/%s", room, made->path) < (int)sizeof(path));
	for (char *slash = path + strlen(room) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	if (strncmp(made->text, "->", 2) == 0)
		assert_int_equal(symlink(made->text + 2, path), 0);
	else
		assert_int_equal(file_replace(path, str_of(made->text), 0600, NULL), 0);
}

static int set_up(void **state)
{
	struct error err;
	char opened[ROOM_PATH];

	(void)state;
	room_open(opened);
	if (!realpath(opened, room))
		return -1;
	for (size_t i = 0; i < COUNT_OF(tree); i++)
		make(&tree[i]);
	arena = arena_create((size_t)64 << 20);
	return arena && create("above/app", &resolver, &err) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	room_close(room);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_lead_to_files_as_typescript_and_node_find_them),
		cmocka_unit_test(formats_are_of_the_extension_and_the_nearest_type),
		cmocka_unit_test(packages_are_found_upward_and_by_their_main),
		cmocka_unit_test(exports_are_all_that_a_package_offers),
		cmocka_unit_test(what_is_built_in_comes_first),
		cmocka_unit_test(nothing_outside_is_granted),
		cmocka_unit_test(errors_name_what_was_looked_for_and_the_nearest),
		cmocka_unit_test(each_allocation_may_fail),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("script/resolve", tests, set_up, tear_down);
}
