/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Apart from synth.c: what is written and removed needs no engine, and what an output folder holds is as
 * foreign as any other input.
 */
#define _GNU_SOURCE
#include "story/synth_output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "story/asset.h"

#define MANIFEST STR("manifest.json")
#define STACK_FILE "cdk.tf.json"

enum { COMPARED_MOST = 1 << 30 };

struct writing {
	const struct answer *answer;
	const char *out;
	const struct script_names *granted;
	struct arena *arena;
	struct script_names removed;
	size_t removed_room;
};

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/* Makes the folders of a path, from the output folder on. */
static int make_folders(char *path, struct error *err)
{
	for (char *at = path + 1; *at; at++) {
		bool failed;

		if (*at != '/')
			continue;
		*at = '\0';
		failed = mkdir(path, 0777) < 0 && errno != EEXIST;
		if (failed)
			error_at(err,
				error_set(err, ERR_OUTPUT, "cannot be made: %s", strerror(errno)),
				str_of(path), 0, 0);
		*at = '/';
		if (failed)
			return -error_info(ERR_OUTPUT)->exit_code;
	}
	return 0;
}

static bool holds(const char *path, struct str text)
{
	CLEANUP(file_unmap) struct file_map map = {0};

	return file_exists(path) && file_map(path, COMPARED_MOST, &map, NULL) == 0 &&
		str_eq(map.text, text);
}

static int write_output(struct writing *writing, const struct output *output, struct error *err)
{
	struct str path =
		arena_printf(writing->arena, "%s/%.*s", writing->out, STR_ARG(output->path));
	char *to = (char *)(uintptr_t)path.data;
	int r = to ? make_folders(to, err) : error_memory(err);

	if (r < 0)
		return r;
	if (output->kind == OUTPUT_COPY)
		return asset_copy(output->text, to, writing->granted, writing->arena, err);
	if (output->kind == OUTPUT_ARCHIVE)
		return asset_archive(output->text, to, writing->granted, writing->arena, err);
	return holds(to, output->text) ? 0 : file_replace_unsynced(to, output->text, 0666, err);
}

/* ---- stacks that are gone ---- */

static bool has_output(const struct answer *answer, struct str path)
{
	for (size_t i = 0; i < answer->output_count; i++)
		if (str_eq(answer->outputs[i].path, path))
			return true;
	return false;
}

/* Whether a text is what a synthesis wrote for a stack of this name. */
static bool is_synthesized(struct str text, struct str stack)
{
	const struct json_options options = {.name = STR("")};
	CLEANUP(doc_cleanup) struct doc *doc = NULL;

	return json_read(text, &options, &doc, NULL) == 0 &&
		node_text_is(
			NODE_GET(NODE_GET(NODE_GET(doc_root(doc), "//"), "metadata"), "stackName"),
			stack);
}

/* Never through a symbolic link: what is removed lies in the output folder itself. */
static bool remove_stack(int stacks, const char *name)
{
	CLEANUP(close_fd)
	const int folder = openat(stacks, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	CLEANUP(close_fd) int file = -1;
	CLEANUP(file_unmap) struct file_map map = {0};
	char path[64];

	if (folder < 0)
		return false;
	file = openat(folder, STACK_FILE, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (file < 0)
		return false;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	if (file_map(path, COMPARED_MOST, &map, NULL) < 0 ||
		!is_synthesized(map.text, str_of(name)) || unlinkat(folder, STACK_FILE, 0) < 0)
		return false;
	/* Only where nothing else is in it. */
	unlinkat(stacks, name, AT_REMOVEDIR);
	return true;
}

static int remove_if_gone(struct writing *writing, int stacks, struct str name, struct error *err)
{
	const char *text = arena_cstr(writing->arena, name);
	struct str path = arena_printf(writing->arena, "stacks/%.*s/" STACK_FILE, STR_ARG(name));

	if (!text || str_absent(path))
		return error_memory(err);
	if (str_empty(name) || str_find_char(name, '/') != SIZE_MAX ||
		str_find_char(name, '\0') != SIZE_MAX || str_is(name, ".") || str_is(name, "..") ||
		has_output(writing->answer, path) || !remove_stack(stacks, text))
		return 0;
	if (!arena_grow(writing->arena, (void **)&writing->removed.items, writing->removed.count,
		    &writing->removed_room, sizeof(*writing->removed.items)))
		return error_memory(err);
	path = str_of(path_join(writing->arena, str_of(writing->out), path));
	writing->removed.items[writing->removed.count++] = path;
	return str_absent(path) ? error_memory(err) : 0;
}

/* By the manifest of before, which may be anybody's: what cannot be read of it counts as nothing. */
static int remove_gone(struct writing *writing, struct error *err)
{
	const struct json_options options = {.name = STR("")};
	CLEANUP(file_unmap) struct file_map map = {0};
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	CLEANUP(close_fd) int stacks = -1;
	const char *manifest = path_join(writing->arena, str_of(writing->out), MANIFEST);
	const char *folder = path_join(writing->arena, str_of(writing->out), STR("stacks"));
	struct node_iter stack;
	int r = 0;

	if (!manifest || !folder)
		return error_memory(err);
	if (!file_exists(manifest) || file_map(manifest, COMPARED_MOST, &map, NULL) < 0 ||
		json_read(map.text, &options, &doc, NULL) < 0)
		return 0;
	stacks = open(folder, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (stacks < 0)
		return 0;
	stack = node_children(NODE_GET(doc_root(doc), "stacks"));
	while (r == 0 && node_next(&stack))
		r = remove_if_gone(writing, stacks,
			node_text(NODE_GET(stack.value, "name"), writing->arena), err);
	return r;
}

int synth_write(const struct answer *answer, const char *out, const struct script_names *granted,
	struct arena *arena, struct script_names *ret_removed, struct error *err)
{
	struct writing writing = {answer, out, granted, arena, {0}, 0};
	int r = 0;

	for (int last = 0; last < 2 && r == 0; last++) {
		/* While the old manifest lists it, whoever comes next can remove it. */
		if (last && has_output(answer, MANIFEST))
			r = remove_gone(&writing, err);
		for (size_t i = 0; r == 0 && i < answer->output_count; i++)
			if (str_eq(answer->outputs[i].path, MANIFEST) == last)
				r = write_output(&writing, &answer->outputs[i], err);
	}
	*ret_removed = writing.removed;
	return r;
}
