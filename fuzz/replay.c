/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Feeds every file of a corpus folder to a fuzz target, in name order, so that
 * what a fuzzer once found stays found in the ordinary test run, with any
 * compiler.  It is apart from the targets because libFuzzer brings a main() of
 * its own.
 *
 *	replay-json fuzz/corpus/json
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A corpus file is small; more than this is somebody's mistake. */
#define INPUT_MAX ((size_t)4 << 20)

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Each input gets an allocation of exactly its size, so that a sanitizer sees one byte too many. */
static int replay(const char *folder, const char *name, uint8_t *room)
{
	char path[4096];
	FILE *file;
	uint8_t *data;
	size_t size;

	if (snprintf(path, sizeof(path), "%s/%s", folder, name) >= (int)sizeof(path))
		return -1;
	file = fopen(path, "rb");
	if (!file) {
		perror(path);
		return -1;
	}
	size = fread(room, 1, INPUT_MAX, file);
	if (ferror(file) || fgetc(file) != EOF) {
		fprintf(stderr, "%s: cannot be read, or is larger than %zu bytes\n", path,
			INPUT_MAX);
		fclose(file);
		return -1;
	}
	fclose(file);
	data = malloc(size ? size : 1);
	if (!data)
		return -1;
	memcpy(data, room, size);
	/* Said before the call: a crash names its input. */
	fprintf(stderr, "%s\n", path);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
	return 0;
}

int main(int argc, char **argv)
{
	struct dirent **entries = NULL;
	uint8_t *room;
	int count;
	int status = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
		return 64;
	}
	count = scandir(argv[1], &entries, visible, alphasort);
	if (count <= 0) {
		fprintf(stderr, "%s: no inputs\n", argv[1]);
		return 1;
	}
	room = malloc(INPUT_MAX);
	if (!room)
		return 1;
	for (int i = 0; i < count; i++) {
		if (replay(argv[1], entries[i]->d_name, room) < 0)
			status = 1;
		free(entries[i]);
	}
	free(entries);
	free(room);
	return status;
}
