"""What a process keeps of networks and looks, within a number of bytes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from threading import Lock
from typing import Any, TypeVar, cast

Value = TypeVar("Value")
MOST_BYTES = 256 * 1024 * 1024
DEEPEST = 4


class Kept:
    """The latest values by key; the longest unused go first when there is too much.

    Threads that ask for the same key at once wait for one of them to make it.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self._lock = Lock()
        self._held: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}

    def take(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made now if it is not there."""
        found = self._find(key)
        if found is not None:
            return cast(Value, found[0])
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:
            found = self._find(key)
            if found is not None:
                return cast(Value, found[0])
            made = make()
            self._keep(key, made)
            return made

    def forget(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._held.clear()
            self._making.clear()

    @property
    def held_bytes(self) -> int:
        """Return how many bytes are kept."""
        with self._lock:
            return sum(size for _value, size in self._held.values())

    def _find(self, key: Hashable) -> tuple[object, int] | None:
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
            return found

    def _keep(self, key: Hashable, value: object) -> None:
        size = weight(value)
        with self._lock:
            self._held[key] = value, size
            total = sum(each for _value, each in self._held.values())
            # The last one stays, however large: somebody is looking at it.
            while total > self.most_bytes and len(self._held) > 1:
                _gone, (_old, less) = self._held.popitem(last=False)
                total -= less
            self._making.pop(key, None)


def weight(value: object, depth: int = 0) -> int:
    """Return the bytes of the arrays a value holds, mapped ones not counted."""
    base: Any = getattr(value, "base", None)
    size = getattr(value, "nbytes", None)
    if isinstance(size, int):
        return 0 if base is not None and not getattr(base, "nbytes", 0) else size
    if depth >= DEEPEST:
        return 0
    if isinstance(value, list | tuple):
        return sum(weight(each, depth + 1) for each in value)
    if isinstance(value, dict):
        return sum(weight(each, depth + 1) for each in value.values())
    if is_dataclass(value):
        return sum(
            weight(getattr(value, each.name, None), depth + 1) for each in fields(value)
        )
    return 0
