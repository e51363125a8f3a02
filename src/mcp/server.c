/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a line to an answer: which era a request is of, which method it names, and the frame of what is said.
 *
 * A request with a version in _meta is of 2026-07-28, whatever went before; `initialize` begins the older era for its
 * connection; one with neither is of that era if it has begun.
 */
#include "mcp/server_model.h"

static const struct version {
	const char *name;
	enum mcp_era era;
} legacy_versions[] = {
	{"2025-11-25", ERA_2025_11}, /* the latest: what others are offered */
	{"2025-06-18", ERA_2025_06},
};

bool mcp_refuse(struct mcp_request *request, int code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	request->failure = (struct mcp_failure){
		.code = code, .message = arena_vprintf(request->call->arena, format, args)};
	va_end(args);
	return false;
}

static void add_server(struct json_writer *json, const struct mcp_features *features)
{
	json_object_begin(json);
	json_member(json, "name", str_of(features->name));
	json_member(json, "title", str_of(features->title));
	json_member(json, "version", str_of(features->version));
	json_object_end(json);
}

static void add_capability(struct json_writer *json, const char *name, bool is_there)
{
	if (!is_there)
		return;
	json_key(json, str_of(name));
	json_object_begin(json);
	json_object_end(json);
}

static void add_capabilities(struct json_writer *json, const struct mcp_server *server)
{
	json_key(json, STR("capabilities"));
	json_object_begin(json);
	add_capability(json, "tools", server->lists[LIST_TOOLS]);
	add_capability(json, "prompts", server->lists[LIST_PROMPTS]);
	add_capability(json, "resources", server->features->read);
	add_capability(json, "completions", server->features->complete);
	json_object_end(json);
	json_member(json, "instructions", str_of(server->features->instructions));
}

/* ---- methods of the handshake ---- */

static bool initialize(struct mcp_request *request, struct json_writer *json)
{
	struct node version = NODE_GET(request->message.params, "protocolVersion");
	const struct version *agreed = &legacy_versions[0];

	if (!node_is_string(version))
		return mcp_refuse(
			request, MCP_INVALID_PARAMS, "\"protocolVersion\" must be a string.");
	for (size_t i = 0; i < COUNT_OF(legacy_versions); i++)
		if (node_text_is(version, str_of(legacy_versions[i].name)))
			agreed = &legacy_versions[i];
	request->session->legacy = agreed->era;
	json_member(json, "protocolVersion", str_of(agreed->name));
	add_capabilities(json, request->server);
	json_key(json, STR("serverInfo"));
	add_server(json, request->server->features);
	return true;
}

static bool ping(struct mcp_request *request, struct json_writer *json)
{
	(void)request, (void)json;
	return true;
}

static bool discover(struct mcp_request *request, struct json_writer *json)
{
	json_key(json, STR("supportedVersions"));
	json_array_begin(json);
	json_string(json, STR(MCP_MODERN));
	json_array_end(json);
	add_capabilities(json, request->server);
	return true;
}

/* ---- the table of methods ---- */

enum { IN_LEGACY = 1, IN_MODERN = 2, IN_BOTH = 3 };
/* For how long a client may keep an answer: of lists, which are the same as long as the program runs; of what may change. */
enum { KEPT_LONG_MS = 3600 * 1000, KEPT_NOT = 0, KEPT_UNSAID = -1 };

static const struct method {
	const char *name;
	int eras;
	int kept_ms;
	mcp_method_fn *answer;
} methods[] = {
	{"initialize", IN_LEGACY, KEPT_UNSAID, initialize},
	{"ping", IN_LEGACY, KEPT_UNSAID, ping},
	{"server/discover", IN_MODERN, KEPT_LONG_MS, discover},
	{"tools/list", IN_BOTH, KEPT_LONG_MS, mcp_list_tools},
	{"tools/call", IN_BOTH, KEPT_UNSAID, mcp_call_tool},
	{"prompts/list", IN_BOTH, KEPT_LONG_MS, mcp_list_prompts},
	{"prompts/get", IN_BOTH, KEPT_UNSAID, mcp_get_prompt},
	{"resources/list", IN_BOTH, KEPT_LONG_MS, mcp_list_resources},
	{"resources/templates/list", IN_BOTH, KEPT_LONG_MS, mcp_list_templates},
	{"resources/read", IN_BOTH, KEPT_NOT, mcp_read_resource},
	{"completion/complete", IN_BOTH, KEPT_UNSAID, mcp_complete},
	{"subscriptions/listen", IN_MODERN, KEPT_UNSAID, mcp_listen},
};

