/* SPDX-License-Identifier: Apache-2.0 */
/* Apart from synth.c: this is read before the program runs, and none of it is the program's. */
#include "story/synth_inputs.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/json.h"
#include "script/strip.h"

enum { PROJECT_MOST = 1 << 20, CONTEXT_MOST = 16 << 20 };

/* A JSON object of a file. Its nodes live as long as *map and *doc. */
static int read_object(const char *path, size_t most, struct file_map *map, struct doc **doc,
	struct node *ret_object, struct error *err)
{
	const struct json_options options = {.name = str_of(path)};
	int r = file_map(path, most, map, err);

	if (r == 0)
		r = json_read(map->text, &options, doc, err);
	if (r == 0)
		r = doc_check_keys(doc_root(*doc), err);
	if (r < 0)
		return r;
	*ret_object = doc_root(*doc);
	if (!node_is_object(*ret_object))
		return error_node(err, ERR_PROJECT, *ret_object, "this must be a JSON object");
	return 0;
}

/* An object's members, as they were written. */
static struct str members(struct node object, struct arena *arena)
{
	struct str text = str_slice(doc_text(object.doc), node_offset(object), node_end(object));

	return arena_str(arena, str_trim(str_slice(text, 1, text.len - 1)));
}

static int read_program(
	struct node app, struct arena *arena, struct synth_project *project, struct error *err)
{
	struct str words = node_text(app, arena);
	enum script_dialect dialect;

	if (!node_is_string(app))
		return error_node(err, ERR_PROJECT, app, "\"app\" must be a command, as a string");
	while (!str_empty(words)) {
		struct str word = str_split(&words, ' ');

		if (script_dialect_of(word, &dialect))
			project->program = arena_str(arena, word);
	}
	return 0;
}

static int read_out(
	struct node output, struct arena *arena, struct synth_project *project, struct error *err)
{
	struct str given = node_is_string(output) ? node_text(output, arena) : STR("/");
	struct str folder = path_resolve(arena, STR(""), given);

	if (arena_failed(arena))
		return error_memory(err);
	/* A project may come from anywhere; what its user names with --out may be anything. */
	if (str_empty(folder) || str_starts(given, STR("/")) || path_climbs(folder) ||
		str_find_char(folder, '\0') != SIZE_MAX)
		return error_node(err, ERR_PROJECT, output,
			"\"output\" must be a folder below this one; name another with --out");
	project->out = arena_str(arena, folder);
	return 0;
}

int synth_project_read(
	const char *path, struct arena *arena, struct synth_project *ret_project, struct error *err)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct synth_project project = {0};
	struct node object, member;
	int r = 0;

	*ret_project = project;
	if (!file_exists(path))
		return 0;
	r = read_object(path, PROJECT_MOST, &map, &doc, &object, err);
	if (r < 0)
		return r;
	if (node_exists(member = NODE_GET(object, "app")))
		r = read_program(member, arena, &project, err);
	if (r == 0 && node_exists(member = NODE_GET(object, "output")))
		r = read_out(member, arena, &project, err);
	if (r == 0 && node_exists(member = NODE_GET(object, "context"))) {
		if (!node_is_object(member))
			return error_node(
				err, ERR_PROJECT, member, "\"context\" must be an object");
		project.context = members(member, arena);
	}
	if (r == 0 && arena_failed(arena))
		r = error_memory(err);
	if (r == 0)
		*ret_project = project;
	return r;
}

static void add_members(struct buf *out, struct str text)
{
	if (str_empty(text))
		return;
	if (out->len > 1)
		buf_add_char(out, ',');
	buf_add(out, text);
}

static int add_file(const char *path, struct arena *arena, struct buf *out, struct error *err)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct node object;
	int r = read_object(path, CONTEXT_MOST, &map, &doc, &object, err);

	if (r == 0)
		add_members(out, members(object, arena));
	return r;
}

static int add_pair(const char *pair, struct arena *arena, struct buf *out, struct error *err)
{
	CLEANUP(buf_free) struct buf member = BUF(CONTEXT_MOST);
	struct str value = str_of(pair), key = str_split(&value, '=');
	struct json_writer json;

	if (str_absent(value) || str_empty(key))
		return error_set(err, ERR_USAGE, "--context: '%s' is no KEY=VALUE", pair);
	json_writer_init(&json, &member, 0);
	json_object_begin(&json);
	json_key(&json, key);
	json_string(&json, value);
	json_object_end(&json);
	if (buf_failed(&member))
		return error_memory(err);
	add_members(out, arena_str(arena, str_slice(buf_str(&member), 1, member.len - 1)));
	return 0;
}

int synth_context(const struct synth_declared *declared, struct str project, struct arena *arena,
	struct str *ret_context, struct error *err)
{
	CLEANUP(buf_free) struct buf out = BUF(CONTEXT_MOST);
	int r = 0;

	buf_add_char(&out, '{');
	add_members(&out, project);
	for (size_t i = 0; r == 0 && i < declared->context_file_count; i++)
		r = add_file(declared->context_files[i], arena, &out, err);
	for (size_t i = 0; r == 0 && i < declared->context_count; i++)
		r = add_pair(declared->context[i], arena, &out, err);
	buf_add_char(&out, '}');
	if (r < 0)
		return r;
	*ret_context = arena_str(arena, buf_str(&out));
	return buf_failed(&out) || arena_failed(arena) ? error_memory(err) : 0;
}

int synth_environment(const struct synth_declared *declared, struct arena *arena,
	struct str **ret_environment, struct error *err)
{
	struct str *environment = ARENA_ARRAY(arena, struct str, declared->environment_count);

	if (!environment)
		return error_memory(err);
	for (size_t i = 0; i < declared->environment_count; i++) {
		const char *word = declared->environment[i];
		struct str value = str_of(word), name = str_split(&value, '=');
		const char *own = str_absent(value) ? getenv(word) : NULL;

		if (str_empty(name))
			return error_set(
				err, ERR_USAGE, "--env: '%s' is neither NAME nor NAME=VALUE", word);
		environment[i] = own ? arena_printf(arena, "%s=%s", word, own) : str_of(word);
	}
	*ret_environment = environment;
	return arena_failed(arena) ? error_memory(err) : 0;
}
