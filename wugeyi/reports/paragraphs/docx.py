"""A paragraph as a DOCX, written part by part: footnotes whose links open the figures.

Office Open XML (ECMA-376, part 1); a ZIP of six small parts. Nothing in it depends on
the clock: the same paragraph gives the same bytes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from wugeyi.reports.paragraphs.sentences import Number, Piece

EPOCH = (1980, 1, 1, 0, 0, 0)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# Word keeps -1 and 0 for the lines above the notes; ours begin at 1.
CONTENT_TYPES = f"""{HEAD}
<Types xmlns="{PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="{TYPES}.document.main+xml"/>\
<Override PartName="/word/styles.xml" ContentType="{TYPES}.styles+xml"/>\
<Override PartName="/word/footnotes.xml" ContentType="{TYPES}.footnotes+xml"/>\
</Types>"""
ROOT = f"""{HEAD}
<Relationships xmlns="{PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>\
</Relationships>"""
FONTS = (
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
)
STYLES = f"""{HEAD}
<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr>{FONTS}<w:sz w:val="24"/></w:rPr>\
</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line="360" w:lineRule="auto"/></w:pPr>\
</w:pPrDefault></w:docDefaults>\
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>\
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:pPr>\
<w:spacing w:after="120"/></w:pPr><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style>\
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr>\
<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr>\
<w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>\
<w:style w:type="paragraph" w:styleId="Small"><w:name w:val="Small"/><w:pPr>\
<w:spacing w:line="276" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="19"/></w:rPr></w:style>\
<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:pPr>\
<w:spacing w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style>\
<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>\
<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>\
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr>\
<w:color w:val="0B5B4C"/><w:u w:val="single"/></w:rPr></w:style>\
<w:style w:type="table" w:default="1" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr>\
<w:tblBorders><w:top w:val="single" w:sz="8"/><w:bottom w:val="single" w:sz="8"/>\
<w:insideH w:val="single" w:sz="4"/></w:tblBorders></w:tblPr></w:style>\
</w:styles>"""
PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" '
    'w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
)


@dataclass(frozen=True, slots=True)
class Link:
    """A text that opens an address."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """What stands below the page for a number: a text, then a link."""

    text: str
    link: Link


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything a document is written from."""

    title: str
    lines: Sequence[str]
    sentences: Sequence[Sequence[Piece]]
    notes: Sequence[Footnote]
    tables: Sequence[tuple[str, Sequence[Sequence[str | Link]]]]


@dataclass(slots=True)
class _Links:
    """The addresses of one part, each once; a part names them by key."""

    keys: dict[str, str] = field(default_factory=dict)

    def key(self, url: str) -> str:
        return self.keys.setdefault(url, f"rId{len(self.keys) + 10}")

    def text(self, more: str = "") -> str:
        rows = "".join(
            f'<Relationship Id="{key}" Type="{OFFICE}/hyperlink"'
            f' Target={quoteattr(url)} TargetMode="External"/>'
            for url, key in self.keys.items()
        )
        return f'{HEAD}\n<Relationships xmlns="{PACKAGE}/relationships">{more}{rows}</Relationships>'


def written(letter: Letter) -> bytes:
    """Return the document."""
    in_text, in_notes = _Links(), _Links()
    body = _body(letter, in_text)
    notes = _notes(letter.notes, in_notes)
    own = (
        f'<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/footnotes" Target="footnotes.xml"/>'
    )
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT,
        "word/document.xml": body,
        "word/styles.xml": STYLES,
        "word/footnotes.xml": notes,
        "word/_rels/document.xml.rels": in_text.text(own),
        "word/_rels/footnotes.xml.rels": in_notes.text(),
    }
    out = BytesIO()
    with ZipFile(out, "w") as file:
        for name, text in parts.items():
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            file.writestr(entry, text.encode())
    return out.getvalue()


def _body(letter: Letter, links: _Links) -> str:
    parts = [_paragraph(_run(letter.title), "Title")]
    parts += [_paragraph(_run(line), "Small") for line in letter.lines]
    urls = [note.link.url for note in letter.notes]
    text = "".join(
        _piece(piece, urls, links) for each in letter.sentences for piece in each
    )
    parts.append(_paragraph(text, "Normal"))
    for heading, rows in letter.tables:
        parts += [_paragraph(_run(heading), "Heading1"), _table(rows, links)]
    return f"{HEAD}\n<w:document {NAMES}><w:body>{''.join(parts)}{PAGE}</w:body></w:document>"


def _piece(piece: Piece, urls: Sequence[str], links: _Links) -> str:
    if isinstance(piece, Number):
        word = f" {piece.word}" if piece.word else ""
        return (
            _link(Link(piece.text, urls[piece.note - 1]), links)
            + '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            + f'<w:footnoteReference w:id="{piece.note}"/></w:r>'
            + (_run(word) if word else "")
        )
    return _run(piece)


def _notes(notes: Iterable[Footnote], links: _Links) -> str:
    own = "".join(
        f'<w:footnote w:id="{number}">'
        + _paragraph(
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            "<w:footnoteRef/></w:r>" + _run(f" {note.text} ") + _link(note.link, links),
            "FootnoteText",
        )
        + "</w:footnote>"
        for number, note in enumerate(notes, 1)
    )
    lines = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>'
        '</w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
        "<w:continuationSeparator/></w:r></w:p></w:footnote>"
    )
    return f"{HEAD}\n<w:footnotes {NAMES}>{lines}{own}</w:footnotes>"


def _table(rows: Sequence[Sequence[str | Link]], links: _Links) -> str:
    width = 9070 // max((len(row) for row in rows), default=1)
    text = "".join(
        f"<w:tr>{_heading(number)}"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            + _paragraph(
                _link(cell, links) if isinstance(cell, Link) else _run(cell), "Small"
            )
            + "</w:tc>"
            for cell in row
        )
        + "</w:tr>"
        for number, row in enumerate(rows)
    )
    columns = f'<w:gridCol w:w="{width}"/>' * (len(rows[0]) if rows else 0)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{text}</w:tbl>"
    )


def _heading(number: int) -> str:
    return "" if number else "<w:trPr><w:tblHeader/></w:trPr>"


def _paragraph(runs: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(_clean(text))}</w:t></w:r>'


def _link(link: Link, links: _Links) -> str:
    return (
        f'<w:hyperlink r:id="{links.key(link.url)}"><w:r><w:rPr>'
        '<w:rStyle w:val="Hyperlink"/></w:rPr>'
        f"<w:t>{escape(_clean(link.text))}</w:t></w:r></w:hyperlink>"
    )


def _clean(text: str) -> str:
    """Drop what XML cannot hold."""
    return (
        "".join(letter for letter in text if letter >= " " or letter in "\t\n")
        .replace("\ufffe", "")
        .replace("\uffff", "")
    )
