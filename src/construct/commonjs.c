/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CommonJS in the loader: which files are CommonJS, the text by which an ES module imports one, and what
 * lib/node/module.ts asks of weir.  `require` itself is there.
 *
 * A CommonJS file runs when it is first imported or required: only then are the names of its exports known.
 * An import of it is a module of its own for each module that imports it, its face, with the names that this one wants.
 */
#include "base/json.h"
#include "construct/program_model.h"

#define HEAD "(function (exports, require, module, __filename, __dirname) {"
#define LIBRARY STR("weir:lib/")
const unsigned program_commonjs_head = sizeof(HEAD) - 1;
/* What lib/node/module.ts leaves for the loader. */
#define KEYS "__weir_keys"

/* ---- which files are CommonJS ---- */

/* The text without a first line for a shell, and without a source map behind its end. */
static struct str code_of(struct program *program, struct str text)
{
	static const struct str map = STR_INIT("//# sourceMappingURL=");
	struct str trimmed = str_trim(text), last = trimmed;
	size_t at = last.len;

	while (at > 0 && last.data[at - 1] != '\n')
		at--;
	last = str_slice(trimmed, at, SIZE_MAX);
	if (str_starts(last, map))
		text = str_slice(text, 0, (size_t)(last.data - text.data));
	return str_starts(text, STR("#!"))
		? arena_printf(program->arena, "//%.*s", STR_ARG(str_slice(text, 2, SIZE_MAX)))
		: text;
}

/* A CommonJS text as a function, owned; 0 where it threw. */
static script_value compile(struct program *program, struct str path, struct str text)
{
	CLEANUP(buf_free) struct buf whole = BUF(MODULE_MAX_BYTES + sizeof(HEAD) + 8);

	buf_add(&whole, STR(HEAD));
	buf_add(&whole, code_of(program, text));
	buf_add(&whole, STR("\n})"));
	if (buf_failed(&whole))
		return script_throw(program->vm, "%.*s is too large", STR_ARG(path));
	return script_evaluate(program->vm, path, buf_str(&whole));
}

/*
 * JavaScript of a package: the engine reads it faster than the stripper does, so that is asked only where the text is
 * no CommonJS.
 */
int program_settle_installed(struct program *program, struct module *module, struct error *err)
{
	struct stripped stripped;
	int r;

	module->function = compile(program, module->path, module->source);
	if (module->function)
		return 0;
	r = script_strip(
		module->source, SCRIPT_JAVASCRIPT, module->path, program->arena, &stripped, err);
	if (r < 0 || !stripped.is_module)
		return r < 0 ? r : -1;
	script_forget(program->vm);
	module->stripped = stripped;
	module->format = FORMAT_ESM;
	return 0;
}

/* ---- imports of CommonJS ---- */

/* Whether a module may want a name by a specifier: what is not read as its imports may want all. */
static bool is_wanted(const struct module *importer, struct str specifier, struct str name)
{
	bool is_listed = false;

	for (size_t i = 0; importer && i < importer->stripped.import_count; i++) {
		const struct script_import *import = &importer->stripped.imports[i];

		if (!str_eq(import->specifier, specifier))
			continue;
		is_listed = true;
		if (import->kind != SCRIPT_IMPORT && import->kind != SCRIPT_EXPORT_FROM)
			return true;
		for (size_t k = 0; k < import->count; k++)
			if (str_is(import->names[k].name, "*") ||
				str_eq(import->names[k].name, name))
				return true;
	}
	return !is_listed;
}

/* The names of what a file exports, with commas between them; it is run for that. Absent: it threw. */
static struct str keys_of(struct program *program, struct str path)
{
	struct script_vm *vm = program->vm;
	script_value function = script_global(vm, KEYS);
	script_value argument = script_text(vm, path);
	script_value keys = script_call(vm, function, &argument, 1);
	struct str text = keys ? script_to_text(vm, keys, program->arena) : (struct str){NULL, 0};

