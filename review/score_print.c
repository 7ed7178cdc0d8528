#include "review/measure.h"
#include "review/score.h"
#include "stats/json.h"
#include "stats/stats.h"

static void put_share(ht_buf *b, const char *name, uint64_t right, uint64_t n) {
    ht_interval w = ht_wilson(right, n);
    if (n)
        ht_buf_printf(b, ",\"%s\":%.6f,\"%s_low\":%.6f,\"%s_high\":%.6f", name,
                      (double)right / (double)n, name, w.low, name, w.high);
    else
        ht_buf_printf(b, ",\"%s\":null,\"%s_low\":0,\"%s_high\":1", name, name, name);
}

static void put_row(ht_buf *b, const ht_review_count *r, double margin) {
    uint64_t n = r->right + r->wrong, left = r->population > n ? r->population - n : 0;
    ht_buf_add(b, HT_S("{\"indicator\":"));
    json_put_string(b, r->indicator);
    ht_buf_printf(b, ",\"right\":%llu,\"wrong\":%llu,\"population\":%llu,\"more\":%llu",
                  (unsigned long long)r->right, (unsigned long long)r->wrong,
                  (unsigned long long)r->population,
                  (unsigned long long)ht_more_needed(r->right, n, left, margin));
    ht_buf_printf(b, ",\"found\":%llu,\"missed\":%llu", (unsigned long long)r->found,
                  (unsigned long long)r->missed);
    put_share(b, "precision", r->right, n);
    put_share(b, "recall", r->found, r->found + r->missed);
    ht_buf_byte(b, '}');
}

void ht_review_score_put_json(ht_buf *b, const ht_review_score *score, double more_for) {
    ht_buf_add(b, HT_S("{\"total\":"));
    put_row(b, &score->total, more_for);
    ht_buf_printf(b, ",\"skipped\":%llu,\"articles\":%llu,\"margin\":%.6f,\"indicators\":[",
                  (unsigned long long)score->skipped, (unsigned long long)score->n_articles,
                  more_for);
    for (size_t i = 0; i < score->n; i++) {
        if (i) ht_buf_byte(b, ',');
        put_row(b, &score->rows[i], more_for);
    }
    ht_buf_add(b, HT_S("]}"));
}

static void put_percent(ht_buf *b, uint64_t right, uint64_t n) {
    ht_interval w = ht_wilson(right, n);
    if (n)
        ht_buf_printf(b, "  %5.1f %% [%5.1f, %5.1f] %5llu/%-5llu", 100 * (double)right / (double)n,
                      100 * w.low, 100 * w.high, (unsigned long long)right, (unsigned long long)n);
    else
        ht_buf_printf(b, "  %-35s", "-");
}

static void put_line(ht_buf *b, const ht_review_count *r, const char *name) {
    ht_buf_printf(b, "%-20s", name);
    put_percent(b, r->right, r->right + r->wrong);
    put_percent(b, r->found, r->found + r->missed);
    while (b->n && b->p[b->n - 1] == ' ') b->n--;
    ht_buf_byte(b, '\n');
}

void ht_review_score_put_text(ht_buf *b, const ht_review_score *score, bool chinese) {
    ht_buf_add(b, chinese ? HT_S("指标                  准确率 [95 % 区间] 正确/已判          召回率 [95 % 区间] 读到/应有\n")
                          : HT_S("indicator             precision [95 %] right/judged        "
                                 "recall [95 %] found/all\n"));
    for (size_t i = 0; i < score->n; i++) {
        const ht_review_count *r = &score->rows[i];
        if (r->right + r->wrong + r->found + r->missed)
            put_line(b, r, r->indicator.n ? ht_str_cstr(b->arena, r->indicator) : "-");
    }
    put_line(b, &score->total, chinese ? "合计" : "all");
}

static void put_csv_share(ht_buf *b, uint64_t right, uint64_t n) {
    ht_interval w = ht_wilson(right, n);
    if (n)
        ht_buf_printf(b, ",%.6f,%.6f,%.6f", (double)right / (double)n, w.low, w.high);
    else
        ht_buf_add(b, HT_S(",,,"));
}

static void put_csv_row(ht_buf *b, const ht_review_count *r, ht_str name) {
    ht_csv_field(b, name, false);
    ht_buf_printf(b, ",%llu,%llu", (unsigned long long)(r->right + r->wrong),
                  (unsigned long long)r->right);
    put_csv_share(b, r->right, r->right + r->wrong);
    ht_buf_printf(b, ",%llu,%llu", (unsigned long long)r->found, (unsigned long long)r->missed);
    put_csv_share(b, r->found, r->found + r->missed);
    ht_buf_byte(b, '\n');
}

void ht_review_score_put_csv(ht_buf *b, const ht_review_score *score) {
    ht_buf_add(b, HT_S("indicator,judged,right,precision,precision_low,precision_high,found,missed,"
                       "recall,recall_low,recall_high\n"));
    for (size_t i = 0; i < score->n; i++)
        if (score->rows[i].indicator.n) put_csv_row(b, &score->rows[i], score->rows[i].indicator);
    put_csv_row(b, &score->total, HT_S("all"));
}
