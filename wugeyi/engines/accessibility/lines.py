"""A line of a table: counts and places read from what people wrote."""

import math
import re
from dataclasses import dataclass, field

from wugeyi.engines.accessibility.findings import Finding, Severity, Value

LONLAT = ("lon", "lat")
NUMBER = re.compile(r"-?\d{1,12}(\.0*)?")
PAIR = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*[,，;；、\s]\s*(-?\d{1,3}(?:\.\d+)?)")
MOST = 10_000_000


@dataclass(slots=True)
class Line:
    """A row's cells by field, and what is wrong with them."""

    number: int
    cells: dict[str, str]
    findings: list[Finding] = field(default_factory=list)

    @property
    def who(self) -> dict[str, Value]:
        """Return what every sentence about the row begins with."""
        return {"row": self.number, "name": self.cells.get("name", "")}

    def note(
        self,
        code: str,
        severity: Severity = "error",
        *,
        place: tuple[float, float] | None = None,
        **values: Value,
    ) -> None:
        """Keep something noticed in the row."""
        lon, lat = place or (None, None)
        subject, about = f"row {self.number}", self.who | values
        self.findings.append(Finding(code, severity, subject, lon, lat, about))

    def count(self, name: str) -> int | None:
        """Return a count; None where the cell is empty or wrong, which is noted."""
        text = self.cells.get(name, "").replace(",", "").replace("，", "")
        if not text:
            return None
        if not NUMBER.fullmatch(text) or abs(float(text)) > MOST:
            self.note("row-no-count", field=name, value=text[:40])
            return None
        if text.startswith("-") and float(text) != 0:
            self.note("row-negative", field=name, value=text[:40])
            return None
        return int(float(text))

    def place(self) -> tuple[float, float] | None:
        """Return longitude and latitude as the table has them, or None."""
        pair = PAIR.fullmatch(self.cells.get("pair", ""))
        said = pair.groups() if pair else tuple(self.cells.get(n, "") for n in LONLAT)
        if not any(said):
            text = self.cells.get("pair", "")
            if text or not self.cells.get("address"):
                self.note("row-no-place", value=text[:40])
                return None
            self.note("row-address-only", "warning")
            return None
        try:
            lon, lat = (float(each) for each in said)
        except ValueError:
            self.note("row-no-place", value=" ".join(said)[:40])
            return None
        if not (math.isfinite(lon) and math.isfinite(lat)):
            self.note("row-no-place", value=" ".join(said)[:40])
            return None
        return self._checked(lon, lat)

    def _checked(self, lon: float, lat: float) -> tuple[float, float] | None:
        if abs(lat) > 90 >= abs(lon):
            self.note("row-swapped", lon=lon, lat=lat)
            return None
        if abs(lon) > 180 or abs(lat) > 90 or lon == lat == 0:
            self.note("row-nowhere", lon=lon, lat=lat)
            return None
        return lon, lat

    @property
    def usable(self) -> bool:
        """Tell whether nothing keeps the row out."""
        return all(one.severity != "error" for one in self.findings)