	script_free(vm, keys);
	script_free(vm, argument);
	script_free(vm, function);
	return text;
}

void program_add_quoted(struct buf *out, struct str text)
{
	struct json_writer writer;

	json_writer_init(&writer, out, 0);
	json_string(&writer, text);
}

int program_load_face(struct program *program, struct module *face, struct error *err)
{
	CLEANUP(buf_free) struct buf text = BUF(1 << 20);
	const struct module *importer = program_module(program, face->importer);
	const struct module *before = program->linking;
	struct str keys;

	program->linking = importer;
	keys = keys_of(program, face->file);
	program->linking = before;
	if (str_absent(keys))
		return -1;
	buf_add(&text, STR("import{faceOf}from\"./node/module.ts\";const face=faceOf("));
	program_add_quoted(&text, face->file);
	buf_printf(&text, ",%s);export default face.default;\n",
		importer && importer->has_scope ? "true" : "false");
	for (unsigned i = 0; !str_empty(keys); i++) {
		struct str name = str_split(&keys, ',');

		if (is_wanted(importer, face->specifier, name))
			buf_printf(&text, "const v%u=face.exports.%.*s;export{v%u as %.*s};\n", i,
				STR_ARG(name), i, STR_ARG(name));
	}
	face->text = arena_str(program->arena, buf_str(&text));
	return str_absent(face->text) ? error_memory(err) : 0;
}

/* ---- the names of CommonJS in an ES module ---- */

/*
 * `import.meta`, which the engine leaves empty, becomes a name that is as long. Whether there was any.
 */
static bool name_meta(struct program *program, struct module *module)
{
	static const struct str written = STR_INIT("import.meta"), name = STR_INIT("__weir_meta");
	struct syntax tree;
	bool found = false;
	char *text;

	if (str_find(module->text, written) == SIZE_MAX ||
		syntax_read(module->text, module->path, program->arena, &tree, NULL) < 0)
		return false;
	text = arena_alloc(program->arena, module->text.len);
	if (!text)
		return false;
	memcpy(text, module->text.data, module->text.len);
	for (syntax_id node = 1; node < tree.count; node++) {
		if (!syntax_is(&tree, node, SYNTAX_meta_property) ||
			!str_eq(syntax_text(&tree, node), written))
			continue;
		memcpy(text + syntax_node(&tree, node)->start, name.data, name.len);
		found = true;
	}
	module->text = (struct str){text, module->text.len};
	return found;
}

void program_add_scope(struct program *program, struct module *module)
{
	static const char *const names[] = {
		"require", "module", "exports", "__dirname", "__filename", "__weir_meta"};
	unsigned mentioned = module->stripped.commonjs;
	CLEANUP(buf_free) struct buf text = BUF(MODULE_MAX_BYTES);
	const char *separator = "\nimport{";

	if (module->format != FORMAT_ESM)
		return;
	if (name_meta(program, module))
		mentioned |= 1u << (COUNT_OF(names) - 1);
	if (!mentioned)
		return;
	buf_add(&text, module->text);
	for (unsigned i = 0; i < COUNT_OF(names); i++)
		if (mentioned & 1u << i) {
			buf_printf(&text, "%s%s", separator, names[i]);
			separator = ",";
		}
	buf_add(&text, STR("}from\"weir:cjs\""));
	module->text = arena_str(program->arena, buf_str(&text));
}

int program_load_scope(struct program *program, struct module *scope, struct error *err)
{
	CLEANUP(buf_free) struct buf text = BUF(64 << 10);

	buf_add(&text,
		STR("import{scopeOf}from\"./node/module.ts\";"
		    "export const{require,module,exports,__dirname,__filename,__weir_meta}="
		    "scopeOf("));
	program_add_quoted(&text, scope->file);
	buf_add(&text, STR(");"));
	scope->text = arena_str(program->arena, buf_str(&text));
	return str_absent(scope->text) ? error_memory(err) : 0;
}

