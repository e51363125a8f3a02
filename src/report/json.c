/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The JSON report (schema: data/schema/review.schema.json).  Its members are
 * published: later versions add optional ones, none is renamed or removed.
 */
#include "base/json.h"
#include "report/report.h"

struct output {
	struct json_writer json;
	const struct report *report;
	/* For one value at a time; a report may have a hundred thousand of them. */
	struct arena *scratch;
};

/* A member that is weir's own text, or foreign text made safe; null where absent. */
static void own(struct output *output, const char *key, struct str text)
{
	json_key(&output->json, str_of(key));
	if (str_absent(text))
		json_null(&output->json);
	else
		json_string(&output->json, text);
}

/* A member that is text out of the input. */
static void foreign(struct output *output, const char *key, struct str text)
{
	if (!str_absent(text))
		text = report_safe(output->report, text, output->scratch, output->json.out);
	own(output, key, text);
}

static void address(struct output *output, const char *key, struct str text)
{
	if (!str_absent(text))
		text = report_safe_address(output->report, text, output->scratch, output->json.out);
	own(output, key, text);
}

static void place(struct output *output, const char *key, const struct place *where, bool column)
{
	json_key(&output->json, str_of(key));
	if (str_absent(where->file)) {
		json_null(&output->json);
		return;
	}
	json_object_begin(&output->json);
	foreign(output, "file", where->file);
	json_member_int(&output->json, "line", where->line);
	if (column)
		json_member_int(&output->json, "column", where->column);
	json_object_end(&output->json);
}

static void digests(struct output *output)
{
	struct json_writer *json = &output->json;
	const struct report *report = output->report;

	json_key(json, STR("digests"));
	json_object_begin(json);
	json_key(json, STR("plans"));
	json_array_begin(json);
	for (size_t i = 0; i < report->plan_count; i++) {
		const struct report_plan *plan = &report->plans[i];

		json_object_begin(json);
		foreign(output, "plan", plan->plan->name);
		own(output, "sha256", plan->plan->sha256);
		own(output, "intent_sha256", plan->intent.sha256);
		json_object_end(json);
	}
	json_array_end(json);
	own(output, "configuration", report->config_sha256);
	own(output, "rules", report->rules_sha256);
	if (report->scan_count) {
		json_key(json, STR("scanners"));
		json_array_begin(json);
		for (size_t i = 0; i < report->scan_count; i++) {
			json_object_begin(json);
			foreign(output, "file", report->scans[i].file);
			own(output, "sha256", report->scans[i].sha256);
			json_object_end(json);
		}
		json_array_end(json);
	}
	json_object_end(json);
}

static void counts(struct output *output, const struct plan_counts *n)
{
	struct json_writer *json = &output->json;

	json_member_int(json, "add", (int64_t)n->add);
	json_member_int(json, "change", (int64_t)n->update);
	json_member_int(json, "destroy", (int64_t)n->destroy);
	json_member_int(json, "import", (int64_t)n->import);
	json_member_int(json, "move", (int64_t)n->move);
	json_member_int(json, "forget", (int64_t)n->forget);
	json_member_int(json, "read", (int64_t)n->read);
	json_member_int(json, "no_op", (int64_t)n->no_op);
	json_member_int(json, "unknown", (int64_t)n->unknown);
}

static void summary(struct output *output)
{
	struct json_writer *json = &output->json;
	const struct report *report = output->report;
	struct plan_counts total = report_total(report);

	json_key(json, STR("summary"));
	json_object_begin(json);
	counts(output, &total);
	json_key(json, STR("plans"));
	json_array_begin(json);
	for (size_t i = 0; i < report->plan_count; i++) {
		const struct report_plan *plan = &report->plans[i];

		json_object_begin(json);
		foreign(output, "plan", plan->plan->name);
		foreign(output, "source", plan->plan->source);
		own(output, "verdict", verdict_name(plan->verdict));
		counts(output, &plan->counts);
		json_key(json, STR("intent"));
		if (str_absent(plan->intent.file)) {
			json_null(json);
		} else {
			json_object_begin(json);
			foreign(output, "file", plan->intent.file);
			foreign(output, "goal", plan->intent.goal);
			foreign(output, "phase", plan->intent.phase);
			json_object_end(json);
		}
		json_object_end(json);
	}
	json_array_end(json);
	json_object_end(json);
}

/* [["name"], ["ingress", 0]], keys and indices only: no values. */
static void replace_paths(struct output *output, struct node paths)
{
	struct json_writer *json = &output->json;
	struct node_iter path = node_children(paths);

	json_key(json, STR("replace_paths"));
	json_array_begin(json);
	while (node_next(&path)) {
		struct node_iter step = node_children(path.value);

		json_array_begin(json);
		while (node_next(&step)) {
			if (node_is_string(step.value))
				json_string(json,
					report_safe(output->report,
						node_text(step.value, output->scratch),
						output->scratch, output->json.out));
			else
				json_raw(json, node_raw(step.value));
		}
		json_array_end(json);
	}
	json_array_end(json);
}

