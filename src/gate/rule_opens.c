/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The predicate `opens`: is a port reachable from the whole internet that was not?
 *
 * Many ranges may make up the internet together, and many rules a range of ports.  So the ports at which
 * something begins or ends are taken one by one, and the addresses that may reach each are added up.
 */
#include <stdlib.h>

#include "gate/rule_model.h"
#include "gate/value_path.h"

enum {
	PORT_MOST = 65535,
	PROTOCOL_TCP = 1,
	PROTOCOL_UDP = 2,
	PROTOCOL_OTHER = 4, /* without ports; ICMP is not counted, it is no service */
	PROTOCOL_ALL = 7,
	WORK_MOST = 1 << 24, /* beyond that, what is open counts as opened */
};

#define SCRATCH_CEILING ((size_t)1 << 28)

/* Addresses that may reach some ports. Of IPv6 only the upper half, in which networks are told apart. */
struct way {
	uint64_t first, last;
	int32_t from, to;
	unsigned char family, protocols;
	const char *member; /* where its range stands */
	struct str text;
};

struct ways {
	const struct opening *spec;
	struct arena *arena;
	struct way *items;
	size_t count, room;
};

static int bad(struct node node, struct error *err, const char *what)
{
	return error_node(err, ERR_RULE_SYNTAX, node, "%s", what);
}

static int read_name(struct node object, const char *key, struct arena *arena, struct str *ret_name,
	struct error *err)
{
	struct node node = node_get(object, str_of(key));

	if (!node_exists(node))
		return 0;
	*ret_name = arena_str(arena, node_text(node, arena));
	return value_path_valid(*ret_name) ? 0 : bad(node, err, "a path belongs here");
}

static int read_meant(
	struct node list, struct arena *arena, struct opening *opening, struct error *err)
{
	size_t count = node_count(list), i = 0;
	struct node_iter it = node_children(list);
	double *meant = ARENA_ARRAY(arena, double, count);

	if (!node_exists(list))
		return 0;
	if (!meant)
		return error_memory(err);
	if (!node_is_array(list))
		return bad(list, err, "a list of ports belongs here");
	for (; node_next(&it); i++)
		if (!node_to_double(it.value, &meant[i]))
			return bad(it.value, err, "a port belongs here");
	opening->meant = meant;
	opening->meant_count = count;
	return 0;
}

int opens_read(
	struct node node, struct arena *arena, struct predicate *predicate, struct error *err)
{
	static const char *const known[] = {
		"path", "source", "protocol", "from", "to", "ports", "meant", "where", NULL};
	struct opening *opening = ARENA_NEW(arena, struct opening);
	struct node where = NODE_GET(node, "where");
	int r = keys_check(node, known, err);

	if (!opening)
		return error_memory(err);
	predicate->opening = opening;
	if (r == 0)
		r = read_name(node, "path", arena, &opening->path, err);
	if (r == 0)
		r = texts_read(NODE_GET(node, "source"), arena, &opening->sources,
			&opening->source_count, err);
	if (r == 0)
		r = read_name(node, "protocol", arena, &opening->protocol, err);
	if (r == 0)
		r = read_name(node, "from", arena, &opening->from, err);
	if (r == 0)
		r = read_name(node, "to", arena, &opening->to, err);
	if (r == 0 && node_exists(NODE_GET(node, "ports")))
		r = texts_read(
			NODE_GET(node, "ports"), arena, &opening->ports, &opening->port_count, err);
	if (r == 0)
		r = read_meant(NODE_GET(node, "meant"), arena, opening, err);
	if (r == 0 && node_exists(where))
		r = path_matches_read(where, arena, &opening->where, &opening->where_count, err);
	return r;
}

