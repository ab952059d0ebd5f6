"""Volunteers, what they do by choice, and the hours that follow from it."""

from wugeyi.volunteering.models.activities import Activity, SignUp
from wugeyi.volunteering.models.deeds import Deed, Voice
from wugeyi.volunteering.models.emergencies import DutyTerm, Emergency, Told
from wugeyi.volunteering.models.helps import Help, Take
from wugeyi.volunteering.models.hours import Certificate, CertificatePart, Hours
from wugeyi.volunteering.models.people import CheckIn, Membership, Team, Volunteer

__all__ = [
    "Activity",
    "Certificate",
    "CertificatePart",
    "CheckIn",
    "Deed",
    "DutyTerm",
    "Emergency",
    "Help",
    "Hours",
    "Membership",
    "SignUp",
    "Take",
    "Team",
    "Told",
    "Voice",
    "Volunteer",
]
