/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From command line words to decoded plans: which files, what each is, what
 * it is called.
 */
#include "story/inputs.h"

#include <string.h>

#include "config/locate.h"
#include "plan/find.h"
#include "tool/terraform.h"

/* Terraform's plugins start for each plan that is shown, so not many at once. */
enum { SHOWN_MOST = 1000 };

void inputs_free(struct inputs *inputs)
{
	for (size_t i = 0; i < inputs->plans.count; i++)
		plan_free(&inputs->plans.items[i]);
	for (size_t i = 0; i < inputs->count; i++) {
		file_unmap(&inputs->items[i].file);
		process_result_free(&inputs->items[i].shown);
	}
	*inputs = (struct inputs){0};
}

static struct input *add(struct inputs *inputs, struct arena *arena)
{
	if (!arena_grow(arena, (void **)&inputs->items, inputs->count, &inputs->room,
		    sizeof(*inputs->items)))
		return NULL;
	inputs->items[inputs->count] = (struct input){0};
	return &inputs->items[inputs->count++];
}

/* "NAME=PATH" to both; a '=' behind a slash belongs to the path. */
static void split(const char *word, struct input *input)
{
	const char *equals = strchr(word, '=');
	const char *slash = strchr(word, '/');

	input->path = word;
	if (!equals || equals == word || (slash && slash < equals))
		return;
	input->name = (struct str){word, (size_t)(equals - word)};
	input->path = equals + 1;
	input->named = true;
}

static int collect(const struct input_options *options, struct inputs *inputs, struct arena *arena,
	struct error *err)
{
	struct found_plans found = {0};

	if (options->plans_dir) {
		int r = plan_find(options->plans_dir, arena, &found, err);

		if (r < 0)
			return r;
	}
	for (size_t i = 0; i < found.count; i++) {
		struct input *input = add(inputs, arena);

		if (!input)
			return error_memory(err);
		input->path = found.items[i].path;
		input->root = found.items[i].root;
		input->workspace = found.items[i].workspace;
	}
	for (size_t i = 0; i < options->input_count; i++) {
		struct input *input = add(inputs, arena);

		if (!input)
			return error_memory(err);
		split(options->inputs[i], input);
		if (options->chdir)
			input->root = str_of(options->chdir);
		else if (strcmp(input->path, "-") != 0)
			input->root = path_dir(str_of(input->path));
		if (!str_absent(input->root))
			input->workspace = plan_workspace(input->root, arena);
	}
	if (inputs->count == 0)
		return error_set(err, ERR_USAGE,
			"no plan was named; give PLAN, - for standard input, or --plans DIR");
	return arena_failed(arena) ? error_memory(err) : 0;
}

int root_in_repository(
	struct str root, struct arena *arena, struct str *ret_root, struct error *err)
{
	struct locator locator;
	struct str inside = {NULL, 0};
	int r = locate_root(arena, (struct str){NULL, 0}, &locator, err);

	if (r < 0)
		return r;
	if (!str_absent(root) && !str_absent(locator.here))
		inside = locate_join(&locator, locator.here, root);
	if (str_absent(inside))
		*ret_root = root;
	else
		*ret_root = str_empty(inside) ? STR(".") : inside;
	return 0;
}

static int name_input(struct input *input, struct arena *arena, struct error *err)
{
	struct str root;
	int r;

	if (input->named)
		return 0;
	if (str_absent(input->root)) {
		input->name = STR("-");
		return 0;
	}
	r = root_in_repository(input->root, arena, &root, err);
	if (r < 0)
		return r;
	input->name = str_absent(input->workspace)
		? root
		: arena_printf(arena, "%.*s@%.*s", STR_ARG(root), STR_ARG(input->workspace));
	return 0;
}