static unsigned protocols_of(struct node node, struct arena *arena)
{
	static const struct {
		const char *name;
		unsigned protocols;
	} names[] = {{"tcp", PROTOCOL_TCP}, {"6", PROTOCOL_TCP}, {"udp", PROTOCOL_UDP},
		{"17", PROTOCOL_UDP}, {"icmp", 0}, {"1", 0}, {"icmpv6", 0}, {"58", 0},
		{"-1", PROTOCOL_ALL}, {"all", PROTOCOL_ALL}, {"any", PROTOCOL_ALL},
		{"*", PROTOCOL_ALL}, {"", PROTOCOL_ALL}, {"tcp_udp", PROTOCOL_TCP | PROTOCOL_UDP}};
	struct str text =
		iam_lower(node_is_string(node) ? node_text(node, arena) : node_raw(node), arena);

	if (node_is_null(node))
		return PROTOCOL_ALL;
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_is(text, names[i].name))
			return names[i].protocols;
	return PROTOCOL_OTHER;
}

static bool read_port(struct node node, int32_t *ret_port)
{
	int64_t port;
	uint64_t number;

	if (node_is_string(node) && str_to_u64(node_raw(node), &number) && number <= PORT_MOST) {
		*ret_port = (int32_t)number;
		return true;
	}
	if (!node_to_i64(node, &port) || port < 0 || port > PORT_MOST)
		return false;
	*ret_port = (int32_t)port;
	return true;
}

static uint64_t upper_half(const unsigned char *address, unsigned count)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < count; i++)
		value = value << 8 | address[i];
	return value;
}

/* How some services write everyone; the address of nobody is one of their spellings. */
static bool means_everyone(struct str text)
{
	return str_is(text, "*") || str_is(text, "any") || str_is(text, "internet") ||
		str_is(text, "0.0.0.0");
}

static void add_way(struct ways *ways, struct way way, struct str text, const char *member)
{
	struct network_rule range;
	unsigned bits;
	uint64_t size;

	if (means_everyone(iam_lower(text, ways->arena)))
		text = STR("0.0.0.0/0");
	if (!range_parse(text, &range) ||
		!arena_grow(ways->arena, (void **)&ways->items, ways->count, &ways->room,
			sizeof(*ways->items)))
		return;
	way.family = range.family;
	way.text = text;
	way.member = member;
	bits = range.family == 4 ? 32 : 64;
	way.first = upper_half(range.address, range.family == 4 ? 4 : 8);
	if (range.prefix == 0) {
		way.first = 0;
		size = bits == 64 ? UINT64_MAX : UINT32_MAX;
	} else {
		size = range.prefix >= bits ? 0 : (((uint64_t)1 << (bits - range.prefix)) - 1);
		way.first &= ~size;
	}
	way.last = way.first + size;
	ways->items[ways->count++] = way;
}

static void add_sources(struct ways *ways, struct node block, struct way way)
{
	for (size_t i = 0; i < ways->spec->source_count; i++) {
		struct node value = value_path_first(block, ways->spec->sources[i]);
		struct node_iter it = node_children(value);
		const char *member = ways->spec->sources[i].data;

		if (node_is_string(value))
			add_way(ways, way, node_text(value, ways->arena), member);
		while (node_is_array(value) && node_next(&it))
			if (node_is_string(it.value))
				add_way(ways, way, node_text(it.value, ways->arena), member);
	}
}

/* "22", 22 or "8000-8010". */
static bool read_range(struct node node, struct arena *arena, struct way *way)
{
	struct str text = node_is_string(node) ? node_text(node, arena) : (struct str){NULL, 0};
	size_t dash = str_find_char(text, '-');
	uint64_t from, to;

	if (str_is(text, "*")) {
		way->from = 0;
		way->to = PORT_MOST;
		return true;
	}
	if (read_port(node, &way->from)) {
		way->to = way->from;
		return true;
	}
	if (dash == SIZE_MAX || !str_to_u64(str_slice(text, 0, dash), &from) ||
		!str_to_u64(str_slice(text, dash + 1, text.len), &to) || from > to ||
		to > PORT_MOST)
		return false;
	way->from = (int32_t)from;
	way->to = (int32_t)to;
	return true;
}

/* The ports of one member, a text or a list; false if it names none. */
static bool add_member_ports(
	struct ways *ways, struct node block, struct way way, struct node ports)
{
	struct node_iter it = node_children(ports);
	bool any = false;

