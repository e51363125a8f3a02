/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading data out of the engine: walks over many values, without a handle for
 * each.  A word is a value as the engine itself has it; whoever gets one owns it
 * and frees it with script_word_free(), but for script_word_of(), whose handle
 * owns it.
 *
 * A walk can run code of the script (a getter) and so fail: where a function says that something was
 * thrown, the exception is pending, as behind script_throw().
 */
#ifndef WEIR_SCRIPT_TREE_H
#define WEIR_SCRIPT_TREE_H

#include "script/vm.h"

typedef uint64_t script_word;

enum script_kind {
	SCRIPT_UNDEFINED,
	SCRIPT_NULL,
	SCRIPT_BOOL,
	SCRIPT_NUMBER,
	SCRIPT_TEXT,
	SCRIPT_LIST,
	SCRIPT_PLAIN,    /* an object of no class, as literals make it */
	SCRIPT_INSTANCE, /* an object of a class */
	SCRIPT_FUNCTION,
	SCRIPT_OTHER, /* a symbol, a big integer */
	SCRIPT_THROWN,
};

/* For any number of walks. */
struct script_reader {
	struct script_vm *vm;
	/* private */
	struct arena *arena;
	uint32_t context, room;
	script_word plain;
	/* Keys that were read last: what objects are made of is few names. */
	struct script_known_key {
		uint32_t name; /* the engine's number for it, held; 0: none */
		struct str text;
	} known[256];
};

/* Keys will be in the arena.  False where the engine has no memory left. */
bool script_reader_begin(
	struct script_vm *vm, struct arena *arena, struct script_reader *ret_reader);
void script_reader_end(struct script_reader *reader);

script_word script_word_of(const struct script_reader *reader, script_value value);
void script_word_free(const struct script_reader *reader, script_word word);
enum script_kind script_word_kind(const struct script_reader *reader, script_word word);

/* Of an object: whether asking for anything of it runs code of the script. */
bool script_word_is_proxy(const struct script_reader *reader, script_word word);

script_word script_word_undefined(void);
/* A text of the script; SCRIPT_THROWN where there is no memory. */
script_word script_word_new(const struct script_reader *reader, struct str text);

/* Of SCRIPT_BOOL and SCRIPT_NUMBER. */
bool script_word_bool(script_word word);
double script_word_number(script_word word);
/*
 * Any value as text, as String() makes it, in UTF-8; a lone surrogate has the three bytes that its code
 * would have.  In the engine's memory until script_word_text_end(); absent where that threw.
 */
struct str script_word_text(const struct script_reader *reader, script_word word);
void script_word_text_end(const struct script_reader *reader, struct str text);

/* Of SCRIPT_LIST; SIZE_MAX where it threw. */
size_t script_list_length(const struct script_reader *reader, script_word list);
/* SCRIPT_THROWN also where the script's time is over, which is looked at now and then: so long as it fails where it throws, a walk may be of any length. */
script_word script_list_at(const struct script_reader *reader, script_word list, size_t index);

/* The own enumerable members of an object whose keys are texts, as they were when it was asked. */
struct script_members {
	size_t count;
	/* private */
	uint32_t table;
};

bool script_members_begin(
	const struct script_reader *reader, script_word object, struct script_members *ret_members);
void script_members_end(const struct script_reader *reader, struct script_members *members);
/* In the reader's arena; absent where there is no memory. */
struct str script_member_key(
	struct script_reader *reader, const struct script_members *members, size_t index);
script_word script_member_value(const struct script_reader *reader, script_word object,
	const struct script_members *members, size_t index);

/* A name by which members can be read; 0 without memory. It is held for as long as the engine lives. */
uint32_t script_name(const struct script_reader *reader, const char *name);
/* Any member of an object, also one that it inherits. */
script_word script_word_member(
	const struct script_reader *reader, script_word object, uint32_t name);
/* Sets a member to a value, which keeps its own hold; false where that threw. */
bool script_word_set(
	const struct script_reader *reader, script_word object, uint32_t name, script_word value);
/* The prototype of an object. */
script_word script_word_prototype(const struct script_reader *reader, script_word object);
/* Whether this is the prototype of an object. */
bool script_word_inherits(
	const struct script_reader *reader, script_word object, script_word prototype);
/* The word once more, with a hold of its own. */
script_word script_word_hold(const struct script_reader *reader, script_word word);
/* The same without running a getter: false for what has one, and nothing is owned then. */
bool script_member_own(const struct script_reader *reader, script_word object,
	const struct script_members *members, size_t index, script_word *ret_word);

/* Calls a function of the script with one argument. */
script_word script_word_call(
	const struct script_reader *reader, script_word function, script_word argument);
/* Calls a method without arguments; SCRIPT_UNDEFINED where the object has none of that name. */
script_word script_word_invoke(
	const struct script_reader *reader, script_word object, const char *method);
/* Whether an object has a method, of its own or by its class: SCRIPT_FUNCTION, SCRIPT_UNDEFINED or SCRIPT_THROWN. */
enum script_kind script_word_method(
	const struct script_reader *reader, script_word object, const char *method);

#endif
