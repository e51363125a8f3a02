/* SPDX-License-Identifier: Apache-2.0 */
/*
 * YAML for files that people write, into the same document as JSON: the 1.2
 * core schema, up to 1 MiB, no anchors, aliases, tags, merge keys or several
 * documents.  Keys must be strings.  Duplicate keys are refused while reading.
 */
#ifndef WEIR_BASE_YAML_H
#define WEIR_BASE_YAML_H

#include "base/doc.h"

enum { YAML_MAX_BYTES = 1024 * 1024, YAML_MAX_DEPTH = 64 };

/* Reads one document. `text` and `name` are borrowed for the document's life. An empty text is null. */
int yaml_read(
	struct str text, struct str name, struct doc **ret_doc, struct error *err) WEIR_NODISCARD;

#endif
