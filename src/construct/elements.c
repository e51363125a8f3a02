/* SPDX-License-Identifier: Apache-2.0 */
/* What _isWrittenAsGiven() of lib/provider/classes.ts asks of an element, and what its _prepare() and _takeInto() do then. */
#include "construct/elements.h"

/* In the order of struct element_names. */
static const char *const texts[] = {"_isAltered", "_parts", "toTerraform", "synthesizeAttributes",
	"_given", "_uniqueId", "friendlyUniqueId", "node", "path", "scope", "startOfChildren", "id",
	"preparing", "toMetadata", "_blockKind", "dependsOn", "provider", "lifecycle", "fqn",
	"_overrides", "_imported", "_movedByTarget", "_movedById", "provisioners", "connection",
	"count", "forEach"};

_Static_assert(sizeof(struct element_names) == sizeof(uint32_t[COUNT_OF(texts)]),
	"each name has its text");

bool elements_init(struct elements *elements)
{
	uint32_t names[COUNT_OF(texts)];

	if (elements->names.kind)
		return true;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		names[i] = script_name(elements->reader, texts[i]);
		if (!names[i]) {
			script_throw(elements->reader->vm, "out of memory");
			return false;
		}
	}
	memcpy(&elements->names, names, sizeof(names));
	return true;
}

bool elements_add_class(struct elements *elements, const struct element_class *made)
{
	struct script_reader *reader = elements->reader;

	if (!arena_grow(elements->arena, (void **)&elements->classes, elements->count,
		    &elements->room, sizeof(*elements->classes)))
		return false;
	elements->classes[elements->count++] =
		(struct element_class){.prototype = script_word_hold(reader, made->prototype),
			.to_terraform = script_word_hold(reader, made->to_terraform),
			.attributes = script_word_hold(reader, made->attributes),
			.to_metadata = script_word_hold(reader, made->to_metadata),
			.shape = made->shape,
			.is_data = made->is_data};
	return true;
}

/* The class whose prototype an element has itself; NULL: it is of another. */
static const struct element_class *class_of(struct elements *elements, script_word element)
{
	script_word prototype;
	size_t i = elements->last;

	if (script_word_kind(elements->reader, element) != SCRIPT_INSTANCE)
		return NULL;
	prototype = script_word_prototype(elements->reader, element);
	script_word_free(elements->reader, prototype);
	if (i < elements->count && elements->classes[i].prototype == prototype)
		return &elements->classes[i];
	for (i = 0; i < elements->count; i++) {
		if (elements->classes[i].prototype != prototype)
			continue;
		elements->last = i;
		return &elements->classes[i];
	}
	return NULL;
}

script_word elements_kind(const struct elements *elements, script_word element)
{
	return script_word_member(elements->reader, element, elements->names.kind);
}

script_word elements_name(struct elements *elements, script_word element)
{
	const struct element_names *names = &elements->names;

	/* What a program's own class has under this name is asked as lib/ asks it. */
	if (class_of(elements, element)) {
		script_word known = script_word_member(elements->reader, element, names->unique);

		if (script_word_kind(elements->reader, known) == SCRIPT_TEXT)
			return known;
		script_word_free(elements->reader, known);
	}
	return script_word_member(elements->reader, element, names->friendly);
}

/* A member of which nothing is taken where it throws: the library meets that again. */
static script_word peek(const struct elements *elements, script_word object, uint32_t name)
{
	script_word word = script_word_member(elements->reader, object, name);

	if (script_word_kind(elements->reader, word) == SCRIPT_THROWN)
		script_forget(elements->reader->vm);
	return word;
}

/* Whether a member is this very object. */
static bool has(
	const struct elements *elements, script_word object, uint32_t name, script_word value)
{
	script_word word = peek(elements, object, name);

	script_word_free(elements->reader, word);
	return word == value;
}

static bool is_left(const struct elements *elements, script_word object, uint32_t name)
{
	script_word word = peek(elements, object, name);
	enum script_kind kind = script_word_kind(elements->reader, word);
	bool is_none = kind == SCRIPT_UNDEFINED || (kind == SCRIPT_BOOL && !script_word_bool(word));

	script_word_free(elements->reader, word);
	return is_none;
}

