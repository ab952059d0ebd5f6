"""What the acts, rows and fields of sharing are called in the audit."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "sharing.install_defaults": _("装上随附的共建共享词语"),
    "sharing.save_word": _("改共建共享词语"),
    "sharing.add_partner": _("登记共建伙伴"),
    "sharing.edit_partner": _("更正共建伙伴"),
    "sharing.end_partner": _("共建结束"),
    "sharing.offer_thing": _("放进共享目录"),
    "sharing.edit_thing": _("更正共享内容"),
    "sharing.set_hours": _("改开放时间"),
    "sharing.set_other_day": _("定特别的一天"),
    "sharing.drop_other_day": _("取消特别的一天"),
    "sharing.withdraw_thing": _("不再共享"),
    "sharing.book": _("预约"),
    "sharing.accept": _("同意预约"),
    "sharing.refuse": _("没有同意预约"),
    "sharing.cancel": _("取消预约"),
    "sharing.use": _("交出去用"),
    "sharing.give_back": _("归还"),
    "sharing.miss": _("记下没有来"),
    "sharing.lapse": _("预约过期"),
    "sharing.let_go": _("放掉过去的时段"),
    "sharing.thank": _("道谢"),
    "sharing.publish_thanks": _("公开感谢"),
    "sharing.keep_thanks": _("感谢不公开"),
    "sharing.erase": _("删除预约人"),
}
SUBJECTS: dict[str, Promise] = {
    "sharing.word": _("共建共享词语"),
    "sharing.partner": _("共建伙伴"),
    "sharing.thing": _("共享内容"),
    "sharing.otherday": _("特别的一天"),
    "sharing.booking": _("预约"),
    "sharing.thanks": _("感谢"),
}
FIELDS: dict[str, Promise] = {
    "words": _("词语个数"),
    "building_id": _("哪一种共建"),
    "sharing_id": _("哪一种共享"),
    "organisation_id": _("组织"),
    "kind_id": _("种类"),
    "contact_name": _("联系人"),
    "contact_phone": _("联系电话"),
    "agreement": _("协议说明"),
    "since_on": _("从哪天起"),
    "until_on": _("到哪天"),
    "things": _("共享内容个数"),
    "conditions": _("使用约定"),
    "who": _("谁可以约"),
    "most": _("一次最长"),
    "ahead_days": _("最多提前几天"),
    "accepts_itself": _("约了就算同意"),
    "pieces": _("几件"),
    "hours": _("开放时间"),
    "closed": _("不开放"),
    "why": _("为什么"),
    "thing": _("共享内容"),
    "asker": _("谁约"),
    "first_on": _("哪天"),
    "last_on": _("到哪天"),
    "begin": _("从第几个半小时"),
    "end": _("到第几个半小时"),
    "answer": _("答复"),
    "answered_at": _("答复时间"),
    "used_at": _("开始用的时间"),
    "returned_at": _("归还时间"),
    "return_note": _("归还情况"),
    "holds": _("时段个数"),
    "booking": _("预约"),
    "public_text": _("公开的话"),
}


def values() -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield fields that tell of a row, each with the names of its codes."""
    from wugeyi.sharing.models import Booking, Thing

    for field, choices in (("who", Thing.Who), ("asker", Booking.Asker)):
        yield field, {str(code): name for code, name in choices.choices}
