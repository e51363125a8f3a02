/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The loader of a program's modules: which file a name means (script/resolve.h), and
 * which JavaScript stands for it.
 */
#include <stdio.h>

#include "base/builtin.h"
#include "base/file.h"
#include "base/json.h"
#include "base/suggest.h"
#include "catalog/names.h"
#include "construct/program_model.h"

#define LIBRARY STR("weir:lib/")
/* By this name a module asks for its own scope of CommonJS. */
#define SCOPE STR("weir:cjs")
/* What lib/cdktf/defects.ts leaves for the loader. */
#define CHOOSE "__weir_choose"

struct module *program_module(struct program *program, struct str path)
{
	for (size_t i = 0; i < program->module_count; i++)
		if (str_eq(program->modules[i]->path, path))
			return program->modules[i];
	return NULL;
}

struct module *program_add_module(
	struct program *program, const struct resolved *found, struct str importer)
{
	struct module *module = program_module(program, found->path);

	if (module)
		return module;
	module = ARENA_NEW(program->arena, struct module);
	if (!module ||
		!arena_grow(program->arena, (void **)&program->modules, program->module_count,
			&program->module_room, sizeof(struct module *)))
		return NULL;
	program->modules[program->module_count++] = module;
	*module = (struct module){.path = found->path,
		.format = found->format,
		.api = found->api,
		.provider = found->provider,
		.name = found->module,
		.importer = importer};
	return module;
}

/* A module that stands for another one where `importer` imports it by `specifier`: with the names that it wants. */
static struct module *add_made(struct program *program, const struct resolved *found,
	struct str importer, struct str specifier)
{
	struct resolved made = *found;
	struct module *module;

	made.path = arena_printf(program->arena, "weir:%.*s#%.*s#%.*s", STR_ARG(found->path),
		STR_ARG(importer), STR_ARG(specifier));
	module = str_absent(made.path) ? NULL : program_add_module(program, &made, importer);
	if (!module)
		return NULL;
	module->is_made = true;
	module->file = found->path;
	module->specifier = specifier;
	return module;
}

/* The specifier's place in the module that imports it: the text between quotes, first found. */
static struct place import_place(struct program *program, struct str from, struct str specifier)
{
	static const char quotes[] = "\"'`";
	const struct module *module = program_module(program, from);

	for (size_t i = 0; module && !str_absent(module->source) && quotes[i]; i++) {
		struct str quoted = arena_printf(
			program->arena, "%c%.*s%c", quotes[i], STR_ARG(specifier), quotes[i]);
		size_t at = str_absent(quoted) ? SIZE_MAX : str_find(module->source, quoted);

		if (at != SIZE_MAX)
			return program_place_at(program, module, at);
	}
	return (struct place){{NULL, 0}, 0, 0};
}

/*
 * What weir makes itself, its start and the modules of providers, stands in the library's top folder; but the program that the
 * start imports is nobody's module.
 */
static struct str asker_of(struct program *program, struct str from, struct str specifier)
{
	const struct module *module = program_module(program, from);

	if (str_is(from, "weir:start") && str_starts(specifier, STR("/")))
		return (struct str){NULL, 0};
	return (module && module->is_made) || str_is(from, "weir:start")
		? STR("weir:lib/start.ts")
		: arena_str(program->arena, from);
}

/* Offers the names of all modules of a kind. */
static void offer_modules(
	struct program *program, struct pack *pack, enum pack_kind kind, struct suggestion *nearest)
{
	for (size_t i = 0; i < pack_count(pack, kind); i++) {
		const struct named_type type = {kind, pack_name_at(pack, kind, i)};

		suggest_offer(nearest, names_module(pack, &type, program->arena));
	}
}

/* Whether a provider has the module that is asked for. */
static int check_provider_module(
	struct program *program, const struct resolved *found, struct error *err)
{
	struct pack *pack = packs_find(program->packs, found->provider);
	struct suggestion nearest = {.typed = found->module};
	struct named_type type;
	struct str near;

	if (!pack || str_absent(found->module) || names_type(pack, found->module, &type))
		return 0;
	offer_modules(program, pack, PACK_RESOURCE, &nearest);
	offer_modules(program, pack, PACK_DATA, &nearest);
	near = suggest_result(&nearest);
	return error_set(err, ERR_MODULE_UNKNOWN,
		"the provider %.*s has no module \"%.*s\"%s%.*s%s", STR_ARG(found->provider),
		STR_ARG(found->module), str_absent(near) ? "" : "; did you mean \"", STR_ARG(near),
		str_absent(near) ? "" : "\"?");
}

