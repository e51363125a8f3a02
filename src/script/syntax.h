/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The syntax tree of a TypeScript file as one array in the order of the text: a node, then what is in it.
 * Apart from strip.c so that tree-sitter is known to one file, and so that no walk needs a stack.
 */
#ifndef WEIR_SCRIPT_SYNTAX_H
#define WEIR_SCRIPT_SYNTAX_H

#include "base/error.h"
#include "base/memory.h"

/* Of the grammar's names those that somebody asks for, in the order of the alphabet. */
#define SYNTAX_KINDS(KIND)                                                                         \
	KIND(abstract_class_declaration)                                                           \
	KIND(abstract_method_signature)                                                            \
	KIND(accessibility_modifier)                                                               \
	KIND(ambient_declaration)                                                                  \
	KIND(array_pattern)                                                                        \
	KIND(array_type)                                                                           \
	KIND(arrow_function)                                                                       \
	KIND(as_expression)                                                                        \
	KIND(asserts_annotation)                                                                   \
	KIND(assignment_expression)                                                                \
	KIND(assignment_pattern)                                                                   \
	KIND(augmented_assignment_expression)                                                      \
	KIND(binary_expression)                                                                    \
	KIND(call_expression)                                                                      \
	KIND(class)                                                                                \
	KIND(class_body)                                                                           \
	KIND(class_declaration)                                                                    \
	KIND(class_heritage)                                                                       \
	KIND(class_static_block)                                                                   \
	KIND(comment)                                                                              \
	KIND(computed_property_name)                                                               \
	KIND(decorator)                                                                            \
	KIND(do_statement)                                                                         \
	KIND(enum_assignment)                                                                      \
	KIND(enum_body)                                                                            \
	KIND(enum_declaration)                                                                     \
	KIND(export_clause)                                                                        \
	KIND(export_specifier)                                                                     \
	KIND(export_statement)                                                                     \
	KIND(expression_statement)                                                                 \
	KIND(extends_clause)                                                                       \
	KIND(for_in_statement)                                                                     \
	KIND(for_statement)                                                                        \
	KIND(formal_parameters)                                                                    \
	KIND(function_declaration)                                                                 \
	KIND(function_expression)                                                                  \
	KIND(function_signature)                                                                   \
	KIND(generator_function)                                                                   \
	KIND(generator_function_declaration)                                                       \
	KIND(identifier)                                                                           \
	KIND(implements_clause)                                                                    \
	KIND(import)                                                                               \
	KIND(import_alias)                                                                         \
	KIND(import_clause)                                                                        \
	KIND(import_require_clause)                                                                \
	KIND(import_specifier)                                                                     \
	KIND(import_statement)                                                                     \
	KIND(index_signature)                                                                      \
	KIND(instantiation_expression)                                                             \
	KIND(interface_declaration)                                                                \
	KIND(internal_module)                                                                      \
	KIND(labeled_statement)                                                                    \
	KIND(lexical_declaration)                                                                  \
	KIND(lookup_type)                                                                          \
	KIND(member_expression)                                                                    \
	KIND(meta_property)                                                                        \
	KIND(method_definition)                                                                    \
	KIND(method_signature)                                                                     \
	KIND(module)                                                                               \
	KIND(named_imports)                                                                        \
	KIND(namespace_export)                                                                     \
	KIND(namespace_import)                                                                     \
	KIND(nested_identifier)                                                                    \
	KIND(new_expression)                                                                       \
	KIND(non_null_expression)                                                                  \
	KIND(number)                                                                               \
	KIND(object)                                                                               \
	KIND(object_assignment_pattern)                                                            \
	KIND(object_pattern)                                                                       \
	KIND(optional_parameter)                                                                   \
	KIND(override_modifier)                                                                    \
	KIND(pair)                                                                                 \
	KIND(pair_pattern)                                                                         \
	KIND(parenthesized_expression)                                                             \
	KIND(program)                                                                              \
	KIND(property_identifier)                                                                  \
	KIND(public_field_definition)                                                              \
	KIND(required_parameter)                                                                   \
	KIND(rest_pattern)                                                                         \
	KIND(return_statement)                                                                     \
	KIND(satisfies_expression)                                                                 \
	KIND(shorthand_property_identifier)                                                        \
	KIND(shorthand_property_identifier_pattern)                                                \
	KIND(spread_element)                                                                       \
	KIND(statement_block)                                                                      \
	KIND(string)                                                                               \
	KIND(subscript_expression)                                                                 \
	KIND(super)                                                                                \
	KIND(template_string)                                                                      \
	KIND(template_substitution)                                                                \
	KIND(this)                                                                                 \
	KIND(throw_statement)                                                                      \
	KIND(type_alias_declaration)                                                               \
	KIND(type_annotation)                                                                      \
	KIND(type_arguments)                                                                       \
	KIND(type_assertion)                                                                       \
	KIND(type_identifier)                                                                      \
	KIND(type_parameters)                                                                      \
	KIND(type_predicate_annotation)                                                            \
	KIND(variable_declaration)                                                                 \
	KIND(variable_declarator)                                                                  \
	KIND(while_statement)                                                                      \
	KIND(yield_expression)

