"""What single steps need beside their form: suggestions, prefilled texts, look-ups."""

from typing import Any
from uuid import uuid4

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from wugeyi.casework.forms.picking import Picked
from wugeyi.casework.forms.steps import PublishForm, StepForm
from wugeyi.casework.models import Case, SavedReply
from wugeyi.casework.queries import access as queries
from wugeyi.casework.queries.desk import by_number
from wugeyi.casework.queries.near import similar
from wugeyi.casework.queries.suggestions import near_organisations, replies_for
from wugeyi.casework.rules import access, masking
from wugeyi.casework.views.specs import Spec
from wugeyi.organisations.rules import Reach

INSERTS = frozenset({"answer", "contact", "update", "refer"})


def form_for(
    spec: Spec,
    case: Case,
    *,
    data: QueryDict | None = None,
    files: MultiValueDict[str, Any] | None = None,
    initial: dict[str, Any] | None = None,
) -> StepForm:
    """Make the form of a step with what it offers to choose from."""
    more: dict[str, Any] = {}
    if issubclass(spec.form, Picked) and spec.slug in {"assign", "ask", "decide"}:
        more["suggested"] = near_organisations(case)
    if issubclass(spec.form, PublishForm):
        more["photo_choices"] = [
            (str(photo.pk), _("第 %(n)s 张") % {"n": n})
            for n, photo in enumerate(case.photos.order_by("pk"), start=1)
        ]
    return spec.form(data, files, initial=initial, **more)


def initial(spec: Spec, case: Case) -> dict[str, Any]:
    """Return what a step's form shows before anything is typed."""
    values: dict[str, Any] = {"version": case.version}
    if spec.slug == "reclassify":
        values |= {"category": case.category_id, "urgency": case.urgency}
    elif spec.slug == "split":
        values |= {"client_id": uuid4(), "category": case.category_id}
    elif spec.slug == "publish":
        values["public_text"] = case.public_text or masking.mask(case.text).text
        values["photos"] = [
            str(key)
            for key in case.photos.filter(public=True).values_list("pk", flat=True)
        ]
    return values


def aside(spec: Spec, case: Case) -> dict[str, Any]:
    """Return what a step's page shows beside the form."""
    found: dict[str, Any] = {}
    if spec.slug in INSERTS:
        found["replies"] = replies_for(case)
    if spec.slug == "merge":
        found["similar"] = [
            each
            for each in similar(
                case.text,
                category=case.category,
                place=case.place,
                lon=case.lon,
                lat=case.lat,
            )
            if each.case.pk != case.pk
        ]
    if spec.slug == "publish":
        found["hidden"] = masking.mask(case.text).hidden
        found["photos"] = list(case.photos.select_related("upload").order_by("pk"))
    if spec.slug == "decide":
        found["objection"] = case.assignments.select_related(
            "organisation", "objected_by"
        ).get(ended_at=None)
    return found


def insert_reply(data: QueryDict, case: Case) -> bool:
    """Put a saved reply behind what was typed, if its button was pressed."""
    wanted = data.get("insert", "")
    if not wanted.isdigit():
        return False
    saved = SavedReply.objects.filter(pk=int(wanted)).first()
    if saved is not None:
        typed = data.get("text", "").rstrip()
        data["text"] = f"{typed}\n{saved.text}".strip()
    return True


def settle(spec: Spec, case: Case, values: dict[str, Any], reach: Reach) -> str:
    """Turn what was typed into what the action takes; return what is wrong, if anything."""
    if spec.slug != "merge":
        return ""
    pk = by_number(values["into"])
    into = queries.load(pk) if pk is not None else None
    if into is None or not access.sees(reach, queries.where(into)):
        return _("没有找到这个编号的诉求，或者它不在您的辖区。请核对编号。")
    values["into"] = into
    return ""


__all__ = ["aside", "form_for", "initial", "insert_reply", "settle"]
