# SPDX-License-Identifier: Apache-2.0
"""Functions that are not called here, and where the others that need care may be called."""

import re

from _source import bare, files, finish, read

# words, the files in which they are banned, those excepted, and what to use
RULES = [
    ("strcpy strcat stpcpy sprintf vsprintf gets", r"", r"^$", "struct buf, arena_printf"),
    ("sscanf fscanf scanf atoi atol atoll atof strtol strtoll strtoul strtoull strtod strtof", r"",
     r"^src/base/doc_number\.c$", "str_to_u64, node_to_i64"),
    ("strtok strtok_r", r"", r"^$", "str slices"),
    ("alloca setlocale", r"", r"^$", "an arena; bytes"),
    ("malloc calloc realloc free strdup strndup asprintf vasprintf", r"^src/",
     r"^src/base/memory\.c$", "mem_alloc and arenas: counted, with ceilings"),
    ("printf vprintf fprintf vfprintf puts fputs putchar perror dprintf", r"^src/",
     r"^src/(cmd/|main\.c)", "an error or a finding: libraries never print"),
    # base/file.c ends the process in the handler of a mapping that became shorter, base/process.c
    # a child that could not become the program it was made for; the other two are what a fork comes to its end in.
    ("exit _exit abort quick_exit", r"^src/", r"^src/(cmd/|main\.c|tool/|base/(file|process)\.c|script/worker\.c|mcp/process\.c)",
     "an error: libraries never exit"),
    ("rand random srand drand48 getrandom", r"^src/", r"^src/(cmd/|main\.c)",
     "an argument: the same input gives the same output"),
    ("time gettimeofday localtime localtime_r mktime", r"^src/", r"^src/(cmd/|main\.c)",
     "--now, passed down"),
    ("system popen", r"^src/", r"^src/tool/", "src/tool: bounded children"),
]


def main():
    problems = []
    for name in files(r"^(src|tests|fuzz|bench)/.*\.[ch]$"):
        lines = bare(read(name)).splitlines()
        for words, where, except_in, instead in RULES:
            if not re.search(where, name) or re.search(except_in, name):
                continue
            pattern = re.compile(r"(?<![\w.>])(" + "|".join(words.split()) + r")\s*\(")
            for number, line in enumerate(lines, 1):
                match = pattern.search(line)
                if match:
                    problems.append(f"{name}:{number}: {match[1]} is not used here; "
                                    f"instead: {instead}")
    finish(problems)


main()
