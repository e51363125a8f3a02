/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values that a text quotes: "a -> b", "name = value", numbers and code.  Each
 * must be the plan's, of the objects that its sentence names.
 */
#include "model/prose.h"
#include "plan/diff.h"

struct look {
	struct reader *reader;
	struct sentence *sentence;
	const struct change **targets; /* what the sentence is about */
	size_t target_count;
};

static struct str nowhere(void)
{
	return (struct str){NULL, 0};
}

static int find_targets(struct look *look, struct error *err)
{
	const struct sentence *sentence = look->sentence;
	struct arena *arena = look->reader->verify->arena;
	size_t most = 1;

	for (size_t i = 0; i < sentence->count; i++)
		most += sentence->tokens[i].type == TOKEN_ADDRESS ? sentence->tokens[i].name_count
								  : 0;
	look->targets = ARENA_ARRAY(arena, const struct change *, most);
	if (!look->targets)
		return error_memory(err);
	if (look->reader->subject)
		look->targets[look->target_count++] = look->reader->subject;
	for (size_t i = 0; i < sentence->count; i++)
		for (size_t k = 0; sentence->tokens[i].type == TOKEN_ADDRESS &&
			k < sentence->tokens[i].name_count && look->target_count < most;
			k++)
			if (sentence->tokens[i].names[k].change)
				look->targets[look->target_count++] =
					sentence->tokens[i].names[k].change;
	return 0;
}

static bool node_is(struct node node, struct str text)
{
	return node_exists(node) && node_type(node) < NODE_ARRAY &&
		(node_is_string(node) ? node_text_is(node, text) : str_eq(node_raw(node), text));
}

/* The last name of a path: "tags.owner" and tags["owner"] end in owner. */
static bool path_ends(struct str path, struct str name)
{
	char before;

	if (str_ends(path, STR("\"]")))
		path = str_slice(path, 0, path.len - 2);
	while (str_ends(path, STR("]"))) {
		size_t open = path.len;

		while (open > 0 && path.data[open - 1] != '[')
			open--;
		path = str_slice(path, 0, open ? open - 1 : 0);
	}
	if (!str_ends(path, name))
		return false;
	before = path.len > name.len ? path.data[path.len - name.len - 1] : '.';
	return before == '.' || before == '"';
}

/* 1: the change turns `from` into `to` (at `name`, if given); 0: it does not; < 0: error. */
static int turns(struct look *look, const struct change *change, struct str name, struct str from,
	struct str to, struct error *err)
{
	struct differences all = {0};
	int r = change_diff(change, look->reader->verify->arena, &all, err);

	if (r < 0)
		return r;
	for (size_t i = 0; i < all.count; i++)
		if (node_is(all.items[i].before, from) && node_is(all.items[i].after, to) &&
			(str_absent(name) || path_ends(all.items[i].path, name)))
			return 1;
	return 0;
}

static int any_turns(
	struct look *look, struct str name, struct str from, struct str to, struct error *err)
{
	const struct changes *changes = &look->reader->verify->facts->plan->changes;

	for (size_t i = 0; i < look->target_count; i++) {
		int r = turns(look, look->targets[i], name, from, to, err);

		if (r)
			return r;
	}
	/* Without an address: few plans are large, and a text that asks often is not plain. */
	for (size_t i = 0; !look->target_count && i < changes->count && i < 1000; i++) {
		int r = changes->items[i].action == ACTION_NO_OP
			? 0
			: turns(look, &changes->items[i], name, from, to, err);

		if (r)
			return r;
	}
	return 0;
}

static bool is_value(const struct token *token)
{
	return token->type == TOKEN_WORD || token->type == TOKEN_NUMBER;
}

static bool is_value_like(const struct token *token)
{
	return token->type == TOKEN_NUMBER || (token->type == TOKEN_WORD && token->quoted) ||
		(token->type == TOKEN_WORD && token->text.data[0] >= '0' &&
			token->text.data[0] <= '9');
}

/* The name directly before a value, if it is one: in code, or with an underscore. */
static struct str name_before(const struct sentence *sentence, size_t at)
{
	const struct token *token;

	while (at > 0 &&
		(sentence->tokens[at - 1].mark == ':' ||
			token_is(&sentence->tokens[at - 1], "from") ||
			token_is(&sentence->tokens[at - 1], "is") ||
			token_is(&sentence->tokens[at - 1], "changes") ||
			sentence->tokens[at - 1].mark == '('))
		at--;
	if (!at)
		return nowhere();
	token = &sentence->tokens[at - 1];
	if (token->type == TOKEN_WORD &&
		(token->quoted || str_find_char(token->text, '_') != SIZE_MAX))
		return token->text;
	return nowhere();
}

