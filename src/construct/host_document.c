/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of weir:host that put documents together: a stack's JSON from the fragments of its elements, and
 * any value's JSON.
 */
#include "construct/addresses.h"
#include "construct/inline.h"
#include "construct/logical_id.h"
#include "construct/pieces.h"
#include "construct/program_model.h"

/* Of one document; the parent takes no more than that of all together. */
#define DOCUMENT_CEILING ((size_t)1 << 30)
enum { TEXT_CEILING = 1 << 30 };

#define HOST_FUNCTION(name)                                                                        \
	script_value name(                                                                         \
		struct script_vm *vm, void *payload, const script_value *arguments, size_t count)

/* What a document needs before anything is taken into it; false without memory. */
static bool begin(struct program *program, struct open_document *document)
{
	struct arena *arena = arena_create(DOCUMENT_CEILING);
	struct snapshot *snapshot = arena ? ARENA_NEW(arena, struct snapshot) : NULL;

	if (!snapshot || !script_reader_begin(program->vm, arena, &snapshot->reader)) {
		arena_destroy(arena);
		return false;
	}
	snapshot->arena = arena;
	*document = (struct open_document){.snapshot = snapshot};
	return true;
}

static void end(struct open_document *document)
{
	script_reader_end(&document->snapshot->reader);
	arena_destroy(document->snapshot->arena);
	document->snapshot = NULL;
}

/* openDocument(): the number of a new one, with nothing in it. It stays where it is: another may be opened while this one is taken into. */
HOST_FUNCTION(host_open_document)
{
	struct program *program = payload;
	struct open_document *document = ARENA_NEW(program->arena, struct open_document);

	(void)arguments;
	(void)count;
	if (!document || !begin(program, document) ||
		!arena_grow(program->arena, (void **)&program->documents, program->document_count,
			&program->document_room, sizeof(*program->documents)))
		return script_throw(vm, "out of memory");
	program->documents[program->document_count] = document;
	return script_number(vm, (double)program->document_count++);
}

/* The document whose number the first argument is; NULL: there is none, or it is closed. */
static struct open_document *document_of(
	struct program *program, const script_value *arguments, size_t count)
{
	double number = count ? script_to_number(program->vm, arguments[0]) : -1;

	struct open_document *document = number >= 0 && number < (double)program->document_count
		? program->documents[(size_t)number]
		: NULL;

	return document && document->snapshot ? document : NULL;
}

/* A walk, and what there is to go on with behind it: what a token calls may synthesize other stacks, and visit with the same snapshot. */
struct visit {
	struct program *program;
	struct snapshot *snapshot;
	const struct snapshot *outer;
	const struct snapshot_step *at;
	script_word resolve;
	bool is_override;
};

/* Makes a snapshot ready for a walk with `resolve`; undefined: without one. */
static struct visit visit_begin(
	struct program *program, struct snapshot *snapshot, script_value resolve, bool is_override)
{
	const struct visit visit = {program, snapshot, program->snapshot, snapshot->at,
		snapshot->resolve, snapshot->is_override};

	snapshot->resolve = script_word_of(&snapshot->reader, resolve);
	snapshot->is_override = is_override;
	snapshot->at = NULL;
	snapshot->tokens = &program->tokens;
	program->snapshot = snapshot;
	return visit;
}

static void visit_end(const struct visit *visit)
{
	visit->snapshot->resolve = visit->resolve;
	visit->snapshot->is_override = visit->is_override;
	visit->snapshot->at = visit->at;
	visit->program->snapshot = visit->outer;
}

/*
 * take(document, value, resolve?, isOverride?): merges a value into the document.  resolve(value) is called
 * with what may stand for another value; without it nothing does.
 */
HOST_FUNCTION(host_take)
{
	struct program *program = payload;
	struct open_document *document = document_of(program, arguments, count);
	script_value none = script_undefined(vm);
	bool is_override = count > 3 && script_to_bool(vm, arguments[3]), taken;
	struct snapshot *snapshot;
	struct visit visit;

	if (!document || count < 2)
		return script_throw(vm, "take wants an open document and a value");
	snapshot = document->snapshot;
	visit = visit_begin(program, snapshot, count > 2 ? arguments[2] : none, is_override);
	taken = snapshot_take(
		snapshot, script_word_of(&snapshot->reader, arguments[1]), &document->node);
	visit_end(&visit);
	if (taken)
		return none;
	script_free(vm, none);
	return 0;
}

struct snapshot *program_visitor(struct program *program)
{
	struct open_document *visited = &program->visited;

	return visited->snapshot || begin(program, visited) ? visited->snapshot : NULL;
}

