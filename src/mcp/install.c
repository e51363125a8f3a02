/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An entry is put into the text of a file, not into what the text means: so order, numbers and blanks of all else stay
 * as their owner wrote them.  Text that is no plain JSON is not touched.
 */
#include "mcp/install.h"

#include "base/json.h"

enum { ENTRY_MOST = 4096 };

const char mcp_client_names[] = "claude|cursor|vscode|gemini";

static const struct mcp_client clients[] = {
	{"claude", ".mcp.json", "mcpServers", "stdio", NULL},
	{"cursor", ".cursor/mcp.json", "mcpServers", "stdio", "${workspaceFolder}"},
	{"vscode", ".vscode/mcp.json", "servers", "stdio", "${workspaceFolder}"},
	{"gemini", ".gemini/settings.json", "mcpServers", NULL, NULL},
};

const struct mcp_client *mcp_client_find(struct str name)
{
	for (size_t i = 0; i < COUNT_OF(clients); i++)
		if (str_is(name, clients[i].name))
			return &clients[i];
	return NULL;
}

static void add_entry(const struct mcp_client *client, bool may_write, struct buf *out)
{
	struct json_writer json;

	json_writer_init(&json, out, 0);
	json_object_begin(&json);
	if (client->type)
		json_member(&json, "type", str_of(client->type));
	json_member(&json, "command", STR("weir"));
	json_key(&json, STR("args"));
	json_array_begin(&json);
	json_string(&json, STR("mcp"));
	if (client->folder) {
		json_string(&json, STR("-C"));
		json_string(&json, str_of(client->folder));
	}
	if (may_write)
		json_string(&json, STR("--allow-write"));
	json_array_end(&json);
	json_object_end(&json);
}

/* A first member of an object that stands at `at` in `old`; `depth` is that of the member. */
static void put_first(
	struct str old, struct node object, unsigned depth, struct str member, struct buf *out)
{
	size_t at = node_offset(object) + 1;

	buf_add(out, str_slice(old, 0, at));
	buf_printf(out, "\n%*s", (int)depth * 2, "");
	buf_add(out, member);
	if (node_count(object))
		buf_add_char(out, ',');
	else
		buf_printf(out, "\n%*s", (int)(depth - 1) * 2, "");
	/* An empty object may hold blanks: they go, since a line of its own stands there now. */
	buf_add(out, str_slice(old, node_count(object) ? at : node_end(object) - 1, old.len));
}

static int refuse(struct error *err, const char *why)
{
	return error_set(err, ERR_CLIENT_CONFIG, "%s, so it is left as it is", why);
}

static int merge(const struct mcp_client *client, struct str old, struct node root,
	struct str entry, struct buf *out, struct error *err)
{
	struct node servers = node_get(root, str_of(client->key));
	struct node own = NODE_GET(servers, "weir");
	CLEANUP(buf_free) struct buf member = BUF(2 * ENTRY_MOST);

	if (!node_is_object(root) || (node_exists(servers) && !node_is_object(servers)))
		return refuse(err, "the file does not have the form of the client's configuration");
	if (node_exists(own)) {
		buf_add(out, str_slice(old, 0, node_offset(own)));
		buf_add(out, entry);
		buf_add(out, str_slice(old, node_end(own), old.len));
		return 0;
	}
	if (node_exists(servers)) {
		buf_printf(&member, "\"weir\": %.*s", STR_ARG(entry));
		put_first(old, servers, 2, buf_str(&member), out);
	} else {
		buf_printf(
			&member, "\"%s\": {\n    \"weir\": %.*s\n  }", client->key, STR_ARG(entry));
		put_first(old, root, 1, buf_str(&member), out);
	}
	return buf_failed(&member) ? error_memory(err) : 0;
}

int mcp_install_merge(const struct mcp_client *client, bool may_write, struct str old,
	struct buf *out, struct error *err)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	CLEANUP(buf_free) struct buf entry = BUF(ENTRY_MOST);
	const struct json_options options = {.name = STR("")};
	bool is_new = str_empty(str_trim(old));
	int r;

	add_entry(client, may_write, &entry);
	if (is_new)
		old = STR("{}\n");
	if (json_read(old, &options, &doc, NULL) < 0 || doc_check_keys(doc_root(doc), NULL) < 0)
		return refuse(err, "the file is no plain JSON (comments, perhaps)");
	r = merge(client, old, doc_root(doc), buf_str(&entry), out, err);
	return r == 0 && (buf_failed(&entry) || buf_failed(out)) ? error_memory(err) : r;
}