/* Two plans of one root and workspace, such as plan.json and tfplan.json. */
static int tell_apart(struct inputs *inputs, struct arena *arena, struct error *err)
{
	bool *shared = ARENA_ARRAY(arena, bool, inputs->count);

	if (!shared)
		return error_memory(err);
	for (size_t i = 0; i < inputs->count; i++) {
		for (size_t k = 0; k < i; k++) {
			if (!str_eq(inputs->items[i].name, inputs->items[k].name))
				continue;
			if (strcmp(inputs->items[i].path, inputs->items[k].path) == 0)
				return error_set(err, ERR_USAGE, "the same plan is named twice: %s",
					inputs->items[i].path);
			shared[i] = shared[k] = true;
		}
	}
	for (size_t i = 0; i < inputs->count; i++) {
		struct input *input = &inputs->items[i];
		struct str base = path_base(str_of(input->path));

		if (!shared[i])
			continue;
		if (input->named)
			return error_set(
				err, ERR_USAGE, "two plans are named '%.*s'", STR_ARG(input->name));
		input->name = arena_printf(arena, "%.*s/%.*s", STR_ARG(input->name), STR_ARG(base));
	}
	return 0;
}

static int show_binaries(const struct input_options *options, struct inputs *inputs,
	struct arena *arena, struct error *err)
{
	struct saved_plan *saved = ARENA_ARRAY(arena, struct saved_plan, inputs->count);
	struct process_result *results = ARENA_ARRAY(arena, struct process_result, inputs->count);
	size_t count = 0;
	int r;

	if (!saved || !results)
		return error_memory(err);
	for (size_t i = 0; i < inputs->count; i++)
		if (inputs->items[i].binary)
			saved[count++] = (struct saved_plan){inputs->items[i].path, options->chdir};
	if (count == 0)
		return 0;
	if (count > SHOWN_MOST)
		return error_set(err, ERR_USAGE, "more than %d saved plans at once", SHOWN_MOST);
	r = terraform_show(options->terraform_bin, saved, count, results, err);
	if (r < 0)
		return r;
	for (size_t i = 0, k = 0; i < inputs->count; i++)
		if (inputs->items[i].binary)
			inputs->items[i].shown = results[k++];
	return 0;
}

/* Plan by plan: the learner has one of them while the rest of it is read here. */
static int decode_all(struct inputs *inputs, size_t from, struct learner *learner,
	struct arena *arena, struct error *err)
{
	for (size_t i = from; i < inputs->plans.count; i++) {
		struct plan *plan = &inputs->plans.items[i];
		int r = learner ? learner_add(learner, plan, arena, err) : 0;

		if (r == 0)
			r = plan_decode(plan, arena, err);
		if (r < 0)
			return r;
	}
	return 0;
}

static int decode(struct inputs *inputs, struct input *input, struct learner *learner,
	struct arena *arena, struct error *err)
{
	size_t before = inputs->plans.count, count;
	struct str text = input->binary ? buf_str(&input->shown.out) : input->file.text;
	int parsed = plan_parse(text, str_of(input->path), arena, &inputs->plans, err);
	int r = decode_all(inputs, before, learner, arena, err);

	if (r < 0 || parsed < 0)
		return r < 0 ? r : parsed;
	count = inputs->plans.count - before;
	for (size_t i = 0; i < count; i++) {
		struct plan *plan = &inputs->plans.items[before + i];

		plan->name = count == 1
			? input->name
			: arena_printf(arena, "%.*s#%zu", STR_ARG(input->name), i + 1);
		plan->root = input->root;
		plan->workspace = input->workspace;
	}
	return arena_failed(arena) ? error_memory(err) : 0;
}

int inputs_read(const struct input_options *options, struct arena *arena, struct learner *learner,
	struct inputs *ret_inputs, struct error *err)
{
	struct inputs *inputs = ret_inputs;
	int r = collect(options, inputs, arena, err);

	for (size_t i = 0; i < inputs->count && r == 0; i++)
		r = name_input(&inputs->items[i], arena, err);
	if (r == 0)
		r = tell_apart(inputs, arena, err);
	for (size_t i = 0; i < inputs->count && r == 0; i++) {
		struct input *input = &inputs->items[i];

		r = file_map(input->path, FILE_MAX_INPUT, &input->file, err);
		input->binary = r == 0 && !options->json_only &&
			plan_format(input->file.text) == PLAN_FORMAT_BINARY;
	}
	if (r == 0)
		r = show_binaries(options, inputs, arena, err);
	for (size_t i = 0; i < inputs->count && r == 0; i++)
		r = decode(inputs, &inputs->items[i], learner, arena, err);
	return r;
}
