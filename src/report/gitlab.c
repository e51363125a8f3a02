/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GitLab's code quality report, which shows findings in the widget of a merge
 * request: the members that GitLab names as required, and no others.
 */
#include "base/json.h"
#include "report/encode.h"
#include "report/listing.h"

/* What the author answered in writing degrades nothing, nor does what only apply will decide and passes. */
static const char *severity_of(const struct finding *finding)
{
	static const char *const words[] = {"info", "minor", "major", "critical", "blocker"};

	bool quiet = listing_is_answered(finding) || finding_is_undecided(finding);

	return words[quiet ? SEVERITY_INFO : finding->severity];
}

static void issue(struct json_writer *json, struct listing *listing, size_t index)
{
	const struct finding *finding = &listing->report->findings.items[index];
	struct place place = listing_place(listing, finding);
	/* Made safe before weir's own word stands in front: behind "pass:" anything looks like a secret. */
	struct str text = arena_printf(listing->scratch, "%.*s: %.*s",
		STR_ARG(verdict_name(finding->verdict)),
		STR_ARG(listing_safe(listing, listing_sentences(listing, finding))));

	json_object_begin(json);
	json_member(json, "description", listing_encoded(listing, encode_message, text));
	json_member(json, "check_name", listing_safe(listing, finding->rule));
	json_member(json, "fingerprint", str_of(listing->ids[index]));
	json_member(json, "severity", str_of(severity_of(finding)));
	json_key(json, STR("location"));
	json_object_begin(json);
	json_member(json, "path",
		str_absent(place.file) ? STR("weir.yaml") : listing_safe(listing, place.file));
	json_key(json, STR("lines"));
	json_object_begin(json);
	json_member_int(json, "begin", place.line ? place.line : 1);
	json_object_end(json);
	json_object_end(json);
	json_object_end(json);
}

int report_gitlab(const struct report *report, const struct report_style *style, struct buf *out,
	struct error *err)
{
	CLEANUP(listing_free) struct listing listing = {0};
	struct json_writer json;
	int r = listing_init(&listing, report, err);

	(void)style;
	if (r < 0)
		return r;
	json_writer_init(&json, out, 2);
	json_array_begin(&json);
	for (size_t i = 0; i < report->findings.count && !listing_failed(&listing); i++)
		issue(&json, &listing, i);
	json_array_end(&json);
	buf_add_char(out, '\n');
	return listing_failed(&listing) || buf_failed(out) ? error_memory(err) : 0;
}
