/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which action a sentence says of which address.  It believes only plain
 * forms ("deletes X and Y", "X and Y are deleted", "X: delete", "| X | delete |"); what it cannot
 * bind gets no credit, and an action that fits none of the sentence's objects asks.
 */
#include "model/prose.h"

enum { NOUN_MOST = 8, NEAR = 5, CELL_MOST = 8 };

struct binding {
	struct reader *reader;
	struct sentence *sentence;
	size_t group; /* first token of the addresses that belong together */
	size_t group_end;
	bool closed;           /* an action came behind the group */
	unsigned pending;      /* said by what stands before an address */
	bool of;               /* "deletion of" */
	bool found;            /* `pending` has an address already */
	size_t words;          /* since the pending action */
	size_t action;         /* the token it comes from */
	unsigned last_passive; /* for "and so is Y" */
	unsigned lead;         /* actions of this clause that belong to no address */
};

static bool is_one_of(const struct token *token, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (token_is(token, words[i]))
			return true;
	return false;
}

static bool is_preposition(const struct token *token)
{
	static const char *const words[] = {"from", "to", "on", "in", "at", "with", "for", "into",
		"by", "under", "inside", "within", "via", "through", "between", "of", "behind",
		"against", "like", "near", "beside", "around", "about", "but"};

	return is_one_of(token, words, COUNT_OF(words));
}

static bool is_conjunction(const struct token *token)
{
	static const char *const words[] = {"because", "since", "although", "though", "while",
		"whereas", "so", "when", "after", "before", "but", "until"};

	return is_one_of(token, words, COUNT_OF(words));
}

static bool is_pronoun(const struct token *token)
{
	static const char *const words[] = {"it", "them", "both", "these", "those"};

	return is_one_of(token, words, COUNT_OF(words));
}

void settle_actions(struct sentence *sentence)
{
	for (size_t i = 2; i < sentence->count; i++) {
		size_t from = i;

		if (!token_is(&sentence->tokens[i], "state"))
			continue;
		while (from > 0 && i - from < 4 && !token_is(&sentence->tokens[from], "from"))
			from--;
		if (!token_is(&sentence->tokens[from], "from"))
			continue;
		/* What leaves the state is forgotten. */
		for (size_t k = from; k-- > 0 && from - k <= NOUN_MOST;)
			if (sentence->tokens[k].said == SAID_DESTROY) {
				sentence->tokens[k].said = SAID_FORGET;
				break;
			}
	}
}

static bool is_action(const struct token *token)
{
	return token->said != SAID_NONE && !token->used;
}

static void bind_one(struct token *token, enum said said)
{
	token->bound |= 1u << said;
}

static bool bind_group(struct binding *binding, struct token *action)
{
	bool any = false;

	for (size_t i = binding->group; i < binding->group_end; i++)
		if (binding->sentence->tokens[i].type == TOKEN_ADDRESS) {
			bind_one(&binding->sentence->tokens[i], action->said);
			any = true;
		}
	action->explained = action->explained || any;
	return any;
}

static bool is_auxiliary(const struct token *token)
{
	static const char *const words[] = {
		"is", "are", "be", "been", "being", "gets", "get", "will", "have", "has"};

	return is_one_of(token, words, COUNT_OF(words)) || token->mark == ':' || token->mark == '-';
}

/* "X deleted" alone says it too; "X and deleted stand here" does not. */
static bool ends_phrase(const struct sentence *sentence, size_t at)
{
	return at + 1 >= sentence->count || sentence->tokens[at + 1].type == TOKEN_MARK ||
		token_is(&sentence->tokens[at + 1], "and");
}

/* Whether only link words, marks and bound actions stand between the group and token `at`. */
static bool linked_back(const struct binding *binding, size_t at)
{
	const struct token *tokens = binding->sentence->tokens;
	bool verb = !str_ends(tokens[at].lower, STR("ed"));
	int depth = 0;

	if (binding->group_end <= binding->group)
		return false;
	for (size_t i = at; i-- > binding->group_end;) {
		const struct token *token = &tokens[i];

		if (token->mark == ')')
			depth++;
		else if (token->mark == '(')
			depth--;
		else if (depth == 0 && token->type != TOKEN_MARK &&
			!word_in(token->word, WORD_LINK) && !token->explained &&
			!(token->lower.len > 3 && str_ends(token->lower, STR("ly"))) &&
			!str_eq(token->text, tokens[binding->group_end - 1].deposed))
			return false;
		verb = verb || token->explained || is_auxiliary(token);
	}
	return verb || (ends_phrase(binding->sentence, at) && !token_is(&tokens[at - 1], "and"));
}

