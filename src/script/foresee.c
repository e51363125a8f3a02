/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parent goes ahead: it has nothing else to do, while each question of a worker costs two changes of the process.  It
 * resolves as the worker does, by the same code over a source that remembers what it was asked; only which names a file
 * imports it guesses from the text, since reading it is not for a process that may open files.  So a wrong guess costs a
 * look at a file and nothing more.
 */
#include "script/foresee.h"

#include "base/file.h"

enum {
	FILES_MOST = 1000,
	PATHS_MOST = 16 *
		FILES_MOST, /* each a look at the disk; a text may name as many as it has room for */
	BYTES_MOST = 16 << 20,
};

struct foresight {
	const struct worker_spec *spec;
	struct script_source files;
	struct finds *finds;
	struct find **modules; /* to go through, in the order in which they are imported */
	size_t count, room;
	size_t paths, bytes;
};

bool worker_granted(const struct worker_spec *spec, struct str real)
{
	for (size_t i = 0; i < spec->granted->count; i++)
		if (path_inside(spec->granted->items[i], real))
			return true;
	return false;
}

struct script_source worker_source(const struct worker_spec *spec)
{
	return spec->source ? *spec->source : script_files();
}

enum script_entry worker_look(const struct worker_spec *spec, const struct script_source *files,
	struct str path, struct arena *arena, struct str *ret_real)
{
	enum script_entry entry = files->entry(files->payload, path);
	struct str real, folder;

	*ret_real = (struct str){NULL, 0};
	if (entry == ENTRY_NONE)
		return entry;
	real = files->real(files->payload, path, arena);
	if (!str_absent(real) && !worker_granted(spec, real)) {
		folder = files->real(
			files->payload, path_dir(path_resolve(arena, STR("/"), path)), arena);
		if (str_absent(folder) || !worker_granted(spec, folder))
			return ENTRY_NONE;
		real = STR("/");
	}
	*ret_real = real;
	return entry;
}

/* ---- a source that remembers ---- */

static bool is_spent(const struct foresight *sight)
{
	return sight->paths >= PATHS_MOST;
}

/* NULL: memory is short, or that would be one look too many. */
static struct find *look(struct foresight *sight, struct str path)
{
	struct find *found = finds_known(sight->finds, path);
	enum script_entry entry;
	struct str real;

	if (found || is_spent(sight))
		return found;
	sight->paths++;
	if (sight->spec->asked)
		sight->spec->asked(sight->spec->asked_payload, path, false);
	entry = worker_look(sight->spec, &sight->files, path, sight->finds->arena, &real);
	return finds_keep(sight->finds, path, entry, real);
}

static enum script_entry entry(void *payload, struct str path)
{
	const struct find *found = look(payload, path);

	return found ? found->entry : ENTRY_NONE;
}

static struct str real(void *payload, struct str path, struct arena *arena)
{
	const struct find *found = look(payload, path);

	(void)arena;
	return found ? found->real : (struct str){NULL, 0};
}

/* Where a link leads out of what is granted, the worker asks and is told so. */
static int read_text(void *payload, struct str path, size_t ceiling, struct arena *arena,
	struct str *ret_text, struct error *err)
{
	struct foresight *sight = payload;
	struct find *found = look(sight, path);

	(void)arena;
	if (found && str_absent(found->text) && found->entry == ENTRY_FILE &&
		str_eq(found->real, path) && sight->bytes < BYTES_MOST &&
		sight->files.read(sight->files.payload, path, BYTES_MOST - sight->bytes,
			sight->finds->arena, &found->text, NULL) == 0)
		sight->bytes += found->text.len;
	if (!found || str_absent(found->text) || found->text.len > ceiling)
		return error_set(err, ERR_FILE_MISSING, "it is not foreseen");
	*ret_text = found->text;
	return 0;
}

static void list(void *payload, struct str folder, struct arena *arena, struct script_names *names)
{
	(void)payload, (void)folder, (void)arena, (void)names;
}

static bool nothing(void *payload, struct str name)
{
	(void)payload, (void)name;
	return false;
}

/* ---- what a text imports ---- */

static bool is_imported(struct str before)
{
	before = str_trim(before);
	if (str_ends(before, STR("(")))
		before = str_trim(str_slice(before, 0, before.len - 1));
	return str_ends(before, STR("from")) || str_ends(before, STR("import")) ||
		str_ends(before, STR("require"));
}

/* The next path in quotes behind a word that imports; absent behind the last.  *at is where to look on. */
static struct str next_import(struct str text, size_t *at)
{
	for (;;) {
		size_t found = str_find(str_slice(text, *at, text.len), STR("./")), start, len;
		char quote;

		if (found == SIZE_MAX)
			return (struct str){NULL, 0};
		start = *at + found;
		*at = start + 2;
		if (start > 0 && text.data[start - 1] == '.')
			start--;
		quote = start > 0 ? text.data[start - 1] : '\0';
		if (quote != '"' && quote != '\'' && quote != '`')
			continue;
		len = str_find_char(str_slice(text, start, start + SPECIFIER_MAX_BYTES), quote);
		/* So far back a blank or two may stand, and one word. */
		if (len != SIZE_MAX &&
			is_imported(str_slice(text, start > 64 ? start - 64 : 0, start - 1)))
			return str_slice(text, start, start + len);
	}
}

static void add_module(struct foresight *sight, struct str path)
{
	struct find *found = look(sight, path);

	if (!found || found->is_module || sight->count >= FILES_MOST ||
		!arena_grow(sight->finds->arena, (void **)&sight->modules, sight->count,
			&sight->room, sizeof(struct find *)))
		return;
	found->is_module = true;
	sight->modules[sight->count++] = found;
}

static void follow_imports(
	struct foresight *sight, struct resolver *resolver, const struct find *module)
{
	struct resolved found;
	struct str specifier;
	size_t at = 0;

	for (specifier = next_import(module->text, &at); !str_absent(specifier) && !is_spent(sight);
		specifier = next_import(module->text, &at))
		if (script_resolve(resolver, module->path, specifier, false, &found, NULL) == 0 &&
			found.format <= FORMAT_JSON)
			add_module(sight, found.path);
}

void foresee(const struct worker_spec *spec, struct finds *finds, struct stripper *stripper)
{
	struct foresight sight = {.spec = spec, .files = worker_source(spec), .finds = finds};
	const struct script_source source = {
		entry, real, read_text, list, nothing, nothing, &sight, NULL};
	struct resolver *resolver;
	struct resolved found;

	if (str_absent(spec->first) ||
		resolver_create(spec->granted->items[0], &source, finds->arena, &resolver, NULL) <
			0 ||
		script_resolve(resolver, (struct str){NULL, 0}, spec->first, false, &found, NULL) <
			0)
		return;
	add_module(&sight, found.path);
	for (size_t i = 0; i < sight.count; i++) {
		struct find *module = sight.modules[i];
		enum script_dialect dialect;
		struct str text;

		if (read_text(&sight, module->path, BYTES_MOST, finds->arena, &text, NULL) < 0 ||
			!script_dialect_of(module->path, &dialect))
			continue;
		follow_imports(&sight, resolver, module);
		if (spec->cache)
			stripper_want(stripper, module, dialect);
	}
}
