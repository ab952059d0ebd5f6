"""Acts on bookings and thanks."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wugeyi.casework.rules.masking import mask
from wugeyi.organisations.views.acts import Act, Sent
from wugeyi.sharing.actions import thanks, using
from wugeyi.sharing.forms import staff as forms
from wugeyi.sharing.models import Thanks


def _accept(sent: Sent) -> None:
    using.accept(booking=sent.row, answer=sent.values["answer"], **sent.versioned)


def _refuse(sent: Sent) -> None:
    using.refuse(booking=sent.row, answer=sent.values["answer"], **sent.versioned)


def _cancel(sent: Sent) -> None:
    using.cancel(booking=sent.row, answer=sent.values["answer"], **sent.versioned)


def _use(sent: Sent) -> None:
    using.use(booking=sent.row, **sent.versioned)


def _return(sent: Sent) -> None:
    using.give_back(booking=sent.row, note_=sent.values["note"], **sent.versioned)


def _miss(sent: Sent) -> None:
    using.miss(booking=sent.row, **sent.versioned)


def _publish(sent: Sent) -> None:
    thanks.publish(
        thanks=sent.row, public_text=sent.values["public_text"], **sent.versioned
    )


def _keep(sent: Sent) -> None:
    thanks.keep(thanks=sent.row, **sent.versioned)


def _masked(row: Thanks, today: date) -> dict[str, Any]:
    return {"public_text": row.public_text or mask(row.text).text}


OF_BOOKING = {
    "accept": Act(
        title=_("同意预约"),
        done=_("已同意，回执上看得到。"),
        form=forms.AnswerForm,
        do=_accept,
        button=pgettext_lazy("booking", "同意"),
    ),
    "refuse": Act(
        title=_("不能借"),
        done=_("已答复，时间放出来了。"),
        form=forms.ReasonForm,
        do=_refuse,
        button=_("答复"),
    ),
    "cancel": Act(
        title=_("取消预约"),
        done=_("已取消，时间放出来了。请打电话告诉对方。"),
        form=forms.ReasonForm,
        do=_cancel,
        lead=_("答应了又不能借，才用这一步。请同时打电话告诉对方。"),
        button=_("取消预约"),
        dangerous=True,
    ),
    "use": Act(
        title=_("交出去了"),
        done=_("记下了。"),
        form=forms.NothingForm,
        do=_use,
        lead=_("钥匙、东西交到对方手里，或者帮忙开始了。"),
        button=_("交出去了"),
    ),
    "return": Act(
        title=_("还回来了"),
        done=_("记下了。"),
        form=forms.ReturnForm,
        do=_return,
        button=_("还回来了"),
    ),
    "miss": Act(
        title=_("没有来"),
        done=_("记下了，时间放出来了。"),
        form=forms.NothingForm,
        do=_miss,
        lead=_("只记在这一次预约上，不算到人身上。后来又来了，还可以记“交出去了”。"),
        button=_("没有来"),
    ),
}
OF_THANKS = {
    "publish": Act(
        title=_("放上感谢墙"),
        done=_("公开了。"),
        form=forms.PublishForm,
        do=_publish,
        initial=_masked,
        button=_("公开"),
    ),
    "keep": Act(
        title=pgettext_lazy("thanks", "不公开"),
        done=_("没有公开。"),
        form=forms.NothingForm,
        do=_keep,
        lead=_("话还在，只是不放上感谢墙。"),
        button=pgettext_lazy("thanks", "不公开"),
    ),
}
