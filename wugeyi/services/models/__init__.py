"""Tables of the one-stop desk, split by noun."""

from wugeyi.services.models.catalogue import Material, Service, ServiceStep
from wugeyi.services.models.visits import Matter, Visit, VisitMaterial

__all__ = ["Material", "Matter", "Service", "ServiceStep", "Visit", "VisitMaterial"]
