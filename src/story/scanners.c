/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where scanners' files come from, and what their paths are relative to: the
 * scanner ran somewhere, in a container perhaps, and SARIF seldom says where.
 */
#include "story/scanners.h"

#include "base/file.h"
#include "base/hash.h"
#include "config/locate.h"

struct search {
	struct arena *arena;
	struct str here, top, beside;
};

int scanners_read(const struct scanner_options *options, struct arena *arena,
	struct sarif_results *results, struct report_file **ret_digests, struct error *err)
{
	struct report_file *digests = ARENA_ARRAY(arena, struct report_file, options->count);
	int r = digests ? 0 : error_memory(err);

	for (size_t i = 0; i < options->count && r == 0; i++) {
		CLEANUP(file_unmap) struct file_map map = {0};
		char hex[SHA256_HEX + 1];

		r = file_map(options->files[i], SARIF_MAX_BYTES, &map, err);
		if (r == 0)
			r = sarif_read(map.text, str_of(options->files[i]), arena, results, err);
		if (r < 0)
			return r;
		sha256_hex(map.text, hex);
		digests[i] = (struct report_file){
			str_of(options->files[i]), arena_str(arena, str_of(hex))};
	}
	if (r == 0)
		*ret_digests = digests;
	return r;
}

/* dir/path, if that is a file of this repository or of the directory. */
static struct str below(struct search *search, struct str dir, struct str path)
{
	struct str full = str_absent(dir) ? dir : path_resolve(search->arena, dir, path);
	bool inside = path_inside(search->top, full) || path_inside(dir, full);

	return inside && file_exists(full.data) ? full : (struct str){NULL, 0};
}

/* Where the current directory and the top both hold such a file, it may be either: it cannot be told. */
static struct str find_relative(struct search *search, struct str path)
{
	struct str here = below(search, search->here, path);
	struct str top = below(search, search->top, path);

	if (!str_absent(here) && !str_absent(top))
		return str_eq(here, top) ? here : (struct str){NULL, 0};
	if (!str_absent(here))
		return here;
	return str_absent(top) ? below(search, search->beside, path) : top;
}

/* As it is, else without its first directories: what a container calls /src is the repository here. */
static struct str find_absolute(struct search *search, struct str path)
{
	struct str found = {NULL, 0}, rest = path;

	if (path_inside(search->top, path) && file_exists(path.data))
		return path;
	str_split(&rest, '/');
	while (str_absent(found) && !str_absent(rest)) {
		found = below(search, search->top, rest);
		str_split(&rest, '/');
	}
	return found;
}

/*
 * The directory that the run names counts where it is one of this repository; elsewhere the scanner
 * ran on another machine, and what is relative to that directory may be relative to any of ours.
 */
static struct str find(struct search *search, const struct sarif_result *result)
{
	if (str_absent(result->file))
		return result->file;
	if (path_inside(search->top, result->whole))
		return file_exists(result->whole.data) ? result->whole : (struct str){NULL, 0};
	return str_starts(result->file, STR("/")) ? find_absolute(search, result->file)
						  : find_relative(search, result->file);
}

int scanners_locate(struct sarif_results *results, struct str beside, struct arena *arena,
	struct scanner_world *ret_world, struct error *err)
{
	struct locator locator;
	struct search search = {.arena = arena};
	struct str last = {NULL, 0}, last_whole = {NULL, 0}, found = {NULL, 0};
	int r = locate_root(arena, (struct str){NULL, 0}, &locator, err);

	if (r < 0)
		return r;
	search.top = locator.root;
	search.here = path_resolve(arena, locator.root, locator.here);
	if (!str_absent(beside))
		search.beside = path_resolve(arena, search.here, beside);
	for (size_t i = 0; i < results->count; i++) {
		struct sarif_result *result = &results->items[i];

		/* Scanners tell file by file. */
		if (i == 0 || !str_eq(result->file, last) || !str_eq(result->whole, last_whole))
			found = find(&search, result);
		last = result->file;
		last_whole = result->whole;
		/* What climbs to no file of ours is not told either. */
		if (!str_absent(found) || !path_climbs(result->file))
			result->place = result->file;
		result->file = found;
	}
	*ret_world = (struct scanner_world){results, search.here};
	return arena_failed(arena) ? error_memory(err) : 0;
}
