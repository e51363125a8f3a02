/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A summary from top to bottom: visible units, their sentences, the checks on
 * each, and at the end what nobody said.  The checks decide what is wrong; this file decides
 * what is missing.
 */
#include "model/prose.h"

enum { TOLD_MOST = 200 };

size_t sentence_phrase(const struct reader *reader, const struct sentence *sentence, size_t at,
	enum word_list list)
{
	size_t count = 0;

	if (sentence->tokens[at].type != TOKEN_WORD)
		return 0;
	/* A phrase of one word is a word; most words begin none. */
	while (at + count < sentence->count && count < 6 &&
		!str_absent(sentence->lowers[at + count]))
		count++;
	return words_phrase(reader->verify->words, list, sentence->lowers + at, count);
}

bool sentence_speaks(const struct reader *reader, const struct sentence *sentence, size_t at)
{
	struct str words[6];
	size_t count = 0;

	for (size_t i = at; i < sentence->count && count < COUNT_OF(words); i++)
		if (!str_absent(sentence->lowers[i]))
			words[count++] = sentence->lowers[i];
		else if (sentence->tokens[i].type == TOKEN_NUMBER)
			words[count++] = sentence->tokens[i].text;
	return words_phrase(reader->verify->words, WORD_INSTRUCTION, words, count) > 0;
}

bool token_allows(const struct token *token, enum said said)
{
	for (size_t i = 0; i < token->name_count; i++)
		if (token->names[i].change && token->names[i].kind == token->names[0].kind &&
			(token->names[i].kind != NAME_OBJECT ||
				str_eq(token->names[i].change->deposed, token->deposed)) &&
			change_allows(token->names[i].change, said))
			return true;
	return false;
}

bool token_allows_all(const struct token *token, enum said said)
{
	bool any = false;

	for (size_t i = 0; i < token->name_count; i++) {
		if (!token->names[i].change || token->names[i].kind != token->names[0].kind ||
			(token->names[i].kind == NAME_OBJECT &&
				!str_eq(token->names[i].change->deposed, token->deposed)))
			continue;
		any = true;
		if (!change_allows(token->names[i].change, said))
			return false;
	}
	return any;
}

bool sentence_allows(const struct reader *reader, const struct sentence *sentence, enum said said)
{
	for (size_t i = 0; i < sentence->count; i++)
		if (sentence->tokens[i].type == TOKEN_ADDRESS &&
			token_allows(&sentence->tokens[i], said))
			return true;
	return reader->subject && change_allows(reader->subject, said);
}

bool sentence_has_need(const struct reader *reader, const struct sentence *sentence)
{
	for (size_t i = 0; i < sentence->count; i++)
		if (sentence->tokens[i].type == TOKEN_ADDRESS &&
			facts_need(reader->verify->facts, sentence->tokens[i].text,
				sentence->tokens[i].deposed))
			return true;
	return reader->subject &&
		facts_need(
			reader->verify->facts, reader->subject->address, reader->subject->deposed);
}

size_t count_of_said(const struct facts *facts, enum said said)
{
	switch (said) {
	case SAID_DESTROY:
	case SAID_END:
		return facts->counts.destroy;
	case SAID_REPLACE:
		return facts->by_action[ACTION_REPLACE] + facts->by_action[ACTION_REPLACE_CBD];
	case SAID_CREATE:
		return facts->counts.add;
	case SAID_UPDATE:
		return facts->counts.update;
	case SAID_CHANGE:
		return facts->changed;
	case SAID_FORGET:
		return facts->counts.forget;
	case SAID_MOVE:
		return facts->with_previous;
	case SAID_IMPORT:
		return facts->counts.import;
	case SAID_READ:
		return facts->counts.read;
	case SAID_KEEP:
		return facts->counts.no_op;
	default:
		return 0;
	}
}

