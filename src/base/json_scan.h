/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The JSON tokenizer, shared by the reader of documents (json.c) and the
 * reader of events (json_events.c), so that the two cannot disagree about what
 * a string, a number or white space is.  Nobody else includes this.
 *
 * Each scanner takes the bytes [p, end) and says where it stopped.  A scanner
 * that runs out of bytes in the middle of a token can be called again with
 * more bytes behind the same ones; what it has to remember is in its arguments.
 *
 * Two variants of the inner loops: SSE2, and portable C that works on eight bytes
 * at a time.  -DWEIR_PORTABLE forces the second.
 */
#ifndef WEIR_BASE_JSON_SCAN_H
#define WEIR_BASE_JSON_SCAN_H

#include <string.h>

#include "base/error.h"

#if defined(__SSE2__) && !defined(WEIR_PORTABLE)
#include <emmintrin.h>
#define JSON_SCAN_SSE2 1
#else
#define JSON_SCAN_SSE2 0
#endif

typedef unsigned char json_byte;

enum { JSON_MAX_DEPTH = 512 };

enum scan {
	SCAN_DONE, /* the token is whole */
	SCAN_MORE, /* every byte fits so far; it goes on behind `end` */
	SCAN_BAD,  /* *fault says why and where */
};

/* The first byte that does not fit. */
struct scan_fault {
	enum error_id id;
	const json_byte *at;
	const char *what;
};

static WEIR_COLD WEIR_UNUSED enum scan scan_bad(
	struct scan_fault *fault, enum error_id id, const json_byte *at, const char *what)
{
	*fault = (struct scan_fault){id, at, what};
	return SCAN_BAD;
}

/*
 * The inner loops look at JSON_BLOCK bytes at once and at a mask of those that stop them: a bit for
 * each byte in SSE2, the top bit of each byte in the portable variant.
 */
#if JSON_SCAN_SSE2
enum { JSON_BLOCK = 16 };
typedef unsigned json_mask;

static inline __m128i json_load(const json_byte *p)
{
	return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline json_mask json_not_space(const json_byte *p)
{
	__m128i same = _mm_cmpeq_epi8(json_load(p), _mm_set1_epi8(' '));

	return 0xffff ^ (json_mask)_mm_movemask_epi8(same);
}

/* The comparison is signed: what is below a space is a control character or not ASCII. */
static inline json_mask json_not_plain(const json_byte *p)
{
	__m128i v = json_load(p);
	__m128i mark = _mm_or_si128(
		_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));

	return (json_mask)_mm_movemask_epi8(
		_mm_or_si128(mark, _mm_cmplt_epi8(v, _mm_set1_epi8(' '))));
}

static inline size_t json_first(json_mask mask)
{
	return (size_t)__builtin_ctz(mask);
}
#else
enum { JSON_BLOCK = 8 };
typedef uint64_t json_mask;

#define JSON_ONES UINT64_C(0x0101010101010101)
#define JSON_TOPS UINT64_C(0x8080808080808080)

static inline uint64_t json_load(const json_byte *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/* Sets the top bit of each byte that is not zero, exactly; other bits mean nothing. */
static inline json_mask json_not_zero(uint64_t word)
{
	return ((word & ~JSON_TOPS) + ~JSON_TOPS) | word;
}

static inline json_mask json_not_space(const json_byte *p)
{
	return json_not_zero(json_load(p) ^ JSON_ONES * ' ') & JSON_TOPS;
}

static inline json_mask json_not_plain(const json_byte *p)
{
	uint64_t word = json_load(p);
	/* With 0x60 added, all but control characters reach the top bit. */
	uint64_t control = ~((word & ~JSON_TOPS) + JSON_ONES * 0x60);
	uint64_t quote = ~json_not_zero(word ^ JSON_ONES * '"');
	uint64_t backslash = ~json_not_zero(word ^ JSON_ONES * '\\');

	return (word | control | quote | backslash) & JSON_TOPS;
}

static inline size_t json_first(json_mask mask)
{
	return (size_t)__builtin_ctzll(mask) / 8;
}
#endif

/* From a white space on.  A run of spaces is what is made fast: pretty text is full of them. */
static __attribute__((noinline)) WEIR_UNUSED const json_byte *scan_space_run(
	const json_byte *p, const json_byte *end)
{
	while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')) {
		for (p++; end - p >= JSON_BLOCK; p += JSON_BLOCK) {
			json_mask mask = json_not_space(p);

			if (mask) {
				p += json_first(mask);
				break;
			}
		}
	}
	return p;
}

