"""A list to import, what its findings say, and its blank table."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.imports.blank import Column
from wugeyi.imports.messages import Sentence
from wugeyi.imports.rules import MAX_WEB_BYTES
from wugeyi.organisations.models import Organisation
from wugeyi.projects.models.projects import STATE_NAMES, Level
from wugeyi.projects.rules.importing import KINDS, LEVELS, MOST_ROWS, STATES, Form

MEGABYTE = 1024 * 1024


def _offer(words: Sequence[str], names: Sequence[str | Promise]) -> str:
    """Say which words a cell may hold, with what they mean in the reader's language."""
    shown = [
        word if word == str(name) else f"{word} ({name})"
        for word, name in zip(words, names, strict=True)
    ]
    return _("可以写%(words)s。") % {"words": _("、").join(shown)}


_offered = lazy(_offer, str)

SENTENCES: dict[str, Sentence] = {
    "no_title": Sentence(
        gettext_lazy("没有名称，这一行不导入。"), gettext_lazy("请补上名称。")
    ),
    "no_day": Sentence(
        gettext_lazy("日期“%(value)s”看不懂，这一行不导入。"),
        gettext_lazy("请写成 2024-03-05 或 2024年3月。"),
    ),
    "month_only": Sentence(
        gettext_lazy("“%(value)s”没有写哪一天，按当月 1 日记。"),
        gettext_lazy("知道哪天的话请补上。"),
    ),
    "future": Sentence(
        gettext_lazy("日期“%(value)s”在今天以后。"), gettext_lazy("请核对。")
    ),
    "no_money": Sentence(
        gettext_lazy("金额“%(value)s”看不懂，这一行不导入。"),
        gettext_lazy("请只写数字，例如 12.5。"),
    ),
    "too_long": Sentence(
        gettext_lazy("“%(value)s”太长，只留前 %(other)s 个字。"),
        gettext_lazy("请核对。"),
    ),
    "unknown_kind": Sentence(
        gettext_lazy("不认得类别“%(value)s”，按“其他”记。"),
        gettext_lazy("可以用空白表里的类别。"),
    ),
    "unknown_level": Sentence(
        gettext_lazy("不认得级别“%(value)s”，不记级别。"),
        _offered(
            [words[0] for words in LEVELS.values()],
            [Level(level).label for level in LEVELS],
        ),
    ),
    "unknown_state": Sentence(
        gettext_lazy("不认得状态“%(value)s”，按日期推断。"),
        _offered(
            [words[0] for words in STATES.values()],
            [STATE_NAMES[state] for state in STATES],
        ),
    ),
    "no_reason": Sentence(
        gettext_lazy("“%(value)s”停止或未成功，没有写原因，这一行不导入。"),
        gettext_lazy("请在“原因”一列写明。"),
    ),
    "ends_before": Sentence(
        gettext_lazy("“%(value)s”结束日期早于开始日期，这一行不导入。"),
        gettext_lazy("请核对两个日期。"),
    ),
    "twice": Sentence(
        gettext_lazy("“%(value)s”和第 %(other_line)s 行是同一个，只导入一次。")
    ),
    "known": Sentence(gettext_lazy("“%(value)s”系统里已经有了，不再导入。")),
    "no_unit": Sentence(
        gettext_lazy("在“%(other)s”下面找不到单位“%(value)s”，这一行不导入。"),
        gettext_lazy("请用组织名册里的名称或代码。"),
    ),
    "unit_twice": Sentence(
        gettext_lazy("有几个单位叫“%(value)s”（%(other)s），这一行不导入。"),
        gettext_lazy("请改写成代码。"),
    ),
    "not_yours": Sentence(
        gettext_lazy("您不能为“%(value)s”登记项目，这一行不导入。"),
        gettext_lazy("请由那个单位的人导入。"),
    ),
    "person_left_out": Sentence(
        gettext_lazy("“%(value)s”一列没有读：这里不收个人信息。"),
    ),
    "too_many_rows": Sentence(
        gettext_lazy("有 %(value)s 行，一次最多 %(other)s 行。"),
        gettext_lazy("请分成几个文件。"),
    ),
}

NAMES = {
    "projects": gettext_lazy("项目清单"),
    "technologies": gettext_lazy("新技术清单"),
    "grants": gettext_lazy("科研立项清单"),
}


class ListForm(forms.Form):
    """A file, and whose list it is."""

    file = forms.FileField(
        label=gettext_lazy("表格文件"),
        help_text=gettext_lazy(".xlsx 或 .csv，不用改表头。"),
    )
    unit = forms.ModelChoiceField(
        label=gettext_lazy("哪个单位的清单"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        help_text=gettext_lazy("没有写单位的行，都算它的。"),
    )

    def __init__(self, *args: Any, roots: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (declared above)
        field.queryset = Organisation.objects.filter(path__in=list(roots)).order_by(
            "path"
        )
        first = field.queryset.first()
        field.initial = first.pk if first is not None else None

    def clean_file(self) -> Any:
        """Refuse what is too large for a page."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > MAX_WEB_BYTES:
            raise forms.ValidationError(
                _("文件有 %(size).1f MB，最多收 %(most)d MB。请分成几个文件。"),
                "too_large",
                {
                    "size": (file.size or 0) / MEGABYTE,
                    "most": MAX_WEB_BYTES // MEGABYTE,
                },
            )
        return file


class ColumnsForm(forms.Form):
    """Which column is what; what was guessed can be put right."""

    def __init__(
        self,
        *args: Any,
        form: Form,
        header: tuple[str, ...],
        guessed: dict[str, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            ("", _("没有这一列")),
            *((str(n), title or f"{n + 1}") for n, title in enumerate(header)),
        ]
        for name, known in form.columns.items():
            self.fields[name] = forms.ChoiceField(
                label=known[0],
                choices=offered,
                required=False,
                initial=str(guessed[name]) if name in guessed else "",
            )

    def columns(self) -> dict[str, int]:
        """Return what was chosen."""
        return {
            name: int(value) for name, value in self.cleaned_data.items() if value != ""
        }


def blank_columns(form: Form) -> list[Column]:
    """Return the columns of the blank table of a list."""
    notes = {
        "title": _("必填"),
        "day": _("必填，例如 2024-03-05；只知道月份就写 2024年3月"),
        "unit": _("组织名册里的名称或代码；空着就是整张清单的单位"),
        "number": _("同一个编号只导入一次"),
        "budget_wan": _("只写数字；和“元”那一列填一个就行"),
        "budget": _("只写数字"),
        "reason": _("停止或未成功时必填"),
        "state": _("空着：有结束日期算已完成，没有算进行中"),
    }
    choices = {
        "kind": tuple(words[0] for words in KINDS.values()),
        "level": tuple(words[0] for words in LEVELS.values()),
        "state": tuple(words[0] for words in STATES.values()),
    }
    return [
        Column(
            title=words[0] if name != "unit" else _("单位"),
            note=notes.get(name, ""),
            needed=name in {"title", "day"},
            choices=choices.get(name, ()),
            width=36 if name in {"title", "goal"} else 16,
        )
        for name, words in form.columns.items()
    ]


__all__ = [
    "MOST_ROWS",
    "NAMES",
    "SENTENCES",
    "ColumnsForm",
    "ListForm",
    "blank_columns",
]
