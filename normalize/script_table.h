/* The layout of the compiled conversion tables, shared with data/build/script.c. 32-bit words:
 *
 *   [0 ..]  for each of SCRIPT_TABLES: where its trie starts and its size, where its strings start
 *           and their size in bytes (all in words but the last)
 *   [SCRIPT_CLASSES ..]  the class of each code point of the BMP, a byte each
 * A trie's value is the place of a string: its length in a byte, then UTF-8.
 */
#ifndef HT_NORMALIZE_SCRIPT_TABLE_H
#define HT_NORMALIZE_SCRIPT_TABLE_H

enum {
    SCRIPT_T2S,
    SCRIPT_S2T,
    SCRIPT_T2TW,
    SCRIPT_T2HK,
    SCRIPT_TW2T,
    SCRIPT_HK2T,
    SCRIPT_T2TWP, /* with the words of Taiwan */
    SCRIPT_T2HKP,
    SCRIPT_TWP2T,
    SCRIPT_HKP2T,
    SCRIPT_T2JP,
    SCRIPT_JP2T,
    SCRIPT_TABLES
};
enum { SCRIPT_CLASSES = SCRIPT_TABLES * 4, SCRIPT_HEADER = SCRIPT_CLASSES + 65536 / 4 };

enum {
    SCRIPT_HANT = 1, /* only in traditional text: conversion to simplified changes it */
    SCRIPT_HANS = 2, /* only in simplified text */
};

#endif
