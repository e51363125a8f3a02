/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers beside a word of change.  Terraform counts a replacement as an add
 * and a destroy, people often by action; both are right, and each is exact.
 */
#include "model/counts.h"

enum { WINDOW = 7 };

static bool contains_singular(struct str text, struct str noun)
{
	if (str_find_nocase(text, noun) != SIZE_MAX)
		return true;
	if (str_ends(noun, STR("ies")) && noun.len > 4)
		return str_find_nocase(text, str_slice(noun, 0, noun.len - 3)) != SIZE_MAX;
	return noun.len > 3 && str_ends(noun, STR("s")) &&
		str_find_nocase(text, str_slice(noun, 0, noun.len - 1)) != SIZE_MAX;
}

/* How many changes a noun names, and of them how many have this said rightly. */
static size_t count_noun(
	const struct facts *facts, struct str noun, enum said said, size_t *ret_right)
{
	size_t known = 0;

	*ret_right = 0;
	for (size_t i = 0; i < facts->plan->changes.count; i++) {
		const struct change *change = &facts->plan->changes.items[i];

		if (!contains_singular(change->type, noun) &&
			!contains_singular(change->name, noun))
			continue;
		known++;
		*ret_right += change_allows(change, said);
	}
	return known;
}

static bool is_noun(const struct token *token)
{
	return token->type == TOKEN_WORD && !token->said && !word_in(token->word, WORD_LINK) &&
		!word_in(token->word, WORD_GENERIC) && token->word->number < 0 &&
		token->lower.len > 2;
}

static bool all_right(const struct reader *reader, const struct told_count *told)
{
	const struct facts *facts = reader->verify->facts;
	uint64_t n = told->number;
	size_t deleted = facts->by_action[ACTION_DELETE], created = facts->by_action[ACTION_CREATE];

	switch (told->said) {
	case SAID_CREATE:
		return n == facts->counts.add || (!told->to && n == created);
	case SAID_DESTROY:
	case SAID_END:
		return n == facts->counts.destroy ||
			(!told->to && reader->counts_replaced && n == deleted);
	case SAID_CHANGE:
		return n == facts->counts.update || (!told->to && n == facts->changed);
	case SAID_MOVE:
		return n == facts->by_action[ACTION_MOVE] ||
			(!told->to && n == facts->with_previous);
	default:
		return n == count_of_said(facts, told->said);
	}
}

bool count_is_right(
	const struct reader *reader, const struct sentence *sentence, const struct told_count *told)
{
	const struct facts *facts = reader->verify->facts;

	if (told->some)
		return told->number <= count_of_said(facts, told->said);
	for (size_t i = told->end; i-- > told->from;) {
		size_t right;

		if (is_noun(&sentence->tokens[i]) &&
			count_noun(facts, sentence->tokens[i].lower, told->said, &right))
			return told->number == right;
	}
	return all_right(reader, told);
}

static bool is_add(const struct token *token)
{
	return token_is(token, "add") || token_is(token, "added") || token_is(token, "adds") ||
		token_is(token, "additions") || token_is(token, "adding");
}

static bool number_of(const struct token *token, uint64_t *ret_number)
{
	if (token->word->number >= 0) {
		*ret_number = (uint64_t)token->word->number;
		return !token->quoted;
	}
	return token->type == TOKEN_NUMBER && !token->quoted && str_to_u64(token->text, ret_number);
}

static bool is_number(const struct token *token)
{
	return token->type == TOKEN_NUMBER || token->word->number >= 0;
}

static void judge(
	struct reader *reader, struct sentence *sentence, size_t at, const struct told_count *told)
{
	sentence->tokens[at].checked = true;
	if (count_is_right(reader, sentence, told))
		return;
	verify_flaw(reader->verify, FLAW_WRONG_COUNT, true, (struct str){NULL, 0}, sentence->line,
		"\"%.*s\" is not how often \"%.*s\" is right: the plan has %zu to add, %zu to "
		"change, "
		"%zu to destroy",
		STR_ARG(sentence->tokens[at].text), STR_ARG(said_name(told->said)),
		reader->verify->facts->counts.add, reader->verify->facts->counts.update,
		reader->verify->facts->counts.destroy);
}

