"""What the acts and rows of this app are called in the audit, and parts of figures."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "submissions.conflict": _("同一编号收到两份内容"),
    "submissions.review": _("核对两份内容"),
}
SUBJECTS: dict[str, Promise] = {"submissions.conflict": _("同一编号的另一份内容")}
FIELDS: dict[str, Promise] = {
    "sent_as": _("按哪一种发来"),
    "first_received": _("先收到的一份"),
    "review": _("核对结果"),
}
# What forms of phones and other programs ask, by the names in what they send.
SAID: dict[str, Promise] = {
    "text": _("内容"),
    "description": _("内容"),
    "kind": _("哪一类"),
    "item": _("坏了的"),
    "note": _("补充说明"),
    "on": _("哪一天"),
    "pieces": _("清了几张"),
    "spot": _("具体位置"),
    "near": _("在什么附近"),
    "address": _("地址"),
    "address_string": _("地址"),
    "place_query": _("哪个社区或村"),
    "place": _("社区的编号"),
    "category": _("类别的编号"),
    "service_code": _("类别的代码"),
    "station": _("驿站编号"),
    "name": _("怎么称呼"),
    "first_name": _("名"),
    "last_name": _("姓"),
    "phone": _("联系电话"),
    "email": _("邮箱"),
    "party_query": _("单位名称"),
    "danger": _("有人身危险"),
    "lat": _("纬度"),
    "lon": _("经度"),
    "long": _("经度"),
    "media_url": _("照片的网址"),
}
YES = _("是")
WAITS: dict[str, Promise] = {
    "hour": _("等了不到一小时"),
    "day": _("等了不到一天"),
    "week": _("等了不到一周"),
    "longer": _("等了一周以上"),
    "unknown": _("不知道等了多久"),
}
