"""Addresses in letters. They carry a reader's secret: who holds the letter may use them."""

from django.core import signing
from django.urls import reverse

from wugeyi.notices.models import Address, Letter, Subscriber
from wugeyi.notices.rules import CONFIRM_WITHIN

SALT = "notices.confirm"


def settings_path(subscriber: Subscriber) -> str:
    """Return where somebody without an account chooses what they hear."""
    return reverse("notices:settings", args=[subscriber.secret])


def open_path(subscriber: Subscriber) -> str:
    """Return where a receipt's holder finds what they follow."""
    return reverse("notices:open", args=[subscriber.secret])


def stop_path(letter: Letter) -> str:
    """Return where one click ends letters like this one to its address."""
    secret = letter.subscriber.secret
    path = reverse("notices:stop", args=[secret, letter.address_id or 0])
    # A holder follows one thing only: there it ends all.
    return path if letter.subscriber.user_id is None else f"{path}?of={letter.pk}"


def confirm_path(address: Address) -> str:
    """Return the link that confirms an e-mail address."""
    token = signing.dumps([address.pk, address.value], salt=SALT, compress=True)
    return reverse("notices:confirm", args=[token])


def confirmed_by(token: str) -> int | None:
    """Return the address a link confirms; None if it is forged or too old."""
    try:
        key, value = signing.loads(token, salt=SALT, max_age=CONFIRM_WITHIN)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Address.objects.filter(pk=key, value=value).values_list("pk", flat=True)
    return found.first()
