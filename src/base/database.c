/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one user of SQLite. Its memory is its own; what it is given and gives are slices.
 */
#include "base/database.h"

#include <math.h>
#include <sqlite3.h>

enum {
	BUSY_MILLISECONDS = 5000,
	LENGTH_MOST = 64 << 20, /* of a text, and of a row */
};

struct database {
	sqlite3 *handle;
	fts5_api *search;
	fts5_tokenizer_v2 *tokenizer;
	Fts5Tokenizer *stemmer;
};

static int failed(struct database *database, struct error *err)
{
	int code = database->handle ? sqlite3_errcode(database->handle) : SQLITE_NOMEM;

	switch (code & 0xff) {
	case SQLITE_NOMEM:
		return error_memory(err);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return error_set(err, ERR_DATABASE_BUSY, "the database is being written");
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
	case SQLITE_READONLY:
	case SQLITE_FULL:
	case SQLITE_IOERR:
		return error_set(
			err, ERR_CREATE, "the database: %s", sqlite3_errmsg(database->handle));
	default:
		return error_set(err, ERR_DATABASE, "%s", sqlite3_errmsg(database->handle));
	}
}

/*
 * The one function of libm that SQLite wants, for a rank that nobody asks for: with this the program needs no libm.
 * The number is 2^exponent times one from 0.7 to 1.4, whose logarithm is a quick series: ln x = 2 artanh((x - 1) / (x + 1)).
 */
double log(double value)
{
	enum { TERMS = 20 };
	const double ln2 = 0.693147180559945309417;
	int exponent = 0;
	double z, power, sum = 0;

	while (value > 1.4) {
		value /= 2;
		exponent++;
	}
	while (value > 0 && value < 0.7) {
		value *= 2;
		exponent--;
	}
	z = (value - 1) / (value + 1);
	power = z;
	for (int i = 0; i < TERMS; i++) {
		sum += power / (2 * i + 1);
		power *= z * z;
	}
	return exponent * ln2 + 2 * sum;
}

/* ---- full text ---- */

static void hits(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context,
	int argument_count, sqlite3_value **arguments)
{
	int phrases = api->xPhraseCount(fts), columns = api->xColumnCount(fts), r = SQLITE_OK;
	int size = phrases + 2 * columns;
	unsigned char *blob = sqlite3_malloc(size);

	(void)argument_count;
	(void)arguments;
	if (!blob || columns > DATABASE_COLUMNS_MOST) {
		sqlite3_free(blob);
		sqlite3_result_error_nomem(context);
		return;
	}
	for (int i = 0; r == SQLITE_OK && i < phrases; i++) {
		Fts5PhraseIter iter;
		int column;

		blob[i] = 0;
		r = api->xPhraseFirstColumn(fts, i, &iter, &column);
		for (; r == SQLITE_OK && column >= 0; api->xPhraseNextColumn(fts, &iter, &column))
			if (column < columns)
				blob[i] |= (unsigned char)(1 << column);
	}
	for (int i = 0; r == SQLITE_OK && i < columns; i++) {
		int words = 0;

		r = api->xColumnSize(fts, i, &words);
		words = words < 0 || words > UINT16_MAX ? UINT16_MAX : words;
		blob[phrases + 2 * i] = (unsigned char)(words & 0xff);
		blob[phrases + 2 * i + 1] = (unsigned char)(words >> 8);
	}
	if (r == SQLITE_OK) {
		sqlite3_result_blob(context, blob, size, sqlite3_free);
		return;
	}
	sqlite3_free(blob);
	sqlite3_result_error_code(context, r);
}

/* The interface of full text, which SQLite hands out through a pointer that is bound to a statement. */
static int load_search(struct database *database)
{
	static const char *const words[] = {"ascii"};
	sqlite3_stmt *statement = NULL;
	void *context;
	int r = sqlite3_prepare_v2(database->handle, "SELECT fts5(?1)", -1, &statement, NULL);

	if (r == SQLITE_OK)
		r = sqlite3_bind_pointer(statement, 1, &database->search, "fts5_api_ptr", NULL);
	if (r == SQLITE_OK)
		(void)sqlite3_step(statement);
	(void)sqlite3_finalize(statement);
	if (r != SQLITE_OK || !database->search)
		return SQLITE_ERROR;
	r = database->search->xCreateFunction(database->search, "hits", NULL, hits, NULL);
	if (r == SQLITE_OK)
		r = database->search->xFindTokenizer_v2(
			database->search, "porter", &context, &database->tokenizer);
	if (r == SQLITE_OK)
		r = database->tokenizer->xCreate(
			context, (const char **)(uintptr_t)words, 1, &database->stemmer);
	return r;
}

struct stemming {
	struct arena *arena;
	struct str stem;
};

static int take_stem(void *payload, int flags, const char *token, int length, int start, int end)
{
	struct stemming *stemming = payload;

	(void)flags;
	(void)start;
	(void)end;
	if (str_absent(stemming->stem))
		stemming->stem = arena_str(stemming->arena, (struct str){token, (size_t)length});
	return SQLITE_OK;
}

struct str database_stem(struct database *database, struct str word, struct arena *arena)
{
	struct stemming stemming = {arena, {NULL, 0}};

