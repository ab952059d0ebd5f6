"""Ways against a server that speaks as the documents say; worked examples of RFCs."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wugeyi.notices.gateways import WAYS, outbound, ready, sms
from wugeyi.notices.gateways.base import (
    Gone,
    Later,
    Message,
    Refused,
    Target,
    Unclear,
)
from wugeyi.notices.gateways.encryption import (
    derived_key,
    encrypted,
    private_key,
    public_key,
    public_octets,
    to_octets,
    to_text,
)
from wugeyi.notices.gateways.push import application_key, known

TOKEN = UUID("0123456789abcdef0123456789abcdef")
MESSAGE = Message(
    "诉求 20260318-17 有答复了",
    (("社区答复了。", "http://here/notices/open/x"),),
    TOKEN,
    "zh-hans",
)


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251


def send(
    code: str, value: str = "zhangsan", message: Message = MESSAGE, **more
) -> None:
    WAYS[code].send(Target(value, **more), message, at=now())


def test_only_what_the_environment_holds_is_ready(settings):
    settings.NOTICES = {}
    assert [way.code for way in ready()] == ["email"]
    assert ready(groups=True) == []


def test_every_way_is_taken_by_its_sandbox(gateways):
    for code in ("wecom", "wecom-group", "dingtalk-group", "sms"):
        send(code, "13800138000")
    assert len(gateways.messages) == 4
    wecom = json.loads(gateways.messages[0][2])
    assert wecom["text"]["content"].startswith(
        "诉求 20260318-17 有答复了\n社区答复了。"
    )


# WeChat Work


def test_a_token_serves_until_it_ends_and_is_renewed_once(gateways):
    send("wecom")
    send("wecom")
    assert gateways.tokens == 1
    gateways.tokens += 1  # ended before its time
    send("wecom")
    assert gateways.tokens == 3
    assert len(gateways.messages) == 4


def test_a_long_message_is_cut_between_characters(gateways):
    long = Message("标题", (("长" * 900, ""),), TOKEN, "zh-hans")
    send("wecom", message=long)
    assert json.loads(gateways.messages[0][2])["text"]["content"].endswith("长…")


@pytest.mark.parametrize(
    ("way", "code", "trouble"),
    [
        ("wecom", 81013, Gone),
        ("wecom", 45009, Later),
        ("wecom", -1, Later),
        ("wecom", 60020, Refused),
        ("wecom-group", 45009, Later),
        ("wecom-group", 93000, Refused),
        ("dingtalk-group", 130101, Later),
        ("dingtalk-group", 310000, Refused),
    ],
)
def test_error_codes_say_what_to_do(gateways, way, code, trouble):
    said = json.dumps({"errcode": code, "errmsg": "no"}).encode()
    gateways.answers.append((200, {}, said))
    with pytest.raises(trouble) as found:
        send(way)
    assert str(code) in found.value.code


def test_a_member_who_left_is_gone_even_if_the_code_says_ok(gateways):
    said = json.dumps({"errcode": 0, "invaliduser": "zhangsan"}).encode()
    gateways.answers.append((200, {}, said))
    with pytest.raises(Gone):
        send("wecom")


# Text messages: the signature's worked example of help.aliyun.com (document 56189)

EXAMPLE = {
    "AccessKeyId": "testId",
    "Action": "SendSms",
    "Format": "XML",
    "OutId": "123",
    "PhoneNumbers": "15300000001",
    "RegionId": "cn-hangzhou",
    "SignName": "阿里云短信测试专用",
    "SignatureMethod": "HMAC-SHA1",
    "SignatureNonce": "45e25e9b-0a6f-4070-8c85-2956eda1b466",
    "SignatureVersion": "1.0",
    "TemplateCode": "SMS_71390007",
    "TemplateParam": '{"customer":"test"}',
    "Timestamp": "2017-07-12T02:42:19Z",
    "Version": "2017-05-25",
}


def test_the_signature_is_that_of_the_worked_example():
    assert sms.signature("GET", EXAMPLE, "testSecret") == "zJDF+Lrzhj/ThnlvIToysFRq6t4="


@pytest.mark.parametrize(
    ("status", "code", "trouble"),
    [
        (400, "isv.MOBILE_NUMBER_ILLEGAL", Gone),
        (200, "isv.BUSINESS_LIMIT_CONTROL", Later),
        (400, "isv.AMOUNT_NOT_ENOUGH", Refused),
    ],
)
def test_codes_of_text_messages(gateways, status, code, trouble):
    gateways.answers.append((status, {}, json.dumps({"Code": code}).encode()))
    with pytest.raises(trouble, match=code):
        send("sms", "13800138000")


# Requests as such


def test_nobody_there_is_certain(gateways, settings):
    settings.NOTICES["DINGTALK_URL"] = "http://127.0.0.1:9"
    with pytest.raises(Later, match="unreachable"):
        send("dingtalk-group")


@pytest.mark.parametrize("answer", ["drop", "hang"])
def test_no_answer_leaves_it_unclear(gateways, monkeypatch, answer):
    monkeypatch.setattr(outbound, "ANSWER_SECONDS", 0.3)
    gateways.answers.append(answer)
    with pytest.raises(Unclear, match="no-answer"):
        send("dingtalk-group")
    assert len(gateways.messages) == 1


@pytest.mark.parametrize(
    ("status", "headers", "body", "trouble"),
    [
        (502, {}, b"bad gateway", Unclear),
        (200, {}, b"<html>", Unclear),
        (429, {"Retry-After": "90"}, b"", Later),
        (302, {"Location": "http://127.0.0.1:9/"}, b"", Refused),
        (404, {}, b"", Refused),
    ],
)
def test_what_is_not_the_gateways_own_answer(gateways, status, headers, body, trouble):
    gateways.answers.append((status, headers, body))
    with pytest.raises(trouble) as found:
        send("dingtalk-group")
    assert getattr(found.value, "seconds", None) == (90 if status == 429 else None)


# Web push

READER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
READERS_OWN = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"


def test_encryption_is_that_of_rfc_8291_section_5():
    body = encrypted(
        b"When I grow up, I want to be a watermelon",
        reader=to_octets(READER),
        auth=to_octets(AUTH),
        salt=to_octets("DGv6ra1nlYgDCS1FRnbzlw"),
        own=private_key(to_octets("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")),
    )
    assert to_text(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def decrypted(body: bytes) -> bytes:
    """As a browser does it, by RFC 8188 and RFC 8291."""
    salt, size, theirs = body[:16], body[20], body[21:86]
    assert size == 65
    shared = private_key(to_octets(READERS_OWN)).exchange(ec.ECDH(), public_key(theirs))

    def derive(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
        return HKDF(hashes.SHA256(), length, salt, info).derive(material)

    info = b"WebPush: info\x00" + to_octets(READER) + theirs
    material = derive(to_octets(AUTH), shared, info, 32)
    key = derive(salt, material, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = derive(salt, material, b"Content-Encoding: nonce\x00", 12)
    plain = AESGCM(key).decrypt(nonce, body[86:], None)
    assert plain[-1:] == b"\x02"
    return plain[:-1]


def push(gateways, **more) -> None:
    send("push", f"{gateways.url}/p/1", public_key=READER, auth=AUTH, **more)


def test_a_browser_reads_what_its_service_cannot(gateways):
    gateways.answers.append((201, {}, b""))
    push(gateways)
    _path, _query, body, headers = gateways.messages[0]
    told = json.loads(decrypted(body))
    assert (told["title"], told["tag"]) == (MESSAGE.subject, TOKEN.hex)
    assert told["url"] == "http://here/notices/open/x"
    assert headers["content-encoding"] == "aes128gcm"
    # A repeat takes the place of the first.
    assert headers["topic"] == TOKEN.hex
    assert int(headers["ttl"]) > 0


def test_the_service_can_check_who_asks(gateways):
    gateways.answers.append((201, {}, b""))
    push(gateways)
    scheme, _, rest = gateways.messages[0][3]["authorization"].partition(" ")
    named = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    assert named["k"] == application_key()
    head, claims, signature = named["t"].split(".")
    raw = to_octets(signature)
    r, s = (int.from_bytes(half, "big") for half in (raw[:32], raw[32:]))
    public_key(to_octets(named["k"])).verify(
        encode_dss_signature(r, s),
        f"{head}.{claims}".encode(),
        ec.ECDSA(hashes.SHA256()),
    )
    told = json.loads(to_octets(claims))
    assert told["aud"] == gateways.url
    assert told["sub"].startswith("mailto:")
    assert 0 < told["exp"] - now().timestamp() < 24 * 3600


@pytest.mark.parametrize(
    ("status", "trouble"),
    [(410, Gone), (404, Gone), (429, Later), (503, Later), (403, Refused)],
)
def test_what_a_push_service_says(gateways, status, trouble):
    gateways.answers.append((status, {}, b""))
    with pytest.raises(trouble, match=str(status)):
        push(gateways)


def test_the_key_follows_from_the_secret_and_a_given_one_is_used(settings):
    one, two = (to_text(public_octets(derived_key(s).public_key())) for s in ("a", "b"))
    assert one != two
    settings.NOTICES = {"PUSH_KEY": READERS_OWN}
    assert application_key() == READER


@pytest.mark.parametrize(
    ("endpoint", "asked"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", True),
        ("https://web.push.apple.com/x", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com.evil.example/x", False),
        ("https://evilfcm.googleapis.com.cn/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://a@fcm.googleapis.com/x", False),
        ("https://127.0.0.1/x", False),
        ("https://[broken", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_known_services_are_asked(settings, endpoint, asked):
    settings.NOTICES = {"PUSH": "1"}
    assert known(endpoint) is asked


def test_an_unknown_service_is_never_asked(gateways, settings):
    settings.NOTICES["PUSH_HOSTS"] = ""
    with pytest.raises(Gone, match="unknown-service"):
        push(gateways)
    assert gateways.asked == []
