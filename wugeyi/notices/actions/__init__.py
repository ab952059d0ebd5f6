"""Writes of messages: told, subscribed to, sent."""

from wugeyi.notices.actions.telling import tell
from wugeyi.notices.rules import Reader

__all__ = ["Reader", "tell"]