	if (node_is_string(ports) || node_type(ports) == NODE_NUMBER) {
		if (read_range(ports, ways->arena, &way))
			add_sources(ways, block, way);
		return node_raw(ports).len > 0;
	}
	while (node_next(&it)) {
		any = true;
		if (read_range(it.value, ways->arena, &way))
			add_sources(ways, block, way);
	}
	return any;
}

static void add_ports(struct ways *ways, struct node block, struct way way)
{
	bool any = false;

	for (size_t i = 0; i < ways->spec->port_count; i++)
		any |= add_member_ports(
			ways, block, way, value_path_first(block, ways->spec->ports[i]));
	if (!any)
		add_sources(ways, block, way);
}

static int add_block(struct node block, void *payload)
{
	struct ways *ways = payload;
	const struct opening *spec = ways->spec;
	struct way way = {.to = PORT_MOST, .protocols = PROTOCOL_ALL};

	if (!node_is_object(block))
		return 0;
	for (size_t i = 0; i < spec->where_count; i++)
		if (!path_match_holds(&spec->where[i], block))
			return 0;
	if (!str_absent(spec->protocol))
		way.protocols = (unsigned char)protocols_of(
			value_path_first(block, spec->protocol), ways->arena);
	if (way.protocols != PROTOCOL_ALL && !str_absent(spec->from) &&
		read_port(value_path_first(block, spec->from), &way.from)) {
		way.to = way.from;
		(void)read_port(value_path_first(block, spec->to), &way.to);
	}
	if (spec->port_count == 0)
		add_sources(ways, block, way);
	else
		add_ports(ways, block, way);
	return 0;
}

static void gather(struct ways *ways, struct node root)
{
	struct str path = ways->spec->path;

	if (str_absent(path)) {
		(void)add_block(root, ways);
		return;
	}
	if (!str_ends(path, STR("[*]")))
		path = arena_printf(ways->arena, "%.*s[*]", STR_ARG(path));
	(void)value_path_visit(root, path, add_block, ways);
}

static int by_first(const void *left, const void *right)
{
	const struct way *a = left, *b = right;

	return a->first < b->first ? -1 : a->first > b->first;
}

/* Half of the internet or more. Of IPv6, 2000::/3 is what is in use. Ways are sorted. */
static bool is_world(const struct ways *ways, unsigned family, unsigned protocol, int32_t port)
{
	const uint64_t low = family == 4 ? 0 : (uint64_t)2 << 60;
	const uint64_t high = family == 4 ? UINT32_MAX : ((uint64_t)4 << 60) - 1;
	uint64_t sum = 0, next = low;
	bool full = false;

	for (size_t i = 0; i < ways->count && !full; i++) {
		const struct way *way = &ways->items[i];
		uint64_t first = way->first > next ? way->first : next;
		uint64_t last = way->last < high ? way->last : high;

		if (way->family != family || !(way->protocols & protocol) || port < way->from ||
			port > way->to || first > last)
			continue;
		sum += last - first + 1;
		next = last + 1;
		full = sum > (high - low) / 2;
	}
	return full;
}

static bool is_meant(const struct opening *spec, int32_t port)
{
	for (size_t i = 0; i < spec->meant_count; i++)
		if ((double)port == spec->meant[i])
			return true;
	return false;
}

struct search {
	const struct ways *before, *after;
	struct judgement *judgement;
	size_t work;
};

/* The widest of those that reach a port stands for all. */
static const struct way *widest(
	const struct ways *ways, unsigned family, unsigned protocol, int32_t port)
{
	const struct way *found = NULL;

	for (size_t i = 0; i < ways->count; i++) {
		const struct way *way = &ways->items[i];

		if (way->family == family && (way->protocols & protocol) && port >= way->from &&
			port <= way->to &&
			(!found || way->last - way->first > found->last - found->first))
			found = way;
	}
	return found;
}