/* "the deposed object 0123abcd of aws_x.y", "aws_x.y (deposed 0123abcd)". */
static void find_deposed(struct reader *reader, struct sentence *sentence)
{
	bool word = false;

	for (size_t i = 0; i < sentence->count; i++) {
		struct token *key = &sentence->tokens[i], *best = NULL;
		size_t nearest = SIZE_MAX;

		if (token_is(key, "deposed"))
			word = true;
		if (!word || (key->type != TOKEN_WORD && key->type != TOKEN_NUMBER))
			continue;
		for (size_t k = 0; k < sentence->count; k++) {
			struct token *token = &sentence->tokens[k];
			size_t distance = k > i ? k - i : i - k;

			if (token->type == TOKEN_ADDRESS && str_absent(token->deposed) &&
				facts_change(reader->verify->facts, token->text, key->text) &&
				distance < nearest) {
				nearest = distance;
				best = token;
			}
		}
		if (best) {
			best->deposed = key->text;
			key->checked = true;
		}
	}
}

static bool same_actions(const struct token *token)
{
	const struct change *first = token->names[0].change;

	for (size_t i = 0; i < token->name_count; i++) {
		const struct change *change = token->names[i].change;

		if (change && token->names[i].kind == token->names[0].kind &&
			(change->action != first->action || plan_action_destroys(change->action)))
			return false;
	}
	return true;
}

static void name_needs(struct reader *reader, const struct token *token)
{
	const struct facts *facts = reader->verify->facts;
	struct need *need = facts_need(facts, token->text, token->deposed);

	if (need)
		need->named = true;
	for (size_t i = 0; i < token->name_count; i++) {
		const struct change *change = token->names[i].change;

		if (!change || token->names[i].kind != NAME_RESOURCE)
			continue;
		need = facts_need(facts, change->address, change->deposed);
		if (need && !need->destroyed)
			need->named = true;
	}
}

static void check_addresses(struct reader *reader, struct sentence *sentence)
{
	for (size_t i = 0; i < sentence->count; i++) {
		struct token *token = &sentence->tokens[i];

		if (token->type != TOKEN_ADDRESS)
			continue;
		sentence->addresses = true;
		if (!token->names) {
			verify_flaw(reader->verify, FLAW_INVENTED_ADDRESS, true, token->text,
				sentence->line, "the plan has nothing named %.*s",
				STR_ARG(token->text));
			continue;
		}
		if (!str_absent(token->attribute) && token->names[0].change &&
			!facts_has_text(reader->verify->facts, token->names[0].change,
				str_slice(token->attribute, 0,
					strcspn(token->attribute.data, ".[") < token->attribute.len
						? strcspn(token->attribute.data, ".[")
						: token->attribute.len)))
			verify_flaw(reader->verify, FLAW_INVENTED_ADDRESS, true, token->text,
				sentence->line, "%.*s has no attribute %.*s", STR_ARG(token->text),
				STR_ARG(token->attribute));
		if (token->names[0].kind == NAME_RESOURCE && !same_actions(token))
			verify_flaw(reader->verify, FLAW_AMBIGUOUS_ADDRESS, true, token->text,
				sentence->line,
				"%.*s has several instances, and not the same happens to all",
				STR_ARG(token->text));
		name_needs(reader, token);
	}
}

static void note_hedges(struct reader *reader, struct sentence *sentence)
{
	for (size_t i = 0; i < sentence->count; i++)
		if (!sentence->tokens[i].quoted && word_in(sentence->tokens[i].word, WORD_HEDGE))
			sentence->hedged = true;
	(void)reader;
}

/* What the sentence says of what must be told. */
static void credit(struct reader *reader, struct sentence *sentence)
{
	const unsigned destroys = 1u << SAID_DESTROY, replaces = destroys | 1u << SAID_REPLACE;

	for (size_t i = 0; i < sentence->count; i++) {
		const struct token *token = &sentence->tokens[i];
		struct need *need = token->type != TOKEN_ADDRESS
			? NULL
			: facts_need(reader->verify->facts, token->text, token->deposed);
		unsigned wanted;

		if (!need || !need->change || !need->destroyed)
			continue;
		wanted = need->change->action == ACTION_DELETE ? destroys : replaces;
		if (!(token->bound & wanted))
			need->doubtful = need->doubtful || (reader->lead & wanted) != 0;
		else if (sentence->negated || sentence->hedged)
			need->doubtful = true;
		else
			need->credited = true;
	}
}

