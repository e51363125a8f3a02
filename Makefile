# weir is built by Meson; this file is the short way to it.
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

.PHONY: all check clean
all: build/build.ninja
	@ninja -C build

build/build.ninja:
	meson setup build

check: all
	@meson test -C build

clean:
	rm -rf build build-*