enum syntax_kind {
	SYNTAX_other, /* a named node that nobody asks for */
	SYNTAX_token, /* punctuation and words of the language; told apart by their text */
#define KIND(name) SYNTAX_##name,
	SYNTAX_KINDS(KIND)
#undef KIND
		SYNTAX_COUNT,
};

enum syntax_field {
	FIELD_none, /* or none that somebody asks for */
	FIELD_alias,
	FIELD_body,
	FIELD_declaration,
	FIELD_function,
	FIELD_left,
	FIELD_name,
	FIELD_object,
	FIELD_operator,
	FIELD_parameters,
	FIELD_pattern,
	FIELD_property,
	FIELD_return_type,
	FIELD_right,
	FIELD_source,
	FIELD_type,
	FIELD_value,
};

/* A node's number in the array. 0 is the program, and stands for "none" where a child is asked for. */
typedef uint32_t syntax_id;

struct syntax_node {
	uint16_t kind;       /* enum syntax_kind */
	uint16_t field;      /* enum syntax_field: what it is to its parent */
	uint32_t start, end; /* bytes of the text */
	syntax_id parent;
	syntax_id after; /* the first node behind it and all that is in it */
};

struct syntax {
	struct str text;
	const struct syntax_node *nodes;
	uint32_t count;
};

/*
 * Borrows `text`.  Errors: ERR_SCRIPT_SYNTAX at the first token that does not fit, ERR_SCRIPT_SIZE.
 * `file` is named in errors.
 */
int syntax_read(struct str text, struct str file, struct arena *arena, struct syntax *ret,
	struct error *err) WEIR_NODISCARD;

/* Adds line and column (code points) of a byte of the text to an error just set; returns `code`. */
int syntax_error_at(struct error *err, int code, struct str text, struct str file, size_t offset);

static inline const struct syntax_node *syntax_node(const struct syntax *tree, syntax_id id)
{
	return &tree->nodes[id];
}
static inline bool syntax_is(const struct syntax *tree, syntax_id id, enum syntax_kind kind)
{
	return tree->nodes[id].kind == kind;
}
struct str syntax_text(const struct syntax *tree, syntax_id id);
/* The first child that is no comment, and the next one after a child; 0 where there is none. */
syntax_id syntax_first(const struct syntax *tree, syntax_id parent);
syntax_id syntax_next(const struct syntax *tree, syntax_id child);
syntax_id syntax_last(const struct syntax *tree, syntax_id parent);
/* The first child of a field, of a kind, or the first token with this text; 0 where there is none. */
syntax_id syntax_field(const struct syntax *tree, syntax_id parent, enum syntax_field field);
syntax_id syntax_child(const struct syntax *tree, syntax_id parent, enum syntax_kind kind);
syntax_id syntax_token(const struct syntax *tree, syntax_id parent, const char *text);
/* The offset of the first byte from `offset` on that is neither white space nor in a comment. */
size_t syntax_skip_space(struct str text, size_t offset);

#endif