static void tell(struct search *search, const struct way *way)
{
	const struct opening *spec = search->after->spec;
	struct judgement *judgement = search->judgement;
	struct arena *arena = judgement->arena;

	if (!way)
		return;
	if (str_absent(judgement->path))
		judgement->path =
			value_path_stem(str_absent(spec->path) ? str_of(way->member) : spec->path);
	if (way->from == 0 && way->to == PORT_MOST)
		judgement->elements =
			arena_printf(arena, "every port from %.*s", STR_ARG(way->text));
	else if (way->from == way->to)
		judgement->elements = arena_printf(
			arena, "port %d from %.*s", (int)way->from, STR_ARG(way->text));
	else
		judgement->elements = arena_printf(arena, "ports %d-%d from %.*s", (int)way->from,
			(int)way->to, STR_ARG(way->text));
	judgement->element_count = 1;
}

static bool opened_at(struct search *search, int32_t port)
{
	if (port < 0 || port > PORT_MOST || is_meant(search->after->spec, port))
		return false;
	search->work += 6 * (search->after->count + search->before->count);
	for (unsigned family = 4; family <= 6; family += 2)
		for (unsigned protocol = PROTOCOL_TCP; protocol <= PROTOCOL_OTHER; protocol *= 2) {
			if (!is_world(search->after, family, protocol, port) ||
				(search->work < WORK_MOST &&
					is_world(search->before, family, protocol, port)))
				continue;
			tell(search, widest(search->after, family, protocol, port));
			return true;
		}
	return false;
}

/* Every port at which something begins: a rule, the end of an old one, the end of what is meant. */
static bool opened(struct search *search)
{
	const struct opening *spec = search->after->spec;

	for (size_t i = 0; i < search->after->count; i++)
		if (opened_at(search, search->after->items[i].from))
			return true;
	for (size_t i = 0; i < search->before->count && search->after->count; i++)
		if (opened_at(search, search->before->items[i].to + 1) ||
			opened_at(search, search->before->items[i].from - 1))
			return true;
	for (size_t i = 0; i < spec->meant_count && search->after->count; i++)
		if (opened_at(search, (int32_t)spec->meant[i] + 1))
			return true;
	return false;
}

/* Whether a range, or what decides about it, is not known. */
static bool is_unknown(
	const struct opening *spec, const struct judgement *judgement, struct arena *arena)
{
	const char *each = str_absent(spec->path) || str_ends(spec->path, STR("[*]")) ? "" : "[*]";

	for (size_t i = 0; i < spec->source_count; i++) {
		struct str path = spec->sources[i];

		if (!str_absent(spec->path))
			path = arena_printf(
				arena, "%.*s%s.%.*s", STR_ARG(spec->path), each, STR_ARG(path));
		if (judgement_unknown(judgement, path))
			return true;
	}
	return false;
}

enum truth opens_judge(const struct predicate *predicate, struct judgement *judgement)
{
	const struct opening *spec = predicate->opening;
	const struct change *change = judgement->change;
	CLEANUP(arena_cleanup) struct arena *scratch = NULL;
	struct ways before = {.spec = spec}, after = {.spec = spec};
	struct search search = {&before, &after, judgement, 0};
	bool unknown;

	if (!str_absent(spec->path)) {
		struct str stem = value_path_stem(spec->path);
		struct node now = value_path_first(change->after, stem);

		if (!value_path_unknown(change->after_unknown, stem) &&
			(node_is_null(now) ||
				node_equal(now, value_path_first(change->before, stem))))
			return TRUTH_NO;
	}
	scratch = arena_create(SCRATCH_CEILING);
	if (!scratch) {
		judgement->failed = true;
		return TRUTH_NO;
	}
	before.arena = after.arena = scratch;
	gather(&before, change->before);
	gather(&after, change->after);
	unknown = is_unknown(spec, judgement, scratch);
	if (before.count > 1)
		qsort(before.items, before.count, sizeof(*before.items), by_first);
	if (after.count > 1)
		qsort(after.items, after.count, sizeof(*after.items), by_first);
	judgement->failed |= arena_failed(scratch);
	if (opened(&search))
		return TRUTH_YES;
	if (!unknown)
		return TRUTH_NO;
	if (str_absent(judgement->path))
		judgement->path =
			value_path_stem(str_absent(spec->path) ? spec->sources[0] : spec->path);
	return TRUTH_UNKNOWN;
}