/* Nothing but an address and its like is left in this clause: "Deleted `a.b`", "created: `a.b`". */
static bool leads_alone(const struct binding *binding, size_t at)
{
	const struct sentence *sentence = binding->sentence;
	bool address = false;

	for (size_t i = at + 1; i < sentence->count; i++) {
		const struct token *token = &sentence->tokens[i];

		if (token->mark == ':' && !address)
			continue;
		if (token->type == TOKEN_MARK && strchr(":(-|", token->mark))
			break;
		if (token->type == TOKEN_ADDRESS)
			address = true;
		else if (is_action(token))
			return false;
	}
	return address;
}

static void start_pending(struct binding *binding, size_t at, unsigned said)
{
	binding->pending = said;
	binding->found = false;
	binding->words = 0;
	binding->action = at;
	binding->of = false;
}

static void passive(struct binding *binding, size_t at)
{
	struct token *token = &binding->sentence->tokens[at];

	binding->last_passive = 1u << token->said;
	if (linked_back(binding, at) && bind_group(binding, token)) {
		binding->closed = true;
		binding->pending = 0;
		return;
	}
	binding->lead |= 1u << token->said;
	if ((binding->group_end <= binding->group || binding->closed) && leads_alone(binding, at))
		start_pending(binding, at, 1u << token->said);
}

static void active(struct binding *binding, size_t at)
{
	const struct sentence *sentence = binding->sentence;
	struct token *token = &sentence->tokens[at];
	bool joined = at > 1 && sentence->tokens[at - 2].said && binding->pending &&
		(is_one_of(&sentence->tokens[at - 1], (const char *const[]){"and", "then", "or"},
			 3) ||
			sentence->tokens[at - 1].mark == '+');
	unsigned before = joined && !binding->found ? binding->pending : 0;

	if (at + 1 < sentence->count && is_pronoun(&sentence->tokens[at + 1])) {
		bind_group(binding, token);
		binding->closed = true;
		binding->pending = 0;
		return;
	}
	binding->closed = true;
	binding->lead |= 1u << token->said;
	start_pending(binding, at, before | 1u << token->said);
}

static void action(struct binding *binding, size_t at)
{
	const struct sentence *sentence = binding->sentence;
	struct token *token = &sentence->tokens[at];
	unsigned voices = token->word->voices;

	if (voices & VOICE_PASSIVE) {
		passive(binding, at);
	} else if (voices & VOICE_ACTIVE) {
		active(binding, at);
		binding->of = (voices & VOICE_NOUN) != 0;
	} else {
		binding->lead |= 1u << token->said;
		if (at + 1 < sentence->count && token_is(&sentence->tokens[at + 1], "of")) {
			start_pending(binding, at, 1u << token->said);
			binding->of = true;
		}
	}
}

static void address(struct binding *binding, size_t at)
{
	const struct sentence *sentence = binding->sentence;
	struct token *token = &sentence->tokens[at];
	bool owner = at + 1 < sentence->count &&
		str_starts(sentence->tokens[at + 1].text, STR("'")) &&
		sentence->tokens[at + 1].text.data == token->text.data + token->text.len;

	if (binding->closed || binding->group_end <= binding->group) {
		binding->group = at;
		binding->closed = false;
	}
	binding->group_end = at + 1;
	if (!binding->pending || owner || !str_absent(token->attribute))
		return;
	for (enum said said = SAID_NONE + 1; said < SAID_COUNT; said++)
		if (binding->pending >> said & 1)
			bind_one(token, said);
	binding->found = true;
	binding->words = 0;
	/* "destroys and recreates X": both. */
	for (size_t i = binding->action + 1; i-- > 0 && binding->action - i < 4;)
		if (binding->pending >> sentence->tokens[i].said & 1)
			sentence->tokens[i].explained = true;
}

