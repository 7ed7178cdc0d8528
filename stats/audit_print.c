#include "stats/audit.h"
#include "stats/json.h"

enum { N_LANGS = 2, SHOWN_BYTES = 240 };

/* What a kind says, the suspect before and the other behind it. */
static const char *const titles[HT_N_AUDIT_KINDS][N_LANGS] = {
    [HT_AUDIT_LOST_WAN] = {"a lost 万?", "疑似漏掉“万”"},
    [HT_AUDIT_PART_ABOVE_WHOLE] = {"a part above its whole", "部分大于整体"},
    [HT_AUDIT_IMPLAUSIBLE] = {"outside what the codebook calls plausible", "超出指标手册的合理范围"},
    [HT_AUDIT_REFERENCE] = {"other than the reference", "与对照数据不符"},
    [HT_AUDIT_SUBTYPE_ABOVE_WHOLE] = {"a subtype above its whole", "子类大于总数"},
    [HT_AUDIT_CHILD_ABOVE_PARENT] = {"a region above the one it lies in", "下级地区大于上级地区"},
    [HT_AUDIT_CUMULATIVE_FALLS] = {"a cumulative number falls", "累计数下降"},
    [HT_AUDIT_PLACE_ABOVE_REGION] = {"a part of a region above the region", "局部大于全地区"},
    [HT_AUDIT_CHILDREN_ABOVE_PARENT] = {"regions together above the one they lie in",
                                        "下级地区之和大于上级地区"},
    [HT_AUDIT_SUBTYPES_ABOVE_WHOLE] = {"subtypes together above the whole", "子类之和大于总数"},
    [HT_AUDIT_STOCK_COLLAPSES] = {"a stock collapses", "存量骤减"},
};

/* A macro, so that the compiler sees both formats. */
#define TEXT(english, chinese) (lang ? chinese : english)

static void put_side(ht_buf *b, const ht_finding *f, const ht_audit_side *s, int lang) {
    const ht_audit_side *suspect = &f->suspect;
    ht_buf_add(b, s->value);
    if (s == &f->suspect) {
        if (s->period.n) ht_buf_printf(b, TEXT(" in " HT_FMT, "（" HT_FMT "）"), HT_ARG(s->period));
        return;
    }
    if (f->kind == HT_AUDIT_IMPLAUSIBLE) return;
    if (f->kind == HT_AUDIT_REFERENCE) {
        ht_buf_add(b, ht_str_of(TEXT(" of the reference", "（对照数据）")));
        return;
    }
    if (f->kind == HT_AUDIT_CHILDREN_ABOVE_PARENT)
        ht_buf_printf(b, TEXT(" in " HT_FMT " regions", "（" HT_FMT "个地区）"), HT_ARG(s->region));
    else if (!ht_str_eq(s->region_code, suspect->region_code))
        ht_buf_printf(b, TEXT(" in " HT_FMT, "（" HT_FMT "）"), HT_ARG(s->region));
    if (!ht_str_eq(s->subtype, suspect->subtype))
        ht_buf_printf(b, TEXT(" of " HT_FMT, "（" HT_FMT "）"),
                      HT_ARG(s->subtype.n ? s->subtype : ht_str_of(TEXT("all", "总数"))));
    if (s->period.n && !ht_str_eq(s->period, suspect->period))
        ht_buf_printf(b, TEXT(" in " HT_FMT, "（" HT_FMT "）"), HT_ARG(s->period));
}

/* "over 26000 in 2025, against 12 in 2024: 2167 times" */
static void put_detail(ht_buf *b, const ht_finding *f, int lang) {
    put_side(b, f, &f->suspect, lang);
    ht_buf_add(b, ht_str_of(TEXT(" against ", " 对 ")));
    put_side(b, f, &f->other, lang);
    if (f->ratio.n) ht_buf_printf(b, TEXT("; ratio " HT_FMT, "；相差" HT_FMT "倍"), HT_ARG(f->ratio));
}

