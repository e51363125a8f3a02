/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The move of a database, six plans of real Terraform: with the intent of the
 * case each gets the verdict that its story asks for, and says why.
 */
#include "intent_world.h"

#define CASE(name) "tests/cases/review/dbmig-" name "/plan.json"

static struct str intent_of(const char *plan, struct arena *arena)
{
	struct file_map file;
	struct error err;
	struct str text;

	if (file_map(path_join(arena, path_dir(str_of(plan)), STR("intent.weir.yaml")), 1 << 20,
		    &file, &err) < 0)
		fail_msg("%s", err.message);
	text = arena_str(arena, file.text);
	file_unmap(&file);
	return text;
}

static void check(struct world *world, const char *plan, enum verdict verdict)
{
	if (world_judge(world, intent_of(plan, world->arena).data) != verdict) {
		world_print(world);
		fail_msg("%s: %.*s", plan, STR_ARG(verdict_name(world->verdict)));
	}
}

static void test_restore_beside(void **state)
{
	struct world world;

	(void)state;
	world_open_file(&world, CASE("1-restore-beside"));
	check(&world, CASE("1-restore-beside"), VERDICT_PASS);
	assert_int_equal(world.findings.count, 0);
	world_close(&world);
}

static void test_bad_moves_old(void **state)
{
	const struct finding *finding;
	struct world world;

	(void)state;
	world_open_file(&world, CASE("1-bad-moves-old"));
	check(&world, CASE("1-bad-moves-old"), VERDICT_BLOCK);
	finding = world_find(&world, "intent-keep", "aws_db_instance.old");
	assert_non_null(finding);
	assert_int_equal(finding->verdict, VERDICT_BLOCK);
	assert_int_equal(finding->intent.line, 8);
	assert_int_equal(finding->intent.column, 12);
	assert_true(str_is(finding->message,
		"aws_db_instance.old would be updated in place, although the intent keeps it "
		"(keep: "
		"aws_db_instance.old)."));
	assert_true(str_is(finding->cause,
		"db_subnet_group_name changes from \"app-old\" to \"app-isolated\", since it "
		"refers to "
		"aws_db_subnet_group.old, which would be replaced, because name cannot change in "
		"place"));
	assert_true(
		str_find(finding->remedy, STR("put new objects beside the old ones")) != SIZE_MAX);
	finding = world_find(&world, "intent-keep-reference", "aws_db_subnet_group.old");
	assert_non_null(finding);
	assert_int_equal(finding->verdict, VERDICT_BLOCK);
	world_close(&world);
}

static void test_bad_moves_old_keep_alone(void **state)
{
	struct world world;

	(void)state;
	world_open_file(&world, CASE("1-bad-moves-old"));
	assert_int_equal(world_judge(&world,
				 "version: 1\nexpires: 2026-12-24\nkeep: [aws_db_instance.old]\n"
				 "allow: [{replace: aws_db_subnet_group.old}, {update: "
				 "aws_db_instance.old}]"),
		VERDICT_BLOCK);
	assert_int_equal(world.findings.count, 2);
	assert_non_null(world_find(&world, "intent-keep", "aws_db_instance.old"));
	assert_non_null(world_find(&world, "intent-keep-reference", "aws_db_subnet_group.old"));
	world_close(&world);
}

static void test_bad_snapshot_on_old(void **state)
{
	const struct finding *finding;
	struct world world;

	(void)state;
	world_open_file(&world, CASE("1-bad-snapshot-on-old"));
	world_hazard(&world, "aws-db-instance-replaced", KIND_STATEFUL_REPLACE, SEVERITY_HIGH,
		"aws_db_instance.old", "snapshot_identifier");
	check(&world, CASE("1-bad-snapshot-on-old"), VERDICT_BLOCK);
	assert_int_equal(world.findings.items[0].verdict, VERDICT_BLOCK);
	finding = world_find(&world, "intent-keep", "aws_db_instance.old");
	assert_non_null(finding);
	assert_true(str_find(finding->message,
			    STR("because snapshot_identifier cannot change in place")) != SIZE_MAX);
	assert_non_null(world_find(&world, "intent-keep", "aws_route53_record.db"));
	assert_non_null(world_find(&world, "intent-missing", "aws_db_instance.new"));
	world_close(&world);
}

