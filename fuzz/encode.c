/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes through every encoder: no control character comes out, and what a
 * terminal is shown is shown the same when it is encoded once more.
 */
#include <stdint.h>
#include <stdlib.h>

#include "report/encode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct buf *out)
{
	for (size_t i = 0; i < out->len; i++)
		if ((unsigned char)out->data[i] < 0x20 || out->data[i] == 0x7f)
			abort();
	buf_clear(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	CLEANUP(buf_free) struct buf out = BUF(64 << 20);
	CLEANUP(buf_free) struct buf again = BUF(64 << 20);

	if (size > 1 << 20)
		return 0;
	encode_terminal(&out, text);
	encode_terminal(&again, buf_str(&out));
	if (!str_eq(buf_str(&out), buf_str(&again)))
		abort();
	check(&out);
	encode_markdown(&out, text);
	check(&out);
	encode_html(&out, text);
	check(&out);
	encode_xml(&out, text);
	check(&out);
	encode_workflow(&out, text, false);
	check(&out);
	encode_workflow(&out, text, true);
	check(&out);
	encode_message(&out, text);
	check(&out);
	encode_uri(&out, text);
	check(&out);
	return 0;
}