/*
 * takeBlock(document, kind, id, path, given, shape, resolve, meta): merges a block into the document, straight from what a
 * program gave, and resolves as take() does; false where lib/ has to make it (block_take()).  Without a document it visits.
 */
HOST_FUNCTION(host_take_block)
{
	struct program *program = payload;
	struct open_document *document = document_of(program, arguments, count);
	struct snapshot *snapshot = document ? document->snapshot : program_visitor(program);
	const struct known_shape *shape;
	struct block block;
	bool taken = false, done;
	struct visit visit;
	double number;

	if (count < 8 || !snapshot)
		return script_throw(vm, "takeBlock wants a block and a function, and memory");
	number = script_to_number(vm, arguments[5]);
	shape = number > 0 && number < UINT32_MAX ? shapes_at(&program->shapes, (uint32_t)number)
						  : NULL;
	if (!shape)
		return script_bool(vm, false);
	block = (struct block){.kind = script_to_text(vm, arguments[1], snapshot->arena),
		.id = script_to_text(vm, arguments[2], snapshot->arena),
		.path = script_to_text(vm, arguments[3], snapshot->arena),
		.shape = shape,
		.given = script_word_of(&snapshot->reader, arguments[4]),
		.depends_on = script_word_undefined(),
		.provider = script_word_undefined(),
		.lifecycle = script_word_undefined(),
		.meta = script_word_of(&snapshot->reader, arguments[7])};
	program->plan.arena = program->arena;
	visit = visit_begin(program, snapshot, arguments[6], false);
	done = block_take(snapshot, &program->shapes, &block, &program->plan,
		document ? &document->node : NULL, &taken);
	visit_end(&visit);
	return done ? script_bool(vm, taken) : 0;
}

/* What elements are taken with; NULL where that threw. */
static struct elements *elements_of(struct program *program)
{
	struct elements *elements = &program->elements;
	struct snapshot *snapshot = program_visitor(program);

	if (!snapshot) {
		script_throw(program->vm, "out of memory");
		return NULL;
	}
	elements->reader = &snapshot->reader;
	elements->arena = program->arena;
	elements->shapes = &program->shapes;
	elements->plan = &program->plan;
	program->plan.arena = program->arena;
	return elements_init(elements) ? elements : NULL;
}

/* bindClass(prototype, shape, isData, toTerraform, synthesizeAttributes, toMetadata): a class whose objects takeElements() may take. */
HOST_FUNCTION(host_bind_class)
{
	struct program *program = payload;
	struct elements *elements = elements_of(program);
	double number = count > 5 ? script_to_number(vm, arguments[1]) : 0;
	struct element_class class;

	if (!elements || count < 6)
		return elements ? script_throw(vm, "bindClass wants a class") : 0;
	class = (struct element_class){.prototype = script_word_of(elements->reader, arguments[0]),
		.shape = number > 0 && number < UINT32_MAX ? (uint32_t)number : 0,
		.is_data = script_to_bool(vm, arguments[2]),
		.to_terraform = script_word_of(elements->reader, arguments[3]),
		.attributes = script_word_of(elements->reader, arguments[4]),
		.to_metadata = script_word_of(elements->reader, arguments[5])};
	if (!elements_add_class(elements, &class))
		return script_throw(vm, "out of memory");
	return script_undefined(vm);
}

/* repeatContent(): the program has repeated content, which no element is to be taken without the library for. */
HOST_FUNCTION(host_repeat_content)
{
	struct program *program = payload;

	(void)arguments;
	(void)count;
	program->elements.is_repeating = true;
	return script_undefined(vm);
}

/* loud(elements): the indices of those that may add something to what their stack says of itself. */
HOST_FUNCTION(host_loud)
{
	struct program *program = payload;
	struct elements *elements = elements_of(program);
	script_value loud;
	size_t length;
	uint32_t found = 0;

	if (!elements || !count)
		return elements ? script_throw(vm, "loud wants a list") : 0;
	length = script_list_length(
		elements->reader, script_word_of(elements->reader, arguments[0]));
	if (length == SIZE_MAX)
		return 0;
	loud = script_array(vm);
	for (size_t i = 0; i < length; i++) {
		script_word element = script_list_at(
			elements->reader, script_word_of(elements->reader, arguments[0]), i);

		if (script_word_kind(elements->reader, element) == SCRIPT_THROWN) {
			script_free(vm, loud);
			return 0;
		}
		if (!elements_is_silent(elements, element))
			script_set_at(vm, loud, found++, script_number(vm, (double)i));
		script_word_free(elements->reader, element);
	}
	return loud;
}

