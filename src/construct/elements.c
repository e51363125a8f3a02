/* SPDX-License-Identifier: Apache-2.0 */
/* What _isWrittenAsGiven() of lib/provider/classes.ts asks of an element, and what its _prepare() and _takeInto() do then. */
#include "construct/elements.h"

bool elements_init(struct elements *elements)
{
	static const char *const texts[] = {"_isAltered", "_parts", "toTerraform",
		"synthesizeAttributes", "_given", "_uniqueId", "friendlyUniqueId", "node", "path",
		"scope", "startOfChildren", "id", "preparing", "toMetadata", "_blockKind"};
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
	elements->names = (struct element_names){names[0], names[1], names[2], names[3], names[4],
		names[5], names[6], names[7], names[8], names[9], names[10], names[11], names[12],
		names[13], names[14]};
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

/* Whether a member is this very object. */
static bool has(
	const struct elements *elements, script_word object, uint32_t name, script_word value)
{
	script_word word = script_word_member(elements->reader, object, name);

	script_word_free(elements->reader, word);
	return word == value;
}

static bool is_left(const struct elements *elements, script_word object, uint32_t name)
{
	script_word word = script_word_member(elements->reader, object, name);
	enum script_kind kind = script_word_kind(elements->reader, word);
	bool is_none = kind == SCRIPT_UNDEFINED || (kind == SCRIPT_BOOL && !script_word_bool(word));

	script_word_free(elements->reader, word);
	return is_none;
}

/* True where nothing but what was given is written, and no program has a say in it. */
static bool is_as_given(
	const struct elements *elements, const struct element_class *class, script_word element)
{
	const struct element_names *names = &elements->names;

	return is_left(elements, element, names->is_altered) &&
		is_left(elements, element, names->parts) &&
		has(elements, element, names->to_terraform, class->to_terraform) &&
		has(elements, element, names->attributes, class->attributes);
}

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
	return arena_printf(arena, "%.*s%.*s", STR_ARG(start), STR_ARG(id));
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
	struct document_node *document)
{
	struct block block = {.kind = class->is_data ? STR("data") : STR("resource"),
		.shape = shapes_at(elements->shapes, class->shape),
		.given = given,
		.meta = script_word_undefined()};
	bool is_plain = false, is_taken = false;
	enum element_outcome named;

	if (!block.shape)
		return ELEMENT_LEFT;
	if (!document && !snapshot_is_plain(snapshot, given, &is_plain))
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

	if (!class || !is_as_given(elements, class, element))
		return ELEMENT_LEFT;
	given = script_word_member(elements->reader, element, elements->names.given);
	outcome = take_given(elements, snapshot, class, element, given, document);
	script_word_free(elements->reader, given);
	return outcome;
}

/* ---- a stack's summary ---- */

bool elements_is_silent(struct elements *elements, script_word element)
{
	const struct element_class *class = class_of(elements, element);

	return class && is_left(elements, element, elements->names.is_altered) &&
		has(elements, element, elements->names.to_metadata, class->to_metadata);
}
