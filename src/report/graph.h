/* SPDX-License-Identifier: Apache-2.0 */
/* A program's graph as a picture (SVG), for Graphviz (DOT), and as JSON. */
#ifndef WEIR_REPORT_GRAPH_H
#define WEIR_REPORT_GRAPH_H

#include "construct/graph.h"
#include "report/report.h"

/* "svg|dot|json" */
extern const char graph_formats[];

/*
 * Renders in one of these formats, through the report's redactor.  A picture has at most 600 rows: deeper constructs are
 * counted in the one that holds them, and what is still too much is counted at the end; the other formats have everything.
 * Errors: memory.
 */
int graph_render(const struct graph *graph, const struct report *report, const char *format,
	struct buf *out, struct error *err) WEIR_NODISCARD;

#endif
