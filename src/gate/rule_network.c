/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Address ranges and the rules of security groups.  Two rules of a group are
 * not texts to compare: a wider range holds a narrower one, protocol -1 holds
 * tcp, and one block with three sources is three rules.
 */
#include <arpa/inet.h>
#include <string.h>

#include "gate/rule_model.h"

bool range_parse(struct str text, struct network_rule *ret_range)
{
	struct network_rule range = {.source = text, .is_range = true};
	size_t slash = str_find_char(text, '/');
	struct str address = slash == SIZE_MAX ? text : str_slice(text, 0, slash);
	char copy[INET6_ADDRSTRLEN + 1];
	uint64_t prefix;

	if (address.len == 0 || address.len >= sizeof(copy) ||
		memchr(address.data, '\0', address.len))
		return false;
	memcpy(copy, address.data, address.len);
	copy[address.len] = '\0';
	range.family = str_find_char(address, ':') == SIZE_MAX ? 4 : 6;
	if (inet_pton(range.family == 4 ? AF_INET : AF_INET6, copy, range.address) != 1)
		return false;
	prefix = range.family == 4 ? 32 : 128;
	if (slash != SIZE_MAX) {
		uint64_t most = prefix;

		if (!str_to_u64(str_slice(text, slash + 1, text.len), &prefix) || prefix > most)
			return false;
	}
	range.prefix = (unsigned char)prefix;
	*ret_range = range;
	return true;
}

static bool same_prefix(const unsigned char *a, const unsigned char *b, unsigned bits)
{
	if (memcmp(a, b, bits / 8) != 0)
		return false;
	if (bits % 8 == 0)
		return true;
	return ((a[bits / 8] ^ b[bits / 8]) & (0xff << (8 - bits % 8)) & 0xff) == 0;
}

bool ranges_nest(const struct network_rule *a, const struct network_rule *b)
{
	unsigned bits = a->prefix < b->prefix ? a->prefix : b->prefix;

	return a->family == b->family && same_prefix(a->address, b->address, bits);
}

bool range_is_world(const struct network_rule *range)
{
	return range->prefix <= 1;
}

static struct str protocol_name(struct str protocol)
{
	if (str_is(protocol, "6"))
		return STR("tcp");
	if (str_is(protocol, "17"))
		return STR("udp");
	if (str_is(protocol, "1"))
		return STR("icmp");
	if (str_is(protocol, "58"))
		return STR("icmpv6");
	if (str_is(protocol, "all"))
		return STR("-1");
	return protocol;
}

static void add(struct network_rules *rules, struct network_rule rule, struct str source,
	struct arena *arena)
{
	struct network_rule range;

	if (!arena_grow(arena, (void **)&rules->items, rules->count, &rules->room,
		    sizeof(*rules->items)))
		return;
	rule.source = source;
	if (range_parse(source, &range)) {
		range.protocol = rule.protocol;
		range.from_port = rule.from_port;
		range.to_port = rule.to_port;
		rule = range;
	}
	rules->items[rules->count++] = rule;
}

void network_expand(struct node block, struct arena *arena, struct network_rules *rules)
{
	static const char *const lists[] = {
		"cidr_blocks", "ipv6_cidr_blocks", "security_groups", "prefix_list_ids"};
	struct network_rule rule = {.to_port = 65535};

	rule.protocol = protocol_name(node_text(NODE_GET(block, "protocol"), arena));
	if (!str_is(rule.protocol, "-1")) {
		(void)node_to_i64(NODE_GET(block, "from_port"), &rule.from_port);
		(void)node_to_i64(NODE_GET(block, "to_port"), &rule.to_port);
	}
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		struct node_iter it = node_children(node_get(block, str_of(lists[i])));

		while (node_next(&it))
			if (node_is_string(it.value))
				add(rules, rule, node_text(it.value, arena), arena);
	}
	if (node_is_true(NODE_GET(block, "self")))
		add(rules, rule, STR("self"), arena);
}

bool network_rules_nest(const struct network_rule *a, const struct network_rule *b)
{
	bool ports_a = a->from_port >= b->from_port && a->to_port <= b->to_port;
	bool ports_b = b->from_port >= a->from_port && b->to_port <= a->to_port;

	if (!str_eq(a->protocol, b->protocol) && !str_is(a->protocol, "-1") &&
		!str_is(b->protocol, "-1"))
		return false;
	if (!ports_a && !ports_b)
		return false;
	if (a->is_range != b->is_range)
		return false;
	return a->is_range ? ranges_nest(a, b) : str_eq(a->source, b->source);
}

struct str network_text(const struct network_rule *rule, struct arena *arena)
{
	if (str_is(rule->protocol, "-1"))
		return arena_printf(arena, "all traffic, %.*s", STR_ARG(rule->source));
	if (rule->from_port == rule->to_port)
		return arena_printf(arena, "%.*s %lld, %.*s", STR_ARG(rule->protocol),
			(long long)rule->from_port, STR_ARG(rule->source));
	return arena_printf(arena, "%.*s %lld-%lld, %.*s", STR_ARG(rule->protocol),
		(long long)rule->from_port, (long long)rule->to_port, STR_ARG(rule->source));
}
