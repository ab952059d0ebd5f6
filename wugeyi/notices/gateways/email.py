"""E-mail through the server of WUGEYI_EMAIL_URL, or into files."""

import smtplib
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from wugeyi.notices.gateways.base import (
    Gone,
    Later,
    Message,
    Refused,
    Target,
    Unclear,
    Way,
)

PERMANENT = 500


class Email(Way):
    """One letter; a repeat has the same Message-ID, which not every reader looks at."""

    code = "email"
    label = gettext_lazy("电子邮件")

    def send(self, target: Target, message: Message, *, at: datetime) -> None:
        """Hand a letter to the mail server."""
        connection = get_connection()
        try:
            connection.open()
        except (OSError, smtplib.SMTPException):
            raise Later("mail-server") from None
        try:
            _hand_over(connection, letter(target, message))
        finally:
            connection.close()


def letter(target: Target, message: Message) -> EmailMessage:
    """Return a message as an e-mail in plain text, with both ways out of it."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {
        "Message-ID": f"<{message.token}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    text = message.plain()
    if message.stop_url:
        # RFC 8058: one click in the mail program is enough.
        headers["List-Unsubscribe"] = f"<{message.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        with override(message.language):
            text += "\n\n-- \n" + _(
                "选择听什么、什么时候听：%(settings)s\n不再收这样的信：%(stop)s"
            ) % {"settings": message.settings_url, "stop": message.stop_url}
    return EmailMessage(message.subject, text, to=[target.value], headers=headers)


def _hand_over(connection: BaseEmailBackend, mail: EmailMessage) -> None:
    try:
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _said in refusal.recipients.values()]
        if min(codes, default=PERMANENT) >= PERMANENT:
            raise Gone(f"smtp-{codes[0]}" if codes else "smtp") from None
        raise Later(f"smtp-{codes[0]}") from None
    except smtplib.SMTPResponseException as refusal:
        code = f"smtp-{refusal.smtp_code}"
        if refusal.smtp_code >= PERMANENT:
            raise Refused(code) from None
        raise Later(code) from None
    except (OSError, smtplib.SMTPException):
        # The line broke, maybe after the server had taken the letter.
        raise Unclear("no-answer") from None
    except ValueError:
        raise Gone("address") from None