/* A word between an action and its address, or between two addresses. */
static void other_word(struct binding *binding, size_t at)
{
	static const char *const between[] = {"and", "or", "the", "a", "an", "its", "also", "as",
		"well", "both", "plus", "old", "legacy", "then", "finally", "user", "now", "so",
		"is", "are"};
	const struct sentence *sentence = binding->sentence;
	const struct token *token = &sentence->tokens[at], *next = token;

	if (!binding->pending)
		return;
	while (next < sentence->tokens + sentence->count && next->type != TOKEN_ADDRESS)
		next++;
	if (next == sentence->tokens + sentence->count)
		return;
	if (token_is(token, "of")) {
		if (!binding->of && str_absent(next->deposed))
			binding->pending = 0;
		binding->of = false;
		return;
	}
	/* "deletes the queue and leaves X": only a list goes on behind a comma. */
	if (!binding->found && at > binding->action + 1 &&
		(token->mark == ',' || token_is(token, "and") || token_is(token, "or"))) {
		binding->pending = 0;
		return;
	}
	if (is_preposition(token) || word_in(token->word, WORD_NEGATION) ||
		word_in(token->word, WORD_KEPT) || ++binding->words > NOUN_MOST)
		binding->pending = 0;
	else if (binding->found && token->type != TOKEN_MARK &&
		!is_one_of(token, between, COUNT_OF(between)) &&
		!word_in(token->word, WORD_GENERIC) && str_absent(next->deposed) &&
		str_find(next->text, token->lower) == SIZE_MAX)
		binding->pending = 0;
}

/* "X: delete", "X (replaced)", "X - destroyed": bound if nothing else is said there. */
static void label(struct binding *binding, size_t at, bool only_last)
{
	struct sentence *sentence = binding->sentence;
	struct binding narrow = *binding;
	size_t i = at;

	while (i < sentence->count && word_in(sentence->tokens[i].word, WORD_LINK) &&
		!sentence->tokens[i].said)
		i++;
	if (only_last)
		narrow.group = narrow.group_end ? narrow.group_end - 1 : 0;
	for (; i < sentence->count; i++) {
		struct token *token = &sentence->tokens[i];
		const struct token *next = i + 1 < sentence->count ? token + 1 : NULL;

		if (token->mark == '+' || token_is(token, "and") || token_is(token, "then"))
			continue;
		if (!is_action(token))
			return;
		if (!(token->word->voices & VOICE_PASSIVE) && next && next->type != TOKEN_MARK &&
			!is_action(next) && !word_in(next->word, WORD_LINK) &&
			!token_is(next, "in"))
			return;
		bind_group(&narrow, token);
	}
}

/* A clause ends; what it said without an address may be of what follows a colon. */
static void end_clause(struct binding *binding, size_t at, bool colon)
{
	const struct sentence *sentence = binding->sentence;
	bool addressed = binding->group_end > binding->group;

	if (addressed && sentence->tokens[at].type == TOKEN_MARK)
		label(binding, at + 1, false);
	if (colon && !addressed && binding->lead && leads_alone(binding, at)) {
		start_pending(binding, at, binding->lead);
	} else {
		binding->pending = 0;
	}
	if (addressed)
		binding->closed = true;
	binding->lead = 0;
}

/* The behind of a parenthesis that opens at `at`. */
static size_t parenthesis_end(const struct sentence *sentence, size_t at)
{
	size_t end = at + 1;

	while (end < sentence->count && sentence->tokens[end].mark != ')')
		end++;
	return end;
}

/* "| X | delete | ... |": a short cell without an address tells what happens to the row's. */
static void bind_row(struct sentence *sentence)
{
	for (size_t from = 0; from < sentence->count;) {
		size_t end = from, addresses = 0, actions = 0;

		for (; end < sentence->count && sentence->tokens[end].mark != '|'; end++) {
			addresses += sentence->tokens[end].type == TOKEN_ADDRESS;
			actions += is_action(&sentence->tokens[end]) &&
				!sentence->tokens[end].explained;
		}
		if (actions && !addresses && end - from <= CELL_MOST &&
			is_action(&sentence->tokens[from])) {
			for (size_t i = from; i < end; i++) {
				struct token *token = &sentence->tokens[i];

				if (!is_action(token))
					continue;
				for (size_t k = 0; k < from; k++)
					if (sentence->tokens[k].type == TOKEN_ADDRESS) {
						bind_one(&sentence->tokens[k], token->said);
						token->explained = true;
					}
			}
			return;
		}
		from = end + 1;
	}
}