static const struct method *method_find(struct str name)
{
	for (size_t i = 0; i < COUNT_OF(methods); i++)
		if (str_is(name, methods[i].name))
			return &methods[i];
	return NULL;
}

/* ---- the era of a request ---- */

static bool unsupported(struct mcp_request *request, struct node version)
{
	struct arena *arena = request->call->arena;
	CLEANUP(buf_free) struct buf data = BUF(MCP_RESULT_MOST);
	struct json_writer json;

	json_writer_init(&json, &data, 0);
	json_object_begin(&json);
	json_key(&json, STR("supported"));
	json_array_begin(&json);
	json_string(&json, STR(MCP_MODERN));
	json_array_end(&json);
	json_member(&json, "requested", node_text(version, arena));
	json_object_end(&json);
	mcp_refuse(request, MCP_UNSUPPORTED_VERSION,
		"This version of the protocol is not supported in _meta; %s is, and %s and %s "
		"after initialize.",
		MCP_MODERN, legacy_versions[0].name, legacy_versions[1].name);
	request->failure.data = arena_str(arena, buf_str(&data));
	return false;
}

static bool decide_era(struct mcp_request *request)
{
	struct node meta = NODE_GET(request->message.params, "_meta");
	struct node version = NODE_GET(meta, "io.modelcontextprotocol/protocolVersion");
	struct str method = request->message.method;

	if (!node_exists(version)) {
		request->era = request->session->legacy;
		/* A ping may come before all else. */
		if (request->era == ERA_NONE &&
			(str_is(method, "initialize") || str_is(method, "ping")))
			request->era = ERA_2025_11;
		return request->era != ERA_NONE ||
			mcp_refuse(request, MCP_INVALID_PARAMS,
				"\"_meta\" of \"params\" must have "
				"io.modelcontextprotocol/protocolVersion (%s); or begin with "
				"initialize.",
				MCP_MODERN);
	}
	request->era = ERA_MODERN;
	if (!node_is_string(version))
		return mcp_refuse(request, MCP_INVALID_PARAMS,
			"io.modelcontextprotocol/protocolVersion must be a string.");
	if (!node_text_is(version, STR(MCP_MODERN)))
		return unsupported(request, version);
	return node_is_object(NODE_GET(meta, "io.modelcontextprotocol/clientCapabilities")) ||
		mcp_refuse(request, MCP_INVALID_PARAMS,
			"\"_meta\" of \"params\" must have "
			"io.modelcontextprotocol/clientCapabilities, an object.");
}

/* ---- requests ---- */

static bool token_read(struct mcp_request *request)
{
	struct node token = NODE_GET(NODE_GET(request->message.params, "_meta"), "progressToken");
	struct str raw = node_raw(token);

	if (node_exists(token) && !node_is_string(token) && node_type(token) != NODE_NUMBER)
		return mcp_refuse(request, MCP_INVALID_PARAMS,
			"\"progressToken\" must be a string or an integer.");
	if (node_is_string(token))
		raw = (struct str){raw.data - 1, raw.len + 2};
	request->call->progress_token = raw;
	return true;
}

static void result_end(struct json_writer *json, const struct mcp_server *server, enum mcp_era era)
{
	if (era == ERA_MODERN) {
		json_key(json, STR("_meta"));
		json_object_begin(json);
		json_key(json, STR("io.modelcontextprotocol/serverInfo"));
		add_server(json, server->features);
		json_object_end(json);
	}
	json_object_end(json);
	mcp_message_end(json);
}

static void result_begin(
	struct json_writer *json, struct buf *out, struct str id, enum mcp_era era, int kept_ms)
{
	mcp_result_begin(json, out, id);
	json_object_begin(json);
	if (era != ERA_MODERN)
		return;
	json_member(json, "resultType", STR("complete"));
	if (kept_ms == KEPT_UNSAID)
		return;
	json_member_int(json, "ttlMs", kept_ms);
	json_member(json, "cacheScope", STR("private"));
}

static bool is_live(const struct mcp_session *session, struct str id)
{
	for (const struct mcp_call *call = session->live; call; call = call->next)
		if (!call->is_cancelled && str_eq(call->id, id))
			return true;
	return false;
}

