"""Who holds which role where, from a day to a day."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.organisations.actions.checks import check_alive
from wugeyi.organisations.models import Organisation, Post
from wugeyi.organisations.rules import Role


@transaction.atomic
def appoint(
    *,
    person: User,
    role: Role | str,
    organisation: Organisation,
    by: User | None,
    at: datetime,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Post:
    """Give a person a role in an organisation from a day (None: today) to a day.

    Raises
    ------
    ValidationError
        The organisation is gone, the days are not in order, or the person already
        holds this role there in part of that time.
    """
    check_alive(organisation)
    # Two appointments at once must see each other.
    User.objects.select_for_update().get(pk=person.pk)
    start = valid_from or timezone.localdate(at)
    if valid_to is not None and valid_to <= start:
        raise ValidationError(_("结束日期要晚于开始日期。"), "dates_not_in_order")
    same = Post.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=start),
        person=person,
        role=Role(role).value,
        organisation=organisation,
    )
    if valid_to is not None:
        same = same.filter(valid_from__lt=valid_to)
    if same.exists():
        raise ValidationError(_("这段时间里已经有同样的岗位。"), "post_twice")
    post = Post.objects.create(
        person=person,
        role=Role(role).value,
        organisation=organisation,
        valid_from=start,
        valid_to=valid_to,
    )
    record(
        action="organisations.appoint",
        subject=post,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        after={
            "person": person.pk,
            "role": post.role,
            "valid_from": start,
            "valid_to": valid_to,
        },
    )
    return post


@transaction.atomic
def end_post(
    *, post: Post, by: User | None, at: datetime, on: date | None = None
) -> None:
    """End a post on a day (None: today), the first on which it no longer holds.

    A post that has not lasted a day is taken back: its row goes, its trace in the
    audit stays.

    Raises
    ------
    ValidationError
        It has ended already, or nobody would be left who may appoint administrators.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    day = on or timezone.localdate(at)
    if post.valid_to is not None and post.valid_to <= day:
        raise ValidationError(_("这个岗位已经结束。"), "post_ended")
    if post.role == Role.ADMINISTRATOR and _is_last(post, day):
        raise ValidationError(
            _("这是最后一位管理员。请先任命另一位管理员。"), "last_administrator"
        )
    record(
        action="organisations.end_post",
        subject=post,
        by=by,
        at=at,
        organisation_id=post.organisation_id,
        before={
            "person": post.person_id,
            "role": post.role,
            "valid_from": post.valid_from,
            "valid_to": post.valid_to,
        },
        after={"valid_to": day},
    )
    if day <= post.valid_from:
        post.delete()
    else:
        post.valid_to = day
        post.save(update_fields=["valid_to"])


def _is_last(post: Post, day: date) -> bool:
    others = Post.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=day),
        role=Role.ADMINISTRATOR.value,
        valid_from__lte=day,
        person__is_active=True,
    ).exclude(pk=post.pk)
    return not others.exists()
