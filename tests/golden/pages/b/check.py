#!/usr/bin/env python3
"""Self-check of the pages in this folder: every main line stands in its page in order; files decode; keys are complete."""
import html, json, os, re, sys
from html.parser import HTMLParser
HERE = os.path.dirname(os.path.abspath(__file__))
ENC = {'b02': 'gb18030', 'b10': 'utf-16', 'b12': 'cp950', 'b16': 'cp950', 'b20': 'gbk', 'b22': 'gb18030'}
KEYS = ['id', 'shape', 'title', 'published', 'publisher', 'authors', 'photographers', 'editor', 'dateline_place', 'dateline_date', 'url']
VOID = 'area base br col embed hr img input link meta source track wbr'.split()

class Text(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.out, self.skip, self.opened = [], 0, []
    def handle_starttag(self, tag, attrs):
        if tag in ('script', 'style'):
            self.skip += 1
        if tag not in VOID:
            self.opened.append(tag)
    def handle_endtag(self, tag):
        if tag in ('script', 'style'):
            self.skip -= 1
        if tag in self.opened:
            self.opened.reverse(); self.opened.remove(tag); self.opened.reverse()
    def handle_data(self, data):
        if not self.skip:
            self.out.append(data)

squeeze = lambda s: re.sub(r'[\s\u00a0\u3000\u200b\ufeff]+', '', s)

def page(id):
    path = next(p for p in (f'{HERE}/raw/{id}.html', f'{HERE}/raw/{id}.txt') if os.path.exists(p))
    text = open(path, 'rb').read().decode(ENC.get(id, 'utf-8'))
    if path.endswith('.html'):
        p = Text(); p.feed(text); p.close()
        if set(p.opened) - {'p', 'li', 'td', 'tr', 'ins'}:
            print(id, 'left open:', p.opened)
        text = ''.join(p.out)
    elif id == 'b03':  # a markdown rendering
        text = re.sub(r'!\[[^\]]*\]\([^)]*\)', '', text)
        text = re.sub(r'\[([^\]]*)\]\([^)]*\)', r'\1', text).replace('**', '')
    else:
        text = html.unescape(html.unescape(text))
    return squeeze(text)

bad = 0
def fail(*a):
    global bad; bad += 1; print(*a)
for n in range(1, 27):
    id = 'b%02d' % n
    text = page(id)
    main = open(f'{HERE}/{id}.main.txt', encoding='utf-8').read().splitlines()
    opt = open(f'{HERE}/{id}.opt.txt', encoding='utf-8').read().splitlines() if os.path.exists(f'{HERE}/{id}.opt.txt') else []
    art = json.load(open(f'{HERE}/{id}.article.json', encoding='utf-8'))
    if list(art) != KEYS: fail(id, 'keys', list(art))
    at = 0
    for line in main:
        where = text.find(squeeze(line), at)
        if where < 0: fail(id, 'not in the page, in order:', line[:40])
        else: at = where + len(squeeze(line))
    for line in opt:
        if squeeze(line) not in text: fail(id, 'opt line not in the page:', line)
        if line in main: fail(id, 'line in main and opt:', line)
    if art['title'] in main: fail(id, 'title is a main line')
    for s in [art['title'], art['publisher'], art['editor'], art['dateline_place'], *art['authors'], *art['photographers']]:
        if squeeze(s) not in text: fail(id, 'not in the page:', s)
    if not re.fullmatch(r'\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\+08:00)?', art['published']): fail(id, 'published', art['published'])
    size = len(squeeze(''.join(main)))
    if not 60 <= size <= 1300: fail(id, 'article of', size, 'characters')
    if '-v' in sys.argv: print(id, size, len(main), len(opt), art['title'])
print('failures:', bad)
sys.exit(bad > 0)