/* ---- what lib/node/module.ts asks ---- */

static const char *format_name(enum script_format format)
{
	static const char *const names[] = {[FORMAT_ESM] = "esm",
		[FORMAT_CJS] = "cjs",
		[FORMAT_JSON] = "json",
		[FORMAT_BUILTIN] = "builtin",
		[FORMAT_PROVIDER] = "provider"};

	return names[format];
}

/* resolve(from, specifier): what require() means: {format, path}, of a provider's module also {provider, module}. */
script_value host_resolve(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct program *program = payload;
	struct str from = program_argument(program, arguments, count, 0);
	struct str specifier = program_argument(program, arguments, count, 1);
	struct resolved found;
	struct error err = {ERR_NONE};
	struct module *module;
	script_value object;

	if (str_absent(from) || str_absent(specifier))
		return script_throw(vm, "resolve wants a module and a name");
	if (script_resolve(program->resolver, from, specifier, true, &found, &err) < 0)
		return script_throw(vm, "%s", err.message);
	program_choose(program, from, &found);
	if (found.format == FORMAT_CJS) {
		module = program_add_module(program, &found, from);
		if (!module || program_settle(program, module, &err) < 0)
			return err.id == ERR_NONE && module ? 0
							    : script_throw(vm, "%s", err.message);
		found.format = module->format;
	}
	object = script_object(vm);
	script_set(vm, object, "format", script_text(vm, str_of(format_name(found.format))));
	script_set(vm, object, "path", script_text(vm, found.path));
	if (found.format == FORMAT_PROVIDER) {
		script_set(vm, object, "provider", script_text(vm, found.provider));
		if (!str_absent(found.module))
			script_set(vm, object, "module", script_text(vm, found.module));
	}
	return object;
}

/* source(path): the text of a file that resolve() gave. */
script_value host_source(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct program *program = payload;
	struct str path = program_argument(program, arguments, count, 0), text;
	struct error err;

	if (str_absent(path) ||
		program->files.read(program->files.payload, path, MODULE_MAX_BYTES, program->arena,
			&text, &err) < 0)
		return script_throw(vm, "%.*s cannot be read", STR_ARG(path));
	return script_text(vm, text);
}

/* compile(path, text?): a CommonJS file, or a text in its place, as a function. */
script_value host_compile(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct program *program = payload;
	struct str path = program_argument(program, arguments, count, 0);
	struct str text = program_argument(program, arguments, count, 1);
	struct module *module = str_absent(path) ? NULL : program_module(program, path);
	script_value function;

	if (!str_absent(text))
		return compile(program, path, text);
	if (!module)
		return script_throw(vm, "%.*s was never resolved", STR_ARG(path));
	function = module->function;
	module->function = 0;
	return function ? function : compile(program, path, module->text);
}

/* evaluate(path): the namespace of an ES module or of a part of weir. */
script_value host_evaluate(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct program *program = payload;
	struct str path = program_argument(program, arguments, count, 0);

	if (str_absent(path))
		return script_throw(vm, "evaluate wants a path");
	if (program_is_linking(program, path))
		return script_throw(vm, PROGRAM_CIRCLE, STR_ARG(program_told_path(program, path)));
	if (str_starts(path, LIBRARY))
		path = arena_printf(
			program->arena, "./%.*s", STR_ARG(str_slice(path, LIBRARY.len, SIZE_MAX)));
	return script_namespace(vm, STR("weir:start"), path);
}

/* main(): the path of the program. */
script_value host_main(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	const struct program *program = payload;

	(void)arguments;
	(void)count;
	return script_text(vm, program->spec->main);
}

/* installed(package): the package.json of an installed package. */
script_value host_installed(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct program *program = payload;
	struct str name = program_argument(program, arguments, count, 0), text = {NULL, 0};

	if (!str_absent(name))
		text = script_installed(program->resolver, name);
	return str_absent(text) ? script_undefined(vm) : script_json(vm, text);
}