bool program_is_linking(struct program *program, struct str path)
{
	const struct module *module = program->linking;

	while (module && !str_eq(module->path, path))
		module = program_module(program, module->importer);
	return module != NULL;
}

int program_resolve_import(struct program *program, struct str asker, struct str specifier,
	struct resolved *ret_found, struct error *err)
{
	const struct module *importer = program_module(program, asker);
	bool is_path = str_starts(specifier, STR(".")) || str_starts(specifier, STR("/"));

	/* A compiler would make a require() of it; some packages offer that nothing. */
	if (importer && importer->has_scope && !is_path &&
		script_resolve(program->resolver, asker, specifier, true, ret_found, NULL) == 0)
		return 0;
	return script_resolve(program->resolver, asker, specifier, false, ret_found, err);
}

void program_choose(struct program *program, struct str asker, const struct resolved *found)
{
	static const struct str faces[] = {STR_INIT("cdktf"), STR_INIT("cdktn"), STR_INIT("weir")};
	struct script_vm *vm = program->vm;

	for (size_t i = 0; i < COUNT_OF(faces) && found->format == FORMAT_BUILTIN; i++) {
		struct str name = str_slice(found->path, LIBRARY.len, SIZE_MAX);
		script_value function, arguments[2], done;

		if (!str_eq(str_split(&name, '/'), faces[i]) || !str_is(name, "index.ts"))
			continue;
		function = script_global(vm, CHOOSE);
		arguments[0] = script_text(vm, faces[i]);
		arguments[1] = script_bool(vm, program_is_authors(program, asker));
		done = script_call(vm, function, arguments, COUNT_OF(arguments));
		script_free(vm, done);
		script_free(vm, arguments[0]);
		script_free(vm, arguments[1]);
		script_free(vm, function);
	}
}

static bool may_have(struct program *program, const struct module *module, struct str name);

static struct module provider_module(const struct resolved *found)
{
	return (struct module){
		.api = found->api, .provider = found->provider, .name = found->module};
}

/* Whether another import of a module, of something else, wants one of these names. */
static bool is_wanted_twice(const struct stripped *stripped, const struct script_import *import)
{
	for (size_t i = 0; i < stripped->import_count; i++) {
		const struct script_import *other = &stripped->imports[i];

		if (str_eq(other->specifier, import->specifier))
			continue;
		for (size_t k = 0; k < other->count * import->count; k++)
			if (str_eq(other->names[k / import->count].name,
				    import->names[k % import->count].name))
				return true;
	}
	return false;
}

/*
 * Whether all that `importer` wants of a provider's module are names that it can have and that mean nothing else there: then it has
 * them from the one module that is made for all such imports of it.
 */
static bool is_joined(struct program *program, const struct module *importer, struct str specifier,
	const struct resolved *found)
{
	const struct stripped *stripped = importer ? &importer->stripped : NULL;
	const struct module module = provider_module(found);
	bool is_found = false;

	for (size_t i = 0; stripped && i < stripped->import_count; i++) {
		const struct script_import *import = &stripped->imports[i];

		if (!str_eq(import->specifier, specifier) || !import->is_used)
			continue;
		if (import->kind == SCRIPT_IMPORT_DYNAMIC || import->kind == SCRIPT_REQUIRE ||
			is_wanted_twice(stripped, import))
			return false;
		for (size_t k = 0; k < import->count; k++)
			if (import->names[k].is_used &&
				!may_have(program, &module, import->names[k].name))
				return false;
		is_found = true;
	}
	return is_found;
}

/* The one module of an importer; `found` is what it asked for first. */
static struct module *add_joined(
	struct program *program, const struct resolved *found, struct str importer)
{
	struct resolved joined = *found;
	struct module *module;

	joined.path = STR("providers");
	module = add_made(program, &joined, importer, STR(""));
	if (module)
		module->is_joined = true;
	return module;
}

/* The module that a specifier means, as the engine shall know it. */
static int find_module(struct program *program, struct str asker, struct str specifier,
	struct str *ret_name, struct error *err)
{
	struct resolved found;
	struct module *module = NULL;
	int r;

