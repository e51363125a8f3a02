/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pack's records as Terraform's own schema JSON, members in Terraform's order.  A hostile pack
 * can name one record many times and so stand for a document without end: what is written has a
 * ceiling, and blocks in blocks a depth.
 */
#include "base/json.h"
#include "catalog/pack.h"
#include "catalog/pack_format.h"

/* The schema of one type; the largest of AWS is a tenth of it. */
enum { JSON_MOST = 64 << 20 };

struct printer {
	struct json_writer writer;
	struct pack *pack;
	unsigned depth;
};

/* Whether to go on below this; each caller takes its step back with leave(). */
static bool enter(struct printer *printer)
{
	if (++printer->depth > 2 * PACK_DEPTH)
		printer->pack->damaged = true;
	return !printer->pack->damaged && !buf_failed(printer->writer.out);
}

static void leave(struct printer *printer)
{
	printer->depth--;
}

static void print_type(struct printer *printer, const struct pack_type *type)
{
	struct json_writer *writer = &printer->writer;
	bool any_optional = false;

	if (!enter(printer) || type->kind < PACK_TYPE_LIST) {
		json_string(writer, pack_type_name(type->kind));
		leave(printer);
		return;
	}
	json_array_begin(writer);
	json_string(writer, pack_type_name(type->kind));
	if (type->kind == PACK_TYPE_TUPLE) {
		json_array_begin(writer);
		for (uint32_t i = 0; i < type->count && !printer->pack->damaged; i++) {
			struct pack_type element = pack_tuple_at(type, i);

			print_type(printer, &element);
		}
		json_array_end(writer);
	} else if (type->kind == PACK_TYPE_OBJECT) {
		json_object_begin(writer);
		for (uint32_t i = 0; i < type->count && !printer->pack->damaged; i++) {
			struct pack_member member = pack_member_at(type, i);

			any_optional |= member.optional;
			json_key(writer, member.name);
			print_type(printer, &member.type);
		}
		json_object_end(writer);
	} else {
		struct pack_type element = pack_type_element(type);

		print_type(printer, &element);
	}
	if (any_optional) {
		json_array_begin(writer);
		for (uint32_t i = 0; i < type->count && !printer->pack->damaged; i++) {
			struct pack_member member = pack_member_at(type, i);

			if (member.optional)
				json_string(writer, member.name);
		}
		json_array_end(writer);
	}
	json_array_end(writer);
	leave(printer);
}

static void text_member(struct json_writer *writer, const char *key, struct str text)
{
	if (!str_empty(text))
		json_member(writer, key, text);
}

static void print_flag(struct json_writer *writer, unsigned flags, unsigned flag, const char *key)
{
	if (flags & flag)
		json_member_bool(writer, key, true);
}

static void print_description(struct json_writer *writer, unsigned flags, struct str description)
{
	text_member(writer, "description", description);
	if (flags & (PACK_PLAIN | PACK_MARKDOWN))
		json_member(writer, "description_kind",
			flags & PACK_PLAIN ? STR("plain") : STR("markdown"));
	print_flag(writer, flags, PACK_DEPRECATED, "deprecated");
}

static void print_attributes(struct printer *printer, const struct pack_block *block);

static void print_nesting(struct json_writer *writer, const struct pack_nested *nested)
{
	json_member(writer, "nesting_mode", pack_nesting_name(nested->nesting));
}

static void print_limits(struct json_writer *writer, const struct pack_nested *nested)
{
	if (nested->min_items)
		json_member_int(writer, "min_items", nested->min_items);
	if (nested->max_items)
		json_member_int(writer, "max_items", nested->max_items);
}

static void print_attribute(struct printer *printer, const struct pack_attribute *attribute)
{
	struct json_writer *writer = &printer->writer;

	json_object_begin(writer);
	if (attribute->flags & PACK_NESTED) {
		json_key(writer, STR("nested_type"));
		json_object_begin(writer);
		print_attributes(printer, &attribute->nested.block);
		print_nesting(writer, &attribute->nested);
		print_limits(writer, &attribute->nested);
		json_object_end(writer);
	} else {
		json_key(writer, STR("type"));
		print_type(printer, &attribute->type);
	}
	print_description(writer, attribute->flags, attribute->description);
	print_flag(writer, attribute->flags, PACK_REQUIRED, "required");
	print_flag(writer, attribute->flags, PACK_OPTIONAL, "optional");
	print_flag(writer, attribute->flags, PACK_COMPUTED, "computed");
	print_flag(writer, attribute->flags, PACK_SENSITIVE, "sensitive");
	print_flag(writer, attribute->flags, PACK_WRITE_ONLY, "write_only");
	json_object_end(writer);
}

static void print_attributes(struct printer *printer, const struct pack_block *block)
{
	struct json_writer *writer = &printer->writer;

	if (enter(printer) && block->attribute_count) {
		json_key(writer, STR("attributes"));
		json_object_begin(writer);
		for (uint32_t i = 0; i < block->attribute_count && !printer->pack->damaged; i++) {
			struct pack_attribute attribute = pack_attribute_at(block, i);

			json_key(writer, attribute.name);
			print_attribute(printer, &attribute);
		}
		json_object_end(writer);
	}
	leave(printer);
}

