/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words, numbers and addresses of visible text.  An address is taken whole, by
 * Terraform's grammar, and looked up at once; what looks like one and is none stays an
 * address that names nothing.
 */
#include "model/token.h"

struct scan {
	const struct verify *verify;
	struct str text;
	size_t at;
	bool code;
	bool quote;
	struct tokens *tokens;
};

static bool is_letter(char c)
{
	return (char_lower(c) >= 'a' && char_lower(c) <= 'z') || c == '_' || (c & 0x80);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The end of "[...]" that opens at `at`, behind its bracket; `at` where it does not close. */
static size_t index_end(struct str text, size_t at)
{
	size_t i = at + 1;

	if (i < text.len && text.data[i] == '"') {
		for (i++; i < text.len && text.data[i] != '"'; i++)
			if (text.data[i] == '\\')
				i++;
		i++;
	} else {
		while (i < text.len && (visible_is_name(text.data[i]) || text.data[i] == '*'))
			i++;
	}
	return i < text.len && text.data[i] == ']' ? i + 1 : at;
}

/* Ends of the parts of a dotted name at `at`: "module.a[0]", ".aws_x", ".y". */
enum { PARTS_MOST = 64 };
static size_t dotted(struct str text, size_t at, size_t *ends)
{
	size_t count = 0;

	while (count < PARTS_MOST) {
		size_t from = at;

		while (at < text.len && visible_is_name(text.data[at]))
			at++;
		if (at == from)
			break;
		while (at < text.len && text.data[at] == '[') {
			size_t end = index_end(text, at);

			if (end == at)
				break;
			at = end;
		}
		ends[count++] = at;
		if (at + 1 >= text.len || text.data[at] != '.' ||
			!(is_letter(text.data[at + 1]) || is_digit(text.data[at + 1])))
			break;
		at++;
	}
	return count;
}

static struct str lower_of(struct arena *arena, struct str text)
{
	struct str copy = arena_str(arena, text);
	char *to = (char *)copy.data;
	size_t len = 0;

	for (size_t i = 0; to && i < text.len; i++) {
		/* A typographic apostrophe is one too. */
		if (text.len - i >= 3 && memcmp(text.data + i, "\xe2\x80\x99", 3) == 0) {
			to[len++] = '\'';
			i += 2;
		} else {
			to[len++] = char_lower(text.data[i]);
		}
	}
	return (struct str){copy.data, len};
}

static struct token *add(struct scan *scan, enum token_type type, size_t from, size_t to)
{
	static const struct word none = {.number = -1};
	struct tokens *tokens = scan->tokens;
	struct arena *arena = scan->verify->arena;
	struct token *token;

	if (!arena_grow(arena, (void **)&tokens->items, tokens->count, &tokens->room,
		    sizeof(*tokens->items)))
		return NULL;
	token = &tokens->items[tokens->count++];
	*token = (struct token){.type = type,
		.text = str_slice(scan->text, from, to),
		.word = &none,
		.quoted = scan->code};
	scan->at = to;
	if (type == TOKEN_WORD || type == TOKEN_NUMBER) {
		token->lower = lower_of(arena, token->text);
		token->word = words_find(scan->verify->words, token->lower);
		token->said = token->word->said;
	}
	return token;
}

static bool is_address_like(struct scan *scan, size_t from, const size_t *ends, size_t count)
{
	static const char *const heads[] = {"module", "data", "output", "var", "provider"};
	struct str head = str_slice(scan->text, from, ends[0]);
	struct str lower = lower_of(scan->verify->arena, head);
	size_t named;

	facts_find(scan->verify->facts, str_slice(scan->text, from, ends[count - 1]), &named);
	if (named)
		return true;
	/* "tenant[2]": an address with its type left out. */
	if (str_find_char(head, '[') != SIZE_MAX)
		return facts_has_name(
			scan->verify->facts, str_slice(head, 0, str_find_char(head, '[')));
	if (count < 2)
		return false;
	for (size_t i = 0; i < COUNT_OF(heads); i++)
		if (str_is(lower, heads[i]))
			return str_is(lower, "module") || count > 1;
	/* "root_block_device.volume_size" is the path of an attribute. */
	return facts_has_type(scan->verify->facts, lower) ||
		(str_find_char(head, '_') != SIZE_MAX &&
			!facts_has_text(scan->verify->facts, NULL, head));
}

/* An address, the longest that the plan knows; the rest is an attribute. */
static bool address_at(struct scan *scan)
{
	size_t ends[PARTS_MOST], from = scan->at;
	size_t count = dotted(scan->text, from, ends), known = count;
	const struct name *names = NULL;
	struct token *token;
	size_t name_count = 0;

	if (!count || !is_address_like(scan, from, ends, count))
		return false;
	for (; known && !names; known--)
		names = facts_find(scan->verify->facts,
			str_slice(scan->text, from, ends[known - 1]), &name_count);
	if (names && known + 1 < count) {
		/* module.a.aws_x.invented is no attribute of module.a. */
		bool real = names[0].kind != NAME_MODULE;

		token = add(scan, TOKEN_ADDRESS, from, ends[real ? known : count - 1]);
		scan->at = ends[count - 1];
		if (token && real) {
			token->names = names;
			token->name_count = name_count;
			token->attribute = str_slice(scan->text, ends[known] + 1, scan->at);
		}
		return true;
	}
	token = add(scan, TOKEN_ADDRESS, from, ends[count - 1]);
	if (token) {
		token->names = names;
		token->name_count = name_count;
	}
	return true;
}

static bool joins(const struct scan *scan, size_t at)
{
	struct str text = scan->text;
	char c = text.data[at];
	bool between = at + 1 < text.len && at > scan->at &&
		(is_letter(text.data[at + 1]) || is_digit(text.data[at + 1]));

	if (c == '.' || c == '\'')
		return between;
	return between && strchr("/:@+,", c) &&
		(scan->code || (is_digit(text.data[at - 1]) && is_digit(text.data[at + 1])) ||
			(c == ':' && str_starts(str_slice(text, scan->at, at), STR("arn"))));
}

/* Punctuation beyond ASCII that ends a word. */
static bool is_foreign_mark(struct str text, size_t at)
{
	size_t next = at;
	uint32_t code;

	if (!(text.data[at] & 0x80))
		return false;
	code = visible_code(text, &next);
	return !(code >= 0xc0 && code <= 0x17f) && code != 0x2019;
}

static void word_at(struct scan *scan)
{
	struct str text = scan->text;
	size_t end = scan->at;
	bool number = true;
	struct token *token;

	while (end < text.len &&
		(is_letter(text.data[end]) || visible_is_name(text.data[end]) ||
			joins(scan, end)) &&
		!is_foreign_mark(text, end)) {
		number = number && (is_digit(text.data[end]) || strchr(".,", text.data[end]));
		end++;
	}
	while (end > scan->at + 1 && (text.data[end - 1] == '-' || text.data[end - 1] == '\''))
		end--;
	token = add(scan, number ? TOKEN_NUMBER : TOKEN_WORD, scan->at, end);
	if (token && !scan->code)
		token->quoted = scan->quote && end < text.len &&
			(text.data[end] == '"' || (text.data[end] & 0x80)) &&
			scan->tokens->count > 1 && token[-1].mark == '"';
}

/* A character that is no word; true if it was one of several bytes or of meaning. */
static void mark_at(struct scan *scan)
{
	size_t from = scan->at, next = from;
	uint32_t code = visible_code(scan->text, &next);
	struct str rest = str_slice(scan->text, from, scan->text.len);
	struct token *token;

	if (code == 0x2192 || code == 0x21d2 || code == 0x27f6 || code == 0x279c ||
		code == 0x2794 || code == 0x27a1) {
		add(scan, TOKEN_ARROW, from, next);
		return;
	}
	if (str_starts(rest, STR("->")) || str_starts(rest, STR("=>"))) {
		add(scan, TOKEN_ARROW, from, from + 2);
		return;
	}
	if (code == 0x2013 || code == 0x2014)
		code = '-';
	else if (code == 0x201c || code == 0x201d)
		code = '"';
	if (code == '"')
		scan->quote = !scan->quote;
	if (code >= 0x80 || !strchr(".,;:()|!?+-\"\n=", (int)code)) {
		scan->at = next;
		return;
	}
	token = add(scan, code == '=' ? TOKEN_EQUALS : TOKEN_MARK, from, next);
	if (token)
		token->mark = (char)code;
}

int tokens_read(
	const struct verify *verify, struct str text, struct tokens *ret_tokens, struct error *err)
{
	struct tokens tokens = {0};
	struct scan scan = {.verify = verify, .text = text, .tokens = &tokens};

	while (scan.at < text.len && !arena_failed(verify->arena)) {
		char c = text.data[scan.at];

		if (c == MARK_CODE || c == MARK_CODE_END) {
			scan.code = c == MARK_CODE;
			scan.at++;
		} else if (c == ' ' || c == '\t' || c == '\r') {
			scan.at++;
		} else if ((is_letter(c) || is_digit(c)) && !is_foreign_mark(text, scan.at)) {
			if (!address_at(&scan))
				word_at(&scan);
		} else {
			mark_at(&scan);
		}
	}
	if (arena_failed(verify->arena))
		return error_memory(err);
	*ret_tokens = tokens;
	return 0;
}
