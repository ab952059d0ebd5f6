"""What staff type: partners, things, hours, answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.fields import Once, Version
from wugeyi.organisations.models import Organisation
from wugeyi.sharing.forms.fields import (
    Phone,
    Spans,
    local_day,
    pick,
    plain,
    single,
    words,
)
from wugeyi.sharing.models import Partner, Thing, Word
from wugeyi.sharing.rules.names import NOTE_LENGTH, THANKS_LENGTH
from wugeyi.sharing.rules.times import AHEAD_DAYS, MOST_DAYS, MOST_PIECES, PARTS, By

WEEKDAYS = (
    _("星期一"),
    _("星期二"),
    _("星期三"),
    _("星期四"),
    _("星期五"),
    _("星期六"),
    _("星期日"),
)


class StaffForm(Version, Once):
    """A form about a row that knows which state it was shown with."""

    def __init__(self, *args: Any, subject: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject


def word_field(list_: str, label: Any, **more: Any) -> "forms.ModelChoiceField[Word]":
    """Return a choice of one of the words of a list that are in use."""
    return forms.ModelChoiceField(
        queryset=Word.objects.filter(list=list_, active=True), label=label, **more
    )


class PartnerForm(StaffForm):
    """A partner's card."""

    name = plain(80, _("名称"))
    code = plain(
        30,
        _("组织代码"),
        required=False,
        help_text=_("在组织名册里的，写它的代码，两边就连上了。"),
    )
    kind = pick(_("哪一类"), Partner.Kind.choices)
    building = word_field(Word.List.BUILD, _("哪一种共建"), required=False)
    since_on = local_day(_("从哪天起"))
    contact_name = plain(40, _("联系人"), required=False)
    contact_phone = Phone(
        label=_("联系电话"),
        required=False,
        help_text=_("联系人和电话只有社区工作人员看得到。"),
    )
    agreement = words(
        300,
        _("协议说明"),
        rows=2,
        required=False,
        help_text=_("比如：2025 年 3 月签的共建协议，一年一续。"),
    )

    def clean_code(self) -> int | None:
        """Return the key of the organisation."""
        code = self.cleaned_data["code"]
        if not code:
            return None
        found = Organisation.objects.filter(code=code, valid_to=None).first()
        if found is None:
            raise forms.ValidationError(
                _("名册里没有这个代码。请核对，或者空着。"), "code"
            )
        return found.pk


class EndForm(StaffForm):
    """The last day."""

    on = local_day(_("最后一天"))


