#include "report/embed.h"

#include "base/map.h"
#include "report/svg.h"
#include "report/words.h"

static void put_strings(ht_buf *b, const ht_str *fields, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (i) ht_buf_byte(b, ',');
        report_json(b, fields[i]);
    }
}

static void put_series(ht_buf *b, const report_series *s) {
    ht_str fields[] = {s->indicator, s->subtype, s->measure, s->modality,
                       s->unit,      s->base,    s->english, s->chinese};
    ht_buf_byte(b, '[');
    put_strings(b, fields, sizeof fields / sizeof *fields);
    ht_buf_printf(b, ",%d]", s->charted);
}

/* What comes often is written as its number. */
typedef struct {
    ht_map map;
} words;
typedef struct {
    words words, manners;
} dictionaries;

static uint32_t word(words *w, ht_str s) {
    uint32_t *at = ht_map_get(&w->map, s);
    if (!at) {
        at = ht_map_put(&w->map, s);
        *at = (uint32_t)(w->map.n - 1);
    }
    return *at;
}

static void put_words(ht_buf *b, const words *w, bool rows) {
    ht_buf_byte(b, '[');
    for (size_t i = 0; i < w->map.n; i++) {
        if (i) ht_buf_byte(b, ',');
        if (rows) {
            ht_buf_printf(b, "[" HT_FMT "]", HT_ARG(w->map.entries[i].key));
        } else {
            report_json(b, w->map.entries[i].key);
        }
    }
    ht_buf_byte(b, ']');
}

/* Whole numbers as the database holds them; 0 where it holds anything else. */
static void put_count(ht_buf *b, ht_str digits) {
    ht_number n = ht_number_parse(digits);
    bool whole = n.ok && n.exponent == 0 && n.divisor == 1 && digits.p[0] != '0';
    ht_buf_add(b, whole ? digits : HT_S("0"));
    ht_buf_byte(b, ',');
}

static void put_cell(ht_buf *b, words *w, const report_data *d, const report_cell *c) {
    report_words name = report_region(d, c);
    ht_buf_printf(b, "[%u,%u,%u,%u,%u,%u,%u,", c->series, word(w, c->code), word(w, c->region),
                  word(w, name.english), word(w, c->level), word(w, c->period), word(w, c->basis));
    ht_str values[] = {c->value, c->low, c->high};
    put_strings(b, values, 3);
    ht_buf_printf(b, ",%u,", word(w, c->qualifier));
    ht_str stats[] = {c->min, c->median, c->max};
    bool spread = !ht_str_eq(c->min, c->max);
    if (spread)
        put_strings(b, stats, 3);
    else
        ht_buf_add(b, HT_S("0,0,0"));
    ht_buf_byte(b, ',');
    put_count(b, c->n_figures);
    put_count(b, c->n_articles);
    put_count(b, c->n_publishers);
    ht_buf_printf(b, "%d,%u,%u,", c->conflict, c->first, c->n);
    report_json(b, c->id);
    ht_buf_byte(b, ']');
}

static void put_article(ht_buf *b, words *w, const report_article *a) {
    ht_str fields[] = {a->id, a->title, a->published, a->url, a->path};
    ht_buf_byte(b, '[');
    put_strings(b, fields, sizeof fields / sizeof *fields);
    ht_buf_printf(b, ",%u]", word(w, a->publisher));
}

/* What figures have in common: a dictionary of its own, of rows of word numbers. */
static uint32_t manner(dictionaries *w, ht_arena *a, const report_figure *f) {
    const ht_str fields[] = {f->role, f->qualifier,   f->unit,      f->scope,
                             f->rule, f->region_rule, f->asof_rule, f->confidence};
    ht_buf b;
    ht_buf_init(&b, a);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        ht_buf_printf(&b, "%s%u", i ? "," : "", word(&w->words, fields[i]));
    return word(&w->manners, ht_buf_str(&b));
}

static void put_figure(ht_buf *b, dictionaries *w, ht_arena *a, const report_figure *f) {
    ht_str period = f->from.n || f->to.n
                        ? ht_format(a, HT_FMT " – " HT_FMT, HT_ARG(f->from), HT_ARG(f->to))
                        : (ht_str){"", 0};
    ht_buf_printf(b, "[%u,%u,%u,%u,%u,%u,%u,%u,%u,%u,%llu,%llu,", f->article, f->sentence,
                  f->mark_start, f->mark_chars, manner(w, a, f), word(&w->words, f->asof),
                  word(&w->words, period), word(&w->words, f->counted), word(&w->words, f->place),
                  word(&w->words, f->attributed), (unsigned long long)f->byte_start,
                  (unsigned long long)(f->byte_end - f->byte_start));
    report_json(b, f->value);
    if (f->low.n || f->high.n) {
        ht_buf_byte(b, ',');
        report_json(b, f->low);
        ht_buf_byte(b, ',');
        report_json(b, f->high);
    }
    ht_buf_byte(b, ']');
}

static void open_block(ht_buf *b, char kind, size_t block) {
    ht_buf_printf(b, "<script type=\"application/json\" id=\"%c%zu\">[\n", kind, block);
}

static void close_block(ht_buf *b) {
    ht_buf_add(b, HT_S("]</script>\n"));
}

static void put_blocks(ht_buf *b, dictionaries *w, const report_data *d, char kind, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (i % EMBED_BLOCK == 0) open_block(b, kind, i / EMBED_BLOCK);
        if (kind == 't')
            report_json(b, d->sentences[i]);
        else
            put_figure(b, w, d->arena, &d->figures[i]);
        if ((i + 1) % EMBED_BLOCK && i + 1 < n)
            ht_buf_add(b, HT_S(",\n"));
        else
            close_block(b);
    }
}

void report_embed(ht_buf *b, const report_data *d) {
    dictionaries w;
    ht_map_init(&w.words.map, d->arena);
    ht_map_init(&w.manners.map, d->arena);
    put_blocks(b, &w, d, 't', d->n_sentences);
    put_blocks(b, &w, d, 'f', d->n_figures);
    ht_buf_printf(
        b, "<script type=\"application/json\" id=\"data\">{\"block\":%d,\"text\":", EMBED_BLOCK);
    report_words_json(b);
    ht_buf_add(b, HT_S(",\n\"provinces\":"));
    svg_provinces_json(b);
    ht_buf_add(b, HT_S(",\n\"series\":["));
    for (size_t i = 0; i < d->n_series; i++) {
        ht_buf_add(b, i ? HT_S(",\n") : HT_S("\n"));
        put_series(b, &d->series[i]);
    }
    ht_buf_add(b, HT_S("],\n\"cells\":["));
    for (size_t i = 0; i < d->n_cells; i++) {
        ht_buf_add(b, i ? HT_S(",\n") : HT_S("\n"));
        put_cell(b, &w.words, d, &d->cells[i]);
    }
    ht_buf_add(b, HT_S("],\n\"articles\":["));
    for (size_t i = 0; i < d->n_articles; i++) {
        ht_buf_add(b, i ? HT_S(",\n") : HT_S("\n"));
        put_article(b, &w.words, &d->articles[i]);
    }
    ht_buf_add(b, HT_S("],\n\"words\":"));
    put_words(b, &w.words, false);
    ht_buf_add(b, HT_S(",\n\"manners\":"));
    put_words(b, &w.manners, true);
    ht_buf_add(b, HT_S("}</script>\n"));
}