static void put_sentence(ht_buf *b, const ht_audit_side *s) {
    if (!s->sentence.n) return;
    size_t n = s->sentence.n;
    if (n > SHOWN_BYTES) {
        n = SHOWN_BYTES;
        while ((s->sentence.p[n] & 0xC0) == 0x80) n--;
    }
    ht_buf_printf(b, "      " HT_FMT ": 「" HT_FMT "%s」\n", HT_ARG(s->value),
                  HT_ARG(ht_sub(s->sentence, 0, n)), n < s->sentence.n ? "…" : "");
}

static void put_finding(ht_buf *b, const ht_finding *f, size_t at, int lang) {
    const ht_audit_side *s = &f->suspect;
    ht_buf_printf(b, "%4zu. [%d] %s: ", at + 1, f->score, titles[f->kind][lang]);
    ht_buf_printf(b, HT_FMT " " HT_FMT ", " HT_FMT, HT_ARG(s->region_code), HT_ARG(s->region),
                  HT_ARG(f->indicator));
    if (s->subtype.n) ht_buf_printf(b, "/" HT_FMT, HT_ARG(s->subtype));
    if (f->unit.n) ht_buf_printf(b, " (" HT_FMT ")", HT_ARG(f->unit));
    ht_buf_add(b, HT_S(": "));
    put_detail(b, f, lang);
    ht_buf_byte(b, '\n');
    put_sentence(b, &f->suspect);
    put_sentence(b, &f->other);
}

void ht_audit_print(ht_buf *b, const ht_audit *audit, const char *out, int lang, size_t n_shown) {
    ht_buf_printf(b, TEXT("findings: %zu, the surest first; all of them in %s/audit.csv\n",
                          "共%zu条，最可疑的在前；全部写入 %s/audit.csv\n"),
                  audit->n, out);
    if (audit->has_reference)
        ht_buf_printf(b,
                      TEXT("rows of the reference: %zu agree, %zu do not, of %zu nothing is known here\n",
                           "对照数据：%zu行相符，%zu行不符，%zu行在此没有数据\n"),
                      audit->n_agree, audit->n_disagree, audit->n_without);
    for (size_t i = 0; i < audit->n && i < n_shown; i++) put_finding(b, &audit->findings[i], i, lang);
    if (audit->n > n_shown)
        ht_buf_printf(b, TEXT("and %zu more\n", "另有%zu条\n"), audit->n - n_shown);
}

void ht_audit_row(ht_arena *a, const ht_finding *f, size_t at, ht_str row[HT_N_AUDIT_COLUMNS]) {
    const ht_audit_side *s = &f->suspect, *o = &f->other;
    ht_buf detail;
    ht_buf_init(&detail, a);
    ht_buf_printf(&detail, "%s: ", titles[f->kind][0]);
    put_detail(&detail, f, 0);
    const ht_str cells[HT_N_AUDIT_COLUMNS] = {
        f->id,
        ht_format(a, "%zu", at + 1),
        ht_format(a, "%d", f->score),
        ht_str_of(ht_audit_kind_name(f->kind)),
        f->indicator,
        f->measure,
        f->unit,
        s->region_code,
        s->region,
        s->subtype,
        s->period,
        s->value,
        s->cell_id,
        s->figure_id,
        o->region_code,
        o->region,
        o->subtype,
        o->period,
        o->value,
        o->cell_id,
        o->figure_id,
        f->ratio,
        ht_buf_str(&detail),
        s->sentence,
        o->sentence,
    };
    for (int i = 0; i < HT_N_AUDIT_COLUMNS; i++) row[i] = cells[i];
}

void ht_audit_print_json(ht_buf *b, const ht_audit *audit) {
    for (size_t i = 0; i < audit->n; i++) {
        ht_str row[HT_N_AUDIT_COLUMNS];
        ht_audit_row(b->arena, &audit->findings[i], i, row);
        for (int k = 0; k < HT_N_AUDIT_COLUMNS; k++) {
            ht_buf_printf(b, "%s\"%s\":", k ? "," : "{", ht_audit_columns[k]);
            if (k == 1 || k == 2) /* rank and score are whole numbers */
                ht_buf_add(b, row[k]);
            else
                json_put_string(b, row[k]);
        }
        ht_buf_add(b, HT_S("}\n"));
    }
}