/* Steps over white space. */
static inline const json_byte *scan_space(const json_byte *p, const json_byte *end)
{
	if (WEIR_LIKELY(p<end && * p> ' '))
		return p;
	return scan_space_run(p, end);
}

/*
 * Steps over the bytes of a string that mean themselves: not a quote, not a backslash, not a
 * control character, and ASCII.
 */
static inline const json_byte *scan_plain(const json_byte *p, const json_byte *end)
{
	for (; end - p >= JSON_BLOCK; p += JSON_BLOCK) {
		json_mask mask = json_not_plain(p);

		if (mask)
			return p + json_first(mask);
	}
	while (p < end && *p >= ' ' && *p < 0x80 && *p != '"' && *p != '\\')
		p++;
	return p;
}

/*
 * Length of the UTF-8 sequence at `p` (Unicode 15, table 3-7); 0 if it is not valid, -1 if it is
 * as far as it goes but `end` cuts it.
 */
static inline int scan_utf8(const json_byte *p, const json_byte *end)
{
	json_byte low = 0x80, high = 0xbf;
	int length;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	length = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (p[0] == 0xe0)
		low = 0xa0; /* shorter forms exist below */
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xed)
		high = 0x9f; /* surrogates */
	else if (p[0] == 0xf4)
		high = 0x8f; /* above U+10FFFF */
	for (int i = 1; i < length; i++) {
		if (end - p <= i)
			return -1;
		if (p[i] < low || p[i] > high)
			return 0;
		low = 0x80;
		high = 0xbf;
	}
	return length;
}

