/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as YAML: what is read must be JSON too, with every value inside its parent.
 */
#include <stdlib.h>

#include "base/json.h"
#include "base/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_value(struct node node)
{
	struct node_iter it = node_children(node);

	if (node_offset(node) > node_end(node) || node_end(node) > doc_text(node.doc).len)
		abort();
	while (node_next(&it)) {
		if (node_offset(it.value) < node_offset(node) ||
			node_end(it.value) > node_end(node))
			abort();
		check_value(it.value);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	CLEANUP(doc_cleanup) struct doc *again = NULL;
	CLEANUP(buf_free) struct buf out = BUF((size_t)1 << 26);
	struct error err = {0};

	if (yaml_read((struct str){(const char *)data, size}, STR("y"), &doc, &err) < 0) {
		if (err.id != ERR_FILE_TOO_LARGE && (err.line == 0 || err.column == 0))
			abort();
		return 0;
	}
	check_value(doc_root(doc));
	json_canonical(doc_root(doc), NULL, &out);
	if (buf_failed(&out) ||
		json_read(buf_str(&out), &(struct json_options){0}, &again, NULL) < 0)
		abort();
	if (!node_equal(doc_root(doc), doc_root(again)))
		abort();
	return 0;
}
