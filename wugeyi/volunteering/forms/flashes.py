"""The five flashes: as little as is enough, each on one page."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.casework.forms.fields import CleanLine, CleanText
from wugeyi.casework.forms.photos import PhotosField
from wugeyi.casework.forms.tables import day_field
from wugeyi.casework.forms.where import Key, WhereForm
from wugeyi.casework.rules.intake import read_phone
from wugeyi.volunteering.models import Emergency, Help

MOST_SESSIONS = 50
MOST_PIECES = 10_000
REPORT_LIMIT = 500


def sentence(label: Any, most: int, **more: Any) -> CleanText:
    """Return a field for a sentence or two."""
    widget = forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})
    return CleanText(label=label, max_length=most, widget=widget, **more)


def phone_field(*, required: bool, **more: Any) -> CleanLine:
    """Return a field for a telephone number."""
    return CleanLine(
        label=gettext_lazy("联系电话"),
        required=required,
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}
        ),
        **more,
    )


def clean_phone(typed: str) -> str:
    """Read a telephone number; blank stays blank.

    Raises
    ------
    django.forms.ValidationError
        It cannot be one.
    """
    phone = read_phone(typed) if typed else ""
    if phone is None:
        raise forms.ValidationError(
            _("这个电话号码看不懂。手机是 11 位，座机请加区号。")
        )
    return phone


class AskForm(WhereForm):
    """闪帮: a neighbour asks."""

    WITHIN = (
        ("today", gettext_lazy("今天")),
        ("tomorrow", gettext_lazy("明天以前")),
        ("three", gettext_lazy("三天内")),
        ("week", gettext_lazy("一周内")),
    )
    DAYS = {"today": 0, "tomorrow": 1, "three": 3, "week": 7}

    kind = forms.ChoiceField(
        label=gettext_lazy("帮什么"),
        choices=Help.Kind.choices,
        widget=forms.RadioSelect,
    )
    text = sentence(
        gettext_lazy("说一句"),
        500,
        help_text=gettext_lazy("例如：一袋米搬上五楼。只有接的人和社区看得到。"),
    )
    within = forms.ChoiceField(
        label=gettext_lazy("什么时候以前"),
        choices=WITHIN,
        widget=forms.RadioSelect,
        initial="today",
    )
    near = CleanLine(
        label=gettext_lazy("大概在哪里"),
        max_length=60,
        help_text=gettext_lazy("志愿者都看得到，不写门牌。例如：幸福小区北门一带。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    address = CleanLine(
        label=gettext_lazy("详细地址"),
        max_length=120,
        help_text=gettext_lazy("只有接下这件事的人和社区看得到。"),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    name = CleanLine(
        label=gettext_lazy("怎么称呼您"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = phone_field(required=True)

    def clean_phone(self) -> str:
        """Read the number."""
        return clean_phone(self.cleaned_data["phone"])

    def until(self, at: datetime) -> datetime:
        """Return the end of the day that was meant."""
        days = self.DAYS[self.cleaned_data["within"]]
        day = timezone.localdate(at) + timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time(23, 59)))


class AskedFirst(WhereForm):
    """What may be shown something before it is sent: numbers to call, alike cases."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    join = Key()


class ReportForm(AskedFirst):
    """闪拍: after stopping."""

    text = sentence(
        gettext_lazy("一句话说说"),
        REPORT_LIMIT,
        help_text=gettext_lazy("例如：人行道上的井盖没了。"),
    )
    photos = PhotosField(
        help_text=gettext_lazy("拍到的人脸和车牌不会公开。最多 3 张。")
    )


class NeedForm(AskedFirst):
    """A rider's need or suggestion."""

    text = sentence(
        gettext_lazy("您的建议或需求"),
        1000,
        help_text=gettext_lazy("例如：小区能不能给骑手开个侧门，电动车没有地方充电。"),
    )


class DoneForm(WhereForm):
    """What was done on a day."""

    on = day_field(gettext_lazy("哪一天（不填就是今天）"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A page kept on the phone does not know today's date.
        self.fields["on"].required = False

    def clean_on(self) -> Any:
        """Let nothing be done tomorrow; blank is the day it is sent."""
        on = self.cleaned_data["on"]
        if on and on > timezone.localdate():
            raise forms.ValidationError(_("这一天还没有到。请填已经过去的日子。"))
        return on


class PublicityForm(DoneForm):
    """闪宣."""

    text = sentence(
        gettext_lazy("宣传了什么"),
        200,
        help_text=gettext_lazy("例如：反诈宣传、防火安全。"),
    )
    sessions = forms.IntegerField(
        label=gettext_lazy("几场"), min_value=0, max_value=MOST_SESSIONS, required=False
    )
    pieces = forms.IntegerField(
        label=gettext_lazy("发了几份材料"),
        min_value=0,
        max_value=MOST_PIECES,
        required=False,
    )
    photos = PhotosField(help_text=gettext_lazy("想拍才拍，最多 1 张。"))

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two numbers."""
        values = super().clean()
        wrong = {"sessions", "pieces"} & set(self.errors)
        if not wrong and not values.get("sessions") and not values.get("pieces"):
            self.add_error("sessions", _("请写几场，或者发了几份材料，有一样就行。"))
        return values


class CleanupForm(DoneForm):
    """闪除: only illegal postings, nothing high, nothing dangerous, no damage."""

    text = sentence(
        gettext_lazy("清了什么"),
        200,
        help_text=gettext_lazy("例如：电线杆上的三张小广告。"),
    )
    safe = forms.ChoiceField(
        label=gettext_lazy("能自己清吗"),
        choices=(
            ("yes", gettext_lazy("站在地上够得着，不危险，不会损坏公物：我清了")),
            (
                "no",
                gettext_lazy("登高、危险、会损坏公物，或分不清是不是违规：请社区来"),
            ),
        ),
        widget=forms.RadioSelect,
    )
    photos = PhotosField(
        help_text=gettext_lazy("想拍才拍：先选清之前的，再选清之后的，最多 2 张。")
    )


class EmergencyForm(WhereForm):
    """闪报: nothing must be filled in."""

    forgiving = True

    text = sentence(
        gettext_lazy("什么情况"),
        300,
        required=False,
        help_text=gettext_lazy("一句话，不写也行。例如：有老人摔倒。"),
    )
    called = forms.ChoiceField(
        label=gettext_lazy("打过电话了吗"),
        choices=Emergency.Called.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    phone = phone_field(
        required=False, help_text=gettext_lazy("方便值班室回电话，到期自动删除。")
    )

    def clean_phone(self) -> str:
        """Drop what cannot be a number: nothing here may hold the message up."""
        return read_phone(self.cleaned_data["phone"]) or ""