	if (str_starts(specifier, SCOPE)) {
		found = (struct resolved){FORMAT_CJS, .path = asker};
		module = add_made(program, &found, STR("weir:cjs"), STR(""));
		*ret_name = module ? module->path : asker;
		return module ? 0 : error_memory(err);
	}
	r = program_resolve_import(program, asker, specifier, &found, err);
	if (r == 0 && found.format == FORMAT_PROVIDER)
		r = check_provider_module(program, &found, err);
	if (r < 0)
		return r;
	program_choose(program, asker, &found);
	if (found.format != FORMAT_PROVIDER) {
		module = program_add_module(program, &found, asker);
		r = module ? program_settle(program, module, err) : error_memory(err);
		if (r < 0)
			return r;
	}
	if (found.format == FORMAT_PROVIDER &&
		is_joined(program, program_module(program, asker), specifier, &found))
		module = add_joined(program, &found, asker);
	else if (!module || module->format == FORMAT_CJS || module->is_data)
		module = add_made(program, &found, asker, specifier);
	if (!module)
		return error_memory(err);
	*ret_name = module->path;
	return program_is_linking(program, module->path)
		? error_set(err, ERR_MODULE_REFUSED, PROGRAM_CIRCLE,
			  STR_ARG(program_told_path(program, module->path)))
		: 0;
}

int program_resolve(void *payload, struct str from, struct str specifier, struct str *ret_name,
	struct error *err)
{
	struct program *program = payload;
	struct error own = {ERR_NONE};
	/* The texts are the engine's and move with its memory. */
	struct str wanted = arena_str(program->arena, specifier);
	struct str asker = asker_of(program, from, wanted);
	int r = find_module(program, asker, wanted, ret_name, &own);

	if (r < 0 && own.id != ERR_NONE && !program->is_unresolved) {
		program->is_unresolved = true;
		program->unresolved = (struct mistake){.class = STR("unknown-module"),
			.is_error = true,
			.place = import_place(program, asker, wanted),
			.message = arena_str(program->arena, str_of(own.message))};
	}
	if (r < 0 && err)
		*err = own;
	return r;
}

/* What a text is refused for, told at its place. */
static int refuse(struct program *program, const struct module *module, const struct error *why,
	struct error *err)
{
	if (!program->is_unresolved) {
		program->is_unresolved = true;
		program->unresolved = (struct mistake){.class = STR("syntax-error"),
			.is_error = true,
			.place = {program_told_path(program, module->path), why->line, why->column},
			.message = arena_str(program->arena, str_of(why->message))};
	}
	if (err)
		*err = *why;
	return -1;
}

/* Takes the types out of a module. */
static int strip(struct program *program, struct module *module, enum script_dialect dialect,
	struct error *err)
{
	struct error own = {ERR_NONE};
	const struct script_source *files = &program->files;
	int r = 0;

	if (!files->stripped ||
		!files->stripped(files->payload, module->path, module->source, program->arena,
			&module->stripped))
		r = script_strip(module->source, dialect, module->path, program->arena,
			&module->stripped, &own);
	if (r < 0)
		return refuse(program, module, &own, err);
	module->text = module->stripped.text;
	return 0;
}

/* Each name once, though a module may import it twice; it may be a word that JavaScript has for itself. */
static void add_provider_export(struct buf *text, const struct module *module, struct str name)
{
	char mark[256];
	int len = snprintf(mark, sizeof(mark), "as %.*s};", STR_ARG(name));

	if (len < 0 || (size_t)len >= sizeof(mark) ||
		str_find(buf_str(text), (struct str){mark, (size_t)len}) != SIZE_MAX)
		return;
	if (str_absent(module->name))
		buf_printf(text, "const $%.*s=barrelExport(\"%.*s\",\"%.*s\");", STR_ARG(name),
			STR_ARG(module->provider), STR_ARG(name));
	else
		buf_printf(text, "const $%.*s=moduleExport(\"%.*s\",\"%.*s\",\"%.*s\");",
			STR_ARG(name), STR_ARG(module->provider), STR_ARG(module->name),
			STR_ARG(name));
	buf_printf(text, "export{$%.*s %s\n", STR_ARG(name), mark);
}

/* The module that a provider's package exports under a name; `pack` is NULL where there is no schema. */
static struct str exported(struct program *program, struct pack *pack, struct str name)
{
	return pack ? names_exported(pack, name, program->arena)
		    : names_guess_exported(name, program->arena);
}

/* What a module's exports begin with: its class, but for an A at its end. */
static struct str stem_of(struct program *program, const struct module *module)
{
	struct named_type type = names_guess_type(module->provider, module->name, program->arena);

	return names_guess_class(module->provider, &type, program->arena);
}

/* A module that the program takes from a provider's package. */
static void use_exported(
	struct program *program, const struct module *module, struct pack *pack, struct str name)
{
	struct str used = exported(program, pack, name);

