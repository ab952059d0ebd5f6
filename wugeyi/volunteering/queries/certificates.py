"""A certificate as anybody with its code may read it."""

from dataclasses import dataclass

from wugeyi.volunteering.models import Certificate, CertificatePart
from wugeyi.volunteering.rules.certificates import Part, Said, digest


@dataclass(frozen=True, slots=True)
class Checked:
    """What a certificate says, and whether its hash agrees with that."""

    certificate: Certificate
    said: Said
    parts: list[CertificatePart]
    genuine: bool


def checked(row: Certificate) -> Checked:
    """Work the hash out anew from what is stored; one query."""
    parts = list(row.parts.select_related("organisation").order_by("pk"))
    said = Said(
        row.code,
        row.name,
        row.first,
        row.last,
        row.issued_at,
        [Part(each.name, each.minutes, each.times) for each in parts],
    )
    return Checked(row, said, parts, digest(said) == row.digest)


def by_code(code: str) -> Checked | None:
    """Return the certificate of a code; it is normalised already. Two queries."""
    row = Certificate.objects.filter(code=code).first()
    return checked(row) if row is not None else None
