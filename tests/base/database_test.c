/* SPDX-License-Identifier: Apache-2.0 */
/* Databases: what is written is read back from the image, which is the same each time, and hostile bytes are errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/database.h"

enum { ARENA_MOST = 1 << 20, IMAGE_MOST = 1 << 20 };

static const char table[] =
	"CREATE TABLE t(id INTEGER PRIMARY KEY, word TEXT);"
	"CREATE VIRTUAL TABLE s USING fts5(one, two, content='', detail=column,"
	" tokenize='porter ascii');"
	"INSERT INTO t VALUES(1, 'queue'), (2, NULL);"
	"INSERT INTO s(rowid, one, two) VALUES(1, 'queues of messages', 'topic'),"
	" (2, 'bucket', 'queue bucket');";

static void make_image(struct buf *image)
{
	CLEANUP(database_close) struct database *database = NULL;

	assert_int_equal(database_create(&database, NULL), 0);
	assert_int_equal(database_run(database, table, NULL), 0);
	assert_int_equal(database_image(database, image, NULL), 0);
}

static void reads_back(void **state)
{
	CLEANUP(buf_free) struct buf image = BUF(IMAGE_MOST), again = BUF(IMAGE_MOST);
	CLEANUP(database_close) struct database *database = NULL;
	CLEANUP(statement_free) struct statement statement = {0};

	(void)state;
	make_image(&image);
	make_image(&again);
	assert_true(str_eq(buf_str(&image), buf_str(&again)));
	assert_int_equal(database_read(buf_str(&image), &database, NULL), 0);
	assert_int_equal(statement_prepare(database, "SELECT id, word FROM t WHERE id >= ?1",
				 &statement, NULL),
		0);
	statement_bind_int(&statement, 1, 1);
	assert_int_equal(statement_step(&statement, NULL), 1);
	assert_true(str_is(statement_text(&statement, 1), "queue"));
	assert_int_equal(statement_step(&statement, NULL), 1);
	assert_int_equal(statement_int(&statement, 0), 2);
	assert_true(str_absent(statement_text(&statement, 1)));
	assert_int_equal(statement_step(&statement, NULL), 0);
	statement_reset(&statement);
	assert_int_equal(statement_step(&statement, NULL), 0); /* the parameter is null again */
	assert_true(database_run(database, "INSERT INTO t VALUES(3, '')", NULL) < 0);
}

/* Of each phrase the columns, then the words of each column. */
static void tells_hits(void **state)
{
	CLEANUP(buf_free) struct buf image = BUF(IMAGE_MOST);
	CLEANUP(database_close) struct database *database = NULL;
	CLEANUP(statement_free) struct statement statement = {0};
	const unsigned char first[] = {1, 0, 3, 0, 1, 0}, second[] = {2, 3, 1, 0, 2, 0};
	struct str hits;

	(void)state;
	make_image(&image);
	assert_int_equal(database_read(buf_str(&image), &database, NULL), 0);
	assert_int_equal(statement_prepare(database, "SELECT hits(s) FROM s WHERE s MATCH ?1",
				 &statement, NULL),
		0);
	statement_bind(&statement, 1, STR("\"queue\" OR \"buckets\""));
	assert_int_equal(statement_step(&statement, NULL), 1);
	hits = statement_text(&statement, 0);
	assert_int_equal(hits.len, sizeof(first));
	assert_memory_equal(hits.data, first, sizeof(first));
	assert_int_equal(statement_step(&statement, NULL), 1);
	assert_memory_equal(statement_text(&statement, 0).data, second, sizeof(second));
	assert_int_equal(statement_step(&statement, NULL), 0);
}

static void stems_words(void **state)
{
	CLEANUP(database_close) struct database *database = NULL;
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(ARENA_MOST);

	(void)state;
	assert_int_equal(database_create(&database, NULL), 0);
	assert_true(str_is(database_stem(database, STR("queues"), arena), "queue"));
	assert_true(str_is(database_stem(database, STR("encryption"), arena), "encrypt"));
	assert_true(str_is(database_stem(database, STR(""), arena), ""));
}

static void refuses_others(void **state)
{
	CLEANUP(buf_free) struct buf image = BUF(IMAGE_MOST);
	CLEANUP(database_close) struct database *database = NULL;
	CLEANUP(statement_free) struct statement statement = {0};
	struct error err;
	int r = database_read(
		STR("this is no database at all, and it never was one"), &database, &err);

	(void)state;
	if (r == 0)
		r = statement_prepare(database, "SELECT * FROM t", &statement, &err);
	assert_int_equal(r, -65);
	assert_int_equal(err.id, ERR_DATABASE);
	database_close(&database);
	make_image(&image);
	memset(image.data + 4096, 0xff, image.len - 4096);
	assert_int_equal(database_read(buf_str(&image), &database, &err), 0);
	r = statement_prepare(
		database, "SELECT hits(s) FROM s WHERE s MATCH 'queue'", &statement, &err);
	while (r == 0 && (r = statement_step(&statement, &err)) == 1)
		r = 0;
	assert_int_equal(r, -65);
	assert_int_equal(err.id, ERR_DATABASE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_back),
		cmocka_unit_test(tells_hits),
		cmocka_unit_test(stems_words),
		cmocka_unit_test(refuses_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
