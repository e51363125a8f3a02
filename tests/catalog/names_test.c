/* SPDX-License-Identifier: Apache-2.0 */
/* Names of the bindings: those that were seen in published ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "catalog/names.h"
#include "catalog/packs.h"

static struct arena *arena;
static struct packs packs;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create(16 << 20);
	return arena ? packs_open(NULL, arena, &packs, NULL) : -1;
}

static int tear_down(void **state)
{
	(void)state;
	packs_close(&packs);
	arena_destroy(arena);
	return 0;
}

static void assert_str(struct str got, const char *want)
{
	const char *text = arena_cstr(arena, got);

	assert_non_null(text);
	assert_string_equal(text, want);
}

static void properties(void **state)
{
	static const char *const pairs[][2] = {
		{"delay_seconds", "delaySeconds"},
		{"id", "id"},
		{"ipv6_cidr_blocks", "ipv6CidrBlocks"},
		{"s3_key", "s3Key"},
		{"checksum_crc32c", "checksumCrc32C"},
		{"checksum_crc64nvme", "checksumCrc64Nvme"},
		{"tags_all", "tagsAll"},
		{"get_password_data", "fetchPasswordData"},
		{"geth_details", "fetchhDetails"},
		{"target", "target"},
		{"self", "selfAttribute"},
		{"self_managed", "selfManaged"},
		{"system", "systemAttribute"},
		{"software", "softwareAttribute"},
		{"build", "buildAttribute"},
		{"equals", "equalTo"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		struct str property = names_property(str_of(pairs[i][0]), arena);

		assert_str(property, pairs[i][1]);
		for (size_t k = 0; k < COUNT_OF(pairs); k++)
			assert_int_equal(names_property_is(str_of(pairs[k][0]), property), i == k);
	}
	assert_false(names_property_is(STR("delay_seconds"), STR("delay_seconds")));
	assert_false(names_property_is(STR("delay_seconds"), STR("delaySecond")));
	assert_false(names_property_is(STR("get_password_data"), STR("getPasswordData")));
	assert_false(names_property_is(STR("id"), STR("")));
}

static void attributes(void **state)
{
	struct pack *aws = packs_find(&packs, STR("aws"));
	struct pack_schema schema;

	(void)state;
	assert_true(pack_find(aws, PACK_RESOURCE, STR("aws_instance"), &schema));
	assert_str(names_attribute(&schema.block, STR("fetchPasswordData")), "get_password_data");
	assert_str(names_attribute(&schema.block, STR("ebsBlockDevice")), "ebs_block_device");
	assert_true(str_absent(names_attribute(&schema.block, STR("ebs_block_device"))));
}

struct names {
	const char *provider;
	enum pack_kind kind;
	const char *type, *module, *class, *config;
};

static const struct names known[] = {
	{"aws", PACK_RESOURCE, "aws_sqs_queue", "sqs-queue", "SqsQueue", "SqsQueueConfig"},
	{"aws", PACK_DATA, "aws_sqs_queue", "data-aws-sqs-queue", "DataAwsSqsQueue",
		"DataAwsSqsQueueConfig"},
	{"aws", PACK_PROVIDER, "aws", "provider", "AwsProvider", "AwsProviderConfig"},
	{"aws", PACK_RESOURCE, "aws_s3control_bucket", "s3control-bucket", "S3ControlBucket",
		"S3ControlBucketConfig"},
	{"aws", PACK_RESOURCE, "aws_lexv2models_bot", "lexv2models-bot", "Lexv2ModelsBot",
		"Lexv2ModelsBotConfig"},
	{"aws", PACK_RESOURCE, "aws_route53recoverycontrolconfig_cluster",
		"route53recoverycontrolconfig-cluster", "Route53RecoverycontrolconfigCluster",
		"Route53RecoverycontrolconfigClusterConfig"},
	{"aws", PACK_RESOURCE, "aws_apigatewayv2_api", "apigatewayv2-api", "Apigatewayv2Api",
		"Apigatewayv2ApiConfig"},
	{"aws", PACK_RESOURCE, "aws_wafv2_web_acl_association", "wafv2-web-acl-association",
		"Wafv2WebAclAssociation", "Wafv2WebAclAssociationConfigA"},
	{"aws", PACK_RESOURCE, "aws_s3_bucket_logging", "s3-bucket-logging", "S3BucketLoggingA",
		"S3BucketLoggingAConfig"},
	{"random", PACK_RESOURCE, "random_string", "string-resource", "StringResource",
		"StringResourceConfig"},
	{"null", PACK_RESOURCE, "null_resource", "resource", "Resource", "ResourceConfig"},
	{"null", PACK_DATA, "null_data_source", "data-null-data-source", "DataNullDataSource",
		"DataNullDataSourceConfig"},
	{"local", PACK_RESOURCE, "local_file", "file", "File", "FileConfig"},
	{"tls", PACK_PROVIDER, "tls", "provider", "TlsProvider", "TlsProviderConfig"},
};

static void types(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		struct pack *pack = packs_find(&packs, str_of(known[i].provider));
		struct named_type type = {known[i].kind, str_of(known[i].type)}, back;

		assert_str(names_module(pack, &type, arena), known[i].module);
		assert_str(names_class(pack, &type, arena), known[i].class);
		assert_str(names_config(pack, &type, arena), known[i].config);
		assert_true(names_type(pack, str_of(known[i].module), &back));
		assert_int_equal(back.kind, known[i].kind);
		assert_str(back.type, known[i].type);
		assert_str(names_exported(
				   pack, names_namespace(str_of(known[i].module), arena), arena),
			known[i].module);
	}
	assert_str(names_namespace(STR("data-aws-sqs-queue"), arena), "dataAwsSqsQueue");
	assert_str(names_namespace(STR("s3control-bucket"), arena), "s3ControlBucket");
}

/* Without a pack: as far as names alone tell. */
static void guesses(void **state)
{
	static const struct names guessed[] = {
		{"google", PACK_RESOURCE, "google_compute_instance", "compute-instance",
			"ComputeInstance", NULL},
		{"google", PACK_DATA, "google_compute_image", "data-google-compute-image",
			"DataGoogleComputeImage", NULL},
		{"google-beta", PACK_RESOURCE, "google_compute_address", "google-compute-address",
			"GoogleComputeAddress", NULL},
		{"google-beta", PACK_DATA, "google_dns_keys", "data-google-beta-google-dns-keys",
			"DataGoogleBetaGoogleDnsKeys", NULL},
		{"google-beta", PACK_PROVIDER, "google-beta", "provider", "GoogleBetaProvider",
			NULL},
		{"data", PACK_RESOURCE, "data_data_x", "data-x", "DataX", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(known) + COUNT_OF(guessed); i++) {
		const struct names *one =
			i < COUNT_OF(known) ? &known[i] : &guessed[i - COUNT_OF(known)];
		struct str provider = str_of(one->provider), class = str_of(one->class);
		struct named_type type = names_guess_type(provider, str_of(one->module), arena);

		assert_int_equal(type.kind, one->kind);
		assert_str(type.type, one->type);
		if (str_is(class, "S3BucketLoggingA"))
			class = STR("S3BucketLogging");
		assert_str(names_guess_class(provider, &type, arena), arena_cstr(arena, class));
	}
	assert_str(names_guess_exported(STR("computeInstance"), arena), "compute-instance");
	assert_str(names_guess_exported(STR("dataGoogleDnsKeys"), arena), "data-google-dns-keys");
	assert_str(names_guess_exported(STR("provider"), arena), "provider");
	assert_true(str_absent(names_guess_exported(STR("ComputeInstance"), arena)));
	assert_true(str_absent(names_guess_exported(STR("compute-instance"), arena)));
	assert_true(str_absent(names_guess_exported(STR(""), arena)));
	assert_str(names_guess_attribute(STR("delaySeconds"), arena), "delay_seconds");
	assert_str(names_guess_attribute(STR("s3Key"), arena), "s3_key");
	assert_str(names_guess_attribute(STR("selfAttribute"), arena), "self");
	assert_str(names_guess_attribute(STR("already_so"), arena), "already_so");
	assert_str(names_guess_attribute(STR(""), arena), "");
}

static void no_types(void **state)
{
	static const char *const modules[] = {"", "sqs_queue", "sqs-queu", "aws-sqs-queue",
		"data-sqs-queue", "data-aws-", "kms-secrets"};
	struct pack *aws = packs_find(&packs, STR("aws"));
	struct named_type type;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(modules); i++)
		assert_false(names_type(aws, str_of(modules[i]), &type));
	assert_true(str_absent(names_exported(aws, STR("SqsQueue"), arena)));
	assert_true(str_absent(names_exported(aws, STR("dataAwsSqsQueu"), arena)));
	assert_true(str_absent(names_exported(aws, STR("sqs-queue"), arena)));
	assert_true(str_absent(names_exported(aws, STR(""), arena)));
}

