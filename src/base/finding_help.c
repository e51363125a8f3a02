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
	[KIND_BAD_ID] = {"The id of a construct can't be a name in Terraform",
		"An id is plain text that is known when the program runs, not a reference; a "
		"stack's id has no spaces and no wildcards."},
	[KIND_CIRCULAR_DEPENDENCY] = {"Stacks or constructs depend on each other in a circle",
		"Neither could be deployed first. Move what both need into a third one, or pass "
		"it in one direction only."},
	[KIND_COLLIDING_IDS] = {"Two constructs get the same name in Terraform's JSON",
		"The later one would replace the earlier one without a word: ids that differ in "
		"punctuation alone come to one name. Rename one of them, or set its name with "
		"overrideLogicalId."},
	[KIND_CONFLICTING_PROPERTIES] =
		{"Properties are set that exclude each other, or one lacks its companion",
			"The provider refuses such a resource. Keep one of them, or add the one "
			"that the message names."},
	[KIND_DUPLICATE_ID] = {"Two constructs in one scope have the same id",
		"An id names a construct among its siblings. In a loop, make the item's name or "
		"number a part of it."},
	[KIND_EXCEPTION] = {"The program ended with an error that nothing caught",
		"The message is the program's own; the lines below it lead to where it was "
		"thrown."},
	[KIND_IMPURE_INPUT] = {"The program asks for what differs from run to run",
		"The clock, randomness and the environment would make each synthesis another "
		"one. Pass the value in: --env NAME, --context KEY=VALUE, or a constant."},
	[KIND_INFINITE_LOOP] = {"The program did not end within its time limit",
		"The place is the loop that it was in. Look for a condition that never becomes "
		"false."},
	[KIND_INFINITE_RECURSION] = {"Functions call each other without end",
		"The place is where the stack was full. Look for the call that lacks a way out."},
	[KIND_MEMORY_LIMIT] = {"The program used more memory than it may",
		"Look for a list or a text that grows without end near the place."},
	[KIND_MISSING_PROVIDER] = {"A stack uses resources of a provider that it does not have",
		"Make the provider in that stack, such as new AwsProvider(this, \"aws\", {...})."},
	[KIND_MISSING_REQUIRED] = {"A property or block that the provider requires is missing",
		"The provider's schema requires it; Terraform would refuse the resource."},
	[KIND_NO_STACK] = {"A resource stands in no stack",
		"Nothing would be written for it. Its scope must be a TerraformStack or something "
		"inside of one."},
	[KIND_NO_SYNTH] = {"An App was made, and app.synth() was never called",
		"Nothing is written without it: call it behind the last stack."},
	[KIND_OUT_OF_RANGE] = {"A number, a length or a text is outside what the provider accepts",
		"The message names the limits; they are the provider's own."},
	[KIND_SYNTAX_ERROR] = {"The text is no TypeScript or JavaScript that weir runs",
		"The place is the first token at which no reading of the text could go on. Of "
		"syntax that is refused the message says what to write instead."},
	[KIND_TOKEN_MISUSE] = {"A value that only Terraform will know is used as if it were known",
		"A reference stands for a value of later. Use the functions of Fn on it instead of "
		"JavaScript's, and don't compare, index or measure it."},
	[KIND_TOO_MANY_ITEMS] = {"A block is given more often than the provider takes it",
		"The message says how many there may be."},
	[KIND_UNCHECKED] = {"Nothing is known of this provider's types, so nothing was checked",
		"weir schema add NAMESPACE/NAME@VERSION brings the provider's schema. Without its "
		"bindings too, what is written comes of names alone (docs/constructs.md)."},
	[KIND_UNKNOWN_ENUM_VALUE] = {"The provider accepts a list of values, and this is none of "
				     "them",
		"The message has the nearest ones. Where the provider is newer than the schema, "
		"Unchecked.of(value) lets it through."},
	[KIND_UNKNOWN_EXPORT] = {"A module has no export of this name",
		"Look at the name's spelling, and whether it is a default export."},
	[KIND_UNKNOWN_MODULE] = {"A module that is imported is not there",
		"A relative path starts at the importing file; a package must be in a "
		"node_modules of the program's folder or above."},
	[KIND_UNKNOWN_PROPERTY] = {"The type has no property of this name",
		"It would be left out of the JSON without a word. The message has the nearest "
		"name; properties are written in camelCase."},
	[KIND_UPSTREAM_DEFECT] = {"cdktf writes something here that can't be meant",
		"weir writes the same, so that no state moves. The remedy says how to avoid it; "
		"the module weir has it mended (docs/constructs.md)."},
	[KIND_WRONG_REFERENCE] = {"A reference leads to an attribute of the wrong kind",
		"Such as a name where an ARN is wanted. The message names the attribute that "
		"fits."},
	[KIND_WRONG_TYPE] = {"A value has another type than the property takes",
		"The provider's schema gives the type. Unchecked.of(value) passes a value as it "
		"is."},
};

const struct finding_help *finding_kind_help(enum finding_kind kind)
{
	return &kinds[kind];
}