/* One of takeElements(). */
static enum element_outcome take_element(struct elements *elements, struct snapshot *snapshot,
	const script_value *arguments, size_t at, struct open_document *document)
{
	struct script_reader *reader = elements->reader;
	script_word element = script_list_at(reader, script_word_of(reader, arguments[2]), at);
	enum element_outcome outcome = ELEMENT_THROWN;

	if (script_word_kind(reader, element) != SCRIPT_THROWN &&
		script_word_set(reader, script_word_of(reader, arguments[1]),
			elements->names.preparing, element))
		outcome = elements_take(
			elements, snapshot, element, document ? &document->node : NULL);
	script_word_free(reader, element);
	return outcome;
}

/*
 * takeElements(document, stack, elements, start, resolve): takes elements of the list as takeBlock() would, from one on, and returns the index of
 * the first that is left to lib/.  Each is the stack's `preparing` in its turn.  Without a document it visits.
 */
HOST_FUNCTION(host_take_elements)
{
	struct program *program = payload;
	struct open_document *document = document_of(program, arguments, count);
	struct snapshot *snapshot = document ? document->snapshot : program_visitor(program);
	struct elements *elements = elements_of(program);
	enum element_outcome outcome = ELEMENT_TAKEN;
	double start = count > 4 ? script_to_number(vm, arguments[3]) : -1;
	struct visit visit;
	size_t at, length;

	if (!elements || !snapshot || !(start >= 0 && start < UINT32_MAX))
		return elements ? script_throw(vm, "takeElements wants a list") : 0;
	length = script_list_length(
		elements->reader, script_word_of(elements->reader, arguments[2]));
	if (length == SIZE_MAX)
		return 0;
	visit = visit_begin(program, snapshot, arguments[4], false);
	for (at = (size_t)start; at < length && outcome == ELEMENT_TAKEN;
		at += outcome == ELEMENT_TAKEN)
		outcome = take_element(elements, snapshot, arguments, at, document);
	visit_end(&visit);
	return outcome == ELEMENT_THROWN ? 0 : script_number(vm, (double)at);
}

/* areDistinct(elements): whether each has an address of its own, as far as that can be told without the library (addresses.h). */
HOST_FUNCTION(host_are_distinct)
{
	struct elements *elements = elements_of(payload);

	if (!elements || count < 1)
		return elements ? script_throw(vm, "areDistinct wants a list") : 0;
	return script_bool(vm,
		addresses_are_distinct(elements, script_word_of(elements->reader, arguments[0])));
}

/* visit(value, resolve): resolves all that take() would, and keeps nothing. */
HOST_FUNCTION(host_visit)
{
	struct snapshot *snapshot = program_visitor(payload);
	struct visit visit;
	bool done;

	if (count < 2 || !snapshot)
		return script_throw(vm, "visit wants a value and a function, and memory");
	visit = visit_begin(payload, snapshot, arguments[1], false);
	done = snapshot_visit(snapshot, script_word_of(&snapshot->reader, arguments[0]));
	visit_end(&visit);
	return done ? script_undefined(vm) : 0;
}

/* isPlain(value): whether take() would call resolve() for nothing in it. */
HOST_FUNCTION(host_is_plain)
{
	struct snapshot *snapshot = program_visitor(payload);
	bool plain;

	if (count < 1 || !snapshot)
		return script_throw(vm, "isPlain wants a value, and memory");
	if (!snapshot_is_plain(snapshot, script_word_of(&snapshot->reader, arguments[0]), &plain))
		return 0;
	return script_bool(vm, plain);
}

/* ---- texts of expressions ---- */

struct rendering {
	struct script_reader *reader;
	script_word render;
};

static enum inline_written render(void *payload, script_word text, struct buf *out)
{
	const struct rendering *rendering = payload;
	struct script_reader *reader = rendering->reader;
	script_word value = script_word_call(reader, rendering->render, text);
	enum script_kind kind = script_word_kind(reader, value);
	enum inline_written written = kind == SCRIPT_TEXT ? INLINE_WRITTEN : INLINE_REFUSED;
	struct str rendered;

	if (kind == SCRIPT_THROWN)
		return INLINE_THROWN;
	if (kind == SCRIPT_TEXT) {
		rendered = script_word_text(reader, value);
		if (str_absent(rendered))
			written = INLINE_THROWN;
		buf_add(out, rendered);
		script_word_text_end(reader, rendered);
	}
	script_word_free(reader, value);
	return written;
}

