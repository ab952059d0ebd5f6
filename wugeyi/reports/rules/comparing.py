"""How much of one form another one already asks. Pure Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as it is compared: what is on record for it, or its label."""

    key: str
    code: str
    label: str

    @property
    def same(self) -> str:
        """Return what makes two fields the same: the thing on record, else the words."""
        return (
            f"={self.code}" if self.code and not self.code.startswith("@") else self.key
        )


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another form, and which labels of this one it asks as well."""

    form: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``fields`` asked in all, ``recorded`` of them on record, and who else asks them."""

    fields: int
    recorded: int
    overlaps: tuple[Overlap, ...]
    repeated: int


def compare(
    asked: Iterable[Asked], others: Mapping[int, Iterable[Asked]], *, most: int = 5
) -> Comparison:
    """Compare a form's fields with those of other forms, those with most in common first.

    The same thing asked for several periods or places is one field.
    """
    own: dict[str, Asked] = {}
    for each in asked:
        if each.same and not each.code.startswith("@"):
            own.setdefault(each.same, each)
    overlaps = []
    for form, theirs in others.items():
        common = {each.same for each in theirs} & own.keys()
        if common:
            labels = tuple(each.label for same, each in own.items() if same in common)
            overlaps.append(Overlap(form, labels))
    overlaps.sort(key=lambda each: (-len(each.labels), each.form))
    repeated = {label for each in overlaps for label in each.labels}
    return Comparison(
        fields=len(own),
        recorded=sum(1 for each in own.values() if each.code),
        overlaps=tuple(overlaps[:most]),
        repeated=len(repeated),
    )
