"""A voucher as it is typed: a head and rows; nothing typed is ever lost."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from wugeyi.books.forms.fields import Day, Named, Yuan
from wugeyi.books.rules.accountnames import Choice
from wugeyi.books.rules.entries import ITEM_KINDS, Line
from wugeyi.branchwork.models import Decision
from wugeyi.casework.forms.fields import CleanLine, Once, Version
from wugeyi.casework.forms.photos import PhotosField
from wugeyi.projects.rules.money import write_yuan

MOST_ROWS = 200
LEAST_ROWS = 4
MORE_ROWS = 5
ROW_FIELDS = ("summary", "account", "debit", "credit", *ITEM_KINDS)


class DecisionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Choose the decision something rests on."""

    def label_from_instance(self, obj: Any) -> str:
        """Name a decision by its day and matter."""
        return f"{obj.held_on:%Y-%m-%d} {obj.matter[:60]}"


class HeadForm(Version, Once):
    """When it was, the decision it rests on, papers that go with it."""

    day = Day(label=_("日期"))
    decision = DecisionChoice(
        label=_("依据的决定"),
        queryset=Decision.objects.none(),
        required=False,
        help_text=_("重大事项要先通过民主程序，在这里选那次决定。"),
    )
    photos = PhotosField(
        label=_("单据照片"),
        required=False,
        help_text=_("发票、收据拍照附上。可以选几张，存好以后还能再加。"),
    )

    def __init__(self, *args: Any, decisions: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if decisions is None:
            del self.fields["decision"]
        else:
            field = self.fields["decision"]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (set above)
            field.queryset = decisions


class RowForm(forms.Form):
    """One row: what for, which account, how much on which side, about what."""

    summary = CleanLine(label=_("摘要"), max_length=200, required=False)
    account = Named(label=_("科目"), what=_("科目"))
    debit = Yuan(label=_("借方"))
    credit = Yuan(label=_("贷方"))
    project = Named(label=_("项目"), what=_("项目"))
    counterparty = Named(label=_("往来单位或个人"), what=_("往来"))
    household = Named(label=_("成员户"), what=_("成员户"))
    asset = Named(label=_("资产或资源"), what=_("资产"))

    def __init__(
        self, *args: Any, find: Callable[[str, str], list[Choice]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("account", *ITEM_KINDS):
            field = self.fields[name]
            assert isinstance(field, Named)  # noqa: S101 (set above)
            field.find = _finder(find, name)

    @property
    def blank(self) -> bool:
        """Whether nothing was typed in the row."""
        return not any(
            str(self.data.get(self.add_prefix(name), "")).strip() for name in ROW_FIELDS
        )

    def clean(self) -> dict[str, Any]:
        """Refuse amounts on both sides."""
        values = super().clean() or self.cleaned_data
        if values.get("debit") and values.get("credit"):
            self.add_error("credit", _t("一行只能写借方或贷方。请分成两行。"))
        return values


class Rows:
    """The rows of a voucher, as a formset would hold them, but blank ones are skipped.

    Parameters
    ----------
    data
        What was sent; None for rows to begin with.
    initial
        Values to begin with, one mapping a row.
    """

    def __init__(
        self,
        data: MultiValueDict[str, str] | None,
        *,
        find: Callable[[str, str], list[Choice]],
        initial: Iterable[dict[str, str]] = (),
        more: int = 0,
    ) -> None:
        self.bound = data is not None
        given = list(initial) if data is None else list(_sent(data))
        count = min(MOST_ROWS, max(LEAST_ROWS, len(given)) + more)
        given += [{}] * (count - len(given))
        self.forms = [
            RowForm(
                _flat(values, place) if self.bound else None,
                prefix=f"line-{place}",
                initial=values,
                find=find,
            )
            for place, values in enumerate(given)
        ]
        # What a script makes further rows of; never sent.
        self.empty = RowForm(prefix="line-__row__", find=find)

    @property
    def filled(self) -> list[tuple[int, RowForm]]:
        """The rows something was typed in, with their numbers from 1."""
        return [
            (place, form)
            for place, form in enumerate(self.forms, start=1)
            if not form.blank
        ]

    def is_valid(self) -> bool:
        """Tell whether every row can be kept."""
        checked = [form.is_valid() for _place, form in self.filled]
        return all(checked)

    @property
    def errors(self) -> list[tuple[int, str, str, str]]:
        """Row, id of the field, its name and what is wrong with it."""
        return [
            (place, form[name].auto_id, str(form[name].label), str(error))
            for place, form in self.filled
            for name in form.fields
            for error in form.errors.get(name, ())
        ]

    @property
    def lines(self) -> list[Line]:
        """The lines; a row without words has those of the row above."""
        made: list[Line] = []
        for _place, form in self.filled:
            values = form.cleaned_data
            words = values["summary"] or (made[-1].summary if made else "")
            made.append(
                Line(
                    account=values["account"],
                    debit_fen=values["debit"],
                    credit_fen=values["credit"],
                    summary=words,
                    **{kind: values[kind] for kind in ITEM_KINDS},
                )
            )
        return made

    def incomplete(self) -> list[str]:
        """Say what keeps the rows from being reviewed."""
        found = []
        for place, form in self.filled:
            values = form.cleaned_data
            if not values["account"]:
                found.append(_t("第 %(row)s 行：请写科目。") % {"row": place})
            if not values["debit"] and not values["credit"]:
                found.append(_t("第 %(row)s 行：请写金额。") % {"row": place})
        lines = self.lines
        if lines and not lines[0].summary:
            found.append(_t("第 1 行：请写摘要。"))
        if len(lines) < 2:
            found.append(_t("一张凭证至少要有两行：一借一贷。"))
        debit = sum(each.debit_fen for each in lines)
        credit = sum(each.credit_fen for each in lines)
        if debit != credit:
            found.append(
                _t("借贷不平：借方 %(debit)s 元，贷方 %(credit)s 元，差 %(gap)s 元。")
                % {
                    "debit": write_yuan(debit),
                    "credit": write_yuan(credit),
                    "gap": write_yuan(abs(debit - credit)),
                }
            )
        return found


def initial_of(lines: Iterable[Line], names: dict[str, str]) -> list[dict[str, str]]:
    """Return lines as rows to begin with; ``names`` of accounts by code."""
    return [
        {
            "summary": line.summary,
            "account": f"{line.account} {names.get(line.account, '')}".strip(),
            "debit": write_yuan(line.debit_fen) if line.debit_fen else "",
            "credit": write_yuan(line.credit_fen) if line.credit_fen else "",
            **{kind: getattr(line, kind) for kind in ITEM_KINDS},
        }
        for line in lines
    ]


def typed_rows(data: MultiValueDict[str, str]) -> list[dict[str, str]]:
    """Return what was typed, to begin the same page again with more rows."""
    return list(_sent(data))


def _sent(data: MultiValueDict[str, str]) -> Iterator[dict[str, str]]:
    places = sorted(
        int(part)
        for part in {
            key.split("-")[1]
            for key in data
            if key.startswith("line-") and key.count("-") == 2
        }
        if part.isascii() and part.isdigit() and len(part) < 4
    )
    for place in places[:MOST_ROWS]:
        yield {name: str(data.get(f"line-{place}-{name}", "")) for name in ROW_FIELDS}


def _flat(values: dict[str, str], place: int) -> dict[str, str]:
    return {f"line-{place}-{name}": value for name, value in values.items()}


def _finder(
    find: Callable[[str, str], list[Choice]], name: str
) -> Callable[[str], list[Choice]]:
    return lambda text: find(name, text)
