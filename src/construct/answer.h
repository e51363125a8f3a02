/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a program's run gives: files to write, mistakes to tell, texts that it
 * printed.  The worker writes it down as records, the parent reads them back
 * and believes none of it.
 *
 * A record is a kind and its texts, each with a length before it.  Paths of files come back
 * checked: relative, in their shortest form, and never out of the folder.
 */
#ifndef WEIR_CONSTRUCT_ANSWER_H
#define WEIR_CONSTRUCT_ANSWER_H

#include "base/error.h"
#include "base/finding.h"

struct mistake {
	struct str class; /* of PROGRAM_KINDS (base/finding.h) */
	bool is_error;    /* else a warning */
	struct place place;
	struct str message;
	struct str remedy; /* empty: none */
	struct str stack;  /* lines of the author's frames; empty: none */
};

enum output_kind { OUTPUT_TEXT, OUTPUT_COPY, OUTPUT_ARCHIVE };

struct output {
	enum output_kind kind;
	struct str path; /* below the output folder */
	struct str
		text; /* what it holds; of a copy or an archive: the file or folder that it is of, absolute */
};

/* A provider's module that the program imports. */
struct used_module {
	struct str api; /* "cdktf", "cdktn", "weir" */
	struct str provider;
	struct str module; /* empty: all of them under one name */
};

struct answer {
	struct output *outputs; /* a later one of the same path counts */
	size_t output_count;
	struct mistake *mistakes;
	size_t mistake_count;
	struct used_module *modules; /* a module may be in it more than once */
	size_t module_count;
	struct str *notes; /* what is no mistake and should be known */
	size_t note_count;
	struct str printed; /* of the author's console */
	/* A run that traces may find what this one can't see. */
	bool is_suspect;
};

/* ---- the worker's side: each adds a record ---- */

void answer_output(struct buf *answer, enum output_kind kind, struct str path, struct str text);
/* The same for a text that is written to the answer between both. */
void answer_output_begin(struct buf *answer, struct str path, size_t *ret_text);
void answer_output_end(struct buf *answer, size_t text);
void answer_print(struct buf *answer, struct str text);
void answer_note(struct buf *answer, struct str text);
void answer_module(struct buf *answer, struct str api, struct str provider, struct str module);
void answer_suspicion(struct buf *answer);
void answer_mistake(struct buf *answer, const struct mistake *mistake);

/* ---- the parent's side ---- */

/*
 * Texts point into `bytes`, but for what was printed.  False for what is no answer, or one whose paths lead out of the
 * folder.
 */
bool answer_read(struct str bytes, struct arena *arena, struct answer *ret_answer);

#endif
