/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of weir:host that put documents together: a stack's JSON from the fragments of its elements, and
 * any value's JSON.
 */
#include "construct/program_model.h"

/* Of one document; the parent takes no more than that of all together. */
#define DOCUMENT_CEILING ((size_t)1 << 30)
enum { TEXT_CEILING = 1 << 30 };

#define HOST_FUNCTION(name)                                                                        \
	script_value name(                                                                         \
		struct script_vm *vm, void *payload, const script_value *arguments, size_t count)

/* openDocument(): the number of a new one, with nothing in it. */
HOST_FUNCTION(host_open_document)
{
	struct program *program = payload;
	struct arena *arena = arena_create(DOCUMENT_CEILING);

	(void)arguments;
	(void)count;
	if (!arena ||
		!arena_grow(program->arena, (void **)&program->documents, program->document_count,
			&program->document_room, sizeof(*program->documents))) {
		arena_destroy(arena);
		return script_throw(vm, "out of memory");
	}
	program->documents[program->document_count] = (struct open_document){.arena = arena};
	return script_number(vm, (double)program->document_count++);
}

/* The document whose number the first argument is; NULL: there is none, or it is closed. */
static struct open_document *document_of(
	struct program *program, const script_value *arguments, size_t count)
{
	double number = count ? script_to_number(program->vm, arguments[0]) : -1;

	if (!(number >= 0 && number < (double)program->document_count) ||
		!program->documents[(size_t)number].arena)
		return NULL;
	return &program->documents[(size_t)number];
}

/* Walks over a value with `resolve`, into the document where there is one; false where something was thrown. */
static bool walk(struct program *program, struct open_document *document, script_value value,
	script_value resolve, bool is_override)
{
	const struct snapshot *outer = program->snapshot;
	struct snapshot snapshot = {
		.arena = document ? document->arena : program->arena, .is_override = is_override};
	script_word word;
	bool done;

	if (!script_reader_begin(program->vm, &snapshot.reader))
		return false;
	snapshot.resolve = script_word_of(&snapshot.reader, resolve);
	word = script_word_of(&snapshot.reader, value);
	program->snapshot = &snapshot;
	done = document ? snapshot_take(&snapshot, word, &document->node)
			: snapshot_visit(&snapshot, word);
	program->snapshot = outer;
	script_reader_end(&snapshot.reader);
	return done;
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
	bool done;

	if (!document || count < 2)
		return script_throw(vm, "take wants an open document and a value");
	done = walk(program, document, arguments[1], count > 2 ? arguments[2] : none,
		count > 3 && script_to_bool(vm, arguments[3]));
	if (done)
		return none;
	script_free(vm, none);
	return 0;
}

/* visit(value, resolve): resolves all that take() would, and keeps nothing. */
HOST_FUNCTION(host_visit)
{
	if (count < 2)
		return script_throw(vm, "visit wants a value and a function");
	return walk(payload, NULL, arguments[0], arguments[1], false) ? script_undefined(vm) : 0;
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
	if (arena_failed(document->arena))
		buf_refuse(out);
	arena_destroy(document->arena);
	document->arena = NULL;
}

/* emitDocument(document, path): writes the document as a file of the output, and closes it. */
HOST_FUNCTION(host_emit_document)
{
	CLEANUP(buf_free) struct buf text = BUF(TEXT_CEILING);
	struct program *program = payload;
	struct open_document *document = document_of(program, arguments, count);
	struct str path;

	if (!document || count < 2 || !script_is_text(vm, arguments[1]))
		return script_throw(vm, "emitDocument wants an open document and a path");
	path = script_to_text(vm, arguments[1], program->arena);
	write_and_close(document, &text);
	if (buf_failed(&text) || str_absent(path))
		return script_throw(vm, "out of memory");
	answer_output(program->answer, OUTPUT_TEXT, path, buf_str(&text));
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
