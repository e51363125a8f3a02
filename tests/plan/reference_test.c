/* SPDX-License-Identifier: Apache-2.0 */
/* Who refers to whom: nested blocks, modules both ways, keys, circles. */
#include "plan_support.h"

#include "plan/reference.h"

#define CONFIGURATION(root) PLAN_HEAD ",\"configuration\":{\"root_module\":" root "}}"
#define RESOURCE(address, expressions, more)                                                       \
	"{\"address\":\"" address "\",\"expressions\":{" expressions "}" more "}"
#define REFERS(...) "{\"references\":[" #__VA_ARGS__ "]}"

static struct references *build(void **state, const char *text)
{
	struct plan *plan = read_plan(state, text);
	struct fixture *fixture = *state;
	struct references *references = NULL;

	assert_int_equal(references_build(plan, fixture->arena, &references, &fixture->err), 0);
	return references;
}

/* "attribute=to.path" of each, one a line. */
static void assert_from(struct references *references, const char *address, const char *wanted)
{
	const struct reference *items;
	size_t count = references_from(references, str_of(address), &items);
	struct buf out = BUF(1 << 16);

	for (size_t i = 0; i < count; i++)
		buf_printf(&out, "%.*s=%.*s %.*s\n", STR_ARG(items[i].attribute),
			STR_ARG(items[i].to), STR_ARG(items[i].to_path));
	assert_str(buf_str(&out), wanted);
	buf_free(&out);
}

static void assert_to(struct references *references, const char *address, const char *wanted)
{
	const struct reference *const *items;
	size_t count = references_to(references, str_of(address), &items);
	struct buf out = BUF(1 << 16);

	for (size_t i = 0; i < count; i++)
		buf_printf(
			&out, "%.*s.%.*s\n", STR_ARG(items[i]->from), STR_ARG(items[i]->attribute));
	assert_str(buf_str(&out), wanted);
	buf_free(&out);
}

static void direct_references(void **state)
{
	struct references *references = build(state,
		CONFIGURATION("{\"resources\":[" RESOURCE("a.x",
			"\"records\":" REFERS("b.y[0].address", "b.y[0]",
				"b.y") ",\"n\":{"
				       "\"constant_value\":1},\"block\":[{\"in\":" REFERS(
					       "data.c.z.id",
					       "data.c.z") "}],\"one\":{\"in\":" REFERS("local.l",
					       "each.key", "path.module") "}",
			",\"depends_on\":[\"b.w\"],\"for_each_expression\":" REFERS(
				"var.v")) "," RESOURCE("b.y", "", "") "]}"));

	assert_from(references, "a.x[\"k]\\\"e.y\"]",
		"records=b.y address\nblock[0].in=data.c.z id\none.in=local.l \n"
		"for_each=var.v \n=b.w \n");
	assert_to(references, "b.y[1]", "a.x.records\n");
	assert_to(references, "data.c.z", "a.x.block[0].in\n");
	assert_to(references, "b.w", "a.x.\n");
	assert_from(references, "b.y", "");
	assert_to(references, "zzz.q", "");
}

/* JSON with ' for ", which none of these texts holds otherwise. */
static struct references *build_configuration(void **state, const char *root)
{
	struct fixture *fixture = *state;
	struct str text = arena_printf(
		fixture->arena, PLAN_HEAD ",\"configuration\":{\"root_module\":%s}}", root);
	char *at = (char *)(uintptr_t)text.data;

	for (size_t i = 0; i < text.len; i++)
		if (at[i] == '\'')
			at[i] = '"';
	return build(state, text.data);
}

static void modules_both_ways(void **state)
{
	struct references *references = build_configuration(state,
		"{'resources':["
		"{'address':'a.user','expressions':{'v':{'references':['module.m.out.name',"
		"'module.m.out','module.m']}}},"
		"{'address':'a.whole','depends_on':['module.m']}],"
		"'module_calls':{'m':{'expressions':{'input':{'references':['b.source.id','b."
		"source']}},"
		"'module':{'outputs':{'out':{'expression':{'references':['module.n.inner','module."
		"n']}}},"
		"'resources':[{'address':'c.r','expressions':{'x':{'references':['var.input']}}}],"
		"'module_calls':{'n':{'expressions':{'deep':{'references':['var.input']}},"
		"'module':{'outputs':{'inner':{'expression':{'references':['d.s.arn','d.s']}}},"
		"'resources':[{'address':'d.s','expressions':{'y':{'references':['var.deep',"
		"'var.unset']}}}]}}}}}}}");

	assert_from(references, "a.user", "v=module.m.module.n.d.s arn\n");
	assert_from(references, "a.whole", "=module.m \n");
	assert_from(references, "module.m[0].c.r[\"x\"]", "x=b.source id\n");
	assert_from(references, "module.m.module.n.d.s",
		"y=b.source id\ny=module.m.module.n.var.unset \n");
	assert_to(references, "b.source", "module.m.c.r.x\nmodule.m.module.n.d.s.y\n");
	assert_to(references, "module.m[\"a\"].module.n[1].d.s", "a.user.v\n");
}