/* The text that was written; undefined where lib/ has to write it. */
static script_value answer(
	struct script_vm *vm, enum inline_written written, const struct buf *text)
{
	if (written == INLINE_THROWN)
		return 0;
	if (buf_failed(text))
		return script_throw(vm, "out of memory");
	return written == INLINE_WRITTEN ? script_text(vm, buf_str(text)) : script_undefined(vm);
}

/*
 * inline(value, render): the value as HCL within an expression; undefined where lib/ has to write it (inline.h).  render(text) is called with
 * each text that may hold a token or has quotes; undefined refuses it.
 */
HOST_FUNCTION(host_inline)
{
	CLEANUP(buf_free) struct buf text = BUF(TEXT_CEILING);
	struct snapshot *snapshot = program_visitor(payload);
	struct rendering rendering;

	if (count < 2 || !snapshot)
		return script_throw(vm, "inline wants a value and a function, and memory");
	rendering = (struct rendering){
		&snapshot->reader, script_word_of(&snapshot->reader, arguments[1])};
	return answer(vm,
		inline_write(&snapshot->reader, script_word_of(&snapshot->reader, arguments[0]),
			render, &rendering, &text),
		&text);
}

/*
 * beginPass(stack, resolve, table, prototypes, note, isFresh): a pass over a stack begins, which calls resolve(); what tokens came to in the pass
 * before still holds unless it is fresh (tokens.h).
 */
HOST_FUNCTION(host_begin_pass)
{
	struct program *program = payload;
	struct snapshot *snapshot = program_visitor(program);
	struct script_reader *reader;

	if (count < 6 || !snapshot)
		return script_throw(vm, "beginPass wants a stack and a function, and memory");
	reader = &snapshot->reader;
	if (!tokens_init(&program->tokens, reader, script_word_of(reader, arguments[2]),
		    script_word_of(reader, arguments[3]), script_word_of(reader, arguments[4])) ||
		!tokens_begin(&program->tokens, script_word_of(reader, arguments[0]),
			script_word_of(reader, arguments[1]), script_to_bool(vm, arguments[5])))
		return 0;
	return script_undefined(vm);
}

/* endPass(isForgotten): it ends; what tokens came to is of no use to a pass behind it, if it is forgotten. */
HOST_FUNCTION(host_end_pass)
{
	struct program *program = payload;

	tokens_end(&program->tokens, count && script_to_bool(vm, arguments[0]));
	return script_undefined(vm);
}

/* mayChange(): told by resolve() that what it returns may be something else another time. */
HOST_FUNCTION(host_may_change)
{
	struct program *program = payload;

	(void)arguments;
	(void)count;
	tokens_loosen(&program->tokens);
	return script_undefined(vm);
}

/* fill(resolve, text): a text with what each token in it comes to, in the pass that calls resolve(); undefined where lib/ has to resolve it. */
HOST_FUNCTION(host_fill)
{
	CLEANUP(buf_free) struct buf filled = BUF(TEXT_CEILING);
	struct program *program = payload;
	struct snapshot *snapshot = program_visitor(program);
	enum inline_written written = INLINE_REFUSED;
	struct str text;

	if (count < 2 || !snapshot)
		return script_throw(vm, "fill wants a function and a text, and memory");
	if (!tokens_are_of(&program->tokens, script_word_of(&snapshot->reader, arguments[0])))
		return script_undefined(vm);
	text = script_word_text(&snapshot->reader, script_word_of(&snapshot->reader, arguments[1]));
	if (str_absent(text))
		return 0;
	if (text_is_template(text))
		written = tokens_fill(&program->tokens, text, &filled);
	script_word_text_end(&snapshot->reader, text);
	return answer(vm, written, &filled);
}

/* How many UTF-16 units a text has in JavaScript. */
static size_t units(struct str text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		count += (size_t)((c & 0xc0) != 0x80) + (size_t)(c >= 0xf0);
	}
	return count;
}

/*
 * cut(text, withEscapes): the pieces of a text, as a list of a number (enum piece_kind) and of where the piece ends, for
 * each.
 */
HOST_FUNCTION(host_cut)
{
	struct snapshot *snapshot = program_visitor(payload);
	struct pieces pieces;
	struct piece piece;
	script_value list;
	struct str text;
	size_t end = 0;

	if (count < 2 || !snapshot)
		return script_throw(vm, "cut wants a text and a truth value, and memory");
	text = script_word_text(&snapshot->reader, script_word_of(&snapshot->reader, arguments[0]));
	if (str_absent(text))
		return 0;
	pieces = (struct pieces){.text = text, .with_escapes = script_to_bool(vm, arguments[1])};
	list = script_array(vm);
	for (uint32_t at = 0; pieces_next(&pieces, &piece); at += 2) {
		end += units(piece.text);
		script_set_at(vm, list, at, script_number(vm, (double)piece.kind));
		script_set_at(vm, list, at + 1, script_number(vm, (double)end));
	}
	script_word_text_end(&snapshot->reader, text);
	return list;
}

