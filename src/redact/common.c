/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values that hide nothing: words that plans are full of, as data.
 *
 * Each is 7 bytes or longer (shorter ones are never looked for elsewhere) and
 * is compared without regard to case.  Beside the list stand the forms that are
 * too many to list: regions, instance types, addresses of networks, services.
 */
#include "redact/secrets.h"

/* Sorted, lower case: the test of this folder checks it. */
static const struct str words[] = {
	STR_INIT("0.0.0.0/0"),
	STR_INIT("10.0.0.0/16"),
	STR_INIT("10.0.0.0/8"),
	STR_INIT("127.0.0.1"),
	STR_INIT("169.254.169.254"),
	STR_INIT("172.16.0.0/12"),
	STR_INIT("192.168.0.0/16"),
	STR_INIT("2008-10-17"),
	STR_INIT("2012-10-17"),
	STR_INIT("__default__"),
	STR_INIT("acceptance"),
	STR_INIT("account"),
	STR_INIT("active-directory"),
	STR_INIT("activemq"),
	STR_INIT("admin-user"),
	STR_INIT("administrator"),
	STR_INIT("allowed"),
	STR_INIT("amazon-linux"),
	STR_INIT("amazonlinux"),
	STR_INIT("analytics"),
	STR_INIT("anonymous"),
	STR_INIT("apache2"),
	STR_INIT("application"),
	STR_INIT("application/json"),
	STR_INIT("archive"),
	STR_INIT("aurora-mysql"),
	STR_INIT("aurora-postgresql"),
	STR_INIT("authenticated"),
	STR_INIT("automatic"),
	STR_INIT("aws:kms"),
	STR_INIT("aws_iam"),
	STR_INIT("backend"),
	STR_INIT("balanced"),
	STR_INIT("bastion"),
	STR_INIT("billing"),
	STR_INIT("blocked"),
	STR_INIT("bucketowner"),
	STR_INIT("bucketownerenforced"),
	STR_INIT("bucketownerpreferred"),
	STR_INIT("building"),
	STR_INIT("cassandra"),
	STR_INIT("changeme"),
	STR_INIT("classic"),
	STR_INIT("clickhouse"),
	STR_INIT("cluster"),
	STR_INIT("company"),
	STR_INIT("complete"),
	STR_INIT("compliance"),
	STR_INIT("config-service"),
	STR_INIT("connection"),
	STR_INIT("contact"),
	STR_INIT("container"),
	STR_INIT("continuous"),
	STR_INIT("control"),
	STR_INIT("created"),
	STR_INIT("credentials"),
	STR_INIT("customer"),
	STR_INIT("dashboard"),
	STR_INIT("database"),
	STR_INIT("datadog"),
	STR_INIT("dedicated"),
	STR_INIT("default"),
	STR_INIT("delivery"),
	STR_INIT("deployment"),
	STR_INIT("destroy"),
	STR_INIT("developer"),
	STR_INIT("development"),
	STR_INIT("disable"),
	STR_INIT("disabled"),
	STR_INIT("documentdb"),
	STR_INIT("dynamodb"),
	STR_INIT("elasticache"),
	STR_INIT("elasticsearch"),
	STR_INIT("email-json"),
	STR_INIT("enabled"),
	STR_INIT("encrypted"),
	STR_INIT("encryption"),
	STR_INIT("enforced"),
	STR_INIT("enterprise"),
	STR_INIT("environment"),
	STR_INIT("ephemeral"),
	STR_INIT("everyone"),
	STR_INIT("example"),
	STR_INIT("example.com"),
	STR_INIT("external"),
	STR_INIT("failover"),
	STR_INIT("fargate"),
	STR_INIT("fargate_spot"),
	STR_INIT("forever"),
	STR_INIT("frontend"),
	STR_INIT("function"),
	STR_INIT("gateway"),
	STR_INIT("general"),
	STR_INIT("general-purpose"),
	STR_INIT("glacier"),
	STR_INIT("governance"),
	STR_INIT("grafana"),
	STR_INIT("guardduty"),
	STR_INIT("healthy"),
	STR_INIT("hostname"),
	STR_INIT("identity"),
	STR_INIT("immutable"),
	STR_INIT("inbound"),
	STR_INIT("infrastructure"),
	STR_INIT("ingress"),
	STR_INIT("inherit"),
	STR_INIT("instance"),
	STR_INIT("integration"),
	STR_INIT("intelligent_tiering"),
	STR_INIT("internal"),
	STR_INIT("internet"),
	STR_INIT("internet-facing"),
	STR_INIT("jenkins"),
	STR_INIT("key-pair"),
	STR_INIT("kubernetes"),
	STR_INIT("lambda-function"),
	STR_INIT("license-included"),
	STR_INIT("localhost"),
	STR_INIT("logging"),
	STR_INIT("managed"),
	STR_INIT("managed by terraform"),
	STR_INIT("management"),
	STR_INIT("manager"),
	STR_INIT("mariadb"),
	STR_INIT("marketing"),
	STR_INIT("master-user"),
	STR_INIT("masteruser"),
	STR_INIT("memcached"),
	STR_INIT("metrics"),
	STR_INIT("migration"),
	STR_INIT("minimal"),
	STR_INIT("mongodb"),
	STR_INIT("monitor"),
	STR_INIT("monitoring"),
	STR_INIT("mutable"),
	STR_INIT("mysqladmin"),
	STR_INIT("neptune"),
	STR_INIT("network"),
	STR_INIT("nothing"),
	STR_INIT("notification"),
	STR_INIT("on-demand"),
	STR_INIT("on_demand"),
	STR_INIT("onezone_ia"),
	STR_INIT("opensearch"),
	STR_INIT("operations"),
	STR_INIT("operator"),
	STR_INIT("optional"),
	STR_INIT("oracle-ee"),
	STR_INIT("oracle-se2"),
	STR_INIT("outbound"),
	STR_INIT("passw0rd"),
	STR_INIT("password"),
	STR_INIT("password1"),
	STR_INIT("pay_per_request"),
	STR_INIT("payment"),
	STR_INIT("payments"),
	STR_INIT("pending"),
	STR_INIT("percona"),
	STR_INIT("performance"),
	STR_INIT("permanent"),
	STR_INIT("platform"),
	STR_INIT("postgres"),
	STR_INIT("postgresql"),
	STR_INIT("preview"),
	STR_INIT("primary"),
	STR_INIT("private"),
	STR_INIT("processing"),
	STR_INIT("production"),
	STR_INIT("profile"),
	STR_INIT("project"),
	STR_INIT("prometheus"),
	STR_INIT("protected"),
	STR_INIT("provisioned"),
	STR_INIT("public-read"),
	STR_INIT("public-read-write"),
	STR_INIT("rabbitmq"),
	STR_INIT("readonly"),
	STR_INIT("recovery"),
	STR_INIT("redshift"),
	STR_INIT("regional"),
	STR_INIT("release"),
	STR_INIT("replica"),
	STR_INIT("replication"),
	STR_INIT("reports"),
	STR_INIT("repository"),
	STR_INIT("required"),
	STR_INIT("resource"),
	STR_INIT("rotation"),
	STR_INIT("sandbox"),
	STR_INIT("scheduled"),
	STR_INIT("secondary"),
	STR_INIT("securestring"),
	STR_INIT("security"),
	STR_INIT("sensitive"),
	STR_INIT("server-side"),
	STR_INIT("service"),
	STR_INIT("session"),
	STR_INIT("snapshot"),
	STR_INIT("sqlserver"),
	STR_INIT("sqlserver-ee"),
	STR_INIT("sqlserver-ex"),
	STR_INIT("sqlserver-se"),
	STR_INIT("sqlserver-web"),
	STR_INIT("staging"),
	STR_INIT("standard"),
	STR_INIT("standard_ia"),
	STR_INIT("storage"),
	STR_INIT("string-value"),
	STR_INIT("stringlist"),
	STR_INIT("support"),
	STR_INIT("suspended"),
	STR_INIT("symmetric_default"),
	STR_INIT("temporary"),
	STR_INIT("terraform"),
	STR_INIT("testing"),
	STR_INIT("text/html"),
	STR_INIT("text/plain"),
	STR_INIT("timescaledb"),
	STR_INIT("undefined"),
	STR_INIT("unknown"),
	STR_INIT("unlimited"),
	STR_INIT("username"),
	STR_INIT("vault-token"),
	STR_INIT("warning"),
	STR_INIT("webserver"),
	STR_INIT("website"),
	STR_INIT("windows"),
	STR_INIT("worker-node"),
	STR_INIT("workers"),
	STR_INIT("zookeeper"),
};

