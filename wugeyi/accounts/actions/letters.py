"""Letters by e-mail, sent once the act is committed and without holding up the answer."""

import logging
import threading
from functools import partial

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from wugeyi.accounts.queries import ResetLink

log = logging.getLogger(__name__)


def send_reset_letter(*, link: ResetLink, address: str) -> None:
    """Send the letter that holds a reset link, after the current transaction."""
    body = render_to_string(
        "accounts/letters/reset.txt", {"link": link, "address": address}
    )
    message = EmailMessage(_("重新设置五个一的登录密码"), body, to=[link.user.email])
    transaction.on_commit(partial(send_soon, message))


def send_soon(message: EmailMessage) -> threading.Thread:
    """Send in a thread of its own: a slow mail server neither delays nor tells on anyone.

    A letter that is lost because the server process ended is asked for again.
    """
    thread = threading.Thread(target=_send, args=(message,), daemon=True)
    thread.start()
    return thread


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception:
        # Whoever asked has long been answered; the address stays out of the log.
        log.exception("A letter could not be sent; see WUGEYI_EMAIL_URL.")
