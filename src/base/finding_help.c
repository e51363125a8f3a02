/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each kind of finding means and what to do about it, for `weir explain`
 * and for reports that carry help.  Apart from finding.c: only people need it.
 */
#include "base/finding.h"

static const struct finding_help kinds[KIND_COUNT] = {
	[KIND_STATEFUL_DESTROY] = {"An object that holds data would be destroyed",
		"Its data cannot be brought back by Terraform. If it is meant, say so in the "
		"intent: expect: [{delete: ADDRESS}], with expires."},
	[KIND_STATEFUL_REPLACE] = {"An object that holds data would be destroyed and made anew",
		"The finding names the attribute that forces it. Undo that change, or move the "
		"data first and let the intent expect the replacement."},
	[KIND_HIDDEN_DESTROY] = {"Something would be destroyed inside an update",
		"Terraform counts it as a change, but an element that holds data disappears: a "
		"global table's replica, a disk."},
	[KIND_LOOSENED_PROTECTION] = {"A protection would be switched off or made weaker",
		"Deletion protection, backups, versioning, retention, a lock. Often the step "
		"before a destroy."},
	[KIND_EXPOSURE] = {"Something would be reachable by more people or networks than before",
		"Narrow the range, the principal or the policy, or let the intent expect the "
		"change."},
	[KIND_PRIVILEGE] = {"Someone would be allowed to do more than before",
		"Grant the actions and resources that are needed instead of all."},
	[KIND_ENCRYPTION_WEAKENED] = {"Data would be encrypted less well than before",
		"At rest or in transit: encryption switched off, an older protocol, a key that "
		"others hold."},
	[KIND_SECRET_IN_PLAINTEXT] = {"A secret would be readable where it is stored or deployed",
		"Take it from a secret store when the program runs, and change the secret: it has "
		"been in a plan."},
	[KIND_PREVENT_DESTROY_LOST] = {"prevent_destroy would no longer protect an object",
		"The change of the configuration removes it; the plan itself does not show it."},
	[KIND_UNKNOWN_TYPE_DESTROY] =
		{"An object of a type that weir does not know would be destroyed",
			"It may hold data. Name it in the intent when you know that it does not."},
	[KIND_OUTAGE] = {"A service would stop or lose capacity", "See the finding's remedy."},
	[KIND_IDENTITY_LOSS] = {"A name, address or key that others rely on would change",
		"Whoever holds the old one loses the object: a DNS name, an ARN, an IP address."},
	[KIND_BLAST_RADIUS] = {"One change would reach much more than its author may expect",
		"Split the change, or name in the intent what it may touch."},
	[KIND_SCANNER] = {"Another scanner found something at an object",
		"weir tells it as the scanner does (--sarif-in). It counts where this plan makes "
		"or changes the object."},
	[KIND_UNKNOWN_ACTION] = {"The plan holds an action that weir does not know",
		"What is not understood does not pass. A newer weir may know it."},
	[KIND_INCOMPLETE_PLAN] = {"The plan says that it is not all that would happen",
		"Terraform stopped with an error or put changes off. Plan again until it is "
		"complete."},
	[KIND_REPORT_TRUNCATED] = {"The report leaves something out",
		"There was more to say than fits. The verdict is about everything."},
	[KIND_FORGED_PLACEHOLDER] = {"The plan holds what looks like weir's mark for a hidden "
				     "secret",
		"weir did not write it there. Someone may want a value to be taken for redacted."},
	[KIND_MODEL_WORDS] = {"What a model says of the plan is not what the plan says",
		"`weir verify` found it. Where it asks, a person must read the words: they may be "
		"right and not plain."},
	[KIND_PLAN_DIFFERS] = {"The plan is not the one that was reviewed",
		"Its changes_digest is another than --expect-digest says. The world or the "
		"configuration changed since: review the new plan, and expect its digest then."},
	[KIND_CHECK_FAILED] = {"A check or condition of the configuration fails in this plan",
		"The condition is the author's own; Terraform prints its message."},
	[KIND_INTENT_MISSING] = {"Something that the intent expects is not in the plan",
		"The plan does less than its author meant, or the phase is over: set the next "
		"one."},
	[KIND_INTENT_UNEXPECTED] = {"The plan does something that the intent does not name",
		"Add it to expect or allow, or find out why it is in the plan."},
	[KIND_INTENT_KEPT] = {"The plan changes what the intent says to keep",
		"keep means: no change at all, not even an update or a move."},
	[KIND_INTENT_COUNT] = {"The plan does something more or less often than the intent expects",
		"expect means once, unless count says otherwise."},
	[KIND_INTENT_LINEAGE] = {"It is not proved that the new object comes from the old one",
		"Refer to the old object in the configuration instead of writing its name out."},
	[KIND_INTENT_FORBIDDEN] = {"The plan does what the intent forbids",
		"Change the plan or the intent."},
	[KIND_INTENT_RELAXED_HERE] = {"The change under review makes its own intent laxer",
		"What loosens counts when it stands at the merge base. Merge the intent first, or "
		"let a person decide."},
	[KIND_INTENT_EXPIRED] = {"The intent is past its date",
		"Write a new date when it still holds."},
	[KIND_INTENT_WRONG_ROOT] = {"The intent belongs to another root or workspace",
		"Give the intent of this plan's root."},
};

const struct finding_help *finding_kind_help(enum finding_kind kind)
{
	return &kinds[kind];
}
