/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The user's cache folder.  A file there is
 *
 *	| magic | build | text | SHA-256 of all before |
 *
 * and taken for what it says only where it is the user's own, in a folder that is the user's own and nobody else can enter:
 * both are opened once, without following a symbolic link, and looked at by what was opened.  The digest is against damage, not against the user.
 */
#define _GNU_SOURCE
#include "base/cache.h"

#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"

#define FOLDER "weir"
enum { MAGIC = 8, BUILD_MOST = 32 };

struct head {
	char magic[MAGIC];
	unsigned char build[BUILD_MOST];
};
static const char magic[MAGIC] = "weirkept";

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/* ---- the build ---- */

static bool take_note(const char *at, size_t size, struct head *head)
{
	ElfW(Nhdr) note;

	while (size > sizeof(note)) {
		size_t name, whole;

		memcpy(&note, at, sizeof(note));
		name = (note.n_namesz + 3u) & ~3u;
		whole = sizeof(note) + name + ((note.n_descsz + 3u) & ~3u);
		if (whole > size)
			return false;
		if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 &&
			memcmp(at + sizeof(note), "GNU", 4) == 0 && note.n_descsz <= BUILD_MOST) {
			memcpy(head->build, at + sizeof(note) + name, note.n_descsz);
			return true;
		}
		at += whole;
		size -= whole;
	}
	return false;
}

/* Of the first object, which is the program; the libraries behind it count for nothing. */
static int find_build(struct dl_phdr_info *info, size_t size, void *payload)
{
	(void)size;
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];

		if (header->p_type == PT_NOTE &&
			take_note((const char *)(info->dlpi_addr + header->p_vaddr),
				header->p_memsz, payload))
			return 1;
	}
	return -1;
}

/* The linker's digest of the whole program, where the program was loaded. */
static bool head_of_build(struct head *ret_head)
{
	*ret_head = (struct head){0};
	memcpy(ret_head->magic, magic, MAGIC);
	return dl_iterate_phdr(find_build, ret_head) == 1;
}

/* ---- the folder ---- */

static bool is_own(int fd, mode_t kind)
{
	struct stat st;

	return fstat(fd, &st) == 0 && (st.st_mode & S_IFMT) == kind && st.st_uid == geteuid() &&
		(st.st_mode & 077) == 0;
}

/* Where caches are: the variable counts where it is absolute, as its specification has it. */
static bool find_caches(char path[static PATH_MAX])
{
	const char *caches = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (caches && caches[0] == '/')
		return (size_t)snprintf(path, PATH_MAX, "%s", caches) < PATH_MAX;
	return home && home[0] == '/' &&
		(size_t)snprintf(path, PATH_MAX, "%s/.cache", home) < PATH_MAX;
}

bool cache_is_below(struct str folder)
{
	char caches[PATH_MAX], path[PATH_MAX + sizeof(FOLDER)], real[PATH_MAX];
	size_t len;

	if (!find_caches(caches))
		return false;
	len = (size_t)snprintf(path, sizeof(path), "%s/" FOLDER, caches);
	/* Of what is not there yet, where it would be made. */
	while (!realpath(path, real)) {
		len = path_dir((struct str){path, len}).len;
		path[len] = '\0';
	}
	return path_inside(folder, str_of(real));
}

static int open_caches(bool makes)
{
	char caches[PATH_MAX];
	struct stat st;
	int fd;

	if (!find_caches(caches) || (makes && mkdir(caches, 0700) < 0 && errno != EEXIST))
		return -1;
	fd = open(caches, O_PATH | O_DIRECTORY | O_CLOEXEC);
	/* With somebody else's HOME, as sudo may leave it, nothing is put there. */
	if (fd >= 0 && (fstat(fd, &st) < 0 || st.st_uid != geteuid())) {
		close(fd);
		return -1;
	}
	return fd;
}

static int open_folder(bool makes)
{
	CLEANUP(close_fd) const int caches = open_caches(makes);
	int fd;

	if (caches < 0 || (makes && mkdirat(caches, FOLDER, 0700) < 0 && errno != EEXIST))
		return -1;
	fd = openat(caches, FOLDER, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0 && !is_own(fd, S_IFDIR)) {
		close(fd);
		return -1;
	}
	return fd;
}

/* ---- reading ---- */

static bool is_name(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789");

	return len > 0 && name[len] == '\0' && len < CACHE_NAME;
}