static int check_pair(struct look *look, size_t from, size_t to, bool certain, struct error *err)
{
	struct sentence *sentence = look->sentence;
	struct token *left = &sentence->tokens[from], *right = &sentence->tokens[to];
	struct str name = name_before(sentence, from);
	int r = any_turns(look, name, left->text, right->text, err);

	if (r < 0)
		return r;
	left->checked = right->checked = true;
	if (!r)
		verify_flaw(look->reader->verify, FLAW_WRONG_ATTRIBUTE, certain, nowhere(),
			sentence->line, "nothing that is named here turns %.*s into %.*s",
			STR_ARG(left->text), STR_ARG(right->text));
	return 0;
}

static void check_move(struct look *look, const struct token *left, const struct token *right)
{
	for (size_t i = 0; i < right->name_count; i++)
		if (right->names[i].kind == NAME_OBJECT &&
			str_eq(right->names[i].change->previous_address, left->text))
			return;
	if (left->names && right->names)
		verify_flaw(look->reader->verify, FLAW_WRONG_ACTION, true, right->text,
			look->sentence->line, "%.*s does not become %.*s", STR_ARG(left->text),
			STR_ARG(right->text));
}

static int check_arrow(struct look *look, size_t at, struct error *err)
{
	struct sentence *sentence = look->sentence;
	size_t left = at, right = at + 1;

	while (left > 0 && sentence->tokens[left - 1].mark == '"')
		left--;
	while (right < sentence->count && sentence->tokens[right].mark == '"')
		right++;
	if (!left || right >= sentence->count)
		return 0;
	left--;
	if (sentence->tokens[left].type == TOKEN_ADDRESS &&
		sentence->tokens[right].type == TOKEN_ADDRESS) {
		check_move(look, &sentence->tokens[left], &sentence->tokens[right]);
		return 0;
	}
	/* "delete -> create" is no value. */
	if (!is_value(&sentence->tokens[left]) || !is_value(&sentence->tokens[right]) ||
		sentence->tokens[right].said)
		return 0;
	return check_pair(look, left, right,
		is_value_like(&sentence->tokens[left]) || is_value_like(&sentence->tokens[right]),
		err);
}

static bool any_holds(
	const struct look *look, enum value_side side, struct str name, struct str value)
{
	const struct facts *facts = look->reader->verify->facts;
	const struct changes *changes = &facts->plan->changes;

	for (size_t i = 0; i < look->target_count; i++)
		if (facts_holds(facts, look->targets[i], side, name, value))
			return true;
	for (size_t i = 0; !look->target_count && i < changes->count; i++)
		if (changes->items[i].action != ACTION_NO_OP &&
			facts_holds(facts, &changes->items[i], side, name, value))
			return true;
	return false;
}

static bool any_exists(const struct look *look, enum value_side side)
{
	for (size_t i = 0; i < look->target_count; i++)
		if (node_is_object(side == SIDE_AFTER ? look->targets[i]->after
						      : look->targets[i]->before))
			return true;
	return !look->target_count;
}

/* `name` = value: after the change, or before where there is no after. */
static void check_equal(struct look *look, size_t name, size_t value)
{
	struct sentence *sentence = look->sentence;
	struct token *left = &sentence->tokens[name], *right = &sentence->tokens[value];
	enum value_side side = any_exists(look, SIDE_AFTER) ? SIDE_AFTER : SIDE_BEFORE;

	left->checked = right->checked = true;
	if (!any_holds(look, side, left->text, right->text))
		verify_flaw(look->reader->verify, FLAW_WRONG_ATTRIBUTE, true, nowhere(),
			sentence->line, "nothing that is named here has %.*s = %.*s",
			STR_ARG(left->text), STR_ARG(right->text));
}

/* `deletion_protection` is turned off */
static const char *truth_of(const struct token *token)
{
	static const char *const words[][2] = {{"true", "true"}, {"enabled", "true"},
		{"on", "true"}, {"false", "false"}, {"disabled", "false"}, {"off", "false"}};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (token_is(token, words[i][0]) && !token->checked)
			return words[i][1];
	return NULL;
}

