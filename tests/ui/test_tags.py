from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

pytestmark = pytest.mark.usefixtures("with_sheet")
NOW = datetime(2026, 11, 22, 10, 5, tzinfo=UTC)


def render(source: str, **context: object) -> str:
    request = RequestFactory().get("/list?kind=light&kind=road&older=5")
    return Template(source).render(Context({"request": request, "now": NOW, **context}))


class Form(forms.Form):
    words = forms.CharField(label="出了什么事", help_text="一句话就够")
    phone = forms.CharField(label="电话", required=False)
    speed = forms.ChoiceField(
        label="急不急", choices=[("a", "急"), ("b", "不急")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="同意", required=False)
    photo = forms.FileField(
        label="照片",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_ties_label_help_and_control():
    html = render("{% field form.words %}", form=Form())
    assert '<label id="id_words_label" for="id_words">出了什么事</label>' in html
    assert 'id="id_words_helptext"' in html
    assert 'aria-describedby="id_words_helptext"' in html
    assert 'class="control"' in html
    assert "可不填" not in html


def test_a_wrong_field_names_its_error_to_screen_readers():
    html = render("{% field form.words %}", form=Form({}))
    assert "data-invalid" in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_words_helptext id_words_error"' in html
    assert '<div id="id_words_error">' in html


def test_what_may_be_left_out_says_so():
    assert "可不填" in render("{% field form.phone %}", form=Form())


def test_radio_cards_are_one_group_with_a_legend():
    html = render("{% field form.speed %}", form=Form({"speed": "x"}))
    assert html.count('<label class="choice"') == 2
    assert "<legend>急不急</legend>" in html
    assert 'aria-describedby=" id_speed_error"' in html


def test_checkbox_photo_and_hidden_fields_have_their_own_shapes():
    form = Form()
    assert "choice plain" in render("{% field form.agree %}", form=form)
    assert "data-photos" in render("{% field form.photo %}", form=form)
    assert render("{% field form.secret %}", form=form).strip().startswith("<input")


def test_a_refused_form_lists_its_errors_with_links():
    form = Form({})
    html = render("{% form_errors form %}", form=form)
    assert "还有 2 处要改" in html
    assert 'href="#id_words_field"' in html
    assert 'role="alert"' in html
    assert render("{% form_errors form %}", form=Form()).strip() == ""


def test_text_from_people_is_escaped_everywhere():
    bad = "<script>alert(1)</script>"
    html = render(
        "{% state 'new' bad %}{% icon 'x' bad %}{% total bad 3 unit=bad %}"
        "{% include 'ui/notice.html' with kind=bad title=bad text=bad %}"
        "{% include 'ui/empty.html' with title=bad text=bad %}"
        "{% include 'ui/timeline.html' with entries=entries %}",
        bad=bad,
        entries=[{"what": bad, "who": bad, "text": bad, "at": NOW, "tone": bad}],
    )
    assert "<script" not in html


def test_a_state_is_told_by_shape_and_word():
    html = render("{% state 'resolved' '已解决' %}")
    assert "#state-resolved" in html
    assert "已解决" in html


def test_an_unknown_tone_is_a_mistake():
    with pytest.raises(ValueError, match="No state tone"):
        render("{% state 'green' '好' %}")


def test_deadline_takes_now_from_context_or_argument():
    due = NOW + timedelta(hours=5)
    assert "还剩 5 小时" in render("{% deadline due %}", due=due)
    later = NOW + timedelta(hours=6)
    html = render("{% deadline due later %}", due=due, later=later)
    assert "已超 1 小时" in html
    assert 'data-tone="late"' in html
    assert 'datetime="2026-11-22T23:05:00+08:00"' in html
    assert "计时暂停" in render("{% deadline due paused=True %}", due=due)
    assert render("{% deadline None %}") == ""


def test_the_year_is_left_out_only_in_its_own_year():
    html = render("{% when at %}", at=NOW)
    assert ">11月22日 18:05<" in html
    html = render("{% when at %}", at=NOW - timedelta(days=400))
    assert ">2025年10月18日 18:05<" in html
    assert ">2026年11月22日 18:05<" in render("{% when at %}", at=NOW, now=None)


def test_no_record_is_never_zero():
    assert (
        render("{{ none|number }} {{ zero|number }}", none=None, zero=0) == "无记录 0"
    )
    assert "无记录" in render("{% total '收到' None %}")
    assert "无记录" in render("{% rate '解决率' None None %}")
    assert "无记录" in render(
        "{% include 'ui/facts.html' %}", facts=[("项目", None), ("编号", "1")]
    )


def test_a_rate_shows_everything_it_was_counted_from():
    html = render("{% rate '解决率' 812 1934 excluded=12 unreached=41 url='/x' %}")
    for piece in ("42.0", "812", "1,934", "剔除", "12", "未联系上", "41", 'href="/x"'):
        assert piece in html
    few = render("{% rate '解决率' 5 7 excluded=0 unreached=2 %}")
    assert "%" not in few.replace("不足 10 件", "")
    assert "不足 10 件" in few


def test_the_pager_keeps_filters_and_drops_the_old_key():
    html = render("{% pager newer='9' older='3' %}")
    assert 'href="?kind=light&amp;kind=road&amp;newer=9"' in html
    assert 'href="?kind=light&amp;kind=road&amp;older=3"' in html
    assert render("{% pager newer=None older=None %}").strip() == ""


@pytest.mark.parametrize(
    ("count", "bar", "more"), [(3, 3, 0), (5, 5, 0), (6, 4, 2), (0, 0, 0)]
)
def test_a_phone_shows_five_places_at_most(count, bar, more):
    html = render(
        "{% with p=nav|split_nav:5 %}{{ p.bar|length }} {{ p.more|length }}{% endwith %}",
        nav=list(range(count)),
    )
    assert html == f"{bar} {more}"


def test_messages_become_notices():
    html = render("{{ a|message_kind }} {{ b|message_kind }}", a="x error", b="info")
    assert html == "urgent info"


def test_the_name_of_the_place_follows_the_language():
    class Place:
        name_en = "Guiyang"

        def __str__(self) -> str:
            return "贵阳"

    source = "{% load i18n %}{% place_name %} {% language 'en' %}{% place_name %}{% endlanguage %}"
    assert render(source, installation=Place()) == "贵阳 Guiyang"
    assert render("{% place_name %}") == ""


def test_a_question_before_an_act_stands_alone():
    html = render(
        "{% extends 'ui/confirm.html' %}",
        title="撤销合并？",
        text="两件会分开办理。",
        button="撤销合并",
        back_url="/desk/1",
        dangerous=True,
        form=Form(),
        csrf_token="t",
    )
    assert '<button class="button urgent" type="submit">撤销合并</button>' in html
    assert 'href="/desk/1"' in html
    assert "csrfmiddlewaretoken" in html
    assert 'name="words"' in html


def test_tags_are_there_without_loading():
    with pytest.raises(TemplateSyntaxError):
        Template("{% no_such_tag %}")
    assert Template("{% steps 1 3 %}").render(Context()).count("<li") == 3
