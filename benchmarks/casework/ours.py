"""What people ask of our pages, each as a browser sends it."""

import uuid
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from benchmarks.casework.client import Answer, Client
from benchmarks.casework.measure import Ask

SEEDS = count()
TEXT = "楼下路灯坏了好几天,晚上老人走路看不见,请来修。"
CATEGORY = "street-light"
NEXT = "after="
CLIENTS = 4
"""People who report at the same time when the rate is measured."""


@dataclass
class Reporter:
    """Sends the form again and again, each time something new.

    The page asks for no token, and a report needs no page: the phone keeps the form.
    """

    port: int
    known: dict[str, Any]
    # Nobody reports what somebody else did: that would be one case, and cheap.
    seed: int = field(default_factory=lambda: next(SEEDS))

    def __post_init__(self) -> None:
        self.client = Client(self.port)

    def values(self, number: int) -> dict[str, str]:
        places = self.known["places"]
        return {
            "client_id": str(client_id(self.seed, number)),
            "text": f"{TEXT}{self.seed}-{number}",
            "category": CATEGORY,
            "place": str(places[(self.seed * 977 + number * 31) % len(places)]),
            "spot": f"{number % 40 + 1}栋",
            "name": "测速",
            "phone": "13900001234",
            # The similar cases were shown, and this is another one.
            "seen": "similar",
        }

    def report(self, number: int) -> Answer:
        answer = self.client.post(
            "/report",
            self.values(number),
            X_Forwarded_For=address(self.seed * 100_003 + number),
        )
        if answer.status != 302:
            raise AssertionError(f"not accepted: {answer.text[:2000]}")
        return answer


def client_id(seed: int, number: int) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{seed}-{number}")


def address(number: int) -> str:
    """Return an address of the range that documentation keeps free for itself."""
    return f"2001:db8:{number >> 16 & 0xFFFF:x}:{number & 0xFFFF:x}::1"


def staff(port: int, known: dict[str, Any], who: str) -> Client:
    return Client(port, cookies={"sessionid": known["cookies"][who]})


def second_page(client: Client, path: str) -> str:
    """Return the address behind "next" on a page."""
    page = client.get(path).text
    for part in page.split('href="')[1:]:
        address = part.partition('"')[0].replace("&amp;", "&")
        if NEXT in address:
            return (
                address if address.startswith("/") else path.partition("?")[0] + address
            )
    raise AssertionError("the list has no second page")


def operations(port: int, known: dict[str, Any]) -> dict[str, Ask]:
    """Return every measured operation by name."""
    worker = staff(port, known, "worker")
    dispatcher = staff(port, known, "dispatcher")
    supervisor = staff(port, known, "supervisor")
    anybody = Client(port)
    cases, points = known["open"], known["points"]
    filtered = f"/desk/?category={known['category']}"
    onward = second_page(dispatcher, "/desk/")

    def near(number: int) -> Answer:
        lon, lat = points[number % len(points)]
        return anybody.post(
            "/report/hints",
            {
                "text": TEXT,
                "category": CATEGORY,
                "lon": str(lon),
                "lat": str(lat),
            },
            X_Forwarded_For=address(number),
            HX_Request="true",
        )

    return {
        "desk, community worker": lambda _n: worker.get("/desk/"),
        "desk, county dispatcher": lambda _n: dispatcher.get("/desk/"),
        "desk, city supervisor": lambda _n: supervisor.get("/desk/"),
        "filtered list": lambda _n: dispatcher.get(filtered),
        "second page": lambda _n: dispatcher.get(onward),
        "case": lambda n: worker.get(f"/desk/cases/{cases[n % len(cases)]}/"),
        "near a point": near,
        "create": Reporter(port, known).report,
    }


def creators(port: int, known: dict[str, Any]) -> list[Ask]:
    return [Reporter(port, known).report for _ in range(CLIENTS)]
