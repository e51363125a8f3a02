/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The data behind redaction: which names promise a secret, which values are
 * common, which words look random.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "redact/names.h"
#include "redact/secrets.h"
#include "redact/shapes.h"

static const char *const secret_names[] = {"password", "db_password", "DB_PASSWORD", "dbPassword",
	"password2", "api_key", "apiKey", "APIKey", "X-Auth-Token", "client_secret", "secret",
	"private_key", "connection_string", "access_token", "master-password", "secret_key",
	"AccountKey", "SharedAccessKey", "webhook_secret", "passphrase", "password_wo", "user_pwd",
	"sas_token", "bearer"};
static const char *const plain_names[] = {"secret_arn", "token_ttl", "key_name", "password_policy",
	"secret_name", "hash_key", "kms_key", "public_key", "http_tokens", "key", "s3_key",
	"password_length", "secret_id", "token_type", "range_key", "passed", "tokens", "secrets",
	"kms_key_id", "access_key_id", "password_reset_required", "compass", "author", ""};

static void test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(secret_names); i++)
		if (!name_is_secret(str_of(secret_names[i])))
			fail_msg("%s is a secret's name", secret_names[i]);
	for (size_t i = 0; i < COUNT_OF(plain_names); i++)
		if (name_is_secret(str_of(plain_names[i])))
			fail_msg("%s is no secret's name", plain_names[i]);
	assert_true(name_flags(STR("access_key")) & NAME_PROVIDER);
	assert_true(name_flags(STR("auth")) & NAME_PROVIDER);
	assert_false(name_flags(STR("region")) & NAME_PROVIDER);
	assert_true(name_flags(STR("checksum_sha256")) & NAME_PUBLIC);
	assert_true(name_flags(STR("vpc_id")) & NAME_PUBLIC);
	assert_false(name_flags(STR("description")) & NAME_PUBLIC);
}

static const char *const common[] = {"postgres", "POSTGRES", "eu-west-1", "us-gov-west-1",
	"eu-west-1a", "db.t4g.medium", "production", "0.0.0.0/0", "2012-10-17",
	"lambda.amazonaws.com", "python3.12", "aurora-postgresql"};
static const char *const uncommon[] = {
	"postgres1x", "hunter2-fake", "eu-west-1-x!", "db.x", "correcthorse", "10.20.1.125"};

static void test_common_values(void **state)
{
	(void)state;
	assert_true(common_words_sorted());
	for (size_t i = 0; i < COUNT_OF(common); i++)
		if (!text_is_common(str_of(common[i])))
			fail_msg("%s is common", common[i]);
	for (size_t i = 0; i < COUNT_OF(uncommon); i++)
		if (text_is_common(str_of(uncommon[i])))
			fail_msg("%s is not common", uncommon[i]);
}

static void test_strength(void **state)
{
	(void)state;
	assert_true(secret_is_strong(STR("abcdefgh")));
	assert_true(secret_is_strong(STR("aB3dE6g")));  /* 7 of 62 letters: 41 bits */
	assert_false(secret_is_strong(STR("abcdefg"))); /* 33 bits */
	assert_false(secret_is_strong(STR("1234567")));
	assert_false(secret_is_strong(STR("aB3dE6")));
	assert_false(secret_is_strong(STR("********")));
	assert_false(secret_is_strong(STR("   abc     ")));
	assert_true(secret_is_strong(STR("41111111")));
}

static const char *const random_words[] = {"8fJ2kLq9ZpT4vW7xB1nM5cR3yD6hG0sA",
	"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
	"q3J9xZ0vB7nL2mK5tR8wY1sD4fG6hP+c/uE=", "7x9k2m4q8w1z5v3n6b0c7x2k9m1q4w8z"};
static const char *const plain_words[] = {"AmazonEC2ContainerRegistryReadOnly",
	"3f786850e387550fdab836ed7e6dc881de23001b", "3814a8ac-c8f8-2ffb-93d3-42a367111103",
	"terraform-20240118123456789000000001", "capacity_reservation_specification",
	"vpc-0abc1230000000001ffffffff", "com.example.service.Handler2", "AROA13057FDCF3568D915"};

static void test_randomness(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(random_words); i++)
		if (!word_is_random(str_of(random_words[i])))
			fail_msg("%s is random", random_words[i]);
	for (size_t i = 0; i < COUNT_OF(plain_words); i++)
		if (word_is_random(str_of(plain_words[i])))
			fail_msg("%s is not random", plain_words[i]);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_common_values),
		cmocka_unit_test(test_strength),
		cmocka_unit_test(test_randomness),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
