"""Take on the first person, give a password, lift a lockout: from the command line."""

import getpass
import secrets
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.accounts import actions, queries
from wugeyi.accounts.forms import PersonForm
from wugeyi.accounts.models import User
from wugeyi.accounts.rules import READABLE

RANDOM_LENGTH = 16


class Command(BaseCommand):
    """Passwords are asked, or made and shown once; never taken from the command line."""

    help = "账号：create 建账号，password 设密码，unlock 解锁。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare create, password and unlock."""
        parts = parser.add_subparsers(dest="act", required=True)
        create = parts.add_parser("create", help=_("建一个能登录的账号"))
        create.add_argument("username")
        create.add_argument("--name", required=True, help=_("本人姓名"))
        create.add_argument("--email", default="", help=_("电子邮箱，可不填"))
        password = parts.add_parser("password", help=_("给一个人设新密码"))
        password.add_argument("username")
        for part in (create, password):
            part.add_argument(
                "--random",
                action="store_true",
                help=_("随机生成密码并显示这一次，不询问"),
            )
        unlock = parts.add_parser("unlock", help=_("输错太多次被锁住的，提前解锁"))
        unlock.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one of the three."""
        act = {"create": self.create, "password": self.password, "unlock": self.unlock}
        act[options["act"]](**options)

    def create(self, *, username: str, name: str, email: str, **options: Any) -> None:
        """Take somebody on."""
        form = PersonForm({"username": username, "name": name, "email": email})
        if not form.is_valid():
            lines = [
                f"{form.fields[field].label}: {error}"
                for field, errors in form.errors.items()
                for error in errors
            ]
            raise CommandError("\n".join(lines))
        draft = User(**form.cleaned_data)
        password = self.new_password(draft, made=options["random"])
        user = actions.create_user(
            **form.cleaned_data, password=password, by=None, at=timezone.now()
        )
        self.stdout.write(
            _("已建账号：%(username)s（%(name)s）")
            % {"username": user.username, "name": user.name}
        )

    def password(self, *, username: str, **options: Any) -> None:
        """Give somebody a password."""
        user = self.person(username)
        password = self.new_password(user, made=options["random"])
        actions.set_password(user=user, password=password, by=None, at=timezone.now())
        self.stdout.write(_("密码已改，原有登录都已退出。"))

    def unlock(self, *, username: str, **options: Any) -> None:
        """Lift a lockout."""
        actions.unlock(user=self.person(username), by=None, at=timezone.now())
        self.stdout.write(_("已解锁。"))

    def person(self, username: str) -> User:
        """Return who has the name, or say that nobody has."""
        user = queries.by_username(username)
        if user is None:
            raise CommandError(
                _("没有登录名为 %(username)s 的人。") % {"username": username}
            )
        return user

    def new_password(self, user: User, *, made: bool) -> str:
        """Make a password and show it, or ask for one twice without showing it."""
        if made:
            password = "".join(
                secrets.choice(READABLE) for _place in range(RANDOM_LENGTH)
            )
            self.stdout.write(
                _("密码（只显示这一次）：%(password)s") % {"password": password}
            )
            return password
        if not sys.stdin.isatty():
            raise CommandError(_("请在终端里运行以便输入密码，或加上 --random。"))
        password = getpass.getpass(_("新密码："))
        if password != getpass.getpass(_("再输一次：")):
            raise CommandError(_("两次输入的密码不一样。"))
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        return password
