"""Reads of templates and kinds."""

from wugeyi.places.models import FacilityKind, Template


def templates() -> list[Template]:
    """Return the templates in use, the installation's own first."""
    return list(Template.objects.filter(active=True))


def own_template() -> Template | None:
    """Return the installation's own template; None before any was installed."""
    return Template.objects.filter(active=True).first()


def kinds_of(template: Template) -> list[FacilityKind]:
    """Return the kinds in use of a template, in their order; one query."""
    return list(FacilityKind.objects.filter(template=template, active=True))