/* The method that answers, or NULL with a failure. */
static const struct method *admit(struct mcp_request *request)
{
	const struct method *method = method_find(request->message.method);
	bool is_known;

	if (is_live(request->session, request->message.id)) {
		mcp_refuse(request, MCP_INVALID_REQUEST,
			"A request with this id is not answered yet.");
		return NULL;
	}
	if (!method) {
		mcp_refuse(request, MCP_METHOD_NOT_FOUND, "There is no such method.");
		return NULL;
	}
	if (!decide_era(request) || !token_read(request))
		return NULL;
	is_known = method->eras & (request->era == ERA_MODERN ? IN_MODERN : IN_LEGACY);
	if (!is_known)
		mcp_refuse(request, MCP_METHOD_NOT_FOUND,
			"This version of the protocol has no such method.");
	return is_known ? method : NULL;
}

/* Every result is written aside first: one that fails half way leaves nothing of itself. */
static void answer(struct mcp_request *request)
{
	CLEANUP(buf_free) struct buf aside = BUF(2 * MCP_RESULT_MOST);
	const struct method *method = admit(request);
	struct json_writer json;

	if (method) {
		result_begin(&json, &aside, request->message.id, request->era, method->kept_ms);
		if (method->answer(request, &json)) {
			if (request->is_kept)
				return;
			result_end(&json, request->server, request->era);
			if (!buf_failed(&aside) && !arena_failed(request->call->arena)) {
				buf_add(request->out, buf_str(&aside));
				return;
			}
			request->failure = (struct mcp_failure){.code = MCP_INTERNAL_ERROR,
				.message = STR("The answer is larger than weir gives.")};
		}
	}
	mcp_error_write(request->out, request->message.id, &request->failure);
}

/* ---- calls that are answered later ---- */

static void call_free(struct mcp_call *call)
{
	struct arena *arena = call->arena;

	doc_free(call->doc);
	buf_free(&call->line);
	buf_free(&call->answer);
	arena_destroy(arena);
}

bool mcp_keep(struct mcp_request *request, const struct mcp_tool *tool, struct node arguments)
{
	struct mcp_session *session = request->session;
	struct mcp_call *call = request->call, **last = &session->live;

	if (session->live_count >= MCP_LIVE_MOST ||
		session->live_bytes + call->line.len > MCP_LIVE_BYTES)
		return false;
	while (*last)
		last = &(*last)->next;
	*last = call;
	session->live_count++;
	session->live_bytes += call->line.len;
	call->id = request->message.id;
	call->era = request->era;
	call->tool = tool;
	call->arguments = arguments;
	request->is_kept = true;
	return true;
}

static void unlink_call(struct mcp_session *session, struct mcp_call *call)
{
	struct mcp_call **at = &session->live;

	while (*at != call)
		at = &(*at)->next;
	*at = call->next;
	session->live_count--;
	session->live_bytes -= call->line.len;
}

void mcp_session_close(struct mcp_session *session)
{
	while (session->live) {
		struct mcp_call *call = session->live;

		unlink_call(session, call);
		call_free(call);
	}
}

static void cancel(struct mcp_session *session, struct node params)
{
	struct node id = NODE_GET(params, "requestId");
	struct str raw = node_raw(id);

	if (node_is_string(id))
		raw = (struct str){raw.data - 1, raw.len + 2};
	for (struct mcp_call *call = session->live; call; call = call->next)
		if (str_eq(call->id, raw))
			call->is_cancelled = true;
}

/* The members of an answer, one by one: what is no object of JSON gets no further than here. */
static bool add_members(struct json_writer *json, struct str answer)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	const struct json_options options = {.name = STR("")};
	struct node_iter it;

	if (json_read(answer, &options, &doc, NULL) < 0 || !node_is_object(doc_root(doc)))
		return false;
	it = node_children(doc_root(doc));
	while (node_next(&it)) {
		json_key(json, node_raw(it.key));
		json_raw(json, str_slice(answer, node_offset(it.value), node_end(it.value)));
	}
	return true;
}

void mcp_call_end(struct mcp_server *server, struct mcp_session *session, struct mcp_call *call,
	struct str answer, const char *otherwise, struct buf *out)
{
	CLEANUP(buf_free) struct buf aside = BUF(2 * MCP_RESULT_MOST);
	const struct mcp_failure failure = {
		.code = MCP_INTERNAL_ERROR, .message = str_of(otherwise)};
	struct json_writer json;

