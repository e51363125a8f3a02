/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One encoder per output format.  Text of a plan, a repository or a model is
 * hostile in each of them in its own way; after its encoder it is only text.
 * Redaction comes before encoding, always.
 */
#ifndef WEIR_REPORT_ENCODE_H
#define WEIR_REPORT_ENCODE_H

#include "base/memory.h"

/*
 * A line on a terminal or in a CI log: control characters, line breaks, ESC, bidirectional and zero-width
 * controls become visible \u{..} escapes; invalid UTF-8 becomes U+FFFD; a leading "::" or "##[" that a CI
 * system would take as a command cannot start a line.
 */
void encode_terminal(struct buf *out, struct str text);
/* GitHub and GitLab Markdown, inside a paragraph or table cell. */
void encode_markdown(struct buf *out, struct str text);
/* Text and attribute values of HTML. */
void encode_html(struct buf *out, struct str text);
/* A value of a GitHub workflow command ("::error file=..::message"). */
void encode_workflow(struct buf *out, struct str text, bool property);
/*
 * Text of a SARIF message or a code quality description: like a terminal's line, and what SARIF would
 * take for a link ("[text](address)") or for a placeholder ("{0}") is only text.
 */
void encode_message(struct buf *out, struct str text);
/* A path as a URI reference: "file:///a/b" where it is absolute. */
void encode_uri(struct buf *out, struct str path);
/* XML 1.0 text and attributes (junit). JSON formats use json_string(). */
void encode_xml(struct buf *out, struct str text);

#endif
