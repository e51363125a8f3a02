/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What takes back what was said: negations, words that make a danger small,
 * claims that data stays, and words to whoever checks.  A negation is believed if it is true of the
 * plan; one that is not understood takes the credit of its sentence.
 */
#include "model/counts.h"

enum { AHEAD = 6, BACK = 3 };

struct no {
	struct reader *reader;
	struct sentence *sentence;
	size_t at, end; /* the words that say no */
};

static struct str nowhere(void)
{
	return (struct str){NULL, 0};
}

static bool may_lose(const struct reader *reader, const struct sentence *sentence)
{
	const struct facts *facts = reader->verify->facts;

	if (!facts->loses)
		return false;
	if (reader->subject) {
		const struct need *need =
			facts_need(facts, reader->subject->address, reader->subject->deposed);

		return need && need->loses;
	}
	if (!sentence->addresses)
		return true;
	for (size_t i = 0; i < sentence->count; i++) {
		const struct token *token = &sentence->tokens[i];
		const struct need *need = token->type == TOKEN_ADDRESS
			? facts_need(facts, token->text, token->deposed)
			: NULL;

		if (need && need->loses)
			return true;
	}
	return false;
}

static void deny(const struct no *no, bool wrong, const char *what)
{
	verify_flaw(no->reader->verify, FLAW_DENIES, wrong, nowhere(), no->sentence->line,
		"\"%.*s\" denies %s", STR_ARG(no->sentence->tokens[no->at].text), what);
	no->sentence->negated = true;
}

/* The action that a negation is about; SIZE_MAX: none. */
static size_t find_action(const struct no *no)
{
	const struct sentence *sentence = no->sentence;

	if (no->at > 0 && sentence->tokens[no->at - 1].said && !sentence->tokens[no->at - 1].used &&
		sentence->tokens[no->at - 1].word->voices & VOICE_ACTIVE)
		return no->at - 1;
	for (size_t i = no->end; i < sentence->count && i < no->end + AHEAD; i++) {
		const struct token *token = &sentence->tokens[i];

		if (ends_clause(token))
			break;
		if (token->said && !token->used)
			return i;
	}
	return SIZE_MAX;
}

static size_t find_listed(const struct no *no, enum word_list list, size_t ahead, size_t back)
{
	const struct sentence *sentence = no->sentence;

	for (size_t i = no->end; i < sentence->count && i < no->end + ahead; i++) {
		if (ends_clause(&sentence->tokens[i]))
			break;
		if (word_in(sentence->tokens[i].word, list))
			return i;
	}
	for (size_t i = no->at; i-- > 0 && no->at - i <= back;)
		if (word_in(sentence->tokens[i].word, list))
			return i;
	return SIZE_MAX;
}

static bool counts_nothing(const struct token *token)
{
	return token_is(token, "no") || token_is(token, "nothing") || token_is(token, "none") ||
		token_is(token, "neither");
}

/* "nothing is destroyed", "destroys nothing": so many as 0. */
static void judge_zero(const struct no *no, size_t action)
{
	struct told_count told = {.said = no->sentence->tokens[action].said,
		.from = no->end,
		.end = action > no->end ? action : no->end};

	no->sentence->tokens[action].used = true;
	if (!count_is_right(no->reader, no->sentence, &told)) {
		deny(no, true, "what the plan does");
		return;
	}
	/* "destroyed, updated or replaced" */
	while (++action < no->sentence->count) {
		const struct token *next = &no->sentence->tokens[action];

		if (next->said && !next->used) {
			judge_zero(no, action);
			return;
		}
		if (next->mark != ',' && !token_is(next, "or") && !token_is(next, "nor"))
			return;
	}
}

/* "It will not be ...": what the sentence before named. */
static bool names_nothing_such(const struct no *no, enum said said)
{
	const struct sentence *before = &no->reader->before;
	const struct token *first = no->sentence->tokens;

	return before->count &&
		(token_is(first, "it") || token_is(first, "they") || token_is(first, "which")) &&
		!sentence_allows(no->reader, before, said);
}

/* "will not be destroyed": of whom, and is it so? */
static void judge_denial(const struct no *no, size_t action)
{
	struct sentence *sentence = no->sentence;
	enum said said = sentence->tokens[action].said;
	const unsigned vague = 1u << SAID_CHANGE | 1u << SAID_UPDATE | 1u << SAID_REPLACE;

	sentence->tokens[action].used = true;
	if (sentence->addresses || no->reader->subject) {
		if (sentence_allows(no->reader, sentence, said))
			deny(no, true, "what happens to what it names");
		else if (vague >> said & 1 && sentence_has_need(no->reader, sentence))
			deny(no, false, "a change of what is destroyed");
	} else if (count_of_said(no->reader->verify->facts, said) &&
		!names_nothing_such(no, said)) {
		deny(no, false, "something that the plan does, it is not plain of what");
	}
}

static bool has_action(const struct sentence *sentence)
{
	for (size_t i = 0; i < sentence->count; i++)
		if (sentence->tokens[i].said && !sentence->tokens[i].used)
			return true;
	return false;
}

