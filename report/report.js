
'use strict';
(() => {
  const ROWS = 50, SHOWN = 20;
  const $ = id => document.getElementById(id);
  const data = JSON.parse($('data').textContent);
  const word = i => data.words[i];
  let zh = 0; // index into pairs of words

  // ---- words and elements; text never becomes markup ----
  const say = key => (data.text[key] || [key, key])[zh];
  const tell = (key, n) => say(key).replace('{n}', digits(String(n)));
  const kind = (name, w) => w && data.text[name + '.' + w] ? say(name + '.' + w) : w;
  function make(tag, attributes, ...children) {
    const e = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith('on')) e.addEventListener(name.slice(2), value);
      else if (value === true) e.setAttribute(name, '');
      else if (value !== false && value != null) e.setAttribute(name, value);
    }
    e.append(...children.filter(c => c != null));
    return e;
  }

  // ---- figures and sentences are parsed a block at a time ----
  const blocks = new Map();
  function entry(letter, i) {
    const id = letter + Math.floor(i / data.block);
    if (!blocks.has(id)) blocks.set(id, JSON.parse($(id).textContent));
    return blocks.get(id)[i % data.block];
  }

  const cells = data.cells.map((c, index) => ({
    index, series: c[0], code: word(c[1]), region: word(c[2]), english: word(c[3]), level: word(c[4]),
    period: word(c[5]), basis: word(c[6]), value: c[7], low: c[8], high: c[9], qualifier: word(c[10]),
    min: c[11], median: c[12], max: c[13], figures: c[14], articles: c[15], publishers: c[16],
    conflict: c[17], first: c[18], n: c[19], id: c[20]
  }));
  const figureOf = i => {
    const f = entry('f', i);
    const figure = { article: data.articles[f[0]], sentence: entry('t', f[1]), start: f[2], chars: f[3],
      asof: word(f[5]), period: word(f[6]), counted: word(f[7]), place: word(f[8]), attributed: word(f[9]),
      bytes: f[10] + '–' + (f[10] + f[11]), value: f[12], low: f[13] || '', high: f[14] || '' };
    ['role', 'qualifier', 'unit', 'scope', 'rule', 'regionRule', 'asofRule', 'confidence'].forEach((name, k) => {
      figure[name] = word(data.manners[f[4]][k]);
    });
    return figure;
  };
  const seriesOf = c => data.series[c.series];
  const label = s => s[6 + zh];
  const nature = s => [kind('measure', s[2]), kind('modality', s[3]), s[4], s[5] && say('base') + ' ' + s[5]]
    .filter(Boolean).join(' · ');
  const regionName = c => (zh ? c.region : c.english) || c.region || c.code;

  function digits(text) {
    const m = /^(-?)(\d{5,})(\.\d+)?$/.exec(text);
    return m ? m[1] + m[2].replace(/\B(?=(\d{3})+$)/g, ',') + (m[3] || '') : text;
  }
  function reading(x) {
    const before = x.qualifier ? kind('qualifier', x.qualifier) : '';
    const mid = x.value ? digits(x.value) : [x.low, x.high].filter(Boolean).map(digits).join('–');
    return before + mid || '—';
  }
  function number(text) {
    const [a, b] = String(text).split('/');
    return a === '' ? NaN : b ? a / b : +a;
  }

  // ---- which series is shown ----
  const sections = [...document.querySelectorAll('section.series')];
  // What is not shown is taken out of the page: thousands of shapes would slow every click down.
  function showSeries(id) {
    sections.forEach(s => s.remove());
    $('table').before(...sections.filter(s => id === 'all' || s.id === id));
  }
  const counts = cells.reduce((n, c) => { n[c.series]++; return n; }, data.series.map(() => 0));
  const count = i => counts[i];
  const charted = data.series.map((s, i) => i).filter(i => data.series[i][8]);
  let series = charted.length ? 's' + charted.reduce((best, i) => count(i) > count(best) ? i : best) : 'all';
  function renderContents() {
    const nav = $('contents');
    if (!nav) return;
    const pick = make('select', { id: 'pick', onchange: e => { series = e.target.value; showSeries(series); } },
      ...charted.map(i => make('option', { value: 's' + i, selected: series === 's' + i },
        label(data.series[i]) + ' · ' + nature(data.series[i]) + ' (' + count(i) + ')')),
      make('option', { value: 'all', selected: series === 'all' }, say('filter.all')));
    const note = nav.querySelector('.note');
    nav.replaceChildren(make('label', { for: 'pick' }, say('contents')), pick, ...(note ? [note] : []));
  }

  // ---- the table ----
  const filter = { text: '', series: '', level: '', period: '', province: '', conflict: false };
  const sort = { key: '', down: false };
  let page = 0, rows = cells;
  const columns = [
    { key: 'region', name: 'col.region', by: c => regionName(c) },
    { key: 'level', name: 'col.level', by: c => c.level, narrow: true, show: c => kind('level', c.level) },
    { key: 'indicator', name: 'col.indicator', by: c => label(seriesOf(c)) },
    { key: 'measure', name: 'col.measure', by: c => nature(seriesOf(c)), narrow: true },
    { key: 'period', name: 'col.period', by: c => c.period,
      show: c => (c.period || say('undated')) + (c.basis === 'published' ? '*' : '') },
    { key: 'value', name: 'col.value', by: c => number(c.value || c.low || c.high), number: true, show: reading },
    { key: 'figures', name: 'col.figures', by: c => c.figures, number: true },
    { key: 'publishers', name: 'col.publishers', by: c => c.publishers, number: true, narrow: true },
    { key: 'conflict', name: 'col.conflict', by: c => c.conflict, show: c => c.conflict ? say('conflict.yes') : '' }
  ];
  const hay = c => (c.hay = c.hay || [c.region, c.english, c.code, c.period, c.id, ...seriesOf(c)].join(' ').toLowerCase());
  function meets(c) {
    return (filter.series === '' || c.series === +filter.series) && (!filter.level || c.level === filter.level) &&
      (!filter.period || c.period === filter.period) && (!filter.conflict || c.conflict) &&
      (!filter.province || c.code.slice(0, 2) === filter.province.slice(0, 2)) &&
      filter.text.toLowerCase().split(/\s+/).every(w => hay(c).includes(w));
  }
  const collator = new Intl.Collator('zh', { numeric: true });
  function choose() {
    rows = cells.filter(meets);
    const column = columns.find(k => k.key === sort.key);
    if (column) {
      const keyed = rows.map(c => [column.by(c), c]);
      const order = (a, b) => typeof a === 'number' ? (isNaN(a) ? isNaN(b) ? 0 : 1 : isNaN(b) ? -1 :
        sort.down ? b - a : a - b) : (sort.down ? -1 : 1) * collator.compare(a, b);
      rows = keyed.sort((a, b) => order(a[0], b[0]) || a[1].index - b[1].index).map(k => k[1]);
    } else {
      rows.sort((a, b) => a.series - b.series || a.index - b.index);
    }
    page = 0;
  }
  function field(key, control) {
    return make('label', {}, say(key), control);
  }
  function options(name, pairs) {
    return make('select', { id: 'filter-' + name,
      onchange: e => { filter[name] = e.target.value; choose(); renderRows(); } },
      make('option', { value: '' }, say('filter.all')),
      ...pairs.map(([value, text]) => make('option', { value, selected: filter[name] === value }, text)));
  }
  function renderFilters() {
    const periods = [...new Set(cells.map(c => c.period))].filter(Boolean).sort();
    const levels = ['country', 'province', 'prefecture', 'county'].filter(l => cells.some(c => c.level === l));
    const present = new Set(cells.map(c => c.code.slice(0, 2)));
    const series = data.series.map((s, i) => [String(i), label(s) + ' · ' + nature(s)]);
    return make('div', { class: 'filters', role: 'search', 'aria-label': say('filter.title') },
      field('filter.text', make('input', { type: 'search', id: 'filter-text', value: filter.text,
        oninput: e => { filter.text = e.target.value; choose(); renderRows(); } })),
      field('col.indicator', options('series', series)),
      field('filter.province', options('province',
        data.provinces.filter(p => present.has(p[0].slice(0, 2))).map(p => [p[0], p[1 + zh]]))),
      field('col.level', options('level', levels.map(l => [l, kind('level', l)]))),
      field('col.period', options('period', periods.map(p => [p, p]))),
      make('label', { class: 'check' }, make('input', { type: 'checkbox', id: 'filter-conflict',
        checked: filter.conflict, onchange: e => { filter.conflict = e.target.checked; choose(); renderRows(); } }),
        ' ' + say('filter.conflict')),
      make('button', { type: 'button', onclick: () => {
        Object.assign(filter, { text: '', series: '', level: '', period: '', province: '', conflict: false });
        choose();
        renderTable();
        $('filter-text').focus();
      } }, say('filter.reset')));
  }
  function sortBy(column) {
    sort.down = sort.key === column.key ? !sort.down : !!column.number;
    sort.key = column.key;
    choose();
    renderRows();
    $('sort-' + column.key).focus();
  }
  function renderRows() {
    const head = columns.map(k => make('th', { scope: 'col', class: [k.number && 'value', k.narrow && 'hide-narrow']
      .filter(Boolean).join(' ') || null, 'aria-sort': sort.key === k.key ? sort.down ? 'descending' : 'ascending' : null },
      make('button', { type: 'button', class: 'plain', id: 'sort-' + k.key, onclick: () => sortBy(k) },
        say(k.name) + (sort.key === k.key ? sort.down ? ' ↓' : ' ↑' : ''))));
    const body = rows.slice(page * ROWS, page * ROWS + ROWS).map(c => make('tr', {},
      ...columns.map(k => k.key === 'region' ? make('th', { scope: 'row' },
        make('button', { type: 'button', class: 'plain', 'data-cell': c.index, 'aria-haspopup': 'dialog',
          title: say('cell.open') }, regionName(c))) :
        make('td', { class: [k.number && 'value', k.narrow && 'hide-narrow', k.key === 'conflict' && 'warn',
          k.key + '-cell'].filter(Boolean).join(' ') }, String((k.show || k.by)(c))))));
    const pages = Math.max(1, Math.ceil(rows.length / ROWS));
    const turn = by => { page += by; renderRows(); $('table').scrollIntoView(); };
    $('rows').replaceChildren(
      make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': say('table.title') },
        make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...body))),
      rows.length ? '' : make('p', {}, say('table.none')),
      make('div', { class: 'pager' },
        make('button', { type: 'button', disabled: page === 0, onclick: () => turn(-1) }, say('page.previous')),
        make('span', {}, (page + 1) + ' ' + say('page.of') + ' ' + pages),
        make('button', { type: 'button', disabled: page + 1 >= pages, onclick: () => turn(1) }, say('page.next'))));
    $('count').textContent = tell('filter.shown', rows.length);
  }
  function renderTable() {
    $('cells').replaceChildren(renderFilters(), make('p', { class: 'note', id: 'count', role: 'status' }),
      make('div', { id: 'rows' }));
    renderRows();
  }

  // ---- one cell ----
  const dialog = $('cell');
  let open = null, from = 0;
  function sentence(f) {
    return make('blockquote', { lang: 'zh-Hans' }, make('bdi', {}, f.sentence.slice(0, f.start),
      make('mark', {}, f.sentence.slice(f.start, f.start + f.chars)), f.sentence.slice(f.start + f.chars)));
  }
  function facts(pairs) {
    return make('dl', {}, ...pairs.filter(p => p[1]).flatMap(([key, value]) =>
      [make('dt', {}, say(key)), make('dd', {}, value)]));
  }
  function source(article) {
    const [, title, , url, path] = article, publisher = word(article[5]);
    const text = title || path;
    const span = make('span', {}, make('bdi', {}, publisher ? publisher + ' · ' : ''));
    span.append(/^https?:\/\//i.test(url) ? make('a', { href: url, rel: 'noreferrer noopener', target: '_blank' }, text) :
      make('bdi', {}, text));
    if (title) span.append(make('small', {}, ' ' + path));
    return span;
  }
  function renderFigure(f) {
    const rules = [f.rule && say('rule.what') + ' ' + f.rule, f.regionRule && say('rule.region') + ' ' + f.regionRule,
      f.asofRule && say('rule.date') + ' ' + f.asofRule].filter(Boolean).join(' · ');
    const place = f.place ? f.place + (f.scope !== 'whole' ? ' (' + kind('scope', f.scope) + ')' : '') :
      f.scope && f.scope !== 'whole' ? kind('scope', f.scope) : '';
    return make('article', { class: 'figure' },
      make('h3', {}, make('span', { class: 'role ' + f.role }, kind('role', f.role)),
        make('b', {}, reading(f) + ' ' + f.unit), f.counted ? make('bdi', {}, f.counted) : null),
      sentence(f),
      facts([['fig.source', source(f.article)], ['fig.published', f.article[2].slice(0, 16).replace('T', ' ')],
        ['fig.asof', f.asof || say('fig.undated')], ['fig.period', f.period], ['fig.attributed', f.attributed],
        ['fig.place', place], ['fig.rule', rules], ['fig.confidence', kind('confidence', f.confidence)],
        ['fig.bytes', f.article[0] + ' ' + f.bytes]]));
  }
  function spread(c) {
    if (!c.min && !c.max) return '';
    return ['min', 'median', 'max'].map(k => say('cell.' + k) + ' ' + digits(c[k])).join(' · ');
  }
  function renderCell() {
    const c = open, s = seriesOf(c), at = rows.indexOf(c);
    const to = by => { open = rows[at + by]; from = 0; renderCell(); dialog.scrollTop = 0; };
    const figures = [];
    for (let i = from; i < Math.min(c.n, from + SHOWN); i++) figures.push(renderFigure(figureOf(c.first + i)));
    const turn = by => { from += by; renderCell(); dialog.scrollTop = 0; };
    dialog.replaceChildren(
      make('div', { class: 'bar-top' },
        make('button', { type: 'button', id: 'before', disabled: at <= 0, onclick: () => { to(-1); refocus('before'); } },
          '← ' + say('cell.previous')),
        make('button', { type: 'button', id: 'after', disabled: at < 0 || at + 1 >= rows.length,
          onclick: () => { to(1); refocus('after'); } }, say('cell.next') + ' →'),
        make('button', { type: 'button', id: 'close', onclick: () => dialog.close() }, say('cell.close'))),
      make('div', { class: 'cell-body' },
        make('h2', { id: 'cell-title', tabindex: -1 }, regionName(c) + ' · ' + label(s)),
        make('p', { class: 'nature' }, [c.period || say('undated'), kind('basis', c.basis), nature(s)]
          .filter(Boolean).join(' · ') + ' · ' + c.id),
        make('p', { class: 'big' }, reading(c) + ' ' + s[4]),
        make('p', { class: 'nature' }, [tell('cell.figures', c.figures), tell('cell.articles', c.articles),
          tell('cell.publishers', c.publishers), spread(c)].filter(Boolean).join(' · ')),
        c.conflict ? make('p', { class: 'warn' }, '▲ ' + say('cell.conflict')) : null,
        ...figures,
        c.n > SHOWN ? make('div', { class: 'pager' },
          make('button', { type: 'button', disabled: from === 0, onclick: () => turn(-SHOWN) }, say('page.previous')),
          make('span', {}, (from + 1) + '–' + Math.min(c.n, from + SHOWN) + ' ' + say('page.of') + ' ' + c.n),
          make('button', { type: 'button', disabled: from + SHOWN >= c.n, onclick: () => turn(SHOWN) },
            say('page.next'))) : null,
        c.n < c.figures ? make('p', { class: 'note' }, say('cell.part')) : null));
  }
  function refocus(id) {
    ($(id).disabled ? $('cell-title') : $(id)).focus();
  }
  function openCell(index) {
    open = cells[index];
    if (!open) return;
    from = 0;
    renderCell();
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    $('cell-title').focus();
  }
  dialog.addEventListener('keydown', e => {
    const id = e.key === 'ArrowLeft' ? 'before' : e.key === 'ArrowRight' ? 'after' : null;
    if (id && !$(id).disabled && !e.altKey && !e.ctrlKey && !e.metaKey) $(id).click();
  });
  dialog.addEventListener('click', e => { if (e.target === dialog) dialog.close(); });
  dialog.addEventListener('close', () => { open = null; });

  // ---- clicks on charts and rows ----
  function showProvince(code, section) {
    filter.province = code;
    filter.series = section ? section.id.slice(1) : '';
    choose();
    renderTable();
    $('table').focus();
    $('table').scrollIntoView();
  }
  document.addEventListener('click', e => {
    const link = e.target.closest('svg a'), row = e.target.closest('#rows tbody tr');
    if (link) {
      const to = link.getAttribute('href').slice(1);
      e.preventDefault();
      if (to[0] === 'c') openCell(+to.slice(1));
      else showProvince(to.slice(1), link.closest('section.series'));
    } else if (row) {
      openCell(+row.querySelector('[data-cell]').dataset.cell);
    }
  });

  function render() {
    zh = $('lang-zh').checked ? 1 : 0;
    document.documentElement.lang = zh ? 'zh' : 'en';
    document.title = say('title');
    renderContents();
    if (cells.length) renderTable();
    if (open) renderCell();
  }
  if (document.documentElement.hasAttribute('data-any-language') && /^zh/i.test(navigator.language))
    $('lang-zh').checked = true;
  document.querySelectorAll('[name=language]').forEach(r => r.addEventListener('change', render));
  showSeries(series);
  choose();
  render();
})();
