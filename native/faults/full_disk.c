// A disk that is full for checkpoints only: preloaded into a process (LD_PRELOAD), every write to a file below a folder named
// checkpoints fails with ENOSPC while the file that PAIRUNI_FULL_DISK names exists. Half of the write at the beginning of a file
// still gets through, as on a disk that fills up in the middle of it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

static int is_full(int file)
{
    const char *flag = getenv("PAIRUNI_FULL_DISK");
    if (!flag || access(flag, F_OK) != 0) return 0;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return strstr(path, "/checkpoints/") != NULL;
}

static ssize_t no_space(void)
{
    errno = ENOSPC;
    return -1;
}

// Declares `real` as libc's own function of that name.
#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

EXPORT ssize_t write(int file, const void *bytes, size_t length)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    return is_full(file) ? no_space() : real(file, bytes, length);
}

EXPORT ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t at)
{
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    if (!is_full(file)) return real(file, bytes, length, at);
    return at == 0 && length > 1 ? real(file, bytes, length / 2, at) : no_space();
}

EXPORT ssize_t pwritev64(int file, const struct iovec *parts, int count, off64_t at)
{
    REAL(ssize_t, "pwritev64", int, const struct iovec *, int, off64_t);
    return is_full(file) ? no_space() : real(file, parts, count, at);
}

EXPORT int fallocate64(int file, int mode, off64_t at, off64_t length)
{
    REAL(int, "fallocate64", int, int, off64_t, off64_t);
    return is_full(file) ? (int)no_space() : real(file, mode, at, length);
}
