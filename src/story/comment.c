/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One comment, kept up to date.  What differs between forges is a table of
 * texts; the order of questions is the same: who am I, is my comment there,
 * then change it or make it.  A try that may have been heard is not repeated
 * before the list was read again, so nothing is made twice.
 */
#define _GNU_SOURCE
#include "story/comment.h"

#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/json.h"
#include "report/report.h"
#include "tool/http.h"

enum {
	PAGES_MOST = 100, /* of 100 comments each */
	TRIES_MOST = 5,
	WAIT_MOST = 60, /* seconds that a server may make us wait at once */
	ROUNDS_MOST = 3,
	TOKEN_MOST = 4096,
	URL_MOST = 2048,
	BODY_MOST = 4 << 20,
};

static const struct forge_words {
	const char *name;
	const char *api_variable, *api_preset;
	const char *repository_variable, *number_variable;
	const char *token_variables[2];
	const char *header;
	const char *list, *create, *change; /* behind the API's URL; %s is the repository */
	const char *change_method;
	const char *author, *login; /* of a comment; and in it */
	size_t body_most;           /* bytes of a comment */
} words_of[] = {
	[FORGE_GITHUB] = {"GitHub", "GITHUB_API_URL", "https://api.github.com", "GITHUB_REPOSITORY",
		"GITHUB_REF", {"GITHUB_TOKEN", "GH_TOKEN"}, "Authorization: Bearer ",
		"/repos/%s/issues/%llu/comments?per_page=100&page=%u",
		"/repos/%s/issues/%llu/comments", "/repos/%s/issues/comments/%lld", "PATCH", "user",
		"login", 65536},
	[FORGE_GITLAB] = {"GitLab", "CI_API_V4_URL", "https://gitlab.com/api/v4", "CI_PROJECT_ID",
		"CI_MERGE_REQUEST_IID", {"GITLAB_TOKEN", "WEIR_GITLAB_TOKEN"},
		"PRIVATE-TOKEN: ", "/projects/%s/merge_requests/%llu/notes?per_page=100&page=%u",
		"/projects/%s/merge_requests/%llu/notes",
		"/projects/%s/merge_requests/%llu/notes/%lld", "PUT", "author", "username",
		1000000},
};

struct client {
	const struct forge_words *words;
	enum forge forge;
	struct arena *arena;
	const char *api;
	const char *repository; /* as it stands in a URL */
	uint64_t number;
	const char *header;
	struct str author; /* absent: any bot */
	struct str body, marker;
	struct doc *docs[PAGES_MOST + 8]; /* of answers, freed at the end */
	size_t doc_count;
};

static void client_cleanup(struct client *client)
{
	for (size_t i = 0; i < client->doc_count; i++)
		doc_free(client->docs[i]);
}

