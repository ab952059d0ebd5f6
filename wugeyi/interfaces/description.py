"""The whole public interface as OpenAPI 3.1: written as data, held by tests.

Every address that answers programs without a sign-in is in it, and what they answer
is held against it.
"""

from django.utils.translation import gettext as _

from wugeyi.interfaces.registry import Kind, Source, sources
from wugeyi.interfaces.rules.georeport import MOST
from wugeyi.interfaces.rules.openapi import (
    Doc,
    answer,
    argument,
    boolean,
    fields,
    listed,
    named,
    number,
    text,
    whole,
)

XML, JSON, GEOJSON = "text/xml", "application/json", "application/geo+json"
KINDS: dict[Kind, Doc] = {
    Kind.TEXT: {"type": "string"},
    Kind.WHOLE: {"type": ["integer", "null"]},
    Kind.NUMBER: {"type": ["number", "null"]},
    Kind.MOMENT: {"type": "string", "format": "date-time"},
    Kind.DAY: {"type": ["string", "null"], "format": "date"},
    Kind.YES_NO: {"type": "boolean"},
    Kind.LINK: {"type": "string"},
}


def description(base: str) -> Doc:
    """Return the description of this installation, in the reader's language."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("五个一 · 开放接口"),
            "version": "1.0.0",
            "description": _(
                "已经公开的内容，和提交诉求的 Open311 GeoReport v2。读不用密钥；提交要密钥。"
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": base}],
        "paths": {**_open311(), **_tables(), **_others()},
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {
                "api_key": {"type": "apiKey", "in": "query", "name": "api_key"},
                "bearer": {"type": "http", "scheme": "bearer"},
                "header": {"type": "apiKey", "in": "header", "name": "X-Api-Key"},
            },
        },
        # Reading needs no key; with one the limits are its own.
        "security": [{}, {"api_key": []}, {"bearer": []}, {"header": []}],
    }


LANG = argument("lang", "query", text(enum=["zh", "en"]))
FORM = argument("form", "path", text(enum=["xml", "json"]))


def _jurisdiction() -> Doc:
    about = _("组织名册里的代码：只看它和它下面的。空着是全部。")
    return argument("jurisdiction_id", "query", text(), about)


def _base() -> Doc:
    about = _("v2 是真的，test 是试用：什么都检查，什么都不写。")
    return argument("base", "path", text(enum=["v2", "test"]), about)


def _refusals(*codes: str) -> Doc:
    said = {
        "400": _("有一项不对，或缺了一项。"),
        "403": _("密钥不对、已吊销，或不管这里。"),
        "404": _("没有这一个，或还没有公开。"),
        "409": _("同一个 Idempotency-Key 来了别的内容。"),
    }
    listed_as = {JSON: named("Errors"), XML: {"type": "string"}}
    found = {code: answer(said[code], listed_as) for code in ("403", *codes)}
    found["429"] = answer(_("次数太多，请按 Retry-After 再试。"), listed_as)
    return found


def _get(
    name: str, about: str, schema: Doc, arguments: list[Doc], *refused: str
) -> Doc:
    good = answer(about, {JSON: schema, XML: {"type": "string"}})
    return {
        "operationId": name,
        "summary": about,
        "tags": ["Open311"],
        "parameters": [*arguments, _jurisdiction(), FORM, LANG],
        "responses": {"200": good, **_refusals("404", *refused)},
    }


def _open311() -> Doc:
    base = "/open/311/{base}"
    one = listed(named("Request"))
    code = argument("code", "path", text())
    by_number = _get(
        "request",
        _("一件公开的诉求；自己的密钥提交的，没公开也能看到办到哪里"),
        one,
        [_base(), argument("number", "path", text())],
    )
    return {
        "/open/311/discovery.{form}": {
            "get": {
                "operationId": "discovery",
                "summary": _("有哪些入口"),
                "tags": ["Open311"],
                "parameters": [FORM, LANG],
                "responses": {
                    "200": answer(
                        _("入口"), {JSON: named("Discovery"), XML: {"type": "string"}}
                    ),
                    **_refusals("404"),
                },
            }
        },
        f"{base}/services.{{form}}": {
            "get": _get(
                "services", _("可以提交哪些类别"), listed(named("Service")), [_base()]
            )
        },
        f"{base}/services/{{code}}.{{form}}": {
            "get": _get(
                "service",
                _("一个类别还要填什么：都不用"),
                named("ServiceDefinition"),
                [_base(), code],
            )
        },
        f"{base}/requests.{{form}}": {"get": _list(), "post": _post()},
        f"{base}/requests/{{number}}.{{form}}": {"get": by_number},
        f"{base}/request/{{number}}.{{form}}": {
            "get": {**by_number, "operationId": "request_too"}
        },
        f"{base}/tokens/{{code}}.{{form}}": {
            "get": _get(
                "token",
                _("按 Idempotency-Key 找诉求编号"),
                listed(
                    fields(
                        {"service_request_id": text(), "token": text()},
                        required=["service_request_id", "token"],
                    )
                ),
                [_base(), code],
            )
        },
    }


def _list() -> Doc:
    moment = {"type": "string", "format": "date-time"}
    said = [
        ("service_request_id", text(), _("诉求编号，用逗号分开；有它就不看别的条件")),
        ("service_code", text(), _("类别代码，用逗号分开")),
        ("start_date", moment, _("从什么时候反映的；默认最近 90 天，最多 90 天")),
        ("end_date", moment, _("到什么时候")),
        ("status", text(), _("open 或 closed，用逗号分开")),
        ("page", whole(minimum=1), _("第几页，超出范围是空的")),
        ("page_size", whole(minimum=1), _("一页几件，最多 1000")),
    ]
    found = [argument(name, "query", schema, about) for name, schema, about in said]
    return _get(
        "requests",
        _("公开的诉求，新的在前"),
        listed(named("Request"), maxItems=MOST),
        [_base(), *found],
        "400",
    )


def _post() -> Doc:
    form = fields(
        {
            "api_key": text(_("密钥；也可以放在 Authorization 或 X-Api-Key")),
            "service_code": text(_("类别代码")),
            "description": text(_("出了什么事"), maxLength=4000),
            "lat": number(_("纬度，WGS-84")),
            "long": number(_("经度，WGS-84")),
            "address_string": text(_("社区或村的名字开头的地址")),
            "address_id": text(_("社区或村的代码")),
            "first_name": text(),
            "last_name": text(),
            "phone": text(),
            "media_url": text(
                _("图片的网址：给工作人员看，系统不会打开"), maxLength=1000
            ),
            "media": listed(text(format="binary"), _("照片，最多 6 张")),
        },
        required=["service_code"],
    )
    # Others of the specification are taken and not kept: e-mail, device, account.
    form["additionalProperties"] = True
    once = argument(
        "Idempotency-Key",
        "header",
        text(pattern="^[A-Za-z0-9._:-]{8,80}$"),
        _("同一个再来，答第一次的结果"),
    )
    rows = listed(named("Receipt"), minItems=1, maxItems=1)
    return {
        "operationId": "post_request",
        "summary": _("提交一件诉求"),
        "tags": ["Open311"],
        "security": [{"api_key": []}, {"bearer": []}, {"header": []}],
        "parameters": [_base(), FORM, LANG, _jurisdiction(), once],
        "requestBody": {
            "required": True,
            "content": {
                "application/x-www-form-urlencoded": {"schema": form},
                "multipart/form-data": {"schema": form},
            },
        },
        "responses": {
            "200": answer(_("收到了"), {JSON: rows, XML: {"type": "string"}}),
            **_refusals("400", "404", "409"),
        },
    }


def _tables() -> Doc:
    return {
        f"/open/data/{source.code}.{form}": {"get": _table(source, form)}
        for source in sources()
        for form in ("geojson", "json", "csv")
    }


def _table(source: Source, form: str) -> Doc:
    arguments = [LANG]
    if form == "csv":
        arguments += [
            argument("encoding", "query", text(enum=["utf-8", "gb18030"])),
            argument("plain", "query", text(), _("给了它就没有第一行的来源")),
        ]
        content = {"text/csv": {"type": "string"}}
    else:
        arguments += [
            argument("after", "query", text(), _("从哪一行后面起，用 next 里给的")),
            argument("limit", "query", whole(minimum=1), _("一页几行，最多 1000")),
        ]
        kind = GEOJSON if form == "geojson" else JSON
        content = {kind: _page(source, form)}
    name = source.code.replace("-", "_")
    refused = _refusals("400")
    return {
        "operationId": f"data_{name}_{form}",
        "summary": str(source.title),
        "description": str(source.about),
        "tags": [_("数据")],
        "parameters": arguments,
        "responses": {"200": answer(str(source.title), content), **refused},
    }


def _page(source: Source, form: str) -> Doc:
    row = {
        column.name: {**KINDS[column.kind], "description": str(column.about)}
        for column in source.columns
    }
    row |= {"licence": text(), "attribution": text()}
    common = {
        "provenance": text(),
        "licence": text(),
        "licence_url": text(),
        "next": {"type": ["string", "null"]},
    }
    if form == "json":
        row |= {name: {"type": ["number", "null"]} for name in ("lon", "lat")}
        rows = listed(fields(row, required=list(row)))
        return fields({**common, "rows": rows}, required=[*common, "rows"])
    point = fields(
        {
            "type": text(enum=["Point"]),
            "coordinates": listed({"type": "number"}, minItems=2, maxItems=2),
        },
        required=["type", "coordinates"],
    )
    feature = fields(
        {
            "type": text(enum=["Feature"]),
            "id": text(),
            "geometry": {"oneOf": [point, {"type": "null"}]},
            "properties": fields(row, required=list(row)),
        },
        required=["type", "id", "geometry", "properties"],
    )
    whole_page = {
        **common,
        "type": text(enum=["FeatureCollection"]),
        "features": listed(feature),
    }
    return fields(whole_page, required=list(whole_page))


def _others() -> Doc:
    def one(name: str, about: str, kind: str, *arguments: Doc) -> Doc:
        good = answer(about, {kind: {} if kind == JSON else {"type": "string"}})
        return {
            "get": {
                "operationId": name,
                "summary": about,
                "tags": [_("其他")],
                "parameters": list(arguments),
                "responses": {"200": good, "404": answer(_("没有这一个。"))},
            }
        }

    code = argument("code", "path", text())
    secret = argument("secret", "path", text(), _("一个人自己的秘密地址"))
    return {
        "/open/openapi.json": one("openapi", _("这份说明"), JSON),
        "/open/calendar/{secret}.ics": one(
            "calendar", _("一个人的日历"), "text/calendar", secret
        ),
        "/audit/heads.txt": one("heads", _("公布过的留痕链头"), "text/plain"),
        "/health": one("health", _("服务还活着"), "text/plain"),
        "/areas.geojson": one("areas", _("各级范围的轮廓"), GEOJSON),
        "/register/unit/{code}/area.json": one(
            "area", _("一个单位和它下面一级的轮廓"), GEOJSON, code
        ),
        "/stations/stations.geojson": one("stations", _("全部骑手驿站"), GEOJSON),
        "/sharing/things/{code}/calendar.ics": one(
            "thing_calendar", _("一样共享的东西什么时候有人用"), "text/calendar", code
        ),
        "/bus/l/{code}/gtfs.zip": one(
            "gtfs", _("一条线路的 GTFS 时刻表"), "application/zip", code
        ),
        "/bus/l/{code}/flex.zip": one(
            "flex", _("一条线路预约班次的 GTFS-Flex"), "application/zip", code
        ),
    }


def _schemas() -> Doc:
    moment = {"type": "string", "format": "date-time"}
    request = {
        "service_request_id": text(),
        "status": text(enum=["open", "closed"]),
        "status_notes": text(_("办到哪里、怎么答复的")),
        "service_name": text(),
        "service_code": text(),
        "description": text(_("公开的内容"), maxLength=4000),
        "agency_responsible": text(),
        "service_notice": text(),
        "requested_datetime": moment,
        "updated_datetime": moment,
        "address": text(),
        "address_id": text(_("社区或村的代码")),
        "zipcode": text(),
    }
    more = {
        "expected_datetime": moment,
        "lat": number(_("社区里的一点，不是反映的地点")),
        "long": number(),
        "media_url": text(),
    }
    service = {
        "service_code": text(),
        "service_name": text(),
        "description": text(),
        "metadata": boolean(),
        "type": text(enum=["realtime"]),
        "keywords": text(),
        "group": text(),
    }
    receipt = {
        "service_request_id": text(),
        "service_notice": text(),
        "account_id": text(),
    }
    endpoint = {
        "specification": text(),
        "url": text(),
        "changeset": text(),
        "type": text(enum=["production", "test"]),
        "formats": listed(text()),
    }
    discovery = {
        "changeset": text(),
        "contact": text(),
        "key_service": text(),
        "endpoints": listed(fields(endpoint, required=list(endpoint)), minItems=2),
    }
    error = {"code": whole(), "description": text()}
    return {
        "Request": fields({**request, **more}, required=list(request)),
        "Service": fields(service, required=list(service)),
        "ServiceDefinition": fields(
            {"service_code": text(), "attributes": listed({}, maxItems=0)},
            required=["service_code", "attributes"],
        ),
        "Receipt": fields(receipt, required=list(receipt)),
        "Discovery": fields(discovery, required=list(discovery)),
        "Errors": listed(fields(error, required=list(error)), minItems=1),
    }