static void circles_end(void **state)
{
	struct references *references = build(state,
		CONFIGURATION("{\"resources\":[" RESOURCE("a.x", "\"v\":" REFERS("module.m.o"),
			"") "],\"module_calls\":{\"m\":{\"expressions\":{"
			    "\"i\":" REFERS(
				    "module.m.o", "b.y") "},\"module\":{\"outputs\":{\"o\":{"
							 "\"expression\":" REFERS("var.i") "}}}}}"
											   "}"));

	assert_from(references, "a.x", "v=b.y \n");
}

static void no_configuration(void **state)
{
	struct references *references = build(state, PLAN_HEAD "}");

	assert_from(references, "a.x", "");
	assert_to(references, "a.x", "");
}

static void addresses_without_keys(void **state)
{
	struct arena *arena = ((struct fixture *)*state)->arena;

	assert_str(address_without_keys(STR("module.a[\"x.y[0]\\\"]\"].b.c[3]"), arena),
		"module.a.b.c");
	assert_str(address_without_keys(STR("b.c"), arena), "b.c");
	assert_str(address_without_keys(STR("b.c[\"open"), arena), "b.c");
	assert_str(address_without_keys(STR("b.c[\"k\\"), arena), "b.c");
}

static void many_references_in_linear_time(void **state)
{
	enum { COUNT = 100000 };
	struct fixture *fixture = *state;
	struct buf text = BUF((size_t)64 << 20);
	struct references *references = NULL;
	const struct reference *const *items;

	buf_add(&text, STR(PLAN_HEAD ",\"configuration\":{\"root_module\":{\"resources\":["));
	for (int i = 0; i < COUNT; i++)
		buf_printf(&text,
			"%s{\"address\":\"a.r%d\",\"expressions\":{\"v\":{\"references\":[\"a.hub."
			"id\","
			"\"a.hub\",\"a.r%d\"]}}}",
			i ? "," : "", i, i / 2);
	buf_add(&text, STR("]}}}"));
	read_text(state, buf_str(&text));
	assert_int_equal(fixture->r, 0);
	assert_int_equal(references_build(&fixture->plans.items[0], fixture->arena, &references,
				 &fixture->err),
		0);
	assert_int_equal(references_to(references, STR("a.hub"), &items), COUNT);
	assert_int_equal(references_to(references, STR("a.r5"), &items), 2);
	assert_from(references, "a.r11", "v=a.hub id\nv=a.r5 \n");
	close_fixture(state);
	open_fixture(state);
	buf_free(&text);
}

/* Each module passes what it gets on by two outputs, so each level doubles the ways to the source. */
static void ways_that_double_are_one(void **state)
{
	enum { LEVELS = 40 };
	CLEANUP(buf_free) struct buf text = BUF(1 << 20);

	buf_add(&text,
		STR("{'resources':[{'address':'a.x','expressions':{'v':{'references':["
		    "'module.m0.o']}}}],'module_calls':{"));
	for (int i = 0; i < LEVELS; i++) {
		buf_printf(&text, "%s'm%d':{'expressions':{'v':{'references':[", i ? "," : "", i);
		if (i + 1 < LEVELS)
			buf_printf(&text, "'module.m%d.o','module.m%d.p'", i + 1, i + 1);
		else
			buf_add(&text, STR("'b.w.id','b.w'"));
		buf_add(&text,
			STR("]}},'module':{'outputs':{'o':{'expression':{'references':['var.v']}},"
			    "'p':{'expression':{'references':['var.v']}}}}}"));
	}
	buf_add(&text, STR("}}"));
	buf_add_char(&text, 0);
	assert_from(build_configuration(state, text.data), "a.x", "v=b.w id\n");
}

static void every_failed_allocation_is_an_error(void **state)
{
	struct plan *plan = read_plan(state,
		CONFIGURATION(
			"{\"resources\":[" RESOURCE("a.x", "\"v\":" REFERS("module.m.o", "c.d"),
				"") "],\"module_calls\":{\"m\":{\"module\":{\"outputs\":{\"o\":{"
				    "\"expression\":" REFERS("b.y") "}}}}}}"));

	for (uint64_t i = 1;; i++) {
		struct arena *arena = arena_create(1 << 20);
		struct references *references = NULL;
		uint64_t count;
		int r;

		mem_fail_from(i);
		r = references_build(plan, arena, &references, NULL);
		count = mem_count();
		mem_fail_from(0);
		assert_int_equal(r, count < i ? 0 : -75);
		arena_destroy(arena);
		if (count < i)
			break;
	}
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		PLAN_TEST(direct_references),
		PLAN_TEST(modules_both_ways),
		PLAN_TEST(circles_end),
		PLAN_TEST(no_configuration),
		PLAN_TEST(addresses_without_keys),
		PLAN_TEST(many_references_in_linear_time),
		PLAN_TEST(ways_that_double_are_one),
		PLAN_TEST(every_failed_allocation_is_an_error),
	};

	if (count > 1)
		cmocka_set_test_filter(arguments[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