/* "3 resources will be destroyed": the action behind the number, or 0. */
static size_t action_behind(const struct sentence *sentence, size_t at)
{
	for (size_t i = at + 1; i < sentence->count && i <= at + WINDOW; i++) {
		const struct token *token = &sentence->tokens[i];

		if (token->type == TOKEN_ADDRESS || token->type == TOKEN_ARROW ||
			token->type == TOKEN_EQUALS || ends_clause(token) || is_number(token))
			return 0;
		if (token->quoted)
			continue;
		/* "two modules create aws_x.y" counts no change. */
		if (token->said && token->word->voices == VOICE_ACTIVE && i + 2 < sentence->count &&
			(token[1].type == TOKEN_ADDRESS || token[2].type == TOKEN_ADDRESS) &&
			!token_is(token - 1, "to"))
			return 0;
		if (token->said || is_add(token))
			return i;
	}
	return 0;
}

/* "destroys 3 queues", "destroyed: 3": the action before the number, or SIZE_MAX. */
static size_t action_before(const struct sentence *sentence, size_t at)
{
	size_t i = at;
	bool unit = at + 1 < sentence->count &&
		(sentence->tokens[at + 1].type == TOKEN_ARROW ||
			sentence->tokens[at + 1].type == TOKEN_EQUALS);

	if (i > 0 && (sentence->tokens[i - 1].mark == ':' || sentence->tokens[i - 1].mark == '|'))
		i--;
	if (!i || unit)
		return SIZE_MAX;
	i--;
	if (sentence->tokens[i].quoted || sentence->tokens[i].used)
		return SIZE_MAX;
	return sentence->tokens[i].said || is_add(&sentence->tokens[i]) ? i : SIZE_MAX;
}

/* "the objects of two tenants are lost" */
static void check_lost(struct reader *reader, struct sentence *sentence, size_t at, uint64_t number)
{
	const struct facts *facts = reader->verify->facts;

	for (size_t i = at + 1; i < sentence->count && i <= at + WINDOW; i++) {
		if (ends_clause(&sentence->tokens[i]) || sentence->tokens[i].type == TOKEN_ADDRESS)
			return;
		if (!word_in(sentence->tokens[i].word, WORD_LOSS))
			continue;
		sentence->tokens[at].checked = true;
		if (number != facts->counts.destroy && number != facts->stateful_destroys)
			verify_flaw(reader->verify, FLAW_WRONG_COUNT, false, (struct str){NULL, 0},
				sentence->line, "how many are lost cannot be told");
		return;
	}
}

static void check_number(struct reader *reader, struct sentence *sentence, size_t at)
{
	struct told_count told = {0};
	size_t found, end;

	if (!number_of(&sentence->tokens[at], &told.number))
		return;
	found = action_behind(sentence, at);
	if (found) {
		told.from = at + 1;
		told.end = found;
		told.to = token_is(&sentence->tokens[found - 1], "to");
	} else {
		found = action_before(sentence, at);
		if (found == SIZE_MAX) {
			check_lost(reader, sentence, at, told.number);
			return;
		}
		told.from = end = at + 1;
		while (end < sentence->count && end < at + 4 &&
			sentence->tokens[end].type == TOKEN_WORD)
			end++;
		told.end = end;
		told.to = found > 0 && token_is(&sentence->tokens[found - 1], "to");
	}
	told.some = at + 1 < sentence->count && token_is(&sentence->tokens[at + 1], "of");
	told.add = is_add(&sentence->tokens[found]);
	told.said = told.add ? SAID_CREATE : sentence->tokens[found].said;
	sentence->tokens[found].used = true;
	/* "1 destroyed and recreated" */
	if (found + 2 < sentence->count && token_is(&sentence->tokens[found + 1], "and") &&
		sentence->tokens[found + 2].said)
		sentence->tokens[found + 2].used = true;
	judge(reader, sentence, at, &told);
}

void check_numbers(struct reader *reader, struct sentence *sentence)
{
	for (size_t i = 0; i < sentence->count; i++)
		if (is_number(&sentence->tokens[i]))
			check_number(reader, sentence, i);
}