/* Of all types of AWS these classes end in A, and every module leads back to its type. */
static void all(void **state)
{
	static const char wanted[] =
		"AutoscalingGroupTagA DynamodbTableReplicaA Ec2ManagedPrefixListEntryA "
		"NetworkInterfaceAttachmentA S3BucketLoggingA S3BucketObjectLockConfigurationA "
		"S3BucketReplicationConfigurationA S3BucketServerSideEncryptionConfigurationA "
		"S3BucketVersioningA VpcPeeringConnectionAccepterA ";
	struct pack *aws = packs_find(&packs, STR("aws"));
	CLEANUP(buf_free) struct buf found = BUF(4096);

	(void)state;
	for (int kind = PACK_RESOURCE; kind <= PACK_DATA; kind++)
		for (size_t i = 0; i < pack_count(aws, (enum pack_kind)kind); i++) {
			struct named_type type = {
				(enum pack_kind)kind, pack_name_at(aws, (enum pack_kind)kind, i)};
			struct str class = names_class(aws, &type, arena);
			struct str plain = names_pascal(
				str_slice(type.type, strlen("aws_"), type.type.len), arena);

			if (!str_ends(class, plain))
				buf_printf(&found, "%.*s ", STR_ARG(class));
		}
	assert_str(buf_str(&found), wanted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(properties),
		cmocka_unit_test(attributes),
		cmocka_unit_test(types),
		cmocka_unit_test(guesses),
		cmocka_unit_test(no_types),
		cmocka_unit_test(all),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