	if (word.len > UINT16_MAX ||
		database->tokenizer->xTokenize(database->stemmer, &stemming, FTS5_TOKENIZE_QUERY,
			word.data, (int)word.len, NULL, 0, take_stem) != SQLITE_OK ||
		str_absent(stemming.stem))
		return arena_str(arena, word);
	return stemming.stem;
}

/* ---- databases ---- */

void database_close(struct database **database)
{
	if (!*database)
		return;
	if ((*database)->stemmer)
		(*database)->tokenizer->xDelete((*database)->stemmer);
	(void)sqlite3_close_v2((*database)->handle);
	mem_free(*database);
	*database = NULL;
}

static int open_at(const char *path, int flags, struct database **ret_database, struct error *err)
{
	struct database *database = mem_alloc(sizeof(*database));
	int r;

	if (!database)
		return error_memory(err);
	*database = (struct database){0};
	r = sqlite3_open_v2(path, &database->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (r == SQLITE_OK) {
		/* Nothing that a hostile file could make larger than it is; VACUUM attaches one. */
		(void)sqlite3_limit(database->handle, SQLITE_LIMIT_LENGTH, LENGTH_MOST);
		(void)sqlite3_limit(database->handle, SQLITE_LIMIT_ATTACHED, 1);
		(void)sqlite3_db_config(database->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
		(void)sqlite3_db_config(database->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
		(void)sqlite3_db_config(database->handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
		(void)sqlite3_busy_timeout(database->handle, BUSY_MILLISECONDS);
		r = load_search(database);
	}
	if (r != SQLITE_OK) {
		r = failed(database, err);
		database_close(&database);
		return r;
	}
	*ret_database = database;
	return 0;
}

int database_create(struct database **ret_database, struct error *err)
{
	return open_at(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, ret_database, err);
}

int database_open(
	const char *path, bool is_written, struct database **ret_database, struct error *err)
{
	return open_at(path,
		is_written ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY,
		ret_database, err);
}

int database_read(struct str image, struct database **ret_database, struct error *err)
{
	struct database *database;
	int r = database_create(&database, err);

	if (r < 0)
		return r;
	/* SQLite asks for memory that it might write to, and is told not to. */
	r = sqlite3_deserialize(database->handle, "main", (unsigned char *)(uintptr_t)image.data,
		(sqlite3_int64)image.len, (sqlite3_int64)image.len, SQLITE_DESERIALIZE_READONLY);
	if (r != SQLITE_OK) {
		r = failed(database, err);
		database_close(&database);
		return r;
	}
	*ret_database = database;
	return 0;
}

int database_image(struct database *database, struct buf *out, struct error *err)
{
	sqlite3_int64 size = 0;
	unsigned char *image = sqlite3_serialize(database->handle, "main", &size, 0);

	if (!image)
		return error_memory(err);
	buf_add(out, (struct str){(const char *)image, (size_t)size});
	sqlite3_free(image);
	return buf_failed(out) ? error_memory(err) : 0;
}

int database_run(struct database *database, const char *sql, struct error *err)
{
	return sqlite3_exec(database->handle, sql, NULL, NULL, NULL) == SQLITE_OK
		? 0
		: failed(database, err);
}

/* ---- statements ---- */

int statement_prepare(struct database *database, const char *sql, struct statement *ret_statement,
	struct error *err)
{
	sqlite3_stmt *prepared = NULL;

	if (sqlite3_prepare_v2(database->handle, sql, -1, &prepared, NULL) != SQLITE_OK)
		return failed(database, err);
	*ret_statement = (struct statement){database, prepared};
	return 0;
}

void statement_free(struct statement *statement)
{
	(void)sqlite3_finalize(statement->prepared);
	*statement = (struct statement){0};
}

void statement_bind(struct statement *statement, int parameter, struct str text)
{
	if (str_absent(text))
		(void)sqlite3_bind_null(statement->prepared, parameter);
	else
		(void)sqlite3_bind_text64(statement->prepared, parameter, text.data, text.len,
			SQLITE_STATIC, SQLITE_UTF8);
}

void statement_bind_int(struct statement *statement, int parameter, int64_t value)
{
	(void)sqlite3_bind_int64(statement->prepared, parameter, value);
}

int statement_step(struct statement *statement, struct error *err)
{
	switch (sqlite3_step(statement->prepared)) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		return 0;
	default:
		return failed(statement->database, err);
	}
}

void statement_reset(struct statement *statement)
{
	(void)sqlite3_reset(statement->prepared);
	(void)sqlite3_clear_bindings(statement->prepared);
}

struct str statement_text(struct statement *statement, int column)
{
	/* The bytes first: asking for them may move the text. */
	const char *data = sqlite3_column_blob(statement->prepared, column);
	size_t length = (size_t)sqlite3_column_bytes(statement->prepared, column);

	if (sqlite3_column_type(statement->prepared, column) == SQLITE_NULL)
		return (struct str){NULL, 0};
	return (struct str){data ? data : "", length};
}

int64_t statement_int(struct statement *statement, int column)
{
	return sqlite3_column_int64(statement->prepared, column);
}