static void cause_member(struct output *output, const struct change_cause *cause)
{
	struct json_writer *json = &output->json;

	if (!cause)
		return;
	json_key(json, STR("cause"));
	json_object_begin(json);
	own(output, "kind", change_cause_name(cause->kind));
	if (cause->kind == CAUSE_EDIT) {
		foreign(output, "file", cause->file);
		json_member_int(json, "line", cause->line);
		json_member_bool(json, "removed", cause->removed);
	} else if (cause->kind == CAUSE_REFERENCE) {
		address(output, "from", cause->from);
	} else if (!str_absent(cause->reason)) {
		own(output, "reason", cause->reason);
	}
	json_object_end(json);
}

static void change(struct output *output, const struct plan *plan, const struct change *c)
{
	struct json_writer *json = &output->json;

	json_object_begin(json);
	foreign(output, "plan", plan->name);
	address(output, "address", c->address);
	if (!str_absent(c->deposed))
		foreign(output, "deposed", c->deposed);
	foreign(output, "action", c->action_text);
	if (!str_absent(c->previous_address))
		address(output, "previous_address", c->previous_address);
	if (c->importing)
		json_member_bool(json, "importing", true);
	if (!str_absent(c->action_reason))
		foreign(output, "action_reason", c->action_reason);
	if (node_count(change_replace_paths(c)))
		replace_paths(output, change_replace_paths(c));
	cause_member(output, report_cause(output->report, plan, c));
	json_object_end(json);
}

/* Everything but plain no-ops. The scratch arena is renewed so that memory stays bounded. */
static int changes(struct output *output, struct error *err)
{
	const struct report *report = output->report;

	json_key(&output->json, STR("changes"));
	json_array_begin(&output->json);
	for (size_t i = 0; i < report->plan_count; i++) {
		const struct plan *plan = report->plans[i].plan;

		for (size_t k = 0; k < plan->changes.count; k++) {
			if (plan->changes.items[k].action == ACTION_NO_OP)
				continue;
			change(output, plan, &plan->changes.items[k]);
			if (arena_used(output->scratch) < 256 * 1024)
				continue;
			if (arena_failed(output->scratch))
				return error_memory(err);
			arena_reset(output->scratch);
		}
	}
	json_array_end(&output->json);
	return 0;
}

static void finding(struct output *output, const struct finding *f)
{
	struct json_writer *json = &output->json;
	char fingerprint[17];

	finding_fingerprint(f, fingerprint);
	json_object_begin(json);
	foreign(output, "rule", f->rule);
	own(output, "kind", finding_kind_name(f->kind));
	own(output, "severity", severity_name(f->severity));
	own(output, "state", finding_state_name(f->state));
	own(output, "verdict", verdict_name(f->verdict));
	address(output, "address", f->address);
	foreign(output, "path", f->path);
	foreign(output, "message", f->message);
	if (!str_absent(f->cause))
		foreign(output, "cause", f->cause);
	if (!str_absent(f->remedy))
		foreign(output, "remedy", f->remedy);
	json_key(json, STR("plan"));
	if (str_absent(f->plan)) {
		json_null(json);
	} else {
		json_object_begin(json);
		foreign(output, "name", f->plan);
		foreign(output, "pointer", f->pointer);
		if (f->offset != SIZE_MAX)
			json_member_int(json, "offset", (int64_t)f->offset);
		json_object_end(json);
	}
	place(output, "config", &f->config, false);
	place(output, "intent", &f->intent, true);
	if (!str_empty(f->source.file))
		place(output, "source", &f->source, true);
	own(output, "fingerprint", str_of(fingerprint));
	json_object_end(json);
}

static int render(struct output *output, struct error *err)
{
	struct json_writer *json = &output->json;
	const struct report *report = output->report;
	int r;

	json_object_begin(json);
	json_member_int(json, "schema_version", 1);
	json_key(json, STR("tool"));
	json_object_begin(json);
	json_member(json, "name", STR("weir"));
	json_member(json, "version", STR(WEIR_VERSION));
	json_object_end(json);
	own(output, "now", report->now);
	digests(output);
	own(output, "verdict", verdict_name(report->verdict));
	if (report->observe)
		json_member_bool(json, "observe", true);
	if (!str_absent(report->base))
		foreign(output, "base", report->base);
	if (!str_absent(report->program))
		foreign(output, "program", report->program);
	summary(output);
	r = changes(output, err);
	if (r < 0)
		return r;
	json_key(json, STR("findings"));
	json_array_begin(json);
	for (size_t i = 0; i < report->findings.count; i++)
		finding(output, &report->findings.items[i]);
	json_array_end(json);
	if (report->prevent_destroy_undecided) {
		json_key(json, STR("notes"));
		json_array_begin(json);
		json_string(json, STR(REPORT_UNDECIDED_NOTE));
		json_array_end(json);
	}
	json_object_end(json);
	buf_add_char(json->out, '\n');
	return arena_failed(output->scratch) || buf_failed(json->out) ? error_memory(err) : 0;
}

int report_json(const struct report *report, const struct report_style *style, struct buf *out,
	struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *scratch = arena_create(SIZE_MAX);
	struct output output = {.report = report, .scratch = scratch};

	(void)style;
	if (!scratch)
		return error_memory(err);
	json_writer_init(&output.json, out, 2);
	return render(&output, err);
}
