/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a flaw in a model's words to a finding.  It is apart so that both
 * readers say the same thing in the same way.
 */
#include "model/verify.h"

static const struct str rules[] = {
#define FLAW(name, text) STR_INIT(text),
	FLAWS(FLAW)
#undef FLAW
};

struct finding *verify_flaw(struct verify *verify, enum flaw flaw, bool wrong, struct str address,
	unsigned line, const char *format, ...)
{
	struct finding *finding = finding_add(verify->findings, rules[flaw], KIND_MODEL_WORDS,
		wrong ? SEVERITY_CRITICAL : SEVERITY_MEDIUM);
	va_list args;

	if (!finding)
		return NULL;
	va_start(args, format);
	finding->message = arena_vprintf(verify->arena, format, args);
	va_end(args);
	finding->plan = verify->facts->plan->name;
	finding->address = address;
	finding->said = (struct place){verify->file, line, 0};
	return finding;
}