static bool read_all(int fd, char *to, size_t len)
{
	while (len) {
		ssize_t got = read(fd, to, len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		to += got;
		len -= (size_t)got;
	}
	return true;
}

struct str cache_read(const char *name, struct arena *arena)
{
	const struct str none = {NULL, 0};
	CLEANUP(close_fd) const int folder = is_name(name) ? open_folder(false) : -1;
	CLEANUP(close_fd)
	const int file = folder < 0
		? -1
		: openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	unsigned char digest[SHA256_BYTES];
	struct head head;
	struct stat st;
	char *text;
	size_t len;

	if (file < 0 || !is_own(file, S_IFREG) || fstat(file, &st) < 0 || !head_of_build(&head) ||
		st.st_size < (off_t)(sizeof(head) + SHA256_BYTES) ||
		st.st_size > (off_t)(sizeof(head) + CACHE_TEXT_MOST + SHA256_BYTES))
		return none;
	len = (size_t)st.st_size - SHA256_BYTES;
	text = arena_alloc(arena, len + SHA256_BYTES);
	if (!text || !read_all(file, text, len + SHA256_BYTES) ||
		memcmp(text, &head, sizeof(head)) != 0)
		return none;
	sha256((struct str){text, len}, digest);
	if (memcmp(text + len, digest, SHA256_BYTES) != 0)
		return none;
	return (struct str){text + sizeof(head), len - sizeof(head)};
}

/* ---- writing ---- */

struct kept {
	char name[CACHE_NAME + 16];
	struct timespec when;
	off_t size;
};

static bool is_older(const struct kept *a, const struct kept *b)
{
	return a->when.tv_sec != b->when.tv_sec ? a->when.tv_sec < b->when.tv_sec
						: a->when.tv_nsec < b->when.tv_nsec;
}

static void close_listing(DIR **listing)
{
	if (*listing)
		closedir(*listing);
}

/* Makes room for one more: as long as there are too many, the oldest goes.  True where another look is worth it. */
static bool remove_oldest(int folder, size_t wanted)
{
	CLEANUP(close_listing) DIR *listing = NULL;
	int own = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const struct dirent *entry;
	struct kept oldest = {.name = ""};
	size_t files = 1, bytes = wanted;

	listing = own < 0 ? NULL : fdopendir(own);
	if (own >= 0 && !listing)
		close(own);
	while (listing && (entry = readdir(listing))) {
		struct kept kept = {.name = ""};
		size_t length = strlen(entry->d_name);
		struct stat st;

		if (length >= sizeof(kept.name) ||
			fstatat(folder, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
			S_ISDIR(st.st_mode))
			continue;
		memcpy(kept.name, entry->d_name, length + 1);
		kept.when = st.st_mtim;
		files++;
		bytes += (size_t)st.st_size;
		if (!oldest.name[0] || is_older(&kept, &oldest))
			oldest = kept;
	}
	return oldest.name[0] && (files > CACHE_FILES_MOST || bytes > CACHE_BYTES_MOST) &&
		unlinkat(folder, oldest.name, 0) == 0;
}

void cache_write(const char *name, struct str text)
{
	CLEANUP(close_fd)
	const int folder = is_name(name) && text.len <= CACHE_TEXT_MOST ? open_folder(true) : -1;
	CLEANUP(close_fd) int file = -1;
	char temporary[CACHE_NAME + 16];
	unsigned char digest[SHA256_BYTES];
	struct sha256 sha;
	struct head head;
	struct str first;
	bool written;

	if (folder < 0 || !head_of_build(&head))
		return;
	while (remove_oldest(folder, text.len))
		;
	first = (struct str){(const char *)&head, sizeof(head)};
	sha256_init(&sha);
	sha256_add(&sha, first);
	sha256_add(&sha, text);
	sha256_end(&sha, digest);
	snprintf(temporary, sizeof(temporary), "%s.%d", name, (int)getpid());
	file = openat(
		folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	/* One that was left by a process with this number. */
	if (file < 0 && errno == EEXIST)
		(void)unlinkat(folder, temporary, 0);
	if (file < 0)
		return;
	written = file_write_fd(file, first, name, NULL) == 0 &&
		file_write_fd(file, text, name, NULL) == 0 &&
		file_write_fd(file, (struct str){(const char *)digest, SHA256_BYTES}, name, NULL) ==
			0;
	if (!written || renameat(folder, temporary, folder, name) < 0)
		(void)unlinkat(folder, temporary, 0);
}
