/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The entry of weir in the configuration of a client, merged so that every other byte of the file stays what it is.
 *
 * Sources: the clients' documentation of where they keep their servers.
 */
#ifndef WEIR_MCP_INSTALL_H
#define WEIR_MCP_INSTALL_H

#include "base/error.h"
#include "base/memory.h"

struct mcp_client {
	const char *name;
	const char *file; /* of the project, relative to its folder */
	const char *key;  /* of the object that holds the servers */
	const char *type; /* member of an entry, or NULL */
	/* The folder that the client starts servers in is not always the project's: then this names it. */
	const char *folder;
};

/* "claude|cursor|...", for the table of options. */
extern const char mcp_client_names[];
/* NULL if there is no such client. */
const struct mcp_client *mcp_client_find(struct str name);

/*
 * A whole file for a client into `out`, which has weir's entry: `old` with the entry put in or replaced, or, where `old` is absent, the entry alone.
 * Errors: ERR_CLIENT_CONFIG where `old` is no plain JSON (comments, trailing commas) or has another form: it could not be kept.
 */
int mcp_install_merge(const struct mcp_client *client, bool may_write, struct str old,
	struct buf *out, struct error *err) WEIR_NODISCARD;

#endif