	unlink_call(session, call);
	if (!call->is_cancelled) {
		result_begin(&json, &aside, call->id, call->era, KEPT_UNSAID);
		if (!str_empty(answer) && add_members(&json, answer)) {
			result_end(&json, server, call->era);
			buf_add(out, buf_str(&aside));
		} else {
			mcp_error_write(out, call->id, &failure);
		}
	}
	call_free(call);
}

void mcp_call_progress(struct mcp_call *call, uint64_t progress, struct buf *out)
{
	struct json_writer json;

	if (str_absent(call->progress_token) || progress <= call->progress || call->is_cancelled)
		return;
	call->progress = progress;
	mcp_notification_begin(&json, out, "notifications/progress");
	json_object_begin(&json);
	json_key(&json, STR("progressToken"));
	json_raw(&json, call->progress_token);
	json_member_int(&json, "progress", (int64_t)progress);
	json_object_end(&json);
	mcp_message_end(&json);
}

/* ---- from a line on ---- */

void mcp_server_too_long(struct buf *out)
{
	const struct mcp_failure failure = {.code = MCP_INVALID_REQUEST,
		.message = STR("The message is longer than weir takes, 4 MiB.")};

	mcp_error_write(out, (struct str){NULL, 0}, &failure);
}

/* A call in memory of its own, with a copy of the line. */
static struct mcp_call *call_create(struct str line)
{
	struct arena *arena = arena_create(MCP_CALL_MEMORY);
	struct mcp_call *call = arena ? ARENA_NEW(arena, struct mcp_call) : NULL;

	if (!call) {
		arena_destroy(arena);
		return NULL;
	}
	*call = (struct mcp_call){.arena = arena, .line = BUF(MCP_LINE_MOST), .fd = -1};
	buf_add(&call->line, line);
	return call;
}

void mcp_server_take(
	struct mcp_server *server, struct mcp_session *session, struct str line, struct buf *out)
{
	struct mcp_call *call;
	struct mcp_request request;

	if (str_empty(str_trim(line)))
		return;
	call = call_create(line);
	if (!call || buf_failed(&call->line)) {
		const struct mcp_failure failure = {
			.code = MCP_INTERNAL_ERROR, .message = STR("Memory ran out.")};

		mcp_error_write(out, (struct str){NULL, 0}, &failure);
		if (call)
			call_free(call);
		return;
	}
	request = (struct mcp_request){server, session, .call = call, .out = out};
	if (!mcp_message_read(buf_str(&call->line), call->arena, &call->doc, &request.message,
		    &request.failure))
		mcp_error_write(out, request.message.id, &request.failure);
	else if (request.message.kind == MESSAGE_REQUEST)
		answer(&request);
	else if (request.message.kind == MESSAGE_NOTIFICATION &&
		str_is(request.message.method, "notifications/cancelled"))
		cancel(session, request.message.params);
	/* Other notifications ask for nothing, and answers for which nobody asked are dropped. */
	if (!request.is_kept)
		call_free(call);
}

/* ---- a server ---- */

static int load_list(
	struct mcp_server *server, enum mcp_list list, struct str text, struct error *err)
{
	const struct json_options options = {.name = STR("definitions")};

	return str_absent(text) ? 0 : json_read(text, &options, &server->lists[list], err);
}

int mcp_server_create(const struct mcp_features *features, struct arena *arena,
	struct mcp_server **ret_server, struct error *err)
{
	struct mcp_server *server = ARENA_NEW(arena, struct mcp_server);
	int r;

	if (!server)
		return error_memory(err);
	*server = (struct mcp_server){.features = features, .arena = arena};
	r = load_list(server, LIST_TOOLS, features->tools, err);
	if (r == 0)
		r = load_list(server, LIST_PROMPTS, features->prompts, err);
	if (r == 0)
		r = load_list(server, LIST_RESOURCES, features->resources, err);
	if (r == 0)
		r = load_list(server, LIST_TEMPLATES, features->templates, err);
	if (r == 0)
		r = redactor_create((struct str){NULL, 0}, &server->redactor, err);
	if (r == 0)
		r = mcp_tools_load(server, err);
	if (r < 0) {
		mcp_server_destroy(server);
		return r;
	}
	*ret_server = server;
	return 0;
}

void mcp_server_destroy(struct mcp_server *server)
{
	if (!server)
		return;
	for (size_t i = 0; i < LIST_COUNT; i++)
		doc_free(server->lists[i]);
	redactor_destroy(server->redactor);
}