static void check_truth(struct look *look, size_t at)
{
	struct sentence *sentence = look->sentence;
	struct str name = sentence->tokens[at].text;
	bool known = any_holds(look, SIDE_AFTER, name, STR("true")) ||
		any_holds(look, SIDE_AFTER, name, STR("false"));

	for (size_t i = at + 1; known && i < sentence->count && i <= at + 5; i++) {
		const char *truth = truth_of(&sentence->tokens[i]);

		if (sentence->tokens[i].mark == ',' || token_is(&sentence->tokens[i], "from"))
			return;
		if (!truth)
			continue;
		if (!any_holds(look, SIDE_AFTER, name, str_of(truth)))
			verify_flaw(look->reader->verify, FLAW_WRONG_ATTRIBUTE, true, nowhere(),
				sentence->line, "%.*s is not %s after the change", STR_ARG(name),
				truth);
		return;
	}
}

static bool has_text(const struct look *look, struct str text, bool number)
{
	const struct facts *facts = look->reader->verify->facts;

	for (size_t i = 0; i < look->target_count; i++)
		if (number ? facts_has_number(facts, look->targets[i], text)
			   : facts_has_text(facts, look->targets[i], text))
			return true;
	return !look->target_count &&
		(number ? facts_has_number(facts, NULL, text) : facts_has_text(facts, NULL, text));
}

/* A name of the plan, or a word of Terraform's own. */
static bool is_known(const struct look *look, const struct token *token)
{
	const struct facts *facts = look->reader->verify->facts;
	const struct changes *changes = &facts->plan->changes;

	if (word_in(token->word, WORD_KNOWN) || token->said)
		return true;
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];

		if (str_eq(change->name, token->text) || str_eq(change->type, token->text) ||
			node_is(change_index(change), token->text) ||
			str_eq(change->action_text, token->text) ||
			(token->text.len > 3 && str_find(change->address, token->text) != SIZE_MAX))
			return true;
	}
	return facts_has_text(facts, NULL, token->text);
}

/* How many instances a resource has, how many objects there are: numbers that tell no change. */
static bool counts_something(const struct look *look, const struct token *token)
{
	const struct facts *facts = look->reader->verify->facts;
	uint64_t number;

	if (!str_to_u64(token->text, &number))
		return false;
	if (number == facts->plan->changes.count)
		return true;
	for (size_t i = 0; i < facts->name_count;) {
		size_t same = 1;

		while (i + same < facts->name_count &&
			str_eq(facts->names[i].text, facts->names[i + same].text))
			same++;
		if (same == number)
			return true;
		i += same;
	}
	return false;
}

static void check_rest(struct look *look, size_t at)
{
	struct sentence *sentence = look->sentence;
	struct token *token = &sentence->tokens[at];
	bool number = token->type == TOKEN_NUMBER;
	bool set = at > 0 && token_is(&sentence->tokens[at - 1], "to") && !token->said;

	if (token->checked || !is_value_like(token))
		return;
	if (set && look->target_count && any_exists(look, SIDE_AFTER) &&
		any_holds(look, SIDE_BEFORE, nowhere(), token->text) &&
		!any_holds(look, SIDE_AFTER, nowhere(), token->text)) {
		verify_flaw(look->reader->verify, FLAW_WRONG_ATTRIBUTE, true, nowhere(),
			sentence->line, "%.*s is what it was, not what it becomes",
			STR_ARG(token->text));
		return;
	}
	if (has_text(look, token->text, number) || (!number && is_known(look, token)) ||
		(number && counts_something(look, token)))
		return;
	verify_flaw(look->reader->verify, FLAW_WRONG_ATTRIBUTE, false, nowhere(), sentence->line,
		"%.*s is not found in what is named here", STR_ARG(token->text));
}

int check_values(struct reader *reader, struct sentence *sentence, struct error *err)
{
	struct look look = {.reader = reader, .sentence = sentence};
	int r = find_targets(&look, err);

	for (size_t i = 0; r == 0 && i < sentence->count; i++) {
		struct token *token = &sentence->tokens[i];
		bool pair = i + 3 < sentence->count && token_is(token, "from") &&
			token_is(token + 2, "to") && is_value(token + 1) && is_value(token + 3);

		if (token->type == TOKEN_ARROW)
			r = check_arrow(&look, i, err);
		else if (pair && (is_value_like(token + 1) || is_value_like(token + 3)))
			r = check_pair(&look, i + 1, i + 3, true, err);
		else if (token->type == TOKEN_EQUALS && i > 0 && i + 1 < sentence->count &&
			is_value(token - 1) && is_value(token + 1))
			check_equal(&look, i - 1, i + 1);
	}
	for (size_t i = 0; r == 0 && i < sentence->count; i++) {
		if (sentence->tokens[i].type == TOKEN_WORD && sentence->tokens[i].quoted)
			check_truth(&look, i);
		check_rest(&look, i);
	}
	return r;
}
