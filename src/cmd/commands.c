/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of commands, in the order in which help lists them.  Each is one
 * file of this folder; a new command is a line in each of the two lists.
 */
#include "cmd/command.h"

extern const struct command command_atlantis;
extern const struct command command_brief;
extern const struct command command_comment;
extern const struct command command_completion;
extern const struct command command_backtest;
extern const struct command command_config_show;
extern const struct command command_explain;
extern const struct command command_find;
extern const struct command command_graph;
extern const struct command command_help;
extern const struct command command_intent_check;
extern const struct command command_intent_init;
extern const struct command command_man;
extern const struct command command_mcp;
extern const struct command command_mcp_install;
extern const struct command command_redact;
extern const struct command command_review;
extern const struct command command_rules_lint;
extern const struct command command_rules_list;
extern const struct command command_rules_show;
extern const struct command command_rules_test;
extern const struct command command_schema_add;
extern const struct command command_schema_list;
extern const struct command command_schema_show;
extern const struct command command_show;
extern const struct command command_synth;
extern const struct command command_types;
extern const struct command command_verify;
extern const struct command command_version;

const struct command *const commands[] = {
	&command_review,
	&command_atlantis,
	&command_brief,
	&command_verify,
	&command_comment,
	&command_backtest,
	&command_redact,
	&command_synth,
	&command_graph,
	&command_types,
	&command_mcp,
	&command_mcp_install,
	&command_intent_init,
	&command_intent_check,
	&command_rules_list,
	&command_rules_show,
	&command_rules_test,
	&command_rules_lint,
	&command_find,
	&command_show,
	&command_schema_add,
	&command_schema_list,
	&command_schema_show,
	&command_config_show,
	&command_explain,
	&command_completion,
	&command_help,
	&command_man,
	&command_version,
	NULL,
};