static void judge_no(const struct no *no)
{
	struct reader *reader = no->reader;
	struct sentence *sentence = no->sentence;
	size_t found = find_listed(no, WORD_LOSS, AHEAD, BACK);

	if (found != SIZE_MAX) {
		sentence->tokens[found].used = true;
		if (may_lose(reader, sentence))
			deny(no, true, "that something is lost");
		return;
	}
	found = find_action(no);
	if (found != SIZE_MAX) {
		if (counts_nothing(&sentence->tokens[no->at]))
			judge_zero(no, found);
		else
			judge_denial(no, found);
		return;
	}
	found = find_listed(no, WORD_KEPT, 4, 0);
	if (found != SIZE_MAX) {
		sentence->tokens[found].used = true;
		return;
	}
	/* Words that soften are another check's. */
	if (sentence_phrase(reader, sentence, no->at, WORD_SOFTENS))
		return;
	if (!sentence->addresses && !reader->subject && !has_action(sentence))
		return;
	if (!sentence_has_need(reader, sentence) && (sentence->addresses || reader->subject))
		return;
	sentence->negated = true;
	verify_flaw(reader->verify, FLAW_NOT_PLAIN, false, nowhere(), sentence->line,
		"what \"%.*s\" says no to is not plain", STR_ARG(sentence->tokens[no->at].text));
}

void check_negations(struct reader *reader, struct sentence *sentence)
{
	for (size_t i = 0; i < sentence->count; i++) {
		size_t length = sentence_phrase(reader, sentence, i, WORD_HARMLESS);
		struct no no = {reader, sentence, i, 0};

		if (length) {
			size_t action;

			no.end = i + length;
			action = find_action(&no);
			if (action != SIZE_MAX && action >= no.end)
				sentence->tokens[action].used = true;
			i += length - 1;
			continue;
		}
		length = sentence_phrase(reader, sentence, i, WORD_NEGATION);
		if (!length || sentence->tokens[i].quoted)
			continue;
		no.end = i + length;
		judge_no(&no);
		i += length - 1;
	}
}

static bool negated_before(const struct reader *reader, const struct sentence *sentence, size_t at)
{
	for (size_t i = at; i-- > 0 && at - i <= BACK;) {
		if (ends_clause(&sentence->tokens[i]))
			return false;
		if (sentence_phrase(reader, sentence, i, WORD_NEGATION))
			return true;
	}
	return false;
}

/* "Take a backup first" promises nothing. */
static bool is_advice(const struct sentence *sentence)
{
	static const char *const first[] = {"check", "take", "make", "ensure", "confirm", "export",
		"back", "please", "consider", "create"};

	for (size_t i = 0; i < COUNT_OF(first); i++)
		if (sentence->count && token_is(&sentence->tokens[0], first[i]))
			return true;
	return false;
}

static bool data_before(const struct sentence *sentence, size_t at)
{
	for (size_t i = at; i-- > 0 && at - i <= BACK;)
		if (sentence->tokens[i].type == TOKEN_ADDRESS ||
			word_in(sentence->tokens[i].word, WORD_DATA))
			return true;
	return false;
}

static bool mentions(const struct sentence *sentence, enum word_list list)
{
	for (size_t i = 0; i < sentence->count; i++)
		if (word_in(sentence->tokens[i].word, list) && !sentence->tokens[i].used)
			return true;
	return false;
}

static void check_kept(struct reader *reader, struct sentence *sentence, size_t at)
{
	const struct token *token = &sentence->tokens[at];
	bool strong = word_in(token->word, WORD_KEPT);

	if (token->used || token->quoted || negated_before(reader, sentence, at) ||
		!may_lose(reader, sentence) || is_advice(sentence))
		return;
	if (!strong && (!data_before(sentence, at) || mentions(sentence, WORD_LOSS)))
		return;
	verify_flaw(reader->verify, FLAW_DENIES, strong && sentence_has_need(reader, sentence),
		nowhere(), sentence->line, "\"%.*s\": data is lost with what the plan destroys",
		STR_ARG(token->text));
}

void check_tone(struct reader *reader, struct sentence *sentence)
{
	const struct facts *facts = reader->verify->facts;

	for (size_t i = 0; i < sentence->count; i++) {
		const struct token *token = &sentence->tokens[i];

		if (token->type != TOKEN_WORD)
			continue;
		if (sentence_speaks(reader, sentence, i))
			verify_flaw(reader->verify, FLAW_INSTRUCTION, true, nowhere(),
				sentence->line, "\"%.*s\" speaks to whoever checks",
				STR_ARG(token->text));
		if (word_in(token->word, WORD_KEPT) || word_in(token->word, WORD_WEAK_KEPT))
			check_kept(reader, sentence, i);
		if (!facts->need_count || token->quoted ||
			(reader->subject && !sentence_has_need(reader, sentence)) ||
			!sentence_phrase(reader, sentence, i, WORD_SOFTENS) ||
			negated_before(reader, sentence, i))
			continue;
		verify_flaw(reader->verify, FLAW_SOFTENS, sentence_has_need(reader, sentence),
			nowhere(), sentence->line,
			"\"%.*s\" makes small what the plan destroys or endangers",
			STR_ARG(token->text));
	}
}
