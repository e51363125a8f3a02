/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One request to an HTTP server, by curl as a bounded child: TLS, proxies and certificates are the
 * system's business, and no library for them is in weir.  Neither the secret header nor the body is
 * ever an argument, a variable or a file on a disk: curl reads both from memory of weir's.
 *
 * No redirect is followed: the header would go along.  A server that is not this machine must speak
 * TLS.
 */
#ifndef WEIR_TOOL_HTTP_H
#define WEIR_TOOL_HTTP_H

#include "base/error.h"
#include "base/memory.h"

struct http_request {
	const char *method;
	const char *url;
	/* "Authorization: Bearer ..."; its bytes must be printable ASCII. */
	const char *secret_header;
	/* JSON; absent: none. */
	struct str body;
};

struct http_response {
	unsigned status; /* 0: no answer, which trying again may change; `reason` says why */
	struct str body;
	struct str reason;
	/* Seconds that the server wants us to wait; UINT64_MAX: it does not say. */
	uint64_t retry_after;
	/* A header Link names a next page. */
	bool has_next;
};

/*
 * Texts of the answer are in the arena.  Errors: ERR_CHILD_* if curl cannot be run, ERR_HTTP (69) for
 * what no second try mends (a certificate, a URL).
 */
int http_ask(const struct http_request *request, struct arena *arena,
	struct http_response *ret_response, struct error *err) WEIR_NODISCARD;

/*
 * Takes apart what curl printed: heads, body, and behind the last newline the status and the size of
 * the heads.  False if it is not of that form.  The answer borrows from `text`.
 */
bool http_response_read(struct str text, struct http_response *ret_response);

#endif
