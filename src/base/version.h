/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The version of this program, from meson.build.
 */
#ifndef WEIR_BASE_VERSION_H
#define WEIR_BASE_VERSION_H

#ifndef WEIR_VERSION
#error "WEIR_VERSION comes from meson.build"
#endif

#endif
