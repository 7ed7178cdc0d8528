/* Tables of knowledge are compiled by data/build/ into $(BUILD)/tables/NAME.bin and linked in here.
 *
 *   HT_TABLE(regions, "regions.bin")   at file scope, in the one file that uses the table
 * gives `const unsigned char ht_table_regions[]`, 16-byte aligned, and HT_TABLE_SIZE(regions).
 * The object must depend on the .bin in data/build/NAME.mk.
 */
#ifndef HT_BASE_TABLE_H
#define HT_BASE_TABLE_H

#include <stddef.h>

#define HT_TABLE(name, file)                                                                       \
    __asm__(".section .rodata\n"                                                                   \
            ".balign 16\n"                                                                         \
            ".globl ht_table_" #name "\n"                                                          \
            "ht_table_" #name ":\n"                                                                \
            ".incbin \"" HT_TABLES "/" file "\"\n"                                                 \
            ".globl ht_table_" #name "_end\n"                                                      \
            "ht_table_" #name "_end:\n"                                                            \
            ".byte 0\n"                                                                            \
            ".balign 16\n"                                                                         \
            ".previous\n");                                                                        \
    extern const unsigned char ht_table_##name[];                                                  \
    extern const unsigned char ht_table_##name##_end[]

#define HT_TABLE_SIZE(name) ((size_t)(ht_table_##name##_end - ht_table_##name))

#endif
