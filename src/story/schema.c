/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Schemas of providers, from Terraform to .weir and back to the reader.  A pack lies in .weir since
 * whoever deletes it can make it again; it lies in the project since projects differ in the versions
 * that they use.
 */
#include "story/schema.h"

#include "base/json.h"
#include "base/suggest.h"
#include "config/locate.h"
#include "config/state.h"
#include "report/encode.h"
#include "tool/terraform.h"

enum { PACK_MOST = 256 << 20, LOCK_MOST = 4 << 20 };

static const struct state_format format = {"pack", PACK_FORMAT_VERSION, NULL};

int schemas_open(struct arena *arena, struct packs *ret_packs, struct error *err)
{
	struct locator locator;
	int r = locate_root(arena, (struct str){NULL, 0}, &locator, err);
	const char *root;

	if (r < 0)
		return r;
	root = arena_cstr(arena, locate_display(&locator, STR("")));
	return root ? packs_open(root, arena, ret_packs, err) : error_memory(err);
}

/* What a schema is compiled from, and what must be freed behind it. */
struct origin {
	struct file_map map;
	struct process_result printed;
	struct str text, label;
};

static void origin_free(struct origin *origin)
{
	file_unmap(&origin->map);
	process_result_free(&origin->printed);
}

static bool is_word(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = char_lower(text.data[i]);
		bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
			c == '_' || c == '.' || c == '+';

		if (!plain)
			return false;
	}
	return text.len && text.data[0] != '.';
}

/* SOURCE[@VERSION], where SOURCE is [[HOST/]NAMESPACE/]TYPE. */
static int read_provider(struct str provider, struct pack_origin *ret_origin, struct error *err)
{
	size_t at = str_find_char(provider, '@');
	struct str source = str_slice(provider, 0, at), rest = source;
	struct str version = {NULL, 0};
	unsigned parts = 0;
	bool good = true;

	if (at != SIZE_MAX) {
		version = str_slice(provider, at + 1, provider.len);
		good = is_word(version);
	}
	for (; good && !str_absent(rest); parts++)
		good = is_word(str_split(&rest, '/'));
	if (!good || parts == 0 || parts > 3)
		return error_set(err, ERR_USAGE,
			"'%.*s' names no provider: write it as hashicorp/aws@5.100.0",
			STR_ARG(provider));
	*ret_origin = (struct pack_origin){source, version};
	return 0;
}

/* The version that the lock file of an initialized directory chose. */
static struct str locked_version(const char *root, struct str source, struct arena *arena)
{
	const char *path = path_join(arena, str_of(root), STR(".terraform.lock.hcl"));
	CLEANUP(file_unmap) struct file_map map = {0};

	if (!path || file_map(path, LOCK_MOST, &map, NULL) < 0)
		return (struct str){NULL, 0};
	if (str_find_char(source, '/') == SIZE_MAX)
		source = arena_printf(arena, "hashicorp/%.*s", STR_ARG(source));
	return arena_str(arena, terraform_locked(map.text, source));
}

/* A file or standard input is read; in a directory Terraform is asked. */
static int read_origin(const struct schema_add_options *options, struct arena *arena,
	struct pack_origin *provider, struct origin *origin, struct error *err)
{
	const char *from = options->from ? options->from : ".";
	struct str locked = {NULL, 0};
	bool is_dir = file_is_dir(from);
	int r;

	if (is_dir)
		locked = locked_version(from, provider->source, arena);
	if (str_absent(provider->version))
		provider->version = locked;
	if (str_empty(provider->version))
		return error_set(err, ERR_USAGE,
			"the version of %.*s is not known: write %.*s@VERSION",
			STR_ARG(provider->source), STR_ARG(provider->source));
	if (!str_absent(locked) && !str_eq(locked, provider->version))
		return error_set(err, ERR_USAGE, "%s has version %.*s of %.*s, not %.*s", from,
			STR_ARG(locked), STR_ARG(provider->source), STR_ARG(provider->version));
	origin->label = str_of(from);
	if (!is_dir) {
		r = file_map(from, FILE_MAX_INPUT, &origin->map, err);
		origin->text = origin->map.text;
		return r;
	}
	r = terraform_schemas(options->program, from, &origin->printed, err);
	origin->text = buf_str(&origin->printed.out);
	return r;
}

/* The header of a pack is that of a file in .weir, which writes it itself. */
static int write_pack(struct str bytes, struct str name, struct arena *arena, struct error *err)
{
	CLEANUP(state_close) struct state state = {0};
	struct locator locator;
	const char *file = arena_printf(arena, "%.*s" PACKS_ENDING, STR_ARG(name)).data;
	const char *root;
	int r = locate_root(arena, (struct str){NULL, 0}, &locator, err);

	if (r < 0)
		return r;
	root = arena_cstr(arena, locator.root);
	if (!file || !root)
		return error_memory(err);
	r = state_open(root, arena, &state, err);
	if (r < 0)
		return r;
	return state_write(&state, file, &format, str_slice(bytes, STATE_HEADER, bytes.len), err);
}

static const struct {
	enum pack_kind kind;
	const char *key, *words;
} counted[] = {
	{PACK_RESOURCE, "resources", "resources"},
	{PACK_DATA, "data_sources", "data sources"},
	{PACK_EPHEMERAL, "ephemerals", "ephemerals"},
	{PACK_FUNCTION, "functions", "functions"},
};

