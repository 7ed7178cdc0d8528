#include "report/page_words.h"

#include "base/table.h"

HT_TABLE(page_reasons, "page-reasons.tsv");

static const struct {
    const char *name;
    html_words label;
} fields[HT_N_FIELDS] = {
    [HT_FIELD_TITLE] = {"title", {"title", "标题"}},
    [HT_FIELD_PUBLISHED] = {"published", {"published", "发布时间"}},
    [HT_FIELD_PUBLISHER] = {"publisher", {"publisher", "来源"}},
    [HT_FIELD_AUTHORS] = {"authors", {"authors", "作者"}},
    [HT_FIELD_PHOTOGRAPHERS] = {"photographers", {"photographers", "摄影"}},
    [HT_FIELD_EDITOR] = {"editor", {"editor", "编辑"}},
    [HT_FIELD_DATELINE_PLACE] = {"dateline_place", {"dateline place", "电头地点"}},
    [HT_FIELD_DATELINE_DATE] = {"dateline_date", {"dateline date", "电头日期"}},
    [HT_FIELD_URL] = {"url", {"url", "网址"}},
};

const char *page_field_name(ht_field field) {
    return fields[field].name;
}

const char *page_field_label(ht_field field, bool chinese) {
    return html_word(fields[field].label, chinese);
}

const char *page_kind_name(ht_block_kind kind) {
    static const char *const names[] = {[HT_BLOCK_TEXT] = "text",
                                        [HT_BLOCK_HEADING] = "heading",
                                        [HT_BLOCK_LIST_ITEM] = "item",
                                        [HT_BLOCK_ROW] = "row",
                                        [HT_BLOCK_CAPTION] = "caption"};
    return names[kind];
}

ht_str page_reason_words(ht_str reason, bool chinese) {
    ht_str rest = {(const char *)ht_table_page_reasons, HT_TABLE_SIZE(page_reasons)}, line, word;
    while (ht_str_split(&rest, '\n', &line)) {
        if (!ht_str_split(&line, '\t', &word) || !ht_str_eq(word, reason)) continue;
        ht_str english, other;
        if (ht_str_split(&line, '\t', &english) && ht_str_split(&line, '\t', &other))
            return chinese ? other : english;
    }
    return reason;
}