static int check_sentence(struct reader *reader, struct sentence *sentence, struct error *err)
{
	struct arena *arena = reader->verify->arena;
	int r;

	sentence->lowers = ARENA_ARRAY(arena, struct str, sentence->count + 1);
	if (!sentence->lowers)
		return error_memory(err);
	for (size_t i = 0; i < sentence->count; i++)
		if (sentence->tokens[i].type == TOKEN_WORD)
			sentence->lowers[i] = sentence->tokens[i].lower;
	find_deposed(reader, sentence);
	check_addresses(reader, sentence);
	settle_actions(sentence);
	note_hedges(reader, sentence);
	check_numbers(reader, sentence);
	check_negations(reader, sentence);
	check_actions(reader, sentence);
	check_tone(reader, sentence);
	r = check_values(reader, sentence, err);
	if (r < 0)
		return r;
	credit(reader, sentence);
	if (sentence->addresses)
		reader->before = *sentence;
	return 0;
}

/* What the words above a list say of each of its lines, if they say one thing. */
static void set_lead(struct reader *reader, const struct sentence *sentence, bool colon)
{
	reader->lead = 0;
	reader->lead_negated = sentence->negated;
	if (sentence->kind != UNIT_HEADING && !colon)
		return;
	for (size_t i = 0; i < sentence->count && !sentence->addresses; i++)
		if (sentence->tokens[i].said && !sentence->tokens[i].quoted)
			reader->lead |= 1u << sentence->tokens[i].said;
}

static int read_unit(struct reader *reader, const struct unit *unit, struct error *err)
{
	struct tokens tokens;
	size_t from = 0;
	int r;

	reader->before = (struct sentence){0};
	r = tokens_read(reader->verify, unit->text, &tokens, err);

	for (size_t i = 0; r == 0 && i <= tokens.count; i++) {
		bool last = i == tokens.count;
		char mark = last ? '.' : tokens.items[i].mark;
		struct sentence sentence = {.tokens = tokens.items ? tokens.items + from : NULL,
			.count = i - from,
			.kind = unit->kind,
			.line = unit->line};

		if (!last && (!mark || !strchr(".;!?\n", mark)))
			continue;
		from = i + 1;
		if (!sentence.count)
			continue;
		r = check_sentence(reader, &sentence, err);
		if (r == 0 && unit->kind != UNIT_ITEM && unit->kind != UNIT_ROW &&
			unit->kind != UNIT_CODE)
			set_lead(
				reader, &sentence, sentence.tokens[sentence.count - 1].mark == ':');
	}
	return r;
}

/* Whoever counts "1 replaced, 2 deleted" does not count the replaced one as deleted. */
static int look_for_replaced(struct reader *reader, const struct units *units, struct error *err)
{
	for (size_t i = 0; i < units->count && !reader->counts_replaced; i++) {
		struct tokens tokens;
		int r = tokens_read(reader->verify, units->items[i].text, &tokens, err);

		if (r < 0)
			return r;
		for (size_t k = 0; k < tokens.count; k++) {
			const struct token *token = &tokens.items[k];
			bool number = token->type == TOKEN_NUMBER || token->word->number >= 0;

			for (size_t n = k + 1; number && n < k + 4 && n < tokens.count; n++) {
				if (ends_clause(&tokens.items[n]))
					break;
				if (tokens.items[n].said == SAID_REPLACE)
					reader->counts_replaced = true;
			}
		}
	}
	return 0;
}

