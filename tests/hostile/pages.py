"""Pages that are made to hurt: name -> (bytes, the code of the rejection that must name the limit, or None).

None: all of it is read, so that the sentence at its end must be in the main text or in a block that bears
the reason why it is not. Codes: one of these limits cut something off or refused the page, and rejected.csv
says so. Generated, so that none of it lies in the tree."""

HEAD = ("<html><head><title>渔港开市</title></head><body><h1>渔港开市</h1>"
        "<p>今年开渔以来，一百二十条渔船回港，卸下鲜鱼三百吨，码头上的人比往年多了两成，价钱也稳住了。</p>")
LINES = ("渔港开市\n2024-08-17 09:30 来源：海边日报\n\n"
         "今年开渔以来，一百二十条渔船回港，卸下鲜鱼三百吨，码头上的人比往年多了两成，价钱也稳住了。\n")
END = "最后这一句必须留在文章里，渔民说明天还要出海，到后天傍晚才能回来，所以今天要早些睡。"
FOOT = f"<p>{END}</p></body></html>"
LIMIT = 16 << 20
LIMITS = {None, "memory"}  # whole, or so much for the stages behind the page that a limit is named


def html(middle):
    return (HEAD + middle + FOOT).encode()


def text(middle):
    return (LINES + middle + "\n" + END + "\n").encode()


def filled(size):
    """A page of exactly so many bytes."""
    fill = "甲乙丙丁，戊己庚辛。"
    room = size - len(html("<p></p>"))
    return html("<p>" + fill * (room // len(fill.encode())) + "x" * (room % len(fill.encode())) + "</p>")


CASES = {
    # mark-up
    "endtags": (html("<div>" * 400 + "</span>" * 100000 + "</div>" * 400), None),
    "endtags-p": (html("</p>" * 100000), None),
    "attributes": (html("<p " + " ".join(f"a{i}=1" for i in range(100000)) + ">甲</p>"), {"too-many-attributes"}),
    "attributes-same": (html("<p " + "a=1 " * 100000 + ">甲</p>"), {"too-many-attributes"}),
    "divs": (html("<div>" * 1000000), {"too-deep"}),
    "inline": (html("<b>" * 100000), {"too-deep"}),
    "forms": (html("<form><input>" * 50000), {"too-deep"}),
    "lists": (html("<ul><li>" * 50000), {"too-deep"}),
    "tables": (html("<table><tr><td>" * 20000), {"too-deep"}),
    "svg": (html("<svg><g>" * 50000), {"too-deep"}),
    "select": (html("<select>" + "<option>甲" * 20000 + "</select>"), None),
    "breaks": (html("<p>" + "<br>" * 300000 + "</p>"), None),
    "rows": (html("<table>" + "<tr><td>1<td>2" * 20000 + "</table>"), None),
    "classes": (html('<div class="' + "article content " * 60000 + '">甲</div>'), None),
    "quote": (html('<p title="' + "甲" * 100000 + "</p>"), None),
    "comment": (html("<!--" + "-" * 500000 + "-->"), None),
    "script": (html("<script>" + "if (a < b) { c(); }" * 50000 + "</script>"), None),
    "lt": (html("<" * 200000), None),
    "amp": (html("<p>" + "&" * 1000000 + "</p>"), None),
    "amp-named": (html("<p>" + "&amp;" * 200000 + "</p>"), None),
    "titles": (html("<title>甲</title>" * 20000), None),
    "metas": (html("".join(f'<meta name="m{i}" content="甲">' for i in range(100000))), {"too-much-metadata"}),
    "paragraphs": (html("<p>甲" * 250000), {"too-many-blocks", "memory"}),
    "html-inside": (html("</body></html>" * 5000), None),
    # text
    "brackets": (text("[" * 200000 + "](" * 100000), None),
    "markdown": (text("# 甲\n" * 20 + "[a](http://x.example/) " * 50000), None),
    "quotes": (text(("> " * 300 + "甲\n") * 2000), None),
    "page-numbers": (text("— 1 —\n海边日报 第二版\n" * 20000), None),
    "boxes": (text("│ 1 │ 2 │\n" * 30000), None),
    "chat": (text("2018-06-23 06:31:12 老樊\n好的\n" * 20000), None),
    "labels": (text("标题：甲\n" * 20000), None),
    "codes": (text("HD  甲\nLP\n" * 20000), None),
    "dates": (text("Thu Apr 20 09:12:37 2006 " * 20000), None),
    "lines": (text("甲\n" * 250000), {"too-many-blocks"}),
    "blank-lines": (text("\n" * 1000000), None),
    # bytes
    "nul-only": (b"\0" * 1000000, {"not-text"}),
    "nul-inside": (html("\0" * 3), None),
    "nul-many": (html("\0" * 1000), {"not-text"}),
    "byte-marks": (html("\ufeff" * 100000), None),
    # sizes
    "limit-less-one": (filled(LIMIT - 1), LIMITS),
    "limit": (filled(LIMIT), LIMITS),
    "limit-and-one": (filled(LIMIT + 1), {"too-large"}),
    "node-100m": (html("<p>" + "甲" * (100 << 20 >> 2) + "</p>"), {"too-large"}),
}
