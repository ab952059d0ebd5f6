"""Money in templates."""

from django.template import Library

from wugeyi.ui import phrases

register = Library()
FEN_IN_YUAN = 100


@register.filter
def yuan(fen: int) -> str:
    """Write fen as yuan: 12 or 12.50."""
    whole, rest = divmod(fen, FEN_IN_YUAN)
    text = phrases.number(whole)
    return f"{text}.{rest:02}" if rest else text