/* isName(id): whether an id is a name in Terraform as it stands (lib/cdktf/logical-id.ts). */
HOST_FUNCTION(host_is_name)
{
	struct snapshot *snapshot = program_visitor(payload);
	script_word word;
	struct str text;
	bool named;

	if (count < 1 || !snapshot)
		return script_throw(vm, "isName wants a value, and memory");
	word = script_word_of(&snapshot->reader, arguments[0]);
	if (script_word_kind(&snapshot->reader, word) != SCRIPT_TEXT)
		return script_bool(vm, false);
	text = script_word_text(&snapshot->reader, word);
	if (str_absent(text))
		return 0;
	named = logical_id_is(text);
	script_word_text_end(&snapshot->reader, text);
	return script_bool(vm, named);
}

/* A path without as many ids at its begin; absent where it has no more. */
static struct str path_below(struct str path, double skipped)
{
	for (; skipped >= 1 && !str_absent(path); skipped--)
		str_split(&path, '/');
	return path;
}

/*
 * logicalId(path, skipped, isLegacy?, isTokenless?): the name for ids that are joined with `/`, but for the first ones; undefined
 * where none is left that counts (logical_id.h), and where one may hold a token, unless it is known that none does.
 */
HOST_FUNCTION(host_logical_id)
{
	CLEANUP(buf_free) struct buf name = BUF(TEXT_CEILING);
	struct snapshot *snapshot = program_visitor(payload);
	bool is_legacy = count > 2 && script_to_bool(vm, arguments[2]), made;
	bool is_tokenless = is_legacy || (count > 3 && script_to_bool(vm, arguments[3]));
	struct str path, below;

	if (count < 2 || !snapshot)
		return script_throw(vm, "logicalId wants a path and a number, and memory");
	path = script_word_text(&snapshot->reader, script_word_of(&snapshot->reader, arguments[0]));
	if (str_absent(path))
		return 0;
	below = path_below(path, script_to_number(vm, arguments[1]));
	made = !str_absent(below) && (is_tokenless || !text_may_hold_token(below)) &&
		logical_id_make(below, is_legacy, &name);
	script_word_text_end(&snapshot->reader, path);
	if (buf_failed(&name))
		return script_throw(vm, "out of memory");
	return made ? script_text(vm, buf_str(&name)) : script_undefined(vm);
}

/* way(): the keys and indices on the way to the value that resolve() was called with. */
HOST_FUNCTION(host_way)
{
	struct program *program = payload;
	const struct snapshot_step *at = program->snapshot ? program->snapshot->at : NULL;
	script_value array = script_array(vm);
	uint32_t length = 0;

	(void)arguments;
	(void)count;
	for (const struct snapshot_step *step = at; step; step = step->above)
		length++;
	for (; at; at = at->above)
		script_set_at(vm, array, --length,
			str_absent(at->key) ? script_number(vm, (double)at->index)
					    : script_text(vm, at->key));
	return array;
}

/* The document as JSON, and it is closed. */
static void write_and_close(struct open_document *document, struct buf *out)
{
	document_write(&document->node, out);
	if (arena_failed(document->snapshot->arena))
		buf_refuse(out);
	end(document);
}

/* emitDocument(document, path): writes the document as a file of the output, and closes it. */
HOST_FUNCTION(host_emit_document)
{
	struct program *program = payload;
	struct open_document *document = document_of(program, arguments, count);
	struct str path;
	size_t text;

	if (!document || count < 2 || !script_is_text(vm, arguments[1]))
		return script_throw(vm, "emitDocument wants an open document and a path");
	path = script_to_text(vm, arguments[1], program->arena);
	if (str_absent(path))
		return script_throw(vm, "out of memory");
	answer_output_begin(program->answer, path, &text);
	write_and_close(document, program->answer);
	answer_output_end(program->answer, text);
	return script_undefined(vm);
}

/* closeDocument(document): its JSON. */
HOST_FUNCTION(host_close_document)
{
	CLEANUP(buf_free) struct buf text = BUF(TEXT_CEILING);
	struct open_document *document = document_of(payload, arguments, count);

	if (!document)
		return script_throw(vm, "closeDocument wants an open document");
	write_and_close(document, &text);
	if (buf_failed(&text))
		return script_throw(vm, "out of memory");
	return script_text(vm, buf_str(&text));
}
