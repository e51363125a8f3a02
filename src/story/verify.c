/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a verification is, from top to bottom: review the plan for what it
 * shows by itself, gather the facts, read the words, hold the ones against the
 * others.
 */
#include "story/verify.h"

#include "base/hash.h"
#include "base/json.h"

struct verification {
	struct review *review;
	struct file_map file;
	struct doc *doc;
	struct claims claims;
	struct verified verified;
};

void verification_cleanup(struct verification **verification)
{
	struct verification *own = *verification;

	*verification = NULL;
	if (!own)
		return;
	doc_free(own->doc);
	review_cleanup(&own->review);
	file_unmap(&own->file);
}

const struct verified *verification_result(const struct verification *verification)
{
	return &verification->verified;
}

static int review_plan(struct verification *own, const struct verify_options *options,
	struct arena *arena, struct error *err)
{
	static const struct trust tree = {.tree = true};
	const struct review_options how = {
		.input = options->input,
		.trust = &tree,
		.without_intent = true,
		.now_text = options->now_text,
	};
	int r = review_run(&how, arena, &own->review, err);

	if (r < 0)
		return r;
	own->verified.review = review_report(own->review);
	if (own->verified.review->plan_count != 1)
		return error_set(err, ERR_USAGE,
			"a text is held against one plan, and %s holds several",
			options->input.inputs[0]);
	return 0;
}

static int read_claims(struct verification *own, struct verify *verify, struct error *err)
{
	const struct json_options how = {.name = verify->file};
	int r = json_read(own->file.text, &how, &own->doc, err);

	if (r == 0)
		r = doc_check_keys(doc_root(own->doc), err);
	return r < 0 ? r : verify_claims(verify, own->doc, &own->claims, err);
}

static int take_text(struct str text, struct verification *own, struct error *err)
{
	own->file.text = text;
	return text.len <= SUMMARY_MOST
		? 0
		: error_set(err, ERR_FILE_TOO_LARGE, "the summary has %zu bytes; the most is %d",
			  text.len, SUMMARY_MOST);
}

static int check(struct verification *own, const struct verify_options *options,
	struct arena *arena, struct error *err)
{
	const char *path = options->claims ? options->claims
		: options->summary         ? options->summary
					   : "the summary";
	struct verified *verified = &own->verified;
	struct words *words;
	struct facts *facts;
	struct verify verify;
	char hex[SHA256_HEX + 1];
	int r = words_load(arena, &words, err);

	if (r == 0)
		r = facts_build(verified->review->plans[0].plan, &verified->review->findings, arena,
			&facts, err);
	if (r == 0 && !str_absent(options->text))
		r = take_text(options->text, own, err);
	else if (r == 0)
		r = file_map(path, options->claims ? CLAIMS_MOST : SUMMARY_MOST, &own->file, err);
	if (r < 0)
		return r;
	verified->file = str_of(path);
	verified->findings.arena = arena;
	sha256_hex(own->file.text, hex);
	verified->sha256 = arena_str(arena, str_of(hex));
	verify = (struct verify){facts, words, arena, &verified->findings, verified->file};
	if (options->claims) {
		verified->claims = &own->claims;
		r = read_claims(own, &verify, err);
	} else {
		r = verify_prose(&verify, own->file.text, err);
	}
	if (r < 0)
		return r;
	verified->verdict = verdict_decide(&verified->findings, &(struct verdict_terms){0});
	findings_sort(&verified->findings);
	return arena_failed(arena) ? error_memory(err) : 0;
}

int verify_run(const struct verify_options *options, struct arena *arena,
	struct verification **ret_verification, struct error *err)
{
	CLEANUP(verification_cleanup)
	struct verification *own = ARENA_NEW(arena, struct verification);
	int r;

	if (!own)
		return error_memory(err);
	r = review_plan(own, options, arena, err);
	if (r == 0)
		r = check(own, options, arena, err);
	if (r < 0)
		return r;
	*ret_verification = own;
	own = NULL;
	return 0;
}
