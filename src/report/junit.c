/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JUnit XML as Surefire writes and Jenkins and GitLab read it: one test suite
 * for each plan, one test case for each finding.  It decides which findings
 * fail a test: those that block or ask, since a test has no third result, and
 * none where the review only observes.
 */
#include "report/encode.h"
#include "report/listing.h"

struct junit {
	struct buf *out;
	struct listing *listing;
};

struct results {
	size_t tests, failures, skipped;
	bool silent; /* no finding: the one test says so */
};

static void own(struct junit *junit, const char *text)
{
	buf_add(junit->out, str_of(text));
}

/* Text out of the input: redacted, then encoded. */
static void foreign(struct junit *junit, struct str text)
{
	encode_xml(junit->out, listing_safe(junit->listing, text));
}

static void attribute(struct junit *junit, const char *name, struct str text)
{
	if (str_absent(text))
		return;
	buf_printf(junit->out, " %s=\"", name);
	foreign(junit, text);
	own(junit, "\"");
}

static bool is_of(const struct finding *finding, const struct plan *plan)
{
	return plan ? str_eq(finding->plan, plan->name) : str_absent(finding->plan);
}

/* The suite of a plan; `plan` NULL: of what belongs to none. A plan without findings is one passed test. */
static struct results count(const struct report *report, const struct plan *plan)
{
	struct results n = {0};

	for (size_t i = 0; i < report->findings.count; i++) {
		const struct finding *finding = &report->findings.items[i];
		bool wrong = finding->verdict != VERDICT_PASS;

		if (!is_of(finding, plan))
			continue;
		n.tests++;
		n.failures += wrong && !report->observe;
		n.skipped += wrong && report->observe;
	}
	n.silent = plan && !n.tests;
	n.tests += n.silent;
	return n;
}

static void result(struct junit *junit, const struct finding *finding)
{
	bool observe = junit->listing->report->observe;

	if (finding->verdict == VERDICT_PASS) {
		own(junit, "      <system-out>");
		foreign(junit, listing_sentences(junit->listing, finding));
		own(junit, "</system-out>\n");
		return;
	}
	own(junit, observe ? "      <skipped message=\"" : "      <failure message=\"");
	buf_add(junit->out, verdict_name(finding->verdict));
	own(junit, ": ");
	foreign(junit, finding->message);
	if (observe) {
		own(junit, "\"/>\n");
		return;
	}
	own(junit, "\"");
	attribute(junit, "type", finding_kind_name(finding->kind));
	own(junit, ">");
	foreign(junit, listing_sentences(junit->listing, finding));
	own(junit, "</failure>\n");
}

static void test_case(struct junit *junit, const struct finding *finding)
{
	struct place place = listing_place(junit->listing, finding);

	own(junit, "    <testcase name=\"");
	foreign(junit, finding->rule);
	if (!str_absent(finding->address)) {
		own(junit, " ");
		encode_xml(junit->out, listing_address(junit->listing, finding->address));
	}
	if (!str_absent(finding->path)) {
		own(junit, " ");
		foreign(junit, finding->path);
	}
	own(junit, "\"");
	attribute(junit, "classname", finding_kind_name(finding->kind));
	attribute(junit, "file", place.file);
	if (place.line)
		buf_printf(junit->out, " line=\"%u\"", place.line);
	own(junit, " time=\"0\">\n");
	result(junit, finding);
	own(junit, "    </testcase>\n");
}

static void counts(struct junit *junit, struct results n)
{
	buf_printf(junit->out, " tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\"",
		n.tests, n.failures, n.skipped);
}

static void suite(struct junit *junit, const struct report_plan *plan)
{
	const struct report *report = junit->listing->report;
	struct results n = count(report, plan ? plan->plan : NULL);
	struct str time = str_slice(report->now, 0, sizeof("2026-01-02T03:04:05") - 1);

	if (!n.tests)
		return;
	own(junit, "  <testsuite");
	attribute(junit, "name", plan ? plan->plan->name : STR("weir"));
	counts(junit, n);
	own(junit, " time=\"0\"");
	attribute(junit, "timestamp", time);
	own(junit, ">\n");
	if (plan) {
		own(junit, "    <properties>\n      <property name=\"verdict\"");
		attribute(junit, "value", verdict_name(plan->verdict));
		own(junit, "/>\n      <property name=\"sha256\"");
		attribute(junit, "value", plan->plan->sha256);
		own(junit, "/>\n    </properties>\n");
	}
	for (size_t i = 0; i < report->findings.count && !listing_failed(junit->listing); i++)
		if (is_of(&report->findings.items[i], plan ? plan->plan : NULL))
			test_case(junit, &report->findings.items[i]);
	if (n.silent)
		own(junit, "    <testcase name=\"no findings\" classname=\"weir\" time=\"0\"/>\n");
	own(junit, "  </testsuite>\n");
}

int report_junit(const struct report *report, const struct report_style *style, struct buf *out,
	struct error *err)
{
	CLEANUP(listing_free) struct listing listing = {0};
	struct junit junit = {out, &listing};
	struct results total = count(report, NULL);
	int r = listing_init(&listing, report, err);

	(void)style;
	if (r < 0)
		return r;
	for (size_t i = 0; i < report->plan_count; i++) {
		struct results n = count(report, report->plans[i].plan);

		total.tests += n.tests;
		total.failures += n.failures;
		total.skipped += n.skipped;
	}
	own(&junit, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"weir\"");
	counts(&junit, total);
	own(&junit, " time=\"0\">\n");
	for (size_t i = 0; i < report->plan_count; i++)
		suite(&junit, &report->plans[i]);
	suite(&junit, NULL);
	own(&junit, "</testsuites>\n");
	return listing_failed(&listing) || buf_failed(out) ? error_memory(err) : 0;
}
