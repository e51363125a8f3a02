/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compiler attributes behind names, the one cleanup idiom, and saturating
 * size arithmetic.  Everything includes this header; it includes nothing of
 * weir's.
 */
#ifndef WEIR_BASE_MACROS_H
#define WEIR_BASE_MACROS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WEIR_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define WEIR_UNUSED __attribute__((unused))
#define WEIR_NODISCARD __attribute__((warn_unused_result))
#define WEIR_COLD __attribute__((cold, noinline))
#define WEIR_LIKELY(x) __builtin_expect(!!(x), 1)
#define WEIR_UNLIKELY(x) __builtin_expect(!!(x), 0)

/*
 * The cleanup idiom: a local that owns something is declared with the function
 * that releases it, which takes a pointer to the variable and accepts an empty one.
 *
 *	CLEANUP(file_unmap) struct file_map map = {0};
 */
#define CLEANUP(release) __attribute__((cleanup(release)))

/* Number of elements of an array (not of a pointer). */
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Size arithmetic that saturates: an overflow becomes SIZE_MAX, which no allocator grants. */
static inline size_t size_add(size_t a, size_t b)
{
	size_t sum;

	return __builtin_add_overflow(a, b, &sum) ? SIZE_MAX : sum;
}

static inline size_t size_mul(size_t a, size_t b)
{
	size_t product;

	return __builtin_mul_overflow(a, b, &product) ? SIZE_MAX : product;
}

#endif
