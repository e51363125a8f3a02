/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library of lib/, run when weir was built: the image that each program's engine begins from
 * (tools/embed/library.c makes it).
 */
#ifndef WEIR_CONSTRUCT_LIBRARY_H
#define WEIR_CONSTRUCT_LIBRARY_H

/* Between these two, for a struct script_image. */
extern const char library_image[], library_image_end[];

#endif
