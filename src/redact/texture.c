/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes of a text in blocks of 16, each block as a few sets of positions.
 *
 *	text      a r n : a w s : "   ...
 *	alnum     1 1 1 0 1 1 1 0 0
 *	colon     0 0 0 1 0 0 0 1 0
 *	quote     0 0 0 0 0 0 0 0 1      a quote beside a colon: something is assigned
 *
 * Whatever a detector needs to begin is a set, or two sets beside each other; where
 * a detector learns to see more, its beginning must be told here too, or it will never be asked.
 */
#include "redact/texture.h"

#include <string.h>

#if defined(__SSE2__) && !defined(WEIR_PORTABLE)
#define BY_SSE2
#include <emmintrin.h>
#endif

enum { BLOCK = 16 };

/* Positions in a block, bit 0 first. */
struct block {
	unsigned alnum;
	unsigned digit;
	unsigned upper;
	unsigned word;  /* alnum and + / _ - = */
	unsigned dash;  /* - */
	unsigned colon; /* : */
	unsigned quote; /* what beside a colon makes an assignment: quotes, blanks, > */
	unsigned rare;  /* = + @ $ % \ and NUL */
};

#ifdef BY_SSE2

static inline __m128i is(__m128i bytes, char c)
{
	return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}

/* Bytes in [first, first + count). */
static inline __m128i within(__m128i bytes, char first, char count)
{
	__m128i distance = _mm_sub_epi8(bytes, _mm_set1_epi8(first));

	return _mm_cmpeq_epi8(_mm_min_epu8(distance, _mm_set1_epi8((char)(count - 1))), distance);
}

static inline __m128i either(__m128i a, __m128i b)
{
	return _mm_or_si128(a, b);
}

static inline unsigned set_of(__m128i bytes)
{
	return (unsigned)_mm_movemask_epi8(bytes);
}

static inline struct block classify(const char *p)
{
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i digit = within(bytes, '0', 10), upper = within(bytes, 'A', 26);
	__m128i alnum = either(either(digit, upper), within(bytes, 'a', 26));
	__m128i dash = is(bytes, '-'), equals = is(bytes, '='), plus = is(bytes, '+');
	__m128i word = either(either(either(alnum, dash), either(equals, plus)),
		either(is(bytes, '/'), is(bytes, '_')));
	__m128i quote = either(either(either(is(bytes, '"'), is(bytes, '\'')),
				       either(is(bytes, '`'), is(bytes, '>'))),
		either(is(bytes, ' '), is(bytes, '\t')));
	__m128i rare = either(either(either(equals, plus), either(is(bytes, '@'), is(bytes, '$'))),
		either(either(is(bytes, '%'), is(bytes, '\\')), is(bytes, 0)));

	return (struct block){set_of(alnum), set_of(digit), set_of(upper), set_of(word),
		set_of(dash), set_of(is(bytes, ':')), set_of(quote), set_of(rare)};
}

#else

enum { ALNUM = 1, WORD = 2, DASH = 4, COLON = 8, QUOTE = 16, RARE = 32, DIGIT = 64, UPPER = 128 };

static const unsigned char classes[256] = {['0' ... '9'] = ALNUM | WORD | DIGIT,
	['A' ... 'Z'] = ALNUM | WORD | UPPER,
	['a' ... 'z'] = ALNUM | WORD,
	['/'] = WORD,
	['_'] = WORD,
	['-'] = WORD | DASH,
	['='] = WORD | RARE,
	['+'] = WORD | RARE,
	['@'] = RARE,
	['$'] = RARE,
	['%'] = RARE,
	['\\'] = RARE,
	[0] = RARE,
	[':'] = COLON,
	['"'] = QUOTE,
	['\''] = QUOTE,
	['`'] = QUOTE,
	['>'] = QUOTE,
	[' '] = QUOTE,
	['\t'] = QUOTE};

static struct block classify(const char *p)
{
	struct block block = {0};

