"""Certificates of hours: free, checkable by anybody with the code, revocable."""

import secrets
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Sum

from wugeyi.casework.rules import receipts
from wugeyi.volunteering.actions.writing import (
    VOLUNTEER,
    By,
    mark,
    once,
    person,
    tell,
    use,
)
from wugeyi.volunteering.models import (
    Certificate,
    CertificatePart,
    Hours,
    Volunteer,
)
from wugeyi.volunteering.rules import certificates as rules
from wugeyi.volunteering.rules.refusals import Refused, Why


def issue(
    *, client_id: UUID, volunteer: Volunteer, first: date, last: date, at: datetime
) -> Certificate:
    """Certify the confirmed hours of some days; the same ``client_id`` gives the same.

    Raises
    ------
    Refused
        NEEDS_NAME, BACKWARDS, NOTHING (no confirmed hour), OTHER_CONTENT.
    """
    if first > last:
        raise Refused(Why.BACKWARDS)

    def make() -> Certificate:
        if not volunteer.name:
            raise Refused(Why.NEEDS_NAME)
        rows = (
            Hours.objects.filter(
                volunteer=volunteer,
                state=Hours.State.CONFIRMED.value,
                on__range=(first, last),
            )
            .values("organisation_id", "organisation__name")
            .annotate(sum=Sum("minutes"), times=Count("pk"))
            .order_by("organisation__path")
        )
        found = list(rows)
        if not found:
            raise Refused(Why.NOTHING)
        moment = at.replace(microsecond=0)
        row = Certificate(
            client_id=client_id,
            volunteer=volunteer,
            code=receipts.issue(secrets.randbits(80)),
            name=volunteer.name,
            first=first,
            last=last,
            issued_at=moment,
        )
        parts = [
            rules.Part(each["organisation__name"], each["sum"], each["times"])
            for each in found
        ]
        row.digest = rules.digest(
            rules.Said(row.code, row.name, first, last, moment, parts)
        )
        row.save()
        CertificatePart.objects.bulk_create(
            CertificatePart(
                certificate=row,
                organisation_id=each["organisation_id"],
                name=each["organisation__name"],
                minutes=each["sum"],
                times=each["times"],
            )
            for each in found
        )
        tell(row, "issue", by=VOLUNTEER, at=at, after={"digest": row.digest})
        use(volunteer, at)
        return row

    same = {"volunteer_id": volunteer.pk, "first": first, "last": last}
    return once(Certificate, client_id, make, same)[0]


def revoke(*, certificate: Certificate, reason: str, by: By, at: datetime) -> bool:
    """Revoke a certificate: by its person, or where its hours prove wrong."""
    done = mark(
        certificate,
        "revoke",
        by=by,
        at=at,
        after={"reason": reason},
        revoked_at=at,
        revoked_by=person(by),
        reason=reason,
    )
    return done is not None


def close_all(*, volunteer: Volunteer, by: By, at: datetime) -> None:
    """Revoke every certificate of somebody who leaves, and forget the name on it."""
    for row in Certificate.objects.filter(volunteer=volunteer):
        revoke(certificate=row, reason="", by=by, at=at)
    Certificate.objects.filter(volunteer=volunteer).update(name="")
