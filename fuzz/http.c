/* SPDX-License-Identifier: Apache-2.0 */
/* What a server sends, as curl hands it on. */
#include <stdlib.h>

#include "tool/http.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct http_response response;

	if (!http_response_read(text, &response))
		return 0;
	/* The body lies in the text. */
	if (response.body.data < text.data ||
		response.body.data + response.body.len > text.data + size || response.status > 999)
		abort();
	return 0;
}