/* True where no program has a say in what is written. */
static bool is_own(
	const struct elements *elements, const struct element_class *class, script_word element)
{
	const struct element_names *names = &elements->names;

	return is_left(elements, element, names->parts) &&
		has(elements, element, names->to_terraform, class->to_terraform) &&
		has(elements, element, names->attributes, class->attributes);
}

/* ---- meta-arguments ---- */

/* Those of them that are taken here; each is held, or undefined. */
struct meta {
	script_word depends_on, provider, lifecycle;
};

static void free_meta(const struct elements *elements, struct meta *meta)
{
	script_word_free(elements->reader, meta->depends_on);
	script_word_free(elements->reader, meta->provider);
	script_word_free(elements->reader, meta->lifecycle);
}

/* The name of a provider's configuration; a program's own class may say it. */
static enum element_outcome read_provider(
	const struct elements *elements, script_word element, script_word *ret_name)
{
	script_word word = script_word_member(elements->reader, element, elements->names.provider);
	enum script_kind kind = script_word_kind(elements->reader, word);

	*ret_name = script_word_undefined();
	if (kind == SCRIPT_INSTANCE)
		*ret_name = script_word_member(elements->reader, word, elements->names.fqn);
	script_word_free(elements->reader, word);
	if (kind == SCRIPT_UNDEFINED)
		return ELEMENT_TAKEN;
	kind = script_word_kind(elements->reader, *ret_name);
	return kind == SCRIPT_TEXT      ? ELEMENT_TAKEN
		: kind == SCRIPT_THROWN ? ELEMENT_THROWN
					: ELEMENT_LEFT;
}

/* Reads what an element was given beside its arguments, where that is taken here. */
static enum element_outcome read_meta(
	const struct elements *elements, script_word element, struct meta *meta)
{
	const struct element_names *names = &elements->names;

	meta->depends_on = meta->provider = meta->lifecycle = script_word_undefined();
	if (is_left(elements, element, names->is_altered))
		return ELEMENT_TAKEN;
	for (size_t i = 0; i < COUNT_OF(names->others); i++)
		if (!has(elements, element, names->others[i], script_word_undefined()))
			return ELEMENT_LEFT;
	meta->depends_on = script_word_member(elements->reader, element, names->depends_on);
	meta->lifecycle = script_word_member(elements->reader, element, names->lifecycle);
	return read_provider(elements, element, &meta->provider);
}

/* ---- names ---- */

/* A member that is a text, in an arena; absent where it is none, or without memory. */
static struct str text_member(
	const struct elements *elements, script_word object, uint32_t name, struct arena *arena)
{
	script_word word = script_word_member(elements->reader, object, name);
	struct str text = {NULL, 0}, found;

	if (script_word_kind(elements->reader, word) == SCRIPT_TEXT) {
		found = script_word_text(elements->reader, word);
		text = str_absent(found) ? found : arena_str(arena, found);
		script_word_text_end(elements->reader, found);
	}
	script_word_free(elements->reader, word);
	return text;
}

static struct str joined(struct str start, struct str end, struct arena *arena)
{
	char *text = arena_alloc(arena, start.len + end.len + 1);

	if (!text)
		return (struct str){NULL, 0};
	memcpy(text, start.data, start.len);
	memcpy(text + start.len, end.data, end.len);
	return (struct str){text, start.len + end.len};
}

/* The path of a node: what its scope's node has put together for others already, and its id. Else the node is asked. */
static struct str path_of(const struct elements *elements, script_word node, struct arena *arena)
{
	const struct element_names *names = &elements->names;
	struct script_reader *reader = elements->reader;
	script_word scope = script_word_member(reader, node, names->scope);
	struct str start = {NULL, 0}, id;
	script_word above;