	if (!str_absent(used))
		answer_module(program->answer, module->api, module->provider, used);
}

bool program_is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		c == '_' || c == '$';
}

/* Whether a module with this class may export a name: the class, a nested object's, or a function that renders one. */
static bool may_export(struct str class, struct str name)
{
	return name.len >= class.len && class.len &&
		(name.data[0] == class.data[0] || str_ends(name, STR("Terraform"))) &&
		char_lower(name.data[0]) == char_lower(class.data[0]) &&
		str_eq(str_slice(name, 1, class.len), str_slice(class, 1, class.len));
}

/* Whether a module can have a name. Without a schema there is a class alone. */
static bool may_have(struct program *program, const struct module *module, struct str name)
{
	struct pack *pack = packs_find(program->packs, module->provider);
	struct str stem;

	if (str_absent(module->name))
		return !str_absent(exported(program, pack, name));
	stem = stem_of(program, module);
	return may_export(stem, name) &&
		(pack || name.len <= stem.len || str_is(str_slice(name, stem.len, SIZE_MAX), "A"));
}

/* Adds a name if the module can have it; where it cannot, the engine misses it. */
static void add_name(
	struct program *program, struct buf *text, const struct module *module, struct str name)
{
	if (!may_have(program, module, name))
		return;
	if (str_absent(module->name))
		use_exported(program, module, packs_find(program->packs, module->provider), name);
	add_provider_export(text, module, name);
}

/*
 * All of a module under one name: what of it the importer may mean. That is each name behind a dot in its text which the
 * module can have; one that it does not have is undefined either way.
 */
static void add_namespace(
	struct program *program, struct buf *text, const struct module *module, struct str importer)
{
	struct pack *pack = packs_find(program->packs, module->provider);
	struct named_type type;

	if (!str_absent(module->name) && pack && names_type(pack, module->name, &type))
		add_provider_export(text, module, names_class(pack, &type, program->arena));
	else if (!str_absent(module->name))
		add_provider_export(text, module, stem_of(program, module));
	for (size_t dot = str_find_char(importer, '.'); dot != SIZE_MAX;
		dot = str_find_char(importer, '.')) {
		size_t len = 0;

		importer = str_slice(importer, dot + 1, importer.len);
		while (len < importer.len && program_is_word(importer.data[len]))
			len++;
		/* Without a schema any word may be a module; but then it is asked for a class. */
		if (pack || !str_absent(module->name) ||
			str_starts(str_slice(importer, len, SIZE_MAX), STR(".")))
			add_name(program, text, module, str_slice(importer, 0, len));
	}
}

/* Of the library what the image does not hold. */
static int load_builtin(struct program *program, struct module *module, struct error *err)
{
	struct str name = arena_printf(program->arena, "lib/%.*s",
		STR_ARG(str_slice(module->path, LIBRARY.len, SIZE_MAX)));
	module->source = builtin_find(name);
	if (str_absent(module->source))
		return error_set(err, ERR_DEFECT, "the library has no %.*s", STR_ARG(name));
	return strip(program, module, SCRIPT_TYPESCRIPT, err);
}

/* What an import wants of a provider's module: its names, each made on demand. */
static void add_import(struct program *program, struct buf *text, const struct module *module,
	const struct module *importer, const struct script_import *import)
{
	if (import->kind == SCRIPT_IMPORT_DYNAMIC)
		add_namespace(program, text, module, importer->stripped.text);
	for (size_t k = 0; k < import->count; k++) {
		struct str name = import->names[k].name;

		if (import->names[k].is_used && str_is(name, "*"))
			add_namespace(program, text, module, importer->stripped.text);
		else if (import->names[k].is_used)
			add_name(program, text, module, name);
	}
}

static void tell_provider(struct program *program, const struct module *module)
{
	answer_module(program->answer, module->api, module->provider,
		str_absent(module->name) ? STR("") : module->name);
}

/* All that an importer has from its one module. */
static void add_joined_imports(
	struct program *program, struct buf *text, const struct module *importer)
{
	for (size_t i = 0; i < importer->stripped.import_count; i++) {
		const struct script_import *import = &importer->stripped.imports[i];
		struct resolved found;
		struct module module;

		if (!import->is_used ||
			program_resolve_import(
				program, importer->path, import->specifier, &found, NULL) < 0 ||
			found.format != FORMAT_PROVIDER ||
			check_provider_module(program, &found, NULL) < 0 ||
			!is_joined(program, importer, import->specifier, &found))
			continue;
		module = provider_module(&found);
		tell_provider(program, &module);
		add_import(program, text, &module, importer, import);
	}
}