static void tell(const struct packs_entry *entry, struct buf *out)
{
	struct pack pack = entry->pack;
	const char *before = ": ";

	encode_terminal(out, pack.source);
	buf_add_char(out, ' ');
	encode_terminal(out, pack.version);
	for (size_t i = 0; i < COUNT_OF(counted); i++) {
		size_t count = pack_count(&pack, counted[i].kind);

		if (count == 0)
			continue;
		buf_printf(out, "%s%s %zu", before, counted[i].words, count);
		before = ", ";
	}
	buf_add(out, entry->builtin ? STR(" (built in)\n") : STR("\n"));
}

static void tell_json(const struct packs_entry *entry, struct json_writer *writer)
{
	struct pack pack = entry->pack;

	json_object_begin(writer);
	json_member(writer, "name", pack.name);
	json_member(writer, "source", pack.source);
	json_member(writer, "version", pack.version);
	json_member_bool(writer, "builtin", entry->builtin);
	for (size_t i = 0; i < COUNT_OF(counted); i++)
		json_member_int(
			writer, counted[i].key, (int64_t)pack_count(&pack, counted[i].kind));
	json_object_end(writer);
}

static void tell_all(const struct packs_entry *entries, size_t count, bool json, struct buf *out)
{
	struct json_writer writer;

	if (!json) {
		for (size_t i = 0; i < count; i++)
			tell(&entries[i], out);
		return;
	}
	json_writer_init(&writer, out, 2);
	json_array_begin(&writer);
	for (size_t i = 0; i < count; i++)
		tell_json(&entries[i], &writer);
	json_array_end(&writer);
	buf_add_char(out, '\n');
}

int schema_add_run(const struct schema_add_options *options, struct arena *arena, bool json,
	struct buf *out, struct error *err)
{
	CLEANUP(origin_free) struct origin origin = {0};
	CLEANUP(buf_free) struct buf bytes = BUF(PACK_MOST);
	struct packs_entry entry = {0};
	struct pack_origin provider;
	int r = read_provider(options->provider, &provider, err);

	if (r == 0)
		r = read_origin(options, arena, &provider, &origin, err);
	if (r == 0)
		r = pack_compile(origin.text, origin.label, &provider, &bytes, err);
	if (r == 0)
		r = pack_open(buf_str(&bytes), provider.source, &entry.pack, err);
	if (r == 0)
		r = write_pack(buf_str(&bytes), entry.pack.name, arena, err);
	if (r == 0)
		tell_all(&entry, 1, json, out);
	return r;
}

int schema_list_run(struct arena *arena, bool json, struct buf *out, struct error *err)
{
	CLEANUP(packs_close) struct packs packs = {0};
	int r = schemas_open(arena, &packs, err);

	if (r == 0)
		tell_all(packs.items, packs.count, json, out);
	for (size_t i = 0; r == 0 && i < packs.count; i++)
		r = pack_check(&packs.items[i].pack, err);
	return r;
}

enum pack_kind schema_kind(struct str *name)
{
	size_t dot = str_find_char(*name, '.');
	size_t colons = str_find(*name, STR("::"));
	enum pack_kind kind;

	if (str_starts(*name, STR("provider::")) && colons != SIZE_MAX) {
		*name = str_slice(*name, 10, name->len);
		return PACK_FUNCTION;
	}
	if (dot == SIZE_MAX || !pack_kind_find(str_slice(*name, 0, dot), &kind))
		return PACK_RESOURCE;
	*name = str_slice(*name, dot + 1, name->len);
	return kind;
}

/* Every type of the kind is offered: 1,526 comparisons of short texts, once. */
static int unknown_name(const struct packs *packs, enum pack_kind kind, struct str name,
	struct str typed, struct error *err)
{
	struct suggestion near = {.typed = name};
	struct str best;

	for (size_t i = 0; i < packs->count; i++) {
		struct pack *pack = &packs->items[i].pack;

		suggest_offer(&near, pack->name);
		for (size_t k = 0; k < pack_count(pack, kind); k++)
			suggest_offer(&near, pack_name_at(pack, kind, k));
	}
	best = suggest_result(&near);
	if (str_absent(best))
		return error_set(err, ERR_USAGE, "no schema here knows '%.*s'", STR_ARG(typed));
	return error_set(err, ERR_USAGE, "no schema here knows '%.*s'; do you mean %.*s?",
		STR_ARG(typed), STR_ARG(best));
}

int schema_show_run(struct str name, struct arena *arena, struct buf *out, struct error *err)
{
	CLEANUP(packs_close) struct packs packs = {0};
	struct str typed = name;
	enum pack_kind kind = schema_kind(&name);
	struct str text = {NULL, 0}, provider = {NULL, 0};
	int r = schemas_open(arena, &packs, err);
	struct pack *whole;

	if (r < 0)
		return r;
	whole = kind == PACK_RESOURCE ? packs_find(&packs, name) : NULL;
	if (kind == PACK_FUNCTION) {
		size_t at = str_find(name, STR("::"));

		provider = str_slice(name, 0, at);
		name = str_slice(name, at == SIZE_MAX ? name.len : at + 2, name.len);
	} else if (kind == PACK_PROVIDER) {
		provider = name;
	}
	if (whole)
		r = pack_json(whole, out, err);
	for (size_t i = 0; !whole && r == 0 && i < packs.count; i++) {
		struct pack *pack = &packs.items[i].pack;

		if (str_absent(provider) || str_eq(provider, pack->name))
			r = pack_type_json(pack, kind, name, arena, &text, err);
	}
	if (r == 0 && !whole)
		return unknown_name(&packs, kind, name, typed, err);
	if (r > 0)
		buf_add(out, text);
	buf_add_char(out, '\n');
	return r < 0 ? r : 0;
}
