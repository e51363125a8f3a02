/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Databases of SQLite: files, or images in memory that are read where they lie.  Format:
 * https://www.sqlite.org/fileformat2.html.
 *
 * A database and its statements are used by one thread at a time.  What a file holds may be hostile: SQL in its
 * schema runs no functions, and what is not a database is ERR_DATABASE.
 *
 * Beside SQL's own there is a function hits(TABLE) for a query of a full-text table: a blob that tells of each phrase of
 * the query in which columns the row has it, a byte a phrase and a bit a column; behind that, two bytes a column, little
 * endian, the column's number of words (at most 65535).
 */
#ifndef WEIR_BASE_DATABASE_H
#define WEIR_BASE_DATABASE_H

#include "base/error.h"
#include "base/memory.h"

enum { DATABASE_COLUMNS_MOST = 8 };

struct database;
void database_close(struct database **database); /* for CLEANUP() too; accepts an empty one */

/* A new one in memory. */
int database_create(struct database **ret_database, struct error *err) WEIR_NODISCARD;
/* A file, which is made where it is missing if it is to be written. */
int database_open(const char *path, bool is_written, struct database **ret_database,
	struct error *err) WEIR_NODISCARD;
/* The image of a file, read only; its bytes live as long as the database. */
int database_read(
	struct str image, struct database **ret_database, struct error *err) WEIR_NODISCARD;
/* Adds the image of a database to `out`. */
int database_image(struct database *database, struct buf *out, struct error *err) WEIR_NODISCARD;

/* Statements without results, divided by ';'. */
int database_run(struct database *database, const char *sql, struct error *err) WEIR_NODISCARD;

struct statement {
	/* private */
	struct database *database;
	void *prepared;
};

int statement_prepare(struct database *database, const char *sql, struct statement *ret_statement,
	struct error *err) WEIR_NODISCARD;
void statement_free(struct statement *statement); /* for CLEANUP() too; accepts a zeroed one */
/* Parameters count from 1.  A text is borrowed until the next statement_reset(); absent is null. */
void statement_bind(struct statement *statement, int parameter, struct str text);
void statement_bind_int(struct statement *statement, int parameter, int64_t value);
/* Returns 1 where there is a row, 0 behind the last, or a negative error. */
int statement_step(struct statement *statement, struct error *err) WEIR_NODISCARD;
/* Ready to be run again, with its parameters null. */
void statement_reset(struct statement *statement);
/* Of the row; columns count from 0.  Borrowed until the next step.  Absent where it is null. */
struct str statement_text(struct statement *statement, int column);
int64_t statement_int(struct statement *statement, int column);

/*
 * What full-text tables with the tokenizer "porter ascii" make of a word, in the arena: words with one stem are one to
 * them.  Absent where the arena refused.
 */
struct str database_stem(struct database *database, struct str word, struct arena *arena);

#endif
