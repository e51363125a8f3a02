/* SPDX-License-Identifier: Apache-2.0 */
/* The lists and rules of lib/provider/references.ts, under its names: where those change, these do. */
#include "construct/wanted.h"

enum wanted_form { FORM_ANY, FORM_ARN, FORM_ID, FORM_NAME /* or a URL: no ARN */ };

struct wanted {
	enum wanted_form form;
	struct str kind; /* of thing that its name says: "role" of "execution_role_arn" */
	/* Types of which the reference may be, if that is known for sure. */
	const struct str *types;
	size_t type_count;
};

/* Types of AWS, without "aws_" in front. */
static const struct str own_id[] = {STR_INIT("customer_gateway"), STR_INIT("ebs_volume"),
	STR_INIT("eip"), STR_INIT("internet_gateway"), STR_INIT("instance"),
	STR_INIT("launch_template"), STR_INIT("nat_gateway"), STR_INIT("network_acl"),
	STR_INIT("network_interface"), STR_INIT("route_table"), STR_INIT("security_group"),
	STR_INIT("subnet"), STR_INIT("vpc"), STR_INIT("vpc_endpoint"),
	STR_INIT("vpc_peering_connection"), STR_INIT("vpn_connection"), STR_INIT("vpn_gateway"),
	STR_INIT("efs_file_system"), STR_INIT("api_gateway_rest_api"),
	STR_INIT("cognito_user_pool"), STR_INIT("ec2_transit_gateway")};
static const struct str plain_id[] = {STR_INIT("cloudwatch_log_group"), STR_INIT("db_instance"),
	STR_INIT("dynamodb_table"), STR_INIT("ecr_repository"), STR_INIT("iam_group"),
	STR_INIT("iam_instance_profile"), STR_INIT("iam_role"), STR_INIT("iam_user"),
	STR_INIT("key_pair"), STR_INIT("kms_key"), STR_INIT("rds_cluster"), STR_INIT("s3_bucket"),
	STR_INIT("sqs_queue")};
static const struct str own_arn[] = {STR_INIT("cloudwatch_log_group"), STR_INIT("dynamodb_table"),
	STR_INIT("ecr_repository"), STR_INIT("ecs_cluster"), STR_INIT("iam_policy"),
	STR_INIT("iam_role"), STR_INIT("kinesis_firehose_delivery_stream"),
	STR_INIT("kinesis_stream"), STR_INIT("kms_key"), STR_INIT("lambda_function"),
	STR_INIT("lb_target_group"), STR_INIT("s3_bucket"), STR_INIT("secretsmanager_secret"),
	STR_INIT("sfn_state_machine"), STR_INIT("sns_topic"), STR_INIT("sqs_queue")};

static bool is_among(struct str text, const struct str *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(text, texts[i]))
			return true;
	return false;
}

