"""Forms in the small city: registered, with a file, filled."""

from datetime import date

from tests.casework.world import World, report, resolved
from tests.reports.forms import hotline
from wugeyi.organisations.models import Organisation, Placement, TreeView
from wugeyi.organisations.rules import STATUTORY
from wugeyi.reports import adapter
from wugeyi.reports.actions import filling as filling_actions
from wugeyi.reports.actions.register import add_layout, register_form
from wugeyi.reports.models import Cell, Filling, Form, Layout
from wugeyi.reports.rules.entries import Entry

ENTRY = Entry(
    name="12345办理情况月报表",
    asker="市政务服务中心",
    frequency="month",
    basis="《市12345热线管理办法》",
    article="第九条",
    approved_by="市减负办",
)


class Stage:
    """Makes what a test of reports needs, through the real actions."""

    def __init__(self, world: World) -> None:
        self.world = world
        view, _new = TreeView.objects.get_or_create(
            code=STATUTORY, defaults={"name": "法定"}
        )
        for unit in Organisation.objects.all():
            Placement.objects.get_or_create(
                view=view, organisation=unit, path=unit.path
            )

    def form(self, organisation=None, **changes: object) -> Form:
        values = {
            name: getattr(ENTRY, name) for name in Entry.__dataclass_fields__
        } | changes
        return register_form(
            entry=Entry(**values),
            organisation=organisation or self.world.town,
            by=self.world["town_worker"],
            at=self.world.now(),
        )

    def layout(self, form: Form, content: bytes | None = None) -> Layout:
        content = content or hotline.hotline(hotline.FIRST).content()
        return add_layout(
            form=form,
            filename="月报表.xlsx",
            content=content,
            read=adapter.read(content),
            by=self.world["town_worker"],
            at=self.world.now(),
        )

    def filling(
        self,
        layout: Layout | None = None,
        organisation=None,
        first: date = date(2026, 3, 1),
        last: date = date(2026, 3, 31),
        by: str = "town_worker",
    ) -> Filling:
        layout = layout or self.layout(self.form())
        return filling_actions.begin(
            layout=layout,
            read=adapter.read(bytes(layout.content)),
            organisation=organisation or self.world.town,
            first=first,
            last=last,
            by=self.world[by],
            at=self.world.now(),
        )

    def cases(self, count: int = 12) -> None:
        for _each in range(count):
            resolved(self.world)
        report(self.world, place=self.world.neighbour)

    @staticmethod
    def cell(filling: Filling, address: str) -> Cell:
        return filling.cells.get(address=address, inline="")