	if (script_word_kind(reader, scope) == SCRIPT_INSTANCE) {
		above = script_word_member(reader, scope, names->node);
		if (script_word_kind(reader, above) == SCRIPT_INSTANCE)
			start = text_member(elements, above, names->start, arena);
		script_word_free(reader, above);
	}
	script_word_free(reader, scope);
	if (str_absent(start))
		return text_member(elements, node, names->path, arena);
	id = text_member(elements, node, names->id, arena);
	if (str_absent(id))
		return id;
	return joined(start, id, arena);
}

/* The element's name; asked for where nobody has yet, which a program may answer. */
static enum element_outcome name_of(const struct elements *elements, script_word element,
	struct arena *arena, struct str *ret_name)
{
	script_word word;
	enum script_kind kind;

	*ret_name = text_member(elements, element, elements->names.unique, arena);
	if (!str_absent(*ret_name))
		return ELEMENT_TAKEN;
	word = script_word_member(elements->reader, element, elements->names.friendly);
	kind = script_word_kind(elements->reader, word);
	script_word_free(elements->reader, word);
	if (kind == SCRIPT_TEXT)
		*ret_name = text_member(elements, element, elements->names.unique, arena);
	return kind == SCRIPT_THROWN    ? ELEMENT_THROWN
		: str_absent(*ret_name) ? ELEMENT_LEFT
					: ELEMENT_TAKEN;
}

static bool take_path(const struct elements *elements, script_word element, struct arena *arena,
	struct str *ret_path)
{
	script_word node = script_word_member(elements->reader, element, elements->names.node);

	*ret_path = script_word_kind(elements->reader, node) == SCRIPT_INSTANCE
		? path_of(elements, node, arena)
		: (struct str){NULL, 0};
	script_word_free(elements->reader, node);
	return !str_absent(*ret_path);
}

static enum element_outcome take_given(struct elements *elements, struct snapshot *snapshot,
	const struct element_class *class, script_word element, script_word given,
	const struct meta *meta, struct document_node *document)
{
	struct block block = {.kind = class->is_data ? STR("data") : STR("resource"),
		.shape = shapes_at(elements->shapes, class->shape),
		.given = given,
		.depends_on = meta->depends_on,
		.provider = meta->provider,
		.lifecycle = meta->lifecycle,
		.meta = script_word_undefined()};
	bool is_plain = false, is_taken = false;
	enum element_outcome named;

	if (!block.shape)
		return ELEMENT_LEFT;
	if (!document && is_left(elements, element, elements->names.is_altered) &&
		!snapshot_is_plain(snapshot, given, &is_plain))
		return ELEMENT_THROWN;
	if (is_plain)
		return ELEMENT_TAKEN;
	named = name_of(elements, element, snapshot->arena, &block.id);
	if (named != ELEMENT_TAKEN)
		return named;
	if (document && !take_path(elements, element, snapshot->arena, &block.path))
		return ELEMENT_LEFT;
	if (!block_take(snapshot, elements->shapes, &block, elements->plan, document, &is_taken))
		return ELEMENT_THROWN;
	return is_taken ? ELEMENT_TAKEN : ELEMENT_LEFT;
}

enum element_outcome elements_take(struct elements *elements, struct snapshot *snapshot,
	script_word element, struct document_node *document)
{
	const struct element_class *class =
		elements->is_repeating ? NULL : class_of(elements, element);
	enum element_outcome outcome;
	script_word given;
	struct meta meta;

	if (!class || !is_own(elements, class, element))
		return ELEMENT_LEFT;
	outcome = read_meta(elements, element, &meta);
	if (outcome == ELEMENT_TAKEN) {
		given = script_word_member(elements->reader, element, elements->names.given);
		outcome = take_given(elements, snapshot, class, element, given, &meta, document);
		script_word_free(elements->reader, given);
	}
	free_meta(elements, &meta);
	return outcome;
}

/* ---- a stack's summary ---- */

bool elements_is_silent(struct elements *elements, script_word element)
{
	const struct element_class *class = class_of(elements, element);

	return class && is_left(elements, element, elements->names.is_altered) &&
		has(elements, element, elements->names.to_metadata, class->to_metadata);
}