static void print_block(struct printer *printer, const struct pack_block *block)
{
	struct json_writer *writer = &printer->writer;

	json_object_begin(writer);
	print_attributes(printer, block);
	if (enter(printer) && block->block_count) {
		json_key(writer, STR("block_types"));
		json_object_begin(writer);
		for (uint32_t i = 0; i < block->block_count && !printer->pack->damaged; i++) {
			struct pack_nested nested = pack_nested_at(block, i);

			json_key(writer, nested.name);
			json_object_begin(writer);
			print_nesting(writer, &nested);
			json_key(writer, STR("block"));
			print_block(printer, &nested.block);
			print_limits(writer, &nested);
			json_object_end(writer);
		}
		json_object_end(writer);
	}
	leave(printer);
	print_description(writer, block->flags, block->description);
	json_object_end(writer);
}

static void print_schema(struct printer *printer, const struct pack_schema *schema)
{
	json_object_begin(&printer->writer);
	json_member_int(&printer->writer, "version", schema->version);
	json_key(&printer->writer, STR("block"));
	print_block(printer, &schema->block);
	json_object_end(&printer->writer);
}

static void print_parameter(struct printer *printer, const struct pack_parameter *parameter)
{
	struct json_writer *writer = &printer->writer;

	json_object_begin(writer);
	json_member(writer, "name", parameter->name);
	text_member(writer, "description", parameter->description);
	print_flag(writer, parameter->flags, PACK_NULLABLE, "is_nullable");
	json_key(writer, STR("type"));
	print_type(printer, &parameter->type);
	json_object_end(writer);
}

static void print_function(struct printer *printer, const struct pack_function *function)
{
	struct json_writer *writer = &printer->writer;
	bool variadic = function->variadic && function->parameter_count;
	uint32_t fixed = function->parameter_count - variadic;
	struct pack_parameter parameter;

	json_object_begin(writer);
	text_member(writer, "description", function->description);
	text_member(writer, "summary", function->summary);
	text_member(writer, "deprecation_message", function->deprecation);
	json_key(writer, STR("return_type"));
	print_type(printer, &function->returns);
	if (fixed) {
		json_key(writer, STR("parameters"));
		json_array_begin(writer);
		for (uint32_t i = 0; i < fixed && !printer->pack->damaged; i++) {
			parameter = pack_parameter_at(function, i);
			print_parameter(printer, &parameter);
		}
		json_array_end(writer);
	}
	if (variadic) {
		parameter = pack_parameter_at(function, fixed);
		json_key(writer, STR("variadic_parameter"));
		print_parameter(printer, &parameter);
	}
	json_object_end(writer);
}

/* False where there is no such type; nothing is written then. */
static bool print_type_of(struct printer *printer, enum pack_kind kind, struct str name)
{
	struct pack_schema schema;
	struct pack_function function;

	if (kind == PACK_FUNCTION) {
		if (!pack_function_find(printer->pack, name, &function))
			return false;
		print_function(printer, &function);
		return true;
	}
	if (!pack_find(printer->pack, kind, name, &schema))
		return false;
	print_schema(printer, &schema);
	return true;
}

int pack_type_json(struct pack *pack, enum pack_kind kind, struct str name, struct arena *arena,
	struct str *ret_text, struct error *err)
{
	CLEANUP(buf_free) struct buf out = BUF(JSON_MOST);
	struct printer printer = {.pack = pack};
	struct str text;
	bool found;
	int r;

	json_writer_init(&printer.writer, &out, 0);
	found = print_type_of(&printer, kind, name);
	r = pack_check(pack, err);
	if (r < 0 || !found)
		return r;
	text = buf_failed(&out) ? (struct str){NULL, 0} : arena_str(arena, buf_str(&out));
	if (str_absent(text))
		return error_memory(err);
	*ret_text = text;
	return 1;
}

static void print_list(struct printer *printer, enum pack_kind kind)
{
	size_t count = pack_count(printer->pack, kind);

	if (!count)
		return;
	json_key(&printer->writer, pack_list_key(kind));
	json_object_begin(&printer->writer);
	for (size_t i = 0; i < count && !printer->pack->damaged; i++) {
		struct str name = pack_name_at(printer->pack, kind, i);

		json_key(&printer->writer, name);
		if (!print_type_of(printer, kind, name)) {
			printer->pack->damaged = true; /* its names are not sorted */
			json_null(&printer->writer);
		}
	}
	json_object_end(&printer->writer);
}

int pack_json(struct pack *pack, struct buf *out, struct error *err)
{
	struct printer printer = {.pack = pack};
	struct json_writer *writer = &printer.writer;
	struct pack_schema provider;
	int r;

	json_writer_init(writer, out, 0);
	json_object_begin(writer);
	json_member(writer, "format_version", STR("1.0"));
	json_key(writer, STR("provider_schemas"));
	json_object_begin(writer);
	json_key(writer, pack->source);
	json_object_begin(writer);
	if (pack_find(pack, PACK_PROVIDER, pack->name, &provider)) {
		json_key(writer, STR("provider"));
		print_schema(&printer, &provider);
	}
	for (int kind = 0; kind < PACK_KINDS_OF_LISTS; kind++)
		print_list(&printer, (enum pack_kind)kind);
	json_object_end(writer);
	json_object_end(writer);
	json_object_end(writer);
	r = pack_check(pack, err);
	if (r == 0 && buf_failed(out))
		r = error_memory(err);
	return r;
}