/* Whether a type of AWS is in one of the lists. */
static bool is_listed(struct str type, const struct str *types, size_t count)
{
	return str_starts(type, STR("aws_")) &&
		is_among(str_slice(type, 4, SIZE_MAX), types, count);
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

static struct str last_word(struct str text)
{
	size_t at = text.len;

	while (at && text.data[at - 1] != '_')
		at--;
	return str_slice(text, at, SIZE_MAX);
}

/* ---- what an argument wants ---- */

static bool ends_in_arn(struct str name)
{
	(void)cut(&name, STR("s"));
	return ends_in_word(name, STR("arn"));
}

static bool ends_in_id(struct str name)
{
	return str_ends(name, STR("_id")) || str_ends(name, STR("_ids"));
}

/* The word behind which an ending says what of it is wanted. */
static struct str kind_of(struct str name)
{
	if (ends_in_arn(name)) {
		(void)cut(&name, STR("s"));
		(void)(cut(&name, STR("_arn")) || cut(&name, STR("arn")));
	}
	(void)(cut(&name, STR("_id")) || cut(&name, STR("_ids")));
	(void)(cut(&name, STR("_name")) || cut(&name, STR("_url")));
	return last_word(name);
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

/* The type whose id arguments that are spelled so want, whoever has them, without "aws_"; absent: they may want any. */
static struct str named_type(struct str name)
{
	static const struct str ids[] = {
		STR_INIT("nat_gateway"), STR_INIT("network_interface"), STR_INIT("route_table")};
	static const struct str endings[] = {
		STR_INIT("security_group"), STR_INIT("subnet"), STR_INIT("vpc")};
	bool is_id = cut(&name, STR("_id")) || cut(&name, STR("_ids"));

	if (is_id && is_among(name, ids, COUNT_OF(ids)))
		return name;
	if (!is_id && (!cut(&name, STR("s")) || !is_among(name, endings, 2)))
		return (struct str){NULL, 0};
	for (size_t i = 0; i < COUNT_OF(endings); i++)
		if (ends_in_word(name, endings[i]))
			return endings[i];
	return (struct str){NULL, 0};
}

static struct str type_of(struct node target)
{
	struct str rest = node_raw(target);

	return str_split(&rest, '.');
}

/* The type whose id is wanted, if it has one of its own; absent: none, or memory is short. */
static struct str target_of(struct str name, struct node targets, struct arena *arena)
{
	struct str type;

	if (ends_in_id(name) && node_count(targets) == 1 &&
		str_ends(node_raw(node_at(targets, 0)), STR(".id"))) {
		type = type_of(node_at(targets, 0));
		return is_listed(type, own_id, COUNT_OF(own_id)) ? arena_str(arena, type)
								 : (struct str){NULL, 0};
	}
	type = named_type(name);
	return str_absent(type) ? type : arena_printf(arena, "aws_%.*s", STR_ARG(type));
}

/* The types of the targets, where they are all of the kind and nothing else is right. */
static void take_types(struct wanted *wanted, struct node targets, struct arena *arena)
{
	struct node_iter target = node_children(targets);
	size_t count = node_count(targets), taken = 0;
	struct str *types = ARENA_ARRAY(arena, struct str, count);

	while (types && taken < count && node_next(&target)) {
		struct str type = type_of(target.value);

		if (!str_ends(node_raw(target.value), STR(".arn")) ||
			!str_eq(last_word(type), wanted->kind))
			return;
		types[taken++] = arena_str(arena, type);
	}
	wanted->types = types;
	wanted->type_count = taken;
}

static bool is_no_arn(struct str name)
{
	return ends_in_word(name, STR("queue_url")) || ends_in_word(name, STR("log_group_name")) ||
		ends_in_word(name, STR("bucket_name"));
}

/* Arguments that are spelled so want one kind of thing, by whatever name. */
static bool wants_kind(struct str name)
{
	if (str_is(name, "bucket") || str_is(name, "role"))
		return true;
	return cut(&name, STR("key_id")) && str_find(name, STR("kms")) != SIZE_MAX;
}

/* Arguments of some types take no ARN. */
static bool is_narrowed(struct str kind, struct str type)
{
	if (str_is(kind, "role"))
		return str_starts(type, STR("aws_iam_"));
	return str_is(kind, "bucket") &&
		(str_starts(type, STR("aws_s3_bucket")) || str_starts(type, STR("aws_s3_object")));
}

const struct wanted *wanted_read(
	struct str name, struct str type, struct node fact, struct arena *arena)
{
	struct node targets = NODE_GET(fact, "refers_to");
	struct wanted wanted = {.kind = kind_of(name)}, *kept;
	struct str target;

	if (is_no_arn(name)) {
		wanted.form = FORM_NAME;
	} else if (is_arn(fact) || ends_in_arn(name)) {
		wanted.form = FORM_ARN;
		take_types(&wanted, targets, arena);
	} else {
		target = target_of(name, targets, arena);
		if (!str_absent(target)) {
			struct str *one = ARENA_NEW(arena, struct str);

			if (!one)
				return NULL;
			*one = target;
			wanted.form = ends_in_id(name) ? FORM_ID : FORM_ANY;
			wanted.types = one;
			wanted.type_count = 1;
		} else if (wants_kind(name)) {
			wanted.form = is_narrowed(wanted.kind, type) ? FORM_NAME : FORM_ANY;
		} else {
			return NULL;
		}
	}
	kept = ARENA_NEW(arena, struct wanted);
	if (kept)
		*kept = wanted;
	return kept;
}

/* ---- what a reference is ---- */

struct reference {
	struct str type, attribute;
	bool is_data;
};

static bool is_word(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_')
			return false;
	}
	return text.len > 0;
}

/* An attribute of a resource or data source, and nothing else; false for what is another thing. */
static bool read_address(struct str address, struct reference *ret_reference)
{
	struct str type, id, attribute;
	size_t end;

	*ret_reference = (struct reference){.is_data = str_starts(address, STR("data."))};
	if (ret_reference->is_data)
		address = str_slice(address, 5, SIZE_MAX);
	type = str_split(&address, '.');
	id = str_split(&address, '.');
	attribute = address;
	end = str_find_char(type, '_');
	ret_reference->type = type;
	ret_reference->attribute = attribute;
	return is_word(type) && end > 0 && end < type.len - 1 && !str_empty(id) &&
		str_find_char(id, '[') == SIZE_MAX && str_find_char(id, ']') == SIZE_MAX &&
		is_word(attribute);
}

static bool is_arn_kind(struct str kind)
{
	for (size_t i = 0; i < COUNT_OF(own_arn); i++)
		if (str_eq(last_word(own_arn[i]), kind))
			return true;
	return false;
}

/* Whether the ARN of a type is right where another than that of its kind would be wrong. */
static bool takes_arn(const struct wanted *wanted, const struct reference *reference)
{
	bool is_right = !wanted->type_count;

	if (reference->is_data || !is_listed(reference->type, own_arn, COUNT_OF(own_arn)))
		return true;
	for (size_t i = 0; i < wanted->type_count && !is_right; i++)
		is_right = str_eq(wanted->types[i], reference->type) ||
			!is_listed(wanted->types[i], own_arn, COUNT_OF(own_arn));
	return is_right &&
		(str_eq(wanted->kind, last_word(reference->type)) || !is_arn_kind(wanted->kind));
}

bool wanted_takes(const struct wanted *wanted, struct str address)
{
	struct reference reference;
	bool is_arn_itself, is_id;

	if (!read_address(address, &reference))
		return true;
	is_arn_itself = str_is(reference.attribute, "arn");
	is_id = str_is(reference.attribute, "id");
	if (wanted->form == FORM_NAME)
		return !is_arn_itself;
	if (is_arn_itself)
		return wanted->form != FORM_ID && takes_arn(wanted, &reference);
	if (wanted->form ==
		FORM_ARN) /* what else there is may hold one, by what was given for it */
		return is_id ? !is_listed(reference.type, own_id, COUNT_OF(own_id)) &&
				!is_listed(reference.type, plain_id, COUNT_OF(plain_id))
			     : ends_in_arn(reference.attribute);
	if (is_id)
		return !wanted->type_count ||
			!is_listed(reference.type, own_id, COUNT_OF(own_id)) ||
			is_among(reference.type, wanted->types, wanted->type_count);
	return wanted->form != FORM_ID || !str_is(reference.attribute, "name");
}
