/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How curl is asked, and how its answer is read.  Apart from the forges, which
 * know what to ask.
 */
#define _GNU_SOURCE
#include "tool/http.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/process.h"

enum {
	TIMEOUT_MS = 40 * 1000,
	OUT_MOST = 64 << 20,
	CONFIG_MOST = 64 << 10,
	MEMORY_PATH = 64,
};

static const char *const passed_on[] = {"PATH", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY",
	"http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE",
	"SSL_CERT_DIR", "CURL_CA_BUNDLE", NULL};
static const char *const set[] = {"LC_ALL=C", NULL};

/* A file in memory that a child can open by ret_path for as long as we keep *fd. */
static int in_memory(
	struct str text, struct arena *arena, int *fd, struct str *ret_path, struct error *err)
{
	int r;

	*fd = memfd_create("weir", MFD_CLOEXEC);
	if (*fd < 0)
		return error_set(err, ERR_MEMORY, "no file in memory could be made");
	r = file_write_fd(*fd, text, "memory", err);
	if (r < 0)
		return r;
	*ret_path = arena_printf(arena, "/proc/%ld/fd/%d", (long)getpid(), *fd);
	return str_absent(*ret_path) ? error_memory(err) : 0;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/* A value in curl's language for configuration. */
static void setting(struct buf *out, const char *name, struct str value)
{
	buf_printf(out, "%s = \"", name);
	for (size_t i = 0; i < value.len; i++) {
		if (value.data[i] == '"' || value.data[i] == '\\')
			buf_add_char(out, '\\');
		buf_add_char(out, value.data[i]);
	}
	buf_add(out, STR("\"\n"));
}

static bool is_printable(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] < 0x20 || text.data[i] > 0x7e)
			return false;
	return text.len > 0;
}

/* TLS, or this machine itself, as in a test or through a tunnel. */
static bool is_safe_url(struct str url)
{
	static const char *const here[] = {"http://127.0.0.1", "http://localhost", "http://[::1]"};

	if (!is_printable(url))
		return false;
	if (str_starts(url, STR("https://")))
		return true;
	for (size_t i = 0; i < COUNT_OF(here); i++) {
		struct str start = str_of(here[i]);

		if (str_starts(url, start) && url.len > start.len &&
			(url.data[start.len] == ':' || url.data[start.len] == '/'))
			return true;
	}
	return false;
}

static void configure(struct buf *out, const struct http_request *request, struct str body_path)
{
	setting(out, "url", str_of(request->url));
	setting(out, "request", str_of(request->method));
	setting(out, "header", str_of(request->secret_header));
	setting(out, "header", STR("Accept: application/json"));
	setting(out, "user-agent", STR("weir"));
	if (!str_absent(body_path)) {
		setting(out, "header", STR("Content-Type: application/json"));
		setting(out, "header", STR("Expect:"));
		buf_printf(out, "data-binary = \"@%.*s\"\n", STR_ARG(body_path));
	}
	buf_add(out,
		STR("silent\nshow-error\ninclude\ngloboff\nsuppress-connect-headers\n"
		    "proto = \"=http,https\"\nmax-redirs = 0\nconnect-timeout = 10\n"
		    "max-time = 30\nwrite-out = \"\\n%{http_code} %{size_header}\"\n"));
}

static uint64_t number(struct str text)
{
	uint64_t value;

	return str_to_u64(str_trim(text), &value) ? value : UINT64_MAX;
}

/* One line of a head. A proxy's or a provisional answer may stand before the real one. */
static void read_line(struct str line, struct http_response *response)
{
	struct str rest = line, name;

	if (str_starts(line, STR("HTTP/"))) {
		response->retry_after = UINT64_MAX;
		response->has_next = false;
		return;
	}
	name = str_split(&rest, ':');
	if (str_absent(rest))
		return;
	if (name.len == 11 && str_find_nocase(name, STR("retry-after")) == 0)
		response->retry_after = number(rest);
	else if (name.len == 4 && str_find_nocase(name, STR("link")) == 0)
		response->has_next = str_find_nocase(rest, STR("rel=\"next\"")) != SIZE_MAX ||
			str_find_nocase(rest, STR("rel=next")) != SIZE_MAX;
}