	for (unsigned i = 0; i < BLOCK; i++) {
		unsigned class = classes[(unsigned char)p[i]];

		block.alnum |= (class & ALNUM ? 1u : 0u) << i;
		block.digit |= (class & DIGIT ? 1u : 0u) << i;
		block.upper |= (class & UPPER ? 1u : 0u) << i;
		block.word |= (class & WORD ? 1u : 0u) << i;
		block.dash |= (class & DASH ? 1u : 0u) << i;
		block.colon |= (class & COLON ? 1u : 0u) << i;
		block.quote |= (class & QUOTE ? 1u : 0u) << i;
		block.rare |= (class & RARE ? 1u : 0u) << i;
	}
	return block;
}

#endif

/* The positions behind those of `now`, and behind the last one of the block before. */
static inline unsigned behind(unsigned now, unsigned before)
{
	return now << 1 | (before >> (BLOCK - 1) & 1);
}

static unsigned texture_of_rare(char c)
{
	switch (c) {
	case '=':
		return TEXTURE_ASSIGNED;
	case '+':
		return TEXTURE_PLUS;
	case '@':
		return TEXTURE_TOKEN;
	case '%':
		return TEXTURE_PERCENT;
	case '\\':
		return TEXTURE_BACKSLASH;
	case 0:
		return TEXTURE_NUL;
	default:
		return 0;
	}
}

struct look {
	const struct shapes_index *index;
	struct str text;
	size_t at;
	struct block before;
	size_t run; /* of word characters, up to here */
	size_t longest;
	unsigned texture;
	/* Of all blocks together. */
	unsigned digits, uppers, lowers;
};

static inline void look_at(struct look *look, struct block now)
{
	unsigned begins = now.alnum & ~behind(now.alnum, look->before.alnum);
	unsigned gap = ~now.word & 0xffff;

	for (unsigned rare = now.rare; rare; rare &= rare - 1) {
		unsigned i = (unsigned)__builtin_ctz(rare);
		char c = look->text.data[look->at + i];

		look->texture |= texture_of_rare(c);
		if (c == '$')
			begins |= 1u << i;
	}
	for (; begins; begins &= begins - 1)
		if (shapes_may_begin(
			    look->index, look->text, look->at + (unsigned)__builtin_ctz(begins)))
			look->texture |= TEXTURE_TOKEN;
	if (now.dash & behind(now.dash, look->before.dash))
		look->texture |= TEXTURE_ASSIGNED | TEXTURE_TOKEN;
	if ((now.colon & behind(now.quote, look->before.quote)) ||
		(now.quote & behind(now.colon, look->before.colon)))
		look->texture |= TEXTURE_ASSIGNED;
	look->digits |= now.digit;
	look->uppers |= now.upper;
	look->lowers |= now.alnum & ~(now.digit | now.upper);
	/* A run within one block is too short for anything. */
	if (gap == 0) {
		look->run += BLOCK;
	} else {
		look->run += (unsigned)__builtin_ctz(gap);
		if (look->run > look->longest)
			look->longest = look->run;
		look->run = (unsigned)__builtin_clz(gap << 16);
	}
	look->before = now;
}

unsigned text_texture(const struct shapes_index *index, struct str text)
{
	struct look look = {.index = index, .text = text};

	for (; look.at + BLOCK <= text.len; look.at += BLOCK)
		look_at(&look, classify(text.data + look.at));
	if (look.at < text.len) {
		char rest[BLOCK];

		/* Filled with what is in no set. */
		memset(rest, '.', BLOCK);
		memcpy(rest, text.data + look.at, text.len - look.at);
		look_at(&look, classify(rest));
	}
	if (look.run > look.longest)
		look.longest = look.run;
	if (look.longest >= BASE64_LEAST)
		look.texture |= TEXTURE_BASE64;
	if (look.digits &&
		((look.longest >= RANDOM_LEAST && look.lowers && look.uppers) ||
			look.longest >= RANDOM_ONE_CASE_LEAST))
		look.texture |= TEXTURE_RANDOM;
	return look.texture;
}
