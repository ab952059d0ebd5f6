"""A paragraph as HTML: each number a link, each with its footnote's number."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from wugeyi.reports.paragraphs.composing import Paragraph
from wugeyi.reports.paragraphs.sentences import Number, Piece


def html(paragraph: Paragraph, *, notes: bool) -> SafeString:
    """Return the text; ``notes`` adds the footnotes' numbers, once a page only."""
    urls = paragraph.urls
    return format_html_join(
        "",
        "{}",
        (
            (_piece(piece, urls, notes=notes),)
            for sentence in paragraph.sentences
            for piece in sentence
        ),
    )


def _piece(piece: Piece, urls: dict[str, str], *, notes: bool) -> SafeString | str:
    if not isinstance(piece, Number):
        return piece
    return format_html(
        '<a href="{}">{}</a>{}{}',
        urls[piece.code],
        piece.text,
        format_html('<sup><a href="#note-{0}">{0}</a></sup>', piece.note)
        if notes
        else "",
        f" {piece.word}" if piece.word else "",
    )
