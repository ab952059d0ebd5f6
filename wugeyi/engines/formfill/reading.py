"""The bytes of a form → its fields; what is wrong with it is told, not raised."""

from wugeyi.engines.formfill import formulas
from wugeyi.engines.formfill.fields import Form, find_fields
from wugeyi.engines.formfill.findings import Finding, Limits, Severity
from wugeyi.engines.formfill.grid import load
from wugeyi.engines.formfill.package import open_package


def read_form(content: bytes, limits: Limits | None = None) -> Form:
    """Read the fields of a form.

    Raises
    ------
    Refused
        It cannot be read, or is no form (see ``package.open_package`` and ``Limits``).
    """
    limits = limits or Limits()
    package = open_package(content, limits)
    form = find_fields(load(package, limits))
    form.findings = [*package.findings]
    for grid in form.grids:
        form.findings += grid.findings
    form.findings += [
        Finding(Severity.ERROR, "circular", where)
        for where in sorted(formulas.circular(form.grids))
    ]
    if not any(not each.remark for each in form.fields):
        form.findings.append(Finding(Severity.ERROR, "nothing_to_fill"))
    return form
