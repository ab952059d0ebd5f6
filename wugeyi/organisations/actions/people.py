"""Taking somebody on: an account and, if wanted, the first post, in one go."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wugeyi.accounts.actions import create_user
from wugeyi.accounts.models import User
from wugeyi.organisations.actions.posts import appoint
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import Role


@dataclass(frozen=True, slots=True)
class FirstPost:
    """The post somebody starts with; days as in :func:`appoint`."""

    role: Role | str
    organisation: Organisation
    valid_from: date | None = None
    valid_to: date | None = None


@transaction.atomic
def take_on(
    *,
    username: str,
    name: str,
    by: User | None,
    at: datetime,
    email: str = "",
    post: FirstPost | None = None,
) -> User:
    """Make an account without a password, and appoint: both or neither.

    Raises
    ------
    NameTakenError
        Somebody else has the sign-in name.
    ValidationError
        The post cannot be given (see :func:`appoint`).
    """
    user = create_user(username=username, name=name, email=email, by=by, at=at)
    if post is not None:
        appoint(
            person=user,
            role=post.role,
            organisation=post.organisation,
            valid_from=post.valid_from,
            valid_to=post.valid_to,
            by=by,
            at=at,
        )
    return user
