"""What people ask of django-helpdesk's pages, each as a browser sends it."""

import json
from typing import Any

from benchmarks.casework.client import Answer, Client
from benchmarks.casework.measure import Ask
from benchmarks.casework.ours import CLIENTS, TEXT


def staff(port: int, known: dict[str, Any]) -> Client:
    return Client(port, cookies={"sessionid": known["cookie"]})


def rows(client: Client, query: str, start: int = 0) -> Answer:
    """Ask for rows as the list's script does."""
    return client.get(
        f"/datatables_ticket_list/{query}?draw=1&start={start}&length=25"
        "&order%5B0%5D%5Bcolumn%5D=5&order%5B0%5D%5Bdir%5D=asc"
        "&search%5Bvalue%5D=&search%5Bregex%5D=false",
        X_Requested_With="XMLHttpRequest",
    )


def both(first: Answer, second: Answer) -> Answer:
    """Return two answers that make one page: the page, then what its script asks for."""
    worse = max(first.status, second.status)
    return Answer(worse, second.headers, second.body, first.seconds + second.seconds)


class Submitter:
    """Opens the public form once, then sends it again and again."""

    def __init__(self, port: int, known: dict[str, Any], seed: int = 0) -> None:
        self.client = Client(port)
        self.queue = known["queue"] + seed
        self.token = self.client.token(self.client.get("/tickets/submit/"))

    def submit(self, number: int) -> Answer:
        answer = self.client.post(
            "/tickets/submit/",
            {
                "csrfmiddlewaretoken": self.token,
                "queue": str(self.queue + number % 1000),
                "title": f"路灯坏了 {number}",
                "body": f"{TEXT}{number}",
                "priority": "3",
                "submitter_email": f"r{number}@example.org",
            },
        )
        if answer.status != 302:
            raise AssertionError(f"not accepted: {answer.text[:2000]}")
        return answer


def by_api(client: Client, queue: int, number: int) -> Answer:
    """Create by the REST interface, signed in as staff: the only way it offers."""
    values = {
        "queue": queue + number % 1000,
        "title": f"路灯坏了 {number}",
        "description": f"{TEXT}{number}",
        "submitter_email": f"r{number}@example.org",
        "priority": 3,
    }
    return client.send(
        "POST",
        "/api/tickets/",
        json.dumps(values).encode(),
        {
            "Content-Type": "application/json",
            "X-CSRFToken": client.cookies["csrftoken"],
        },
    )


def operations(port: int, known: dict[str, Any]) -> dict[str, Ask]:
    person, tickets = staff(port, known), known["tickets"]
    narrow = f"/tickets/?queue={known['queue']}&status=1&status=2"
    # The token for the interface comes with any page that has a form.
    person.get("/tickets/submit/")
    return {
        "first page": lambda _n: both(
            person.get("/tickets/"), rows(person, known["list"])
        ),
        "first page, rows only": lambda _n: rows(person, known["list"]),
        "filtered list": lambda _n: both(
            person.get(narrow), rows(person, known["narrow"])
        ),
        "second page": lambda _n: rows(person, known["list"], start=25),
        "case": lambda n: person.get(f"/tickets/{tickets[n % len(tickets)]}/"),
        "create": Submitter(port, known).submit,
        "create by API": lambda n: by_api(person, known["queue"], n),
    }


def creators(port: int, known: dict[str, Any]) -> list[Ask]:
    return [Submitter(port, known, seed=n + 1).submit for n in range(CLIENTS)]
