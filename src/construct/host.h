/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of weir:host.  The library's image (tools/embed/library.c) knows them by their numbers, so this list
 * is all that its maker and the program share.
 */
#ifndef WEIR_CONSTRUCT_HOST_H
#define WEIR_CONSTRUCT_HOST_H

/* FUNCTION("name in weir:host", function of host.c) */
#define HOST_FUNCTIONS(FUNCTION)                                                                   \
	FUNCTION("print", host_print)                                                              \
	FUNCTION("digest", host_digest)                                                            \
	FUNCTION("provider", host_provider)                                                        \
	FUNCTION("shape", host_shape)                                                              \
	FUNCTION("shapeNumber", host_shape_number)                                                 \
	FUNCTION("check", host_check)                                                              \
	FUNCTION("checkValue", host_check_value)                                                   \
	FUNCTION("member", host_member)                                                            \
	FUNCTION("shadowed", host_shadowed)                                                        \
	FUNCTION("asked", host_asked)                                                              \
	FUNCTION("fact", host_fact)                                                                \
	FUNCTION("property", host_property)                                                        \
	FUNCTION("attribute", host_attribute)                                                      \
	FUNCTION("barrel", host_barrel)                                                            \
	FUNCTION("module", host_module)                                                            \
	FUNCTION("moduleOf", host_module_of)                                                       \
	FUNCTION("readFile", host_read_file)                                                       \
	FUNCTION("stat", host_stat)                                                                \
	FUNCTION("list", host_list)                                                                \
	FUNCTION("emit", host_emit)                                                                \
	FUNCTION("emitArchive", host_emit_archive)                                                 \
	FUNCTION("emitCopy", host_emit_copy)                                                       \
	FUNCTION("openDocument", host_open_document)                                               \
	FUNCTION("take", host_take)                                                                \
	FUNCTION("takeBlock", host_take_block)                                                     \
	FUNCTION("bindClass", host_bind_class)                                                     \
	FUNCTION("repeatContent", host_repeat_content)                                             \
	FUNCTION("loud", host_loud)                                                                \
	FUNCTION("takeElements", host_take_elements)                                               \
	FUNCTION("visit", host_visit)                                                              \
	FUNCTION("isPlain", host_is_plain)                                                         \
	FUNCTION("inline", host_inline)                                                            \
	FUNCTION("beginPass", host_begin_pass)                                                     \
	FUNCTION("endPass", host_end_pass)                                                         \
	FUNCTION("mayChange", host_may_change)                                                     \
	FUNCTION("fill", host_fill)                                                                \
	FUNCTION("cut", host_cut)                                                                  \
	FUNCTION("isName", host_is_name)                                                           \
	FUNCTION("logicalId", host_logical_id)                                                     \
	FUNCTION("areDistinct", host_are_distinct)                                                 \
	FUNCTION("way", host_way)                                                                  \
	FUNCTION("emitDocument", host_emit_document)                                               \
	FUNCTION("closeDocument", host_close_document)                                             \
	FUNCTION("report", host_report)                                                            \
	FUNCTION("note", host_note)                                                                \
	FUNCTION("literalPlace", host_literal_place)                                               \
	FUNCTION("isRead", host_is_read)                                                           \
	FUNCTION("newPlace", host_new_place)                                                       \
	FUNCTION("enterLoop", host_enter_loop)                                                     \
	FUNCTION("turnLoop", host_turn_loop)                                                       \
	FUNCTION("askAt", host_ask_at)                                                             \
	FUNCTION("thrown", host_thrown)                                                            \
	FUNCTION("suspect", host_suspect)                                                          \
	FUNCTION("context", host_context)                                                          \
	FUNCTION("impure", host_impure)                                                            \
	FUNCTION("env", host_env)                                                                  \
	FUNCTION("declared", host_declared)                                                        \
	FUNCTION("cwd", host_cwd)                                                                  \
	FUNCTION("resolve", host_resolve)                                                          \
	FUNCTION("source", host_source)                                                            \
	FUNCTION("compile", host_compile)                                                          \
	FUNCTION("evaluate", host_evaluate)                                                        \
	FUNCTION("main", host_main)                                                                \
	FUNCTION("installed", host_installed)                                                      \
	FUNCTION("exit", host_exit)

#endif