bool http_response_read(struct str text, struct http_response *ret_response)
{
	struct http_response response = {.retry_after = UINT64_MAX};
	size_t end = text.len;
	uint64_t status, heads;
	struct str tail, rest;

	while (end > 0 && text.data[end - 1] != '\n')
		end--;
	if (end == 0)
		return false;
	tail = str_slice(text, end, text.len);
	text = str_slice(text, 0, end - 1);
	status = number(str_split(&tail, ' '));
	heads = str_absent(tail) ? UINT64_MAX : number(tail);
	if (status > 999 || heads > text.len)
		return false;
	rest = str_slice(text, 0, (size_t)heads);
	while (!str_absent(rest))
		read_line(str_trim(str_split(&rest, '\n')), &response);
	response.status = (unsigned)status;
	response.body = str_slice(text, (size_t)heads, text.len);
	*ret_response = response;
	return true;
}

/* Exit codes of curl after which another try makes sense: no name, no connection, no whole answer. */
static bool may_pass(int code)
{
	static const int codes[] = {5, 6, 7, 16, 18, 28, 35, 52, 55, 56, 92};

	for (size_t i = 0; i < COUNT_OF(codes); i++)
		if (codes[i] == code)
			return true;
	return false;
}

static int judge(const struct process_result *result, struct arena *arena,
	struct http_response *ret_response, struct error *err)
{
	struct str line = str_trim(buf_str(&result->errors));
	struct str out;

	line = str_slice(line, 0, str_find_char(line, '\n'));
	if (result->exit_code != 0 && !may_pass(result->exit_code))
		return error_set(err, ERR_HTTP, "%.*s", STR_ARG(line));
	out = arena_str(arena, buf_str(&result->out));
	if (str_absent(out))
		return error_memory(err);
	if (result->exit_code != 0 || !http_response_read(out, ret_response)) {
		*ret_response = (struct http_response){
			.reason = arena_str(arena, line), .retry_after = UINT64_MAX};
	}
	return arena_failed(arena) ? error_memory(err) : 0;
}

int http_ask(const struct http_request *request, struct arena *arena,
	struct http_response *ret_response, struct error *err)
{
	CLEANUP(process_result_free) struct process_result result = {0};
	CLEANUP(buf_free) struct buf config = BUF(CONFIG_MOST);
	CLEANUP(close_fd) int body_fd = -1;
	CLEANUP(close_fd) int config_fd = -1;
	const char *argv[] = {"curl", "-q", "--config", NULL, NULL};
	struct process_spec spec = {
		.argv = argv, .timeout_ms = TIMEOUT_MS, .out_ceiling = OUT_MOST};
	struct str body_path = {NULL, 0}, config_path = {NULL, 0};
	int r = 0;

	if (!is_safe_url(str_of(request->url)))
		return error_set(err, ERR_USAGE, "'%s' is no https URL", request->url);
	if (!is_printable(str_of(request->secret_header)))
		return error_set(err, ERR_USAGE, "the token holds what no token holds");
	if (!str_absent(request->body))
		r = in_memory(request->body, arena, &body_fd, &body_path, err);
	if (r < 0)
		return r;
	configure(&config, request, body_path);
	if (buf_failed(&config))
		return error_memory(err);
	r = in_memory(buf_str(&config), arena, &config_fd, &config_path, err);
	if (r < 0)
		return r;
	argv[3] = config_path.data;
	spec.environment = process_environment(passed_on, set, arena);
	if (!spec.environment)
		return error_memory(err);
	r = process_run(&spec, &result, err);
	return r < 0 ? r : judge(&result, arena, ret_response, err);
}