/* What stands for one module of a provider where that is imported, or for several. */
static int load_provider(struct program *program, struct module *module, struct error *err)
{
	CLEANUP(buf_free) struct buf text = BUF(1 << 20);
	const struct module *importer = program_module(program, module->importer);

	buf_add(&text,
		STR("import { barrelExport, moduleExport } from \"./provider/index.ts\";\n"));
	if (module->is_joined)
		add_joined_imports(program, &text, importer);
	else
		tell_provider(program, module);
	for (size_t i = 0; importer && i < importer->stripped.import_count; i++) {
		const struct script_import *import = &importer->stripped.imports[i];

		if (!module->is_joined && str_eq(import->specifier, module->specifier))
			add_import(program, &text, module, importer, import);
	}
	module->text = arena_str(program->arena, buf_str(&text));
	return str_absent(module->text) ? error_memory(err) : 0;
}

/* Marks what the author wrote. */
static int mark(struct program *program, struct module *module, struct error *err)
{
	int r;

	if (!program->spec->is_tracing || module->format == FORMAT_JSON ||
		!program_is_authors(program, module->path))
		return 0;
	r = script_tag(module->text, module->path, program->literals + 1, program->spec->is_timing,
		program->arena, &module->tags, err);
	if (r < 0)
		return r;
	program->literals += (uint32_t)module->tags.literal_count;
	module->text = module->tags.marked.text;
	return 0;
}

/* JSON is imported by its face, with its keys. */
static int prepare_json(struct program *program, struct module *module, struct error *err)
{
	static const struct str mark = STR_INIT("\xef\xbb\xbf");
	bool is_marked = str_starts(module->source, mark);
	struct str text = str_slice(module->source, is_marked ? mark.len : 0, SIZE_MAX);
	script_value data = script_json(program->vm, text);
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct error own = {ERR_NONE};

	module->is_data = data != 0;
	script_free(program->vm, data);
	if (data)
		return 0;
	script_forget(program->vm);
	if (json_read(text, &(struct json_options){0}, &doc, &own) < 0)
		return refuse(program, module, &own, err);
	return error_set(err, ERR_MODULE_REFUSED, "%.*s is no JSON",
		STR_ARG(program_told_path(program, module->path)));
}

/* A file's text as it runs: read, stripped, marked. */
static int prepare(struct program *program, struct module *module, struct error *err)
{
	enum script_dialect dialect;
	int r = program->files.read(program->files.payload, module->path, MODULE_MAX_BYTES,
		program->arena, &module->source, err);

	if (r < 0)
		return r;
	module->text = module->source;
	if (module->format == FORMAT_JSON)
		return prepare_json(program, module, err);
	program_learn_asked(program, module->source);
	if (!script_dialect_of(module->path, &dialect))
		return 0;
	if (dialect == SCRIPT_JAVASCRIPT && !program_is_authors(program, module->path))
		return module->has_scope ? program_settle_installed(program, module, err) : 0;
	r = strip(program, module, dialect, err);
	if (r == 0 && module->has_scope)
		module->format = module->stripped.is_module || module->stripped.has_equals
			? FORMAT_ESM
			: FORMAT_CJS;
	return r < 0 ? r : mark(program, module, err);
}

int program_settle(struct program *program, struct module *module, struct error *err)
{
	int r;

	if (module->is_settled || module->format == FORMAT_BUILTIN)
		return 0;
	module->has_scope = module->format == FORMAT_CJS;
	r = prepare(program, module, err);
	if (r == 0)
		program_add_scope(program, module);
	module->is_settled = r == 0;
	return r;
}

/* Makes the text of what is no file. */
static int make_text(struct program *program, struct module *module, struct error *err)
{
	if (module->format == FORMAT_BUILTIN)
		return load_builtin(program, module, err);
	if (module->format == FORMAT_PROVIDER)
		return load_provider(program, module, err);
	return str_empty(module->specifier) ? program_load_scope(program, module, err)
					    : program_load_face(program, module, err);
}

int program_load(void *payload, struct str name, struct str *ret_text, struct error *err)
{
	struct program *program = payload;
	struct module *module = program_module(program, name);
	int r = 0;

	if (!module)
		return error_set(err, ERR_DEFECT, "%.*s was never resolved", STR_ARG(name));
	if (str_absent(module->text))
		r = make_text(program, module, err);
	if (r == 0)
		*ret_text = module->text;
	return r;
}