static const char *variable(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

/* ---- what to talk to ------------------------------------------------------------------------ */

/* A repository in a URL: GitHub's as it is, GitLab's with its slashes escaped. */
static int take_repository(struct client *client, const char *given, struct error *err)
{
	const char *name = given ? given : variable(client->words->repository_variable);
	CLEANUP(buf_free) struct buf out = BUF(URL_MOST);

	if (!name)
		return error_set(err, ERR_USAGE, "which repository? Give --repository, or set %s",
			client->words->repository_variable);
	/* Each byte takes up to three in a URL. */
	if (strlen(name) > URL_MOST / 3 || strstr(name, ".."))
		return error_set(err, ERR_USAGE, "'%s' is no repository", name);
	for (const char *c = name; *c; c++) {
		bool plain = (*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') ||
			(*c >= 'A' && *c <= 'Z') || *c == '-' || *c == '_' || *c == '.' ||
			(*c == '/' && client->forge == FORGE_GITHUB);

		buf_printf(&out, plain ? "%c" : "%%%02X", (unsigned char)*c);
	}
	if (buf_failed(&out))
		return error_memory(err);
	client->repository = arena_cstr(client->arena, buf_str(&out));
	return client->repository ? 0 : error_memory(err);
}

/* A number, or GitHub's "refs/pull/7/merge". */
static int take_number(struct client *client, const char *given, struct error *err)
{
	const char *text = given ? given : variable(client->words->number_variable);
	struct str rest = str_of(text), start = STR("refs/pull/");

	if (!given && str_starts(rest, start)) {
		rest = str_slice(rest, start.len, rest.len);
		rest = str_slice(rest, 0, str_find_char(rest, '/'));
	}
	if (!str_to_u64(rest, &client->number) || client->number == 0)
		return error_set(err, ERR_USAGE,
			"which pull request? Give --number; %s does not name one",
			client->words->number_variable);
	return 0;
}

/* The token is never in a message, and the file's last newline is not part of it. */
static int take_token(struct client *client, const char *file, struct error *err)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	const char *token = NULL;
	int r = 0;

	if (file) {
		r = file_map(file, TOKEN_MOST, &map, err);
		if (r < 0)
			return r;
		token = arena_cstr(client->arena, str_trim(map.text));
		if (!token)
			return error_memory(err);
	}
	for (size_t i = 0; i < 2 && !token; i++)
		token = variable(client->words->token_variables[i]);
	if (!token || !*token)
		return error_set(err, ERR_USAGE, "no token: set %s, or give --token-file",
			client->words->token_variables[0]);
	client->header = arena_printf(client->arena, "%s%s", client->words->header, token).data;
	return client->header ? 0 : error_memory(err);
}

/* The report's first line is its marker. */
static int take_body(struct client *client, const char *file, struct str text, struct error *err)
{
	struct str rest = text, line = str_trim(str_split(&rest, '\n'));

	if (!str_starts(line, STR(REPORT_MARKER_START)) || !str_ends(line, STR(" -->")))
		return error_at(err,
			error_set(err, ERR_REPORT_NONE,
				"this is no report for a pull request: its first line holds no "
				"marker; make it with weir review --format markdown"),
			str_of(file), 0, 0);
	if (text.len > client->words->body_most)
		return error_at(err,
			error_set(err, ERR_USAGE,
				"%zu bytes are more than a comment of %s holds; review with "
				"--limit %s",
				text.len, client->words->name,
				client->forge == FORGE_GITHUB ? "github" : "gitlab"),
			str_of(file), 0, 0);
	client->body = text;
	client->marker = line;
	return 0;
}

/* ---- questions ------------------------------------------------------------------------------ */

static void wait_seconds(uint64_t seconds)
{
	struct timespec left = {.tv_sec = (time_t)seconds};

	nanosleep(&left, NULL);
}

/* Busy: the server says so, breaks down, or does not answer. */
static bool is_busy(const struct http_response *response)
{
	return response->status == 0 || response->status == 429 || response->status >= 500 ||
		(response->status == 403 && response->retry_after != UINT64_MAX);
}

static int busy(
	const struct client *client, const struct http_response *response, struct error *err)
{
	if (response->retry_after != UINT64_MAX && response->retry_after > WAIT_MOST)
		return error_set(err, ERR_FORGE_BUSY,
			"%s is busy (status %u) for %llu seconds more", client->words->name,
			response->status, (unsigned long long)response->retry_after);
	return error_set(err, ERR_FORGE_BUSY, "%s was busy at every try (status %u%s%.*s)",
		client->words->name, response->status, str_empty(response->reason) ? "" : ": ",
		STR_ARG(response->reason));
}

/* Asks once; waits where the server is busy, so that the next try makes sense. *ret_again: it was. */
static int ask_once(struct client *client, const char *method, const char *path, struct str body,
	unsigned attempt, struct http_response *ret_response, bool *ret_again, struct error *err)
{
	struct str url = arena_printf(client->arena, "%s%s", client->api, path);
	const struct http_request request = {method, url.data, client->header, body};
	int r;

	if (str_absent(url))
		return error_memory(err);
	r = http_ask(&request, client->arena, ret_response, err);
	*ret_again = r == 0 && is_busy(ret_response);
	if (r < 0 || !*ret_again)
		return r;
	if (attempt + 1 >= TRIES_MOST ||
		(ret_response->retry_after != UINT64_MAX && ret_response->retry_after > WAIT_MOST))
		return busy(client, ret_response, err);
	wait_seconds(ret_response->retry_after != UINT64_MAX ? ret_response->retry_after
							     : (uint64_t)1 << attempt);
	return 0;
}

static int refused(const struct client *client, const char *what,
	const struct http_response *response, struct error *err)
{
	return error_set(err, ERR_FORGE, "%s does not let us %s (status %u)", client->words->name,
		what, response->status);
}

/* A reading question, until it is answered. Its answer is a document where the status is 200. */
static int get(struct client *client, const char *path, struct http_response *ret_response,
	struct node *ret_root, struct error *err)
{
	const struct json_options how = {.name = STR("the forge's answer")};
	bool again = true;
	int r = 0;

	for (unsigned attempt = 0; again && r == 0; attempt++)
		r = ask_once(client, "GET", path, (struct str){NULL, 0}, attempt, ret_response,
			&again, err);
	if (r < 0 || ret_response->status != 200)
		return r;
	if (client->doc_count == COUNT_OF(client->docs))
		return error_set(err, ERR_FORGE, "%s asks for too much", client->words->name);
	r = json_read(ret_response->body, &how, &client->docs[client->doc_count], err);
	if (r < 0)
		return r;
	*ret_root = doc_root(client->docs[client->doc_count++]);
	return 0;
}

/*
 * Whose comments are ours.  An installation's token (GitHub Actions) may not ask; its comments are a
 * bot's, which nobody who opens a pull request is.
 */
static int learn_author(struct client *client, const char *given, struct error *err)
{
	struct http_response response;
	struct node root = NODE_NONE;
	int r;

	client->author = str_of(given);
	if (given)
		return 0;
	r = get(client, "/user", &response, &root, err);
	if (r < 0)
		return r;
	if (response.status == 200)
		client->author =
			node_text(node_get(root, str_of(client->words->login)), client->arena);
	else if (client->forge != FORGE_GITHUB || response.status == 401)
		return refused(client, "ask whose token this is", &response, err);
	return response.status == 200 && str_empty(client->author)
		? refused(client, "know whose token this is", &response, err)
		: 0;
}

static bool is_ours(const struct client *client, struct node comment)
{
	struct node author = node_get(comment, str_of(client->words->author));

	if (node_is_true(NODE_GET(comment, "system")))
		return false;
	if (str_absent(client->author))
		return node_text_is(NODE_GET(author, "type"), STR("Bot"));
	return node_text_is(node_get(author, str_of(client->words->login)), client->author);
}

struct found {
	int64_t id; /* 0: none */
	struct str body, url;
};

/* The first comment that is ours and begins with the marker, over all pages. */
static int find(struct client *client, struct found *ret_found, struct error *err)
{
	*ret_found = (struct found){0};
	for (unsigned page = 1; page <= PAGES_MOST; page++) {
		struct str path = arena_printf(client->arena, client->words->list,
			client->repository, (unsigned long long)client->number, page);
		struct http_response response;
		struct node root = NODE_NONE;
		struct node_iter it;
		int r;

		if (str_absent(path))
			return error_memory(err);
		r = get(client, path.data, &response, &root, err);
		if (r < 0)
			return r;
		if (response.status != 200)
			return refused(client, "read the comments", &response, err);
		it = node_children(root);
		while (node_next(&it)) {
			struct str body = node_text(NODE_GET(it.value, "body"), client->arena);

			if (!str_starts(body, client->marker) || !is_ours(client, it.value) ||
				!node_to_i64(NODE_GET(it.value, "id"), &ret_found->id) ||
				ret_found->id <= 0)
				continue;
			ret_found->body = body;
			ret_found->url = node_text(NODE_GET(it.value, "html_url"), client->arena);
			return arena_failed(client->arena) ? error_memory(err) : 0;
		}
		ret_found->id = 0;
		if (!response.has_next)
			return arena_failed(client->arena) ? error_memory(err) : 0;
	}
	return error_set(err, ERR_FORGE, "there are more than %d comments", PAGES_MOST * 100);
}

/* Forges may give back other line ends than they were given, and no last one. */
static bool same_text(struct str a, struct str b)
{
	size_t i = 0, k = 0;

	a = str_trim(a);
	b = str_trim(b);
	while (i < a.len && k < b.len) {
		i += a.data[i] == '\r' && i + 1 < a.len && a.data[i + 1] == '\n';
		k += b.data[k] == '\r' && k + 1 < b.len && b.data[k + 1] == '\n';
		if (a.data[i++] != b.data[k++])
			return false;
	}
	return i == a.len && k == b.len;
}

static int payload(struct client *client, struct str *ret_body, struct error *err)
{
	CLEANUP(buf_free) struct buf out = BUF(BODY_MOST * 6);
	struct json_writer json;

	json_writer_init(&json, &out, 0);
	json_object_begin(&json);
	json_member(&json, "body", client->body);
	json_object_end(&json);
	*ret_body =
		buf_failed(&out) ? (struct str){NULL, 0} : arena_str(client->arena, buf_str(&out));
	return str_absent(*ret_body) ? error_memory(err) : 0;
}

/* What the forge says of the comment that it made or changed. */
static int take_result(struct client *client, const struct http_response *response,
	struct comment_result *result, struct error *err)
{
	const struct json_options how = {.name = STR("the forge's answer")};
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	int r = json_read(response->body, &how, &doc, err);

	if (r < 0)
		return r;
	if (!node_to_i64(NODE_GET(doc_root(doc), "id"), &result->id))
		return error_set(err, ERR_FORGE, "%s does not name the comment that it made",
			client->words->name);
	result->url = node_text(NODE_GET(doc_root(doc), "html_url"), client->arena);
	return arena_failed(client->arena) ? error_memory(err) : 0;
}

static struct str path_of(struct client *client, int64_t id)
{
	if (!id)
		return arena_printf(client->arena, client->words->create, client->repository,
			(unsigned long long)client->number);
	if (client->forge == FORGE_GITHUB)
		return arena_printf(
			client->arena, client->words->change, client->repository, (long long)id);
	return arena_printf(client->arena, client->words->change, client->repository,
		(unsigned long long)client->number, (long long)id);
}

/*
 * Finds and writes, once.  *ret_again: the server was busy, so that it may or may not have heard us, or
 * the comment was deleted between the two; either way the list must be read again.
 */
static int settle(struct client *client, struct str body, unsigned attempt,
	struct comment_result *ret_result, bool *ret_again, struct error *err)
{
	struct http_response response;
	struct found found;
	struct str path;
	int r = find(client, &found, err);

	*ret_again = false;
	if (r < 0)
		return r;
	if (found.id && same_text(found.body, client->body)) {
		*ret_result = (struct comment_result){COMMENT_UNCHANGED, found.id, found.url};
		return 0;
	}
	path = path_of(client, found.id);
	if (str_absent(path))
		return error_memory(err);
	r = ask_once(client, found.id ? client->words->change_method : "POST", path.data, body,
		attempt, &response, ret_again, err);
	if (r < 0 || *ret_again)
		return r;
	if (found.id && (response.status == 404 || response.status == 410)) {
		*ret_again = true;
		return 0;
	}
	if (response.status != 200 && response.status != 201)
		return refused(client, found.id ? "change the comment" : "comment", &response, err);
	ret_result->outcome = found.id ? COMMENT_UPDATED : COMMENT_CREATED;
	return take_result(client, &response, ret_result, err);
}

int comment_run(const struct comment_options *options, struct arena *arena,
	struct comment_result *ret_result, struct error *err)
{
	CLEANUP(client_cleanup)
	struct client client = {
		.words = &words_of[options->forge], .forge = options->forge, .arena = arena};
	CLEANUP(file_unmap) struct file_map map = {0};
	struct comment_result result = {0};
	struct str body;
	bool again = true;
	int r = file_map(options->file, BODY_MOST, &map, err);

	if (r == 0)
		r = take_body(&client, options->file, map.text, err);
	if (r == 0)
		r = take_repository(&client, options->repository, err);
	if (r == 0)
		r = take_number(&client, options->number, err);
	if (r == 0)
		r = take_token(&client, options->token_file, err);
	client.api = options->api ? options->api : variable(client.words->api_variable);
	if (!client.api)
		client.api = client.words->api_preset;
	if (r == 0)
		r = payload(&client, &body, err);
	if (r == 0)
		r = learn_author(&client, options->author, err);
	for (unsigned attempt = 0; again && r == 0 && attempt < TRIES_MOST; attempt++)
		r = settle(&client, body, attempt, &result, &again, err);
	if (r == 0 && again)
		r = error_set(err, ERR_FORGE, "the comment is gone each time that it is found");
	if (r < 0)
		return r;
	*ret_result = result;
	return 0;
}