class ThingForm(StaffForm):
    """What is said of a thing."""

    title = plain(60, _("名称"), help_text=_("比如：二楼会议室、折叠梯、修家电。"))
    kind = word_field(
        Word.List.KIND, _("种类"), empty_label=None, widget=forms.RadioSelect
    )
    sharing = word_field(Word.List.SHARE, _("哪一种共享"), required=False)
    about = words(400, _("说明"), required=False)
    place = plain(100, _("在哪里"), required=False)
    by = pick(_("怎么约"), Thing.Taken.choices)
    pieces = forms.IntegerField(
        label=_("有几件"),
        min_value=1,
        max_value=MOST_PIECES,
        initial=1,
        help_text=_("同样的东西有几件，同一时段就能约给几家。场地写 1。"),
    )
    most = forms.IntegerField(
        label=_("一次最长"),
        min_value=1,
        max_value=PARTS,
        help_text=_("按时段的写几个半小时，按天的写几天。"),
    )
    ahead_days = forms.IntegerField(
        label=_("最多提前几天"), min_value=1, max_value=AHEAD_DAYS, initial=30
    )
    who = pick(_("谁可以约"), Thing.Who.choices)
    accepts_itself = forms.BooleanField(
        label=_("约了就算同意，不用答复"), required=False
    )
    conditions = words(
        300,
        _("使用约定"),
        rows=2,
        required=False,
        help_text=_("都不收费。比如：用完关灯锁门，椅子放回原处。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Thing):
            # What was promised is counted so.
            del self.fields["by"]

    def clean(self) -> dict[str, Any]:
        """Hold the longest time to what one may lend."""
        super().clean()
        known = self.cleaned_data
        way = known.get("by") or getattr(self.subject, "by", "")
        if way == By.DAY and (known.get("most") or 0) > MOST_DAYS:
            self.add_error(
                "most",
                forms.ValidationError(
                    _("按天借的一次最长 %(days)s 天。"), "most", {"days": MOST_DAYS}
                ),
            )
        return known


class WeekForm(StaffForm):
    """Opening hours of a week, a line for each day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(WEEKDAYS):
            self.fields[f"day{number}"] = Spans(label=name)
        self.fields["day0"].help_text = _(
            "写成 9:00-12:00、14:00-17:30 这样，整点或半点；空着就是不开放。"
        )

    def clean(self) -> dict[str, Any]:
        """Ask for one open day at least."""
        super().clean()
        known = self.cleaned_data
        week = {number: known.get(f"day{number}") or () for number in range(7)}
        if not self.errors and not any(week.values()):
            raise forms.ValidationError(_("一周至少要有一天开放。"), "closed")
        known["week"] = week
        return known


class NewThingForm(ThingForm, WeekForm):
    """A thing with its hours."""

    since_on = local_day(_("从哪天起共享"))
    field_order = (
        "title",
        "kind",
        "sharing",
        "about",
        "place",
        "by",
        "pieces",
        "most",
        "ahead_days",
        "who",
        "accepts_itself",
        "conditions",
        "since_on",
    )


class OtherDayForm(StaffForm):
    """A day that is otherwise."""

    on = local_day(_("哪天"))
    hours = Spans(
        label=_("这天的开放时间"), help_text=_("空着就是这天不开放。只写一段。")
    )
    why = plain(60, _("为什么"), required=False, help_text=_("比如：春节休息。"))

    def clean_hours(self) -> Any:
        """Return the one span."""
        spans = self.cleaned_data["hours"]
        if len(spans) > 1:
            raise forms.ValidationError(_("特别的一天只写一段时间。"), "one")
        return single(spans)


class NothingForm(StaffForm):
    """A question before an act; nothing to type."""


class AnswerForm(StaffForm):
    """A word with an answer, if wished."""

    answer = words(
        NOTE_LENGTH,
        _("要告诉对方的话"),
        rows=2,
        required=False,
        help_text=_("比如：到门卫处拿钥匙。回执上看得到。"),
    )


class ReasonForm(StaffForm):
    """Why not."""

    answer = words(
        NOTE_LENGTH, _("为什么"), rows=2, help_text=_("回执上看得到，请写得客气些。")
    )


class ReturnForm(StaffForm):
    """How it came back."""

    note = words(
        NOTE_LENGTH,
        _("归还情况"),
        rows=2,
        required=False,
        help_text=_("只写东西怎么样，不评价人。"),
    )


class PublishForm(StaffForm):
    """The words as they will stand on the wall."""

    public_text = words(
        THANKS_LENGTH + 100,
        _("公开的话"),
        help_text=_("电话、门牌、姓名已经先遮住了，请再看一遍。"),
    )


class WordForm(forms.Form):
    """A word of one of the lists."""

    list = pick(_("哪一组"), Word.List.choices)
    code = forms.SlugField(
        label=_("代码"), max_length=20, help_text=_("小写字母、数字和横线。")
    )
    name_zh = plain(20, _("名称"))
    name_en = plain(60, _("英文名称"), required=False)
    source = plain(200, _("出处"), required=False)
    verified = forms.BooleanField(label=_("已对照原文核对"), required=False)
    active = forms.BooleanField(label=_("正在使用"), required=False)

    def __init__(self, *args: Any, row: Word | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        if row is not None:
            # Figures and things refer to them.
            del self.fields["code"]
            del self.fields["list"]

    def clean(self) -> dict[str, Any]:
        """Refuse a code that is there already."""
        super().clean()
        known = self.cleaned_data
        if self.row is None and "code" in known and "list" in known:
            same = Word.objects.filter(list=known["list"], code=known["code"])
            if same.exists():
                self.add_error(
                    "code",
                    forms.ValidationError(_("这个代码已经有了。请换一个。"), "taken"),
                )
        return known
