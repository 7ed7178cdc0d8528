#!/usr/bin/env python3
"""Files of a package -> Chinese text, a paragraph a line, each paragraph once.

usage: strip.py FORM CHARSET PATH...     folders are read in the order of their paths
FORM: text    a line is a paragraph
      tagged  the same with word/tag pairs
      html    pages and feeds
      man     manual pages, gzipped
      mo      compiled translations
      json    every string; also in JavaScript
      poems   JSON of poems: the verses of a poem are one paragraph

Only lines that are mostly Chinese and without any sign of damage are clean text: what a cleaner
changes there it should not have.
"""
import gettext
import gzip
import html
import html.parser
import json
import os
import re
import sys

HAN = re.compile('[\u3400-\u9fff]')
# 珨 and 岆 are what is left of 一 and 是 read with the wrong charset
DAMAGE = re.compile('[\ufffd\ue000-\uf8ff\x00-\x08\x0b-\x1f\x7f-\x9f珨岆]|锟斤拷')
STRING = re.compile(r'"(?:[^"\\\n]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
MIN_HAN = 8
BLOCKS = set('p div br li ul ol dl dt dd td th tr table h1 h2 h3 h4 h5 h6 title pre hr item '
             'description category section article header footer'.split())
SILENT = {'script', 'style'}


class Text(html.parser.HTMLParser):
    """Text of a page; a block is a line."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.silent = [], 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        if tag in BLOCKS:
            self.parts.append('\n')
        elif tag == 'img':
            self.parts.append(' ')

    def handle_startendtag(self, tag, attrs):
        if tag in BLOCKS:
            self.parts.append('\n')

    def handle_endtag(self, tag):
        if tag in SILENT and self.silent:
            self.silent -= 1
        if tag in BLOCKS:
            self.parts.append('\n')

    def handle_data(self, data):
        if not self.silent:
            self.parts.append(data.replace('\n', ' '))

    def unknown_decl(self, data):  # CDATA
        if data.startswith('CDATA['):
            self.handle_data(data[6:])


def untagged(text):
    parser = Text()
    parser.feed(text)
    parser.close()
    return ''.join(parser.parts)


def from_html(text):
    text = untagged(text)
    # feeds carry pages inside
    return untagged(text) if re.search('<(p|br|a|div)[ />]', text) else text


def from_man(text):
    text = re.sub(r'\\f(\(..|\[.*?\]|.)|\\s[-+]?\d', '', text)
    text = re.sub(r'\\(&|\||\^|/|c)', '', text).replace('\\-', '-').replace('\\e', '\\')
    return '\n'.join(line for line in text.split('\n') if line[:1] not in '.\'')


def from_tagged(text):
    return re.sub(r'\[|\](/\w+)?', '', re.sub(r'/[A-Za-z]+(\]\w*)?[ \t]*', '', text))


def strings_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from strings_of(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings_of(one)


def from_json(text):
    return '\n'.join(untagged(json.loads(s)) for s in STRING.findall(text))


def from_poems(text):
    lines = []
    for poem in json.loads(text):
        lines.append(''.join(poem.pop('paragraphs', [])))
        lines.extend(strings_of(poem))
    return '\n'.join(lines)


def from_mo(path):
    with open(path, 'rb') as f:
        catalog = gettext.GNUTranslations(f)._catalog
    return '\n'.join(untagged(v) for k, v in catalog.items() if k and isinstance(v, str))


def files(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, folders, names in os.walk(path):
            folders.sort()
            yield from (os.path.join(folder, n) for n in sorted(names))


FORMS = {'text': str, 'tagged': from_tagged, 'html': from_html, 'man': from_man,
         'json': from_json, 'poems': from_poems}


def read(form, charset, path):
    if form == 'mo':
        return from_mo(path)
    with (gzip.open if path.endswith('.gz') else open)(path, 'rb') as f:
        return FORMS[form](f.read().decode(charset, 'replace').lstrip('\ufeff'))


def is_clean(line):
    n_han = len(HAN.findall(line))
    return n_han >= MIN_HAN and 2 * n_han >= len(line.replace(' ', '')) and not DAMAGE.search(line)


def main():
    form, charset, paths = sys.argv[1], sys.argv[2], sys.argv[3:]
    sys.stdout.reconfigure(encoding='utf-8', newline='\n')
    seen = set()
    for path in files(paths):
        for line in html.unescape(read(form, charset, path)).split('\n'):
            line = re.sub('[ \t\r\xa0]+', ' ', line).strip(' \u3000')
            if line not in seen and is_clean(line):
                seen.add(line)
                print(line)


main()
