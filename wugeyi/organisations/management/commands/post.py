"""``wugeyi post appoint | end``: give or end a post; the first administrator's door."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.accounts.queries import by_username
from wugeyi.organisations import actions
from wugeyi.organisations.models import Organisation, Post
from wugeyi.organisations.queries.people import not_over
from wugeyi.organisations.rules import Role


class Command(BaseCommand):
    """Who may run it may do anything with the database: nobody is asked who they are."""

    help = "岗位：appoint 任命，end 结束。第一位管理员这样产生。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare appoint and end."""
        parts = parser.add_subparsers(dest="act", required=True)
        appoint = parts.add_parser("appoint", help=_("让一个人在一个单位担任一个角色"))
        end = parts.add_parser("end", help=_("结束一个人在一个单位的一个角色"))
        for part in (appoint, end):
            part.add_argument("username", help=_("登录名"))
            part.add_argument(
                "role", choices=[role.value for role in Role], help=_("角色")
            )
            part.add_argument("code", help=_("单位代码"))
        appoint.add_argument(
            "--from", dest="day", type=day, help=_("从哪天起，YYYY-MM-DD；不写就是今天")
        )
        end.add_argument(
            "--on", dest="day", type=day, help=_("从哪天起不再有效；不写就是今天")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one of the two; problems are sentences, not tracebacks."""
        person = self.person(options["username"])
        unit = self.unit(options["code"])
        role = Role(options["role"])
        act = {"appoint": self.appoint, "end": self.end}[options["act"]]
        try:
            done = act(person, role, unit, options["day"])
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        self.stdout.write(done)

    def appoint(
        self, person: User, role: Role, unit: Organisation, on: date | None
    ) -> str:
        """Give the post."""
        if not person.is_active:
            raise CommandError(_("这个账号已停用，请先恢复。"))
        post = actions.appoint(
            person=person,
            role=role,
            organisation=unit,
            valid_from=on,
            by=None,
            at=timezone.now(),
        )
        return _("%(person)s 从 %(day)s 起是%(unit)s的%(role)s。") % {
            "person": person.name,
            "day": post.valid_from.isoformat(),
            "unit": unit.name,
            "role": post.get_role_display(),
        }

    def end(self, person: User, role: Role, unit: Organisation, on: date | None) -> str:
        """End the post that holds, or the next one to come."""
        now = timezone.now()
        post = (
            Post.objects.filter(
                not_over(timezone.localdate(now)),
                person=person,
                role=role.value,
                organisation=unit,
            )
            .order_by("valid_from", "id")
            .first()
        )
        if post is None:
            raise CommandError(
                _("%(person)s 在%(unit)s没有这个岗位。")
                % {"person": person.name, "unit": unit.name}
            )
        actions.end_post(post=post, on=on, by=None, at=now)
        return _("岗位已结束：%(person)s，%(unit)s，%(role)s。") % {
            "person": person.name,
            "unit": unit.name,
            "role": post.get_role_display(),
        }

    def person(self, username: str) -> User:
        """Return who has the sign-in name, or say that nobody has."""
        found = by_username(username)
        if found is None:
            raise CommandError(
                _("没有登录名为 %(username)s 的人。先用 wugeyi user create 建账号。")
                % {"username": username}
            )
        return found

    def unit(self, code: str) -> Organisation:
        """Return the organisation of a code, or say that there is none."""
        found = Organisation.objects.filter(code=code).first()
        if found is None:
            raise CommandError(
                _("没有代码为 %(code)s 的单位。先用 wugeyi register 导入名册。")
                % {"code": code}
            )
        return found


def day(text: str) -> date:
    """Read a day; argparse tells what is wrong with any other text."""
    return date.fromisoformat(text)
