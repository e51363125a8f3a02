/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For the static program of tools/dist alone.  What Debian's archives call and
 * musl does not have: the fortified twins of two functions, which check the
 * size that the compiler knew and end the process where it does not hold, as
 * their names promise.  And, on arm64, libcrypto's question what the processor
 * can do: its own asks by signals and jumps, whose types are the C library's.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

void *__memcpy_chk(void *to, const void *from, size_t len, size_t room);
int __sprintf_chk(char *to, int flag, size_t room, const char *format, ...);

void *__memcpy_chk(void *to, const void *from, size_t len, size_t room)
{
	if (len > room)
		abort();
	return memcpy(to, from, len);
}

int __sprintf_chk(char *to, int flag, size_t room, const char *format, ...)
{
	va_list args;
	int len;

	(void)flag;
	va_start(args, format);
	len = vsnprintf(to, room, format, args);
	va_end(args);
	if (len < 0 || (size_t)len >= room)
		abort();
	return len;
}

#ifdef __aarch64__
/* The bits are those of libcrypto's arm_arch.h and of the kernel's hwcap.h. */
enum { CAP_NEON = 1 << 0, CAP_SHA256 = 1 << 4 };
enum { HWCAP_NEON = 1 << 1, HWCAP_SHA256 = 1 << 6 };

unsigned int OPENSSL_armcap_P;
void OPENSSL_cpuid_setup(void);

__attribute__((constructor)) void OPENSSL_cpuid_setup(void)
{
	unsigned long has = getauxval(AT_HWCAP);

	if (has & HWCAP_NEON)
		OPENSSL_armcap_P = CAP_NEON | (has & HWCAP_SHA256 ? CAP_SHA256 : 0u);
}
#endif
