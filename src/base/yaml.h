/* SPDX-License-Identifier: Apache-2.0 */
/*
 * YAML for files that people write, into the same document as JSON: the 1.2
 * core schema, up to 1 MiB, no anchors, aliases, tags, merge keys or several
 * documents.  Keys are texts, also where they look like numbers.  Duplicate keys are refused.
 *
 * Plain scalars: null, ~ and nothing; true and false; numbers as JSON writes them.  What the core
 * schema calls a number and JSON does not (0o17, 0x1f, .inf, .nan, +1, 01, .5, 1.) is refused: an
 * account number with a leading zero must not silently become another text.  All else is a text,
 * "yes", "no", "on" and "off" too, and so are dates.
 */
#ifndef WEIR_BASE_YAML_H
#define WEIR_BASE_YAML_H

#include "base/doc.h"

enum { YAML_MAX_BYTES = 1024 * 1024, YAML_MAX_DEPTH = 64 };

/* Reads one document. `text` and `name` are borrowed for the document's life. An empty text is null. */
int yaml_read(
	struct str text, struct str name, struct doc **ret_doc, struct error *err) WEIR_NODISCARD;

#endif