static void test_cutover(void **state)
{
	struct world world;

	(void)state;
	world_open_file(&world, CASE("2-cutover"));
	check(&world, CASE("2-cutover"), VERDICT_PASS);
	assert_int_equal(world.findings.count, 0);
	world_close(&world);
}

static void test_unprotect(void **state)
{
	struct world world;

	(void)state;
	world_open_file(&world, CASE("3a-unprotect-old"));
	world_hazard(&world, "aws-deletion-protection-off", KIND_LOOSENED_PROTECTION, SEVERITY_HIGH,
		"aws_db_instance.old", "deletion_protection");
	check(&world, CASE("3a-unprotect-old"), VERDICT_PASS);
	assert_int_equal(world.findings.count, 1);
	assert_int_equal(world.findings.items[0].intent.line, 29);
	world_close(&world);
}

static void test_delete_old(void **state)
{
	struct world world;

	(void)state;
	world_open_file(&world, CASE("3b-delete-old"));
	world_hazard(&world, "aws-db-instance-destroyed", KIND_STATEFUL_DESTROY, SEVERITY_CRITICAL,
		"aws_db_instance.old", NULL);
	check(&world, CASE("3b-delete-old"), VERDICT_PASS);
	assert_int_equal(world.findings.count, 1);
	assert_int_equal(world.findings.items[0].intent.line, 35);
	world_close(&world);
}

/* The same destroy, with one condition that does not hold. */
static void test_delete_old_conditions(void **state)
{
	static const char *const lines[] = {"id: app-other", "before: {skip_final_snapshot: true}",
		"before: {final_snapshot_identifier: {matches: other}}",
		"before: {engine_version: {one_of: [\"13.1\", \"12\"]}}"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		struct world world;
		struct str text;

		world_open_file(&world, CASE("3b-delete-old"));
		world_hazard(&world, "aws-db-instance-destroyed", KIND_STATEFUL_DESTROY,
			SEVERITY_HIGH, "aws_db_instance.old", NULL);
		text = arena_printf(world.arena,
			"version: 1\nexpires: 2026-12-24\nexpect:\n  - delete: "
			"aws_db_instance.old\n    %s\n"
			"  - delete: aws_db_subnet_group.old\n",
			lines[i]);
		if (world_judge(&world, text.data) != VERDICT_BLOCK ||
			!world_find(&world, "intent-expect", NULL)) {
			world_print(&world);
			fail_msg("%s", lines[i]);
		}
		assert_int_equal(world.findings.items[0].verdict, VERDICT_BLOCK);
		world_close(&world);
	}
}

/* A literal snapshot proves nothing. */
static void test_lineage_of_a_literal(void **state)
{
	const struct finding *finding;
	struct world world;

	(void)state;
	world_open_file(&world, CASE("1-restore-beside"));
	assert_int_equal(
		world_judge(&world,
			"version: 1\nexpect:\n  - create: aws_db_subnet_group.new\n"
			"  - create: aws_db_instance.new\n    from: aws_db_instance.old\n"),
		VERDICT_ASK);
	assert_int_equal(world.findings.count, 1);
	finding = &world.findings.items[0];
	assert_int_equal(finding->kind, KIND_INTENT_LINEAGE);
	assert_int_equal(finding->state, STATE_UNKNOWN);
	assert_int_equal(finding->intent.line, 5);
	assert_true(
		str_find(finding->message, STR("the literal \"app-prod-2025-11-20\"")) != SIZE_MAX);
	world_close(&world);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_restore_beside),
		cmocka_unit_test(test_bad_moves_old),
		cmocka_unit_test(test_bad_moves_old_keep_alone),
		cmocka_unit_test(test_bad_snapshot_on_old),
		cmocka_unit_test(test_cutover),
		cmocka_unit_test(test_unprotect),
		cmocka_unit_test(test_delete_old),
		cmocka_unit_test(test_delete_old_conditions),
		cmocka_unit_test(test_lineage_of_a_literal),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
