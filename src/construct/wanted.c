/* SPDX-License-Identifier: Apache-2.0 */
/* The names and facts by which lib/provider/references.ts knows that an argument wants one kind of reference: where that changes, this does. */
#include "construct/wanted.h"

/* OWN_ID of references.ts, without "aws_". */
static const struct str own_id[] = {STR_INIT("customer_gateway"), STR_INIT("ebs_volume"),
	STR_INIT("eip"), STR_INIT("internet_gateway"), STR_INIT("instance"),
	STR_INIT("launch_template"), STR_INIT("nat_gateway"), STR_INIT("network_acl"),
	STR_INIT("network_interface"), STR_INIT("route_table"), STR_INIT("security_group"),
	STR_INIT("subnet"), STR_INIT("vpc"), STR_INIT("vpc_endpoint"),
	STR_INIT("vpc_peering_connection"), STR_INIT("vpn_connection"), STR_INIT("vpn_gateway"),
	STR_INIT("efs_file_system"), STR_INIT("api_gateway_rest_api"),
	STR_INIT("cognito_user_pool"), STR_INIT("ec2_transit_gateway")};

static bool is_among(struct str text, const struct str *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(text, texts[i]))
			return true;
	return false;
}

/* Takes an ending off; false where there is none. */
static bool cut(struct str *text, struct str ending)
{
	if (!str_ends(*text, ending))
		return false;
	text->len -= ending.len;
	return true;
}

/* Whether a name is `ending`, or ends in it behind a "_". */
static bool ends_in_word(struct str name, struct str ending)
{
	return cut(&name, ending) && (!name.len || name.data[name.len - 1] == '_');
}

/* Whether only an ARN is right, but for words of its own. */
static bool is_arn(struct node fact)
{
	struct node any = NODE_GET(fact, "any");
	struct node_iter one = node_children(any);
	bool has_arn = false;

	if (!node_exists(any))
		return node_text_is(NODE_GET(fact, "format"), STR("arn"));
	while (node_next(&one)) {
		if (is_arn(one.value))
			has_arn = true;
		else if (!node_exists(NODE_GET(one.value, "one_of")))
			return false;
	}
	return has_arn;
}

/* An argument that is spelled so wants the id of one type, whoever has it. */
static bool is_named(struct str name)
{
	static const struct str ids[] = {
		STR_INIT("nat_gateway"), STR_INIT("network_interface"), STR_INIT("route_table")};

	if (str_is(name, "security_groups") || str_is(name, "subnets"))
		return true;
	if (!cut(&name, STR("_id")) && !cut(&name, STR("_ids")))
		return false;
	return is_among(name, ids, COUNT_OF(ids)) || ends_in_word(name, STR("security_group")) ||
		ends_in_word(name, STR("subnet")) || ends_in_word(name, STR("vpc"));
}

/* Whether the one target that is known has an id of its own. */
static bool has_own_id(struct node targets)
{
	struct str type = node_count(targets) == 1 ? node_raw(node_at(targets, 0)) : STR("");

	return cut(&type, STR(".id")) && str_starts(type, STR("aws_")) &&
		is_among(str_slice(type, 4, SIZE_MAX), own_id, COUNT_OF(own_id));
}

static bool is_key_id(struct str name)
{
	return cut(&name, STR("key_id")) && str_find(name, STR("kms")) != SIZE_MAX;
}

bool wanted_is_restricted(struct str name, struct node fact)
{
	struct str one = name;
	bool is_id = str_ends(name, STR("_id")) || str_ends(name, STR("_ids"));

	(void)cut(&one, STR("s"));
	return ends_in_word(one, STR("arn")) || ends_in_word(name, STR("queue_url")) ||
		ends_in_word(name, STR("log_group_name")) ||
		ends_in_word(name, STR("bucket_name")) || is_arn(fact) || is_named(name) ||
		(is_id && has_own_id(NODE_GET(fact, "refers_to"))) || str_is(name, "bucket") ||
		str_is(name, "role") || is_key_id(name);
}
