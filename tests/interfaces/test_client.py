"""Somebody else's client reads from the running server."""

import pytest
from django.core.cache import cache
from django.utils import timezone
from georeport import GeoReport

from tests.interfaces.open import build


@pytest.mark.django_db(transaction=True)
def test_georeport_reads_it(live_server) -> None:
    cache.clear()
    city = build(at=timezone.now())
    for form in ("json", "xml"):
        client = GeoReport(
            f"{live_server.url}/open/311/v2",
            jurisdiction=city.world.city.code,
            api_key=city.key.key,
            output_format=form,
        )
        services = client.get_service_list()
        assert "street-light" in [each["service_code"] for each in services]
        definition = client.get_service_definition("street-light")
        assert definition["service_code"] == "street-light"
        rows = client.get_service_requests(status="open,closed")
        assert [each["service_request_id"] for each in rows] == [
            city.working.number,
            city.resolved.number,
        ]
        one = client.get_service_request(city.resolved.number)
        assert (one["service_request_id"], one["status"]) == (
            city.resolved.number,
            "closed",
        )
