"""A window in the community of the tests' small city, with one service behind it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from tests.casework.world import START, World, build, category
from wugeyi.organisations.models import Organisation
from wugeyi.services.actions import catalogue, queue, window
from wugeyi.services.models import Material, Service, Visit
from wugeyi.services.rules.materials import Papers
from wugeyi.services.rules.trips import Result


@dataclass
class Desk:
    world: World
    service: Service
    card: Material
    photo: Material
    # Only if somebody else comes.
    letter: Material

    @property
    def unit(self) -> Organisation:
        return self.world.community

    def papers(self, *brought: Material, **more) -> Papers:
        unused = frozenset({self.letter.pk})
        keys = frozenset(each.pk for each in brought)
        return Papers(brought=keys, not_needed=unused - keys, **more)

    def coming(self, result: Result, *brought: Material, **more) -> window.Coming:
        visit = more.pop("visit", None)
        answer = more.pop("answer", "")
        client_id = more.pop("client_id", None) or uuid4()
        return window.Coming(
            client_id=client_id,
            result=result.value,
            papers=self.papers(*brought, **more),
            answer=answer,
            visit=visit,
        )

    def first(
        self,
        result: Result,
        *brought: Material,
        at: datetime | None = None,
        **more,
    ) -> Visit:
        return window.first_trip(
            desk=self.unit,
            service=self.service,
            coming=self.coming(result, *brought, **more),
            by=self.world["worker"],
            at=at or self.world.now(),
        )

    def next(
        self,
        visit: Visit,
        result: Result,
        *brought: Material,
        at: datetime | None = None,
        **more,
    ) -> Visit:
        return window.next_trip(
            matter=visit.matter,
            coming=self.coming(result, *brought, **more),
            by=self.world["worker"],
            at=at or self.world.now(),
        )

    def ticket(self, at: datetime | None = None) -> Visit:
        return queue.arrive(
            desk=self.unit,
            client_id=uuid4(),
            service=self.service,
            by=self.world["worker"],
            at=at or self.world.now(),
        )


def later(at: datetime, **amount) -> datetime:
    return at + timedelta(**amount)


def values(**changed) -> dict:
    return {
        "name_zh": "办老年证",
        "name_en": "Senior card",
        "kind": "",
        "for_whom": "满 60 周岁的居民",
        "basis": "",
        "source": "",
        "verified": False,
        "fee_fen": 0,
        "promised_days": 3,
        "category": category("elderly"),
        "note": "",
        "valid_from": START,
        "valid_to": None,
    } | changed


def open_desk() -> Desk:
    return desk_of(build())


def desk_of(world: World) -> Desk:
    """Open a window in the community of a city that stands."""
    by = world["administrator"]
    service = catalogue.save_service(
        service=None,
        organisation=world.community,
        values=values(),
        by=by,
        at=world.now(),
    )

    def material(name: str, condition: str = "") -> Material:
        return catalogue.save_material(
            service=service,
            material=None,
            values={
                "name": name,
                "originals": 1,
                "copies": 0,
                "where_from": "",
                "electronic": False,
                "condition": condition,
            },
            by=by,
            at=world.now(),
        )

    found = Desk(
        world,
        service,
        material("身份证"),
        material("照片"),
        material("代办人身份证", "由别人代办的"),
    )
    catalogue.add_step(
        service=service,
        what="审核",
        organisation=world.department,
        by=by,
        at=world.now(),
    )
    return found
