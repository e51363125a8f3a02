/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a worker may still ask the kernel for: a filter of system calls, and
 * below it Landlock with no rule at all, where the kernel has it.  A list of
 * what is allowed, so that what a later kernel adds is refused.
 *
 * What is refused fails with EPERM and does not kill: C libraries try things,
 * and live without.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "script/worker.h"

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "src/script/confine.c does not know this processor"
#endif

/* Of Landlock's first version: everything that it can refuse of files. */
#define ALL_OF_FILES 0x1fffULL
enum {
	LANDLOCK_CREATE_RULESET = 444, /* the same on every processor */
	LANDLOCK_RESTRICT_SELF = 446,
};

static const int allowed[] = {
	SYS_read,
	SYS_write,
	SYS_sendto,
	SYS_recvfrom,
	SYS_close,
	SYS_brk,
	SYS_munmap,
	SYS_mremap,
	SYS_madvise,
	SYS_rt_sigaction,
	SYS_rt_sigprocmask,
	SYS_rt_sigreturn,
	SYS_sigaltstack,
	SYS_clock_gettime,
	SYS_clock_nanosleep,
	SYS_futex,
	SYS_getrandom,
	SYS_getpid,
	SYS_gettid,
	SYS_tgkill,
	SYS_exit,
	SYS_exit_group,
#if defined(__x86_64__)
	SYS_arch_prctl,
#endif
};

static bool filter_calls(void)
{
	/* Header 4, two instructions a call, 7 for memory that is never executed, the end. */
	struct sock_filter code[4 + 2 * COUNT_OF(allowed) + 7 + 1];
	struct sock_fprog program = {0, code};
	unsigned short n = 0;
	const unsigned number = offsetof(struct seccomp_data, nr);
	const unsigned protection = offsetof(struct seccomp_data, args[2]);

	code[n++] = (struct sock_filter)BPF_STMT(
		BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, number);
	for (size_t i = 0; i < COUNT_OF(allowed); i++) {
		code[n++] = (struct sock_filter)BPF_JUMP(
			BPF_JMP | BPF_JEQ | BPF_K, (unsigned)allowed[i], 0, 1);
		code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	}
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 1, 0);
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mprotect, 0, 3);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, protection);
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 1, 0);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
	program.len = n;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

bool worker_confine(void)
{
	const uint64_t handled = ALL_OF_FILES;
	long rules;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return false;
	rules = syscall(LANDLOCK_CREATE_RULESET, &handled, sizeof(handled), 0);
	if (rules >= 0) {
		(void)syscall(LANDLOCK_RESTRICT_SELF, rules, 0);
		close((int)rules);
	}
	return filter_calls();
}
