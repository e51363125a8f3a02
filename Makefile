# SPDX-License-Identifier: Apache-2.0
# weir is built by Meson; this file is the short way to it.  `make` alone builds build/weir.
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
SHELL = /bin/sh

BUILD = build
PREFIX = /usr/local
DESTDIR =
# Passed to `meson setup` when a build directory is made: make SETUP=--buildtype=release
SETUP =
# Names or globs of tests: make check T='review/*'
T =

export YES CI

.PHONY: all run check distcheck bench dist install clean
all: $(BUILD)/build.ninja
	@ninja -C $(BUILD) weir

$(BUILD)/build.ninja:
	@tools/setup run
	@meson setup $(BUILD) $(SETUP)

# From a program to the review of its plan, which is blocked: that is the point, and exit code 1 is its success.
run:
	@tools/setup run
	@$(MAKE) all
	WEIR=$(abspath $(BUILD))/weir examples/orders/run; test $$? -eq 1

check:
	@tools/setup check
	@$(MAKE) $(BUILD)/build.ninja
	@grep -q cmocka $(BUILD)/meson-info/intro-dependencies.json || \
		meson setup --reconfigure $(BUILD)
	@ninja -C $(BUILD)
	@tests/run --build $(BUILD) $(T)

distcheck:
	@tools/setup distcheck
	@tests/distcheck

bench:
	@tools/setup bench
	@test -f build-bench/build.ninja || \
		meson setup build-bench --buildtype=release -Dbench=true
	@ninja -C build-bench
	@bench/run build-bench
	@bench/synth build-bench

# What is released: static programs, packages, bills of materials, checksums, in build-dist/out.
dist: all
	@tools/setup dist
	@tools/dist
	@tests/dist

install: all
	@meson configure $(BUILD) -Dprefix=$(PREFIX)
	@ninja -C $(BUILD)
	@DESTDIR='$(DESTDIR)' meson install -C $(BUILD) --no-rebuild --quiet

clean:
	rm -rf build build-*
