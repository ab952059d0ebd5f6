"""Refusals in words, and as Open311 writes them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wugeyi.interfaces.rules.georeport import Refused, Why

WORDS: dict[Why, Promise] = {
    Why.NO_KEY: _("没有给出密钥（api_key）。请向本站的管理员领取。"),
    Why.BAD_KEY: _("密钥不对、还没到日期、已过期或已吊销。请向本站的管理员领取新的。"),
    Why.OUT_OF_REACH: _("这把密钥只管%(value)s范围里的事，这个地点不在里面。"),
    Why.NO_WRITING: _("这把密钥只能读，不能提交。"),
    Why.TOO_OFTEN: _("次数太多了。请按 Retry-After 的秒数过一会儿再试。"),
    Why.NO_JURISDICTION: _(
        "没有这个 jurisdiction_id：%(value)s。它是组织名册里的代码。"
    ),
    Why.NO_SERVICE: _("没有这个 service_code：%(value)s。请从 services 里选。"),
    Why.NEEDS_SERVICE: _("没有给出 service_code。请从 services 里选。"),
    Why.NO_REQUEST: _("没有这个 service_request_id，或者它还没有公开。"),
    Why.NO_TOKEN: _("没有这个 token。"),
    Why.NO_FORMAT: _("没有这种格式。诉求有 xml 和 json，数据有 geojson、csv 和 json。"),
    Why.NO_TABLE: _("没有这份数据：%(value)s。"),
    Why.BAD_ENCODING: _("encoding 只能是 utf-8 或 gb18030。"),
    Why.BAD_DATE: _("日期时间要带时区，例如 2010-01-01T00:00:00Z：%(value)s"),
    Why.LONG_SPAN: _("start_date 到 end_date 最多 90 天。"),
    Why.TURNED_SPAN: _("end_date 在 start_date 之前。"),
    Why.BAD_STATUS: _("status 只能是 open 或 closed：%(value)s"),
    Why.BAD_PAGE: _("page 和 page_size 要是 1 以上的整数：%(value)s"),
    Why.TOO_MANY_CODES: _("一次最多给 %(value)s 个代码。"),
    Why.NEEDS_PLACE: _(
        "没有地点。请给 lat 和 long，或 address_id，或 address_string。"
    ),
    Why.HALF_POINT: _("lat 和 long 要一起给。"),
    Why.BAD_POINT: _("lat 和 long 要是 WGS-84 的度数。"),
    Why.OUTSIDE: _("这个点不在我们负责的范围内。"),
    Why.NO_ADDRESS: _(
        "看不出 address_string 或 address_id 是哪个社区或村。请给 lat 和 long，"
        "或者把组织名册里的代码写在 address_id。"
    ),
    Why.LONG_TEXT: _("description 最多 4000 个字，还要删去 %(value)s 个字。"),
    Why.BAD_TOKEN: _("Idempotency-Key 要是 8 到 80 个字母、数字或 - _ . : 。"),
    Why.BAD_MEDIA: _("media 里有一个文件不是能看的照片：%(value)s"),
    Why.MANY_MEDIA: _("media 最多 %(value)s 张照片。"),
    Why.LONG_MEDIA_URL: _("media_url 最多 1000 个字符。"),
    Why.OTHER_CONTENT: _(
        "这个 Idempotency-Key 用过了，那次的内容不一样。第一次的已经收下；"
        "这次的没有立案，留给工作人员核对。是另一件事的，请换一个再交。"
    ),
    Why.BAD_FORM: _("看不懂送来的内容。请用 UTF-8 的表单格式。"),
}


def explain(refused: Refused) -> str:
    """Say why a request was refused."""
    return str(WORDS[refused.why]) % {"value": refused.value}


def errors(refused: Refused) -> list[dict[str, object]]:
    """Return a refusal as Open311's list of errors."""
    return [{"code": refused.status, "description": explain(refused)}]