static inline bool json_is_hex(json_byte c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

/* The escape at *p, a backslash. */
static inline enum scan scan_escape(
	const json_byte **p, const json_byte *end, struct scan_fault *fault)
{
	const json_byte *at = *p + 1;

	if (at == end)
		return SCAN_MORE;
	switch (*at) {
	case '"':
	case '\\':
	case '/':
	case 'b':
	case 'f':
	case 'n':
	case 'r':
	case 't':
		*p += 2;
		return SCAN_DONE;
	case 'u':
		break;
	default:
		return scan_bad(fault, ERR_JSON_SYNTAX, at, "this escape does not exist in JSON");
	}
	for (int i = 0; i < 4; i++) {
		if (++at == end)
			return SCAN_MORE;
		if (!json_is_hex(*at))
			return scan_bad(
				fault, ERR_JSON_SYNTAX, at, "four hexadecimal digits follow \\u");
	}
	*p += 6;
	return SCAN_DONE;
}

/*
 * The inside of a string, from *p on; with SCAN_DONE *p is its closing quote.  With SCAN_MORE *p
 * is where to go on.  *escaped becomes true at the first backslash.
 */
static inline enum scan scan_string(
	const json_byte **p, const json_byte *end, bool *escaped, struct scan_fault *fault)
{
	for (;;) {
		enum scan result = SCAN_DONE;
		int length;

		*p = scan_plain(*p, end);
		if (*p == end)
			return SCAN_MORE;
		if (**p == '"')
			return SCAN_DONE;
		if (**p < ' ')
			return scan_bad(fault, ERR_JSON_SYNTAX, *p,
				"a control character in a string must be written as an escape");
		if (**p == '\\') {
			*escaped = true;
			result = scan_escape(p, end, fault);
			if (result != SCAN_DONE)
				return result;
			continue;
		}
		length = scan_utf8(*p, end);
		if (length < 0)
			return SCAN_MORE;
		if (length == 0)
			return scan_bad(fault, ERR_JSON_UTF8, *p, "not valid UTF-8");
		*p += length;
	}
}

/*
 * Numbers.
 *
 *	START -'-'-> MINUS -0-> ZERO --.--> DOT -digit-> FRACTION -e-> E -sign-> SIGN -digit->
 *EXPONENT |            `1..9-> INTEGER -.--^                          ^ `-----digit-----------^
 *	  `------ZERO, INTEGER                ZERO, INTEGER --------e-'
 */
enum number_state {
	NUMBER_START,
	NUMBER_MINUS,
	NUMBER_ZERO,
	NUMBER_INTEGER,
	NUMBER_DOT,
	NUMBER_FRACTION,
	NUMBER_E,
	NUMBER_SIGN,
	NUMBER_EXPONENT,
	NUMBER_STOP, /* the byte is not part of the number */
};

static inline bool json_is_digit(json_byte c)
{
	return c >= '0' && c <= '9';
}

/* Branchy because it is the whole grammar of a number, one state a case. */
static inline enum number_state number_next(enum number_state state, json_byte c)
{
	bool digit = json_is_digit(c), e = c == 'e' || c == 'E';

	switch (state) {
	case NUMBER_START:
		if (c == '-')
			return NUMBER_MINUS;
		/* fall through */
	case NUMBER_MINUS:
		return c == '0' ? NUMBER_ZERO : digit ? NUMBER_INTEGER : NUMBER_STOP;
	case NUMBER_INTEGER:
		if (digit)
			return NUMBER_INTEGER;
		/* fall through */
	case NUMBER_ZERO:
		return c == '.' ? NUMBER_DOT : e ? NUMBER_E : NUMBER_STOP;
	case NUMBER_DOT:
		return digit ? NUMBER_FRACTION : NUMBER_STOP;
	case NUMBER_FRACTION:
		return digit ? NUMBER_FRACTION : e ? NUMBER_E : NUMBER_STOP;
	case NUMBER_E:
		if (c == '+' || c == '-')
			return NUMBER_SIGN;
		/* fall through */
	case NUMBER_SIGN:
	case NUMBER_EXPONENT:
		return digit ? NUMBER_EXPONENT : NUMBER_STOP;
	case NUMBER_STOP:
		break;
	}
	return NUMBER_STOP;
}

/* True where a number may end. */
static inline bool number_whole(enum number_state state)
{
	return state == NUMBER_ZERO || state == NUMBER_INTEGER || state == NUMBER_FRACTION ||
		state == NUMBER_EXPONENT;
}

/*
 * The number at *p in *state (NUMBER_START at first).  SCAN_MORE says that it reaches `end`; the
 * caller, who knows whether more bytes come, asks number_whole().
 */
static inline enum scan scan_number(const json_byte **p, const json_byte *end,
	enum number_state *state, struct scan_fault *fault)
{
	for (; *p < end; ++*p) {
		enum number_state next = number_next(*state, **p);

		if (next != NUMBER_STOP) {
			*state = next;
			continue;
		}
		if (number_whole(*state))
			return SCAN_DONE;
		return scan_bad(fault, ERR_JSON_SYNTAX, *p,
			*state == NUMBER_START ? "a value was expected here"
					       : "a digit was expected here");
	}
	return SCAN_MORE;
}

/* What `true`, `false` or `null` still lacks, from *p on; *word steps over what was there. */
static inline enum scan scan_word(
	const json_byte **p, const json_byte *end, const char **word, struct scan_fault *fault)
{
	for (; **word; ++*word, ++*p) {
		if (*p == end)
			return SCAN_MORE;
		if (**p != (json_byte) * *word)
			return scan_bad(fault, ERR_JSON_SYNTAX, *p, "a value was expected here");
	}
	return SCAN_DONE;
}

/*
 * Decodes the escape at raw.data[*at], a backslash of a string that was scanned, into `to` (at most
 * 4 bytes) and steps *at behind it.  Surrogates that are no pair become U+FFFD.
 */
size_t json_unescape(struct str raw, size_t *at, char *to);
/* A whole string; `to` has room for raw.len bytes and may be raw.data itself. Returns the length.
 */
size_t json_unescape_all(struct str raw, char *to);

#endif
