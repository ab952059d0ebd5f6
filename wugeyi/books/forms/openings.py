"""Opening balances typed on a page: two amounts for each account, kept if refused."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.books.adapter.openings import Row
from wugeyi.books.forms.importmessages import told
from wugeyi.books.rules.entries import Line
from wugeyi.books.rules.money import NoAmount, Wrong, typed_fen
from wugeyi.books.rules.openingrows import SUMMARY, checked
from wugeyi.casework.forms.fields import Once

WRONG = {
    Wrong.TEXT: _("%(account)s：看不懂这个金额。请只写数字，如 1200.50。"),
    Wrong.DECIMALS: _("%(account)s：账只记到分，请改成两位小数。"),
    Wrong.NEGATIVE: _("%(account)s：请写正数；余额在另一方，就填在另一列。"),
    Wrong.LARGE: _("%(account)s：数太大了，请核对是不是多写了几位。"),
}
SIDES = (("debit", _("%(account)s 借方")), ("credit", _("%(account)s 贷方")))


class OpeningForm(Once):
    """A field for each side of each account that has none below it."""

    def __init__(self, *args: Any, rows: Sequence[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [row for row in rows if row.leaf]
        for row in self.rows:
            account = f"{row.code} {row.name}"
            for side, label in SIDES:
                said = label % {"account": account}
                self.fields[f"{side}_{row.code}"] = forms.CharField(
                    label=said,
                    required=False,
                    max_length=30,
                    widget=forms.TextInput(
                        attrs={
                            "inputmode": "decimal",
                            "autocomplete": "off",
                            "aria-label": said,
                            "class": "control",
                        }
                    ),
                )

    def clean(self) -> dict[str, Any]:
        """Read every amount, and tell whether they balance."""
        data = super().clean() or {}
        self.lines: list[Line] = []
        for row in self.rows:
            debit, credit = (self._fen(data, row, side) for side, _ in SIDES)
            if debit and credit:
                text = _("%(account)s：只能填一方。")
                self.add_error(
                    f"credit_{row.code}",
                    forms.ValidationError(text, "both", {"account": row.name}),
                )
            elif debit or credit:
                self.lines.append(Line(row.code, debit, credit, SUMMARY))
        if not self.errors:
            for finding in checked(self.lines):
                self.add_error(None, "".join(told(finding)))
        return data

    def _fen(self, data: dict[str, Any], row: Row, side: str) -> int:
        try:
            return typed_fen(data.get(f"{side}_{row.code}") or "")
        except NoAmount as problem:
            self.add_error(
                f"{side}_{row.code}",
                forms.ValidationError(
                    WRONG[problem.wrong], "amount", {"account": row.name}
                ),
            )
            return 0

    def shown(self) -> Iterator[tuple[Row, Any, Any]]:
        """Yield accounts with their two fields."""
        for row in self.rows:
            yield row, self[f"debit_{row.code}"], self[f"credit_{row.code}"]
