"""What administrators enter: keys, targets, terms of use."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.fields import CleanLine
from wugeyi.interfaces.events import labels
from wugeyi.interfaces.rules.hooks import LONGEST_URL, UrlFault, url_fault
from wugeyi.organisations.models import Organisation

URL_FAULTS = {
    UrlFault.NOT_A_URL: _("这不是一个网址。请从浏览器里复制完整的网址。"),
    UrlFault.NOT_HTTPS: _(
        "网址要以 https:// 开头。本机内网的地址要先由装系统的人写进 WUGEYI_WEBHOOK_NETWORKS。"
    ),
    UrlFault.HAS_PASSWORD: _("网址里不要写用户名和密码，推送的消息有签名。"),
    UrlFault.OWN_NETWORK: _(
        "不能推送到本机或内网的地址。要推送，先由装系统的人写进 WUGEYI_WEBHOOK_NETWORKS。"
    ),
}


class UnitForm(forms.Form):
    """A form about one of the organisations somebody administers."""

    organisation = forms.ModelChoiceField(
        label=_("管哪里"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        help_text=_("只管这个单位和它下面的各级。"),
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (declared above)
        field.queryset = units


class KeyForm(UnitForm):
    """A key for another program."""

    name = CleanLine(
        label=_("给谁用"),
        max_length=80,
        help_text=_("写程序或单位的名字，例如：县融媒体中心小程序。"),
    )
    writes = forms.BooleanField(label=_("可以提交诉求"), required=False, initial=True)
    per_minute = forms.IntegerField(
        label=_("每分钟最多几次"), min_value=1, max_value=6000, initial=60
    )
    per_day = forms.IntegerField(
        label=_("每天最多几次"), min_value=1, max_value=10_000_000, initial=5000
    )
    valid_to = forms.DateField(
        label=_("到哪天止"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("这一天起不能再用；空着就一直能用，直到吊销。"),
    )

    field_order = ("name", "organisation")

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_valid_to(self) -> Any:
        """Refuse a day that is over."""
        day = self.cleaned_data["valid_to"]
        if day is not None and day <= self.today:
            raise forms.ValidationError(_("这一天已经到了。请写以后的日期。"))
        return day


class TargetForm(UnitForm):
    """An address that is told of what happens."""

    name = CleanLine(label=_("名称"), max_length=80)
    url = forms.CharField(
        label=_("网址"),
        max_length=LONGEST_URL,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=_("消息用 POST 送到这里，内容都是已经公开的。"),
    )
    events = forms.MultipleChoiceField(
        label=_("哪些事"), widget=forms.CheckboxSelectMultiple
    )

    field_order = ("name", "url", "organisation", "events")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["events"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = list(labels().items())

    def clean_url(self) -> str:
        """Refuse what we may not or cannot reach, as far as it can be seen."""
        url: str = self.cleaned_data["url"].strip()
        fault = url_fault(url, own=settings.WEBHOOK_NETWORKS)
        if fault is not None:
            raise forms.ValidationError(URL_FAULTS[fault])
        return url


class TermsForm(forms.Form):
    """On what terms the data may be used, and whom to ask."""

    licence = CleanLine(
        label=_("使用许可"),
        required=False,
        max_length=80,
        help_text=_("写单位已经定下来的许可，例如 CC-BY-4.0；没有定就空着。"),
    )
    licence_url = forms.URLField(
        label=_("许可全文的网址"), required=False, max_length=200, assume_scheme="https"
    )
    contact = CleanLine(
        label=_("有问题找谁"),
        required=False,
        max_length=200,
        help_text=_("科室和电话；公开显示，不要写个人手机。"),
    )
    key_service = CleanLine(label=_("怎样领取密钥"), required=False, max_length=200)


class CalendarForm(forms.Form):
    """What stands in one's calendar."""

    duties = forms.BooleanField(label=_("支部的规定动作"), required=False, initial=True)
    deadlines = forms.BooleanField(
        label=_("工作台上的办理期限"), required=False, initial=True
    )