static void bind_all(struct reader *reader, struct sentence *sentence)
{
	struct binding binding = {.reader = reader, .sentence = sentence};

	for (size_t i = 0; i < sentence->count; i++) {
		struct token *token = &sentence->tokens[i];

		if (token->mark == '(') {
			label(&binding, i + 1, true);
			i = parenthesis_end(sentence, i);
		} else if (token_is(token, "so") && i + 1 < sentence->count &&
			binding.last_passive &&
			(token_is(token + 1, "is") || token_is(token + 1, "are"))) {
			binding.closed = true;
			start_pending(&binding, i, binding.last_passive);
			i++;
		} else if (token->mark == ':' || token->mark == '-' || token->mark == '|' ||
			is_conjunction(token)) {
			end_clause(&binding, i, token->mark == ':');
			if (token->mark == '|')
				binding.group = binding.group_end = 0;
		} else if (token->type == TOKEN_ADDRESS) {
			address(&binding, i);
		} else if (is_action(token) && !token->explained) {
			action(&binding, i);
		} else {
			other_word(&binding, i);
		}
	}
}

static bool part_near(const struct sentence *sentence, size_t at)
{
	size_t from = at > NEAR ? at - NEAR : 0;

	for (size_t i = from; i < sentence->count && i <= at + NEAR; i++)
		if (i != at && sentence->tokens[i].type == TOKEN_WORD &&
			(word_in(sentence->tokens[i].word, WORD_PART) ||
				(sentence->tokens[i].quoted && !sentence->tokens[i].said)))
			return true;
	return false;
}

/* "so that it can be deleted" */
static bool possible_only(const struct sentence *sentence, size_t at)
{
	for (size_t i = at; i-- > 0 && at - i <= 4;)
		if (word_in(sentence->tokens[i].word, WORD_POSSIBLE))
			return true;
	return false;
}

/* An action that no address took must fit one of the objects, or be of a part of one. */
static void check_unbound(struct reader *reader, struct sentence *sentence)
{
	const unsigned strong =
		1u << SAID_DESTROY | 1u << SAID_REPLACE | 1u << SAID_FORGET | 1u << SAID_CREATE;

	for (size_t i = 0; i < sentence->count; i++) {
		const struct token *token = &sentence->tokens[i];
		bool fits;

		if (!(strong >> token->said & 1) || token->used || token->explained)
			continue;
		fits = sentence->addresses || reader->subject
			? sentence_allows(reader, sentence, token->said)
			: count_of_said(reader->verify->facts, token->said) > 0;
		if (!fits && !part_near(sentence, i) && !possible_only(sentence, i))
			verify_flaw(reader->verify, FLAW_WRONG_ACTION, reader->subject != NULL,
				(struct str){NULL, 0}, sentence->line,
				"\"%.*s\" fits nothing that is named here", STR_ARG(token->text));
	}
}

static void check_bound(struct reader *reader, struct sentence *sentence, struct token *token)
{
	bool listed = sentence->kind == UNIT_ITEM || sentence->kind == UNIT_ROW;
	unsigned said = token->bound              ? token->bound
		: listed && !reader->lead_negated ? reader->lead
						  : 0;

	if (!token->names || token->names[0].kind == NAME_OTHER || sentence->negated)
		return;
	/* Of several things above a list one must fit. */
	if (!token->bound && said & (said - 1)) {
		for (enum said i = SAID_NONE + 1; i < SAID_COUNT; i++)
			if (said >> i & 1 && token_allows_all(token, i))
				return;
	}
	for (enum said i = SAID_NONE + 1; i < SAID_COUNT; i++) {
		if (!(said >> i & 1) || token_allows_all(token, i))
			continue;
		verify_flaw(reader->verify, FLAW_WRONG_ACTION, true, token->text, sentence->line,
			"\"%.*s\" is not what happens to %.*s", STR_ARG(said_name(i)),
			STR_ARG(token->text));
		return;
	}
}

void check_actions(struct reader *reader, struct sentence *sentence)
{
	if (sentence->kind == UNIT_ROW)
		bind_row(sentence);
	bind_all(reader, sentence);
	for (size_t i = 0; i < sentence->count; i++)
		if (sentence->tokens[i].type == TOKEN_ADDRESS)
			check_bound(reader, sentence, &sentence->tokens[i]);
	check_unbound(reader, sentence);
}