static int compare_lower(struct str text, struct str word)
{
	for (size_t i = 0; i < text.len && i < word.len; i++) {
		int difference =
			(unsigned char)char_lower(text.data[i]) - (unsigned char)word.data[i];

		if (difference)
			return difference;
	}
	return text.len < word.len ? -1 : text.len > word.len;
}

static bool in_words(struct str text)
{
	size_t low = 0, high = COUNT_OF(words);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_lower(text, words[middle]);

		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

/*
 * Matches a whole text against a form: 'A' is one or more lower-case letters, 'D' one or more
 * digits, 'X' one or more of both, '*' one or more of both and '-'; others stand for themselves.
 */
static bool has_form(struct str text, const char *form)
{
	size_t at = 0;

	for (; *form; form++) {
		size_t from = at;

		for (; at < text.len; at++) {
			char c = text.data[at];
			bool letter = c >= 'a' && c <= 'z';
			bool digit = c >= '0' && c <= '9';

			if (!((*form == 'A' && letter) || (*form == 'D' && digit) ||
				    (*form == 'X' && (letter || digit)) ||
				    (*form == '*' && (letter || digit || c == '-'))))
				break;
		}
		if (at == from && (*form == 'A' || *form == 'D' || *form == 'X' || *form == '*'))
			return false;
		if (at == from && (at >= text.len || text.data[at++] != *form))
			return false;
	}
	return at == text.len;
}

bool text_is_common(struct str text)
{
	static const char *const forms[] = {
		"A-A-D",   /* eu-west-1 */
		"A-A-A-D", /* us-gov-west-1 */
		"A-A-DA",  /* eu-west-1a */
		"db.X.X",  /* db.t4g.medium */
		"cache.X.X",
		"*.amazonaws.com", /* a service principal */
		"X.xlarge",
		"X.Dxlarge",
		"nodejsD.x",
		"pythonD.D",
		"index.handler",
	};

	if (text.len < 40 && in_words(text))
		return true;
	for (size_t i = 0; i < COUNT_OF(forms) && text.len < 64; i++)
		if (has_form(text, forms[i]))
			return true;
	return false;
}

bool common_words_sorted(void)
{
	for (size_t i = 1; i < COUNT_OF(words); i++)
		if (str_cmp(words[i - 1], words[i]) >= 0)
			return false;
	return true;
}