static int check_hidden(struct reader *reader, const struct units *units, struct error *err)
{
	struct verify *verify = reader->verify;
	struct tokens tokens;
	struct sentence sentence;
	int r = tokens_read(verify, units->hidden, &tokens, err);

	if (r < 0)
		return r;
	sentence = (struct sentence){.tokens = tokens.items, .count = tokens.count};
	sentence.lowers = ARENA_ARRAY(verify->arena, struct str, tokens.count + 1);
	if (!sentence.lowers)
		return error_memory(err);
	for (size_t i = 0; i < tokens.count; i++)
		if (tokens.items[i].type == TOKEN_WORD)
			sentence.lowers[i] = tokens.items[i].lower;
	for (size_t i = 0; i < sentence.count; i++)
		if (tokens.items[i].type == TOKEN_WORD && sentence_speaks(reader, &sentence, i)) {
			verify_flaw(verify, FLAW_INSTRUCTION, true, (struct str){NULL, 0}, 0,
				"text that a reader does not see speaks to whoever checks");
			break;
		}
	if (units->odd_line)
		verify_flaw(verify, FLAW_NOT_PLAIN, false, (struct str){NULL, 0}, units->odd_line,
			"it cannot be told what a reader sees here");
	if (units->look_alike_line)
		verify_flaw(verify, FLAW_LOOK_ALIKE, true, (struct str){NULL, 0},
			units->look_alike_line,
			"U+%04X is not seen, or looks like another character",
			(unsigned)units->look_alike);
	return 0;
}

static void tell_missing(struct verify *verify)
{
	const struct facts *facts = verify->facts;
	size_t told = 0, more = 0;

	for (size_t i = 0; i < facts->need_count; i++) {
		const struct need *need = &facts->needs[i];
		bool deposed = !str_absent(need->deposed);

		if (need->destroyed ? need->credited : need->named)
			continue;
		if (told++ >= TOLD_MOST) {
			more++;
			continue;
		}
		if (need->named)
			verify_flaw(verify, FLAW_NOT_PLAIN, false, need->address, 0,
				"%.*s%s%.*s%s is destroyed, and no plain sentence says so",
				STR_ARG(need->address), deposed ? " (deposed " : "",
				STR_ARG(need->deposed), deposed ? ")" : "");
		else
			verify_flaw(verify,
				need->destroyed ? FLAW_OMITS_DESTROY : FLAW_OMITS_HAZARD, true,
				need->address, 0,
				"%.*s%s%.*s%s is %s, and the text does not name it",
				STR_ARG(need->address), deposed ? " (deposed " : "",
				STR_ARG(need->deposed), deposed ? ")" : "",
				need->destroyed ? "destroyed" : "in danger");
	}
	if (more)
		verify_flaw(verify, FLAW_OMITS_DESTROY, true, (struct str){NULL, 0}, 0,
			"%zu more are not told of", more);
}

int verify_prose(struct verify *verify, struct str text, struct error *err)
{
	struct reader reader = {.verify = verify};
	struct units units;
	int r = visible_read(text, verify->arena, &units, err);

	if (r == 0)
		r = check_hidden(&reader, &units, err);
	if (r == 0)
		r = look_for_replaced(&reader, &units, err);
	for (size_t i = 0; r == 0 && i < units.count; i++)
		r = read_unit(&reader, &units.items[i], err);
	if (r < 0)
		return r;
	tell_missing(verify);
	return arena_failed(verify->arena) ? error_memory(err) : 0;
}

int verify_reason(struct verify *verify, struct str text, const struct change *change,
	unsigned line, struct error *err)
{
	struct reader reader = {.verify = verify, .subject = change};
	struct units units;
	int r = visible_read(text, verify->arena, &units, err);

	if (r == 0)
		r = check_hidden(&reader, &units, err);
	for (size_t i = 0; r == 0 && i < units.count; i++) {
		units.items[i].line = line;
		r = read_unit(&reader, &units.items[i], err);
	}
	return r;
}
