"""A phone as the server sees it: what its requests carry, and pictures to send."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.test import Client
from PIL import Image

from tests.casework.world import World


def jpeg(size: tuple[int, int] = (640, 480)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (90, 120, 60)).save(file, "JPEG")
    return file.getvalue()


def report(world: World, **more: str) -> dict[str, str]:
    return {
        "text": "单元门口的路灯坏了三天，晚上看不见路",
        "category": "",
        "place": str(world.community.pk),
        **more,
    }


@dataclass
class Phone:
    client: Client = field(default_factory=Client)

    def send(
        self,
        code: str,
        key: UUID | str,
        fields: Mapping[str, Any],
        *,
        photos: list[UUID] | None = None,
        **headers: str,
    ) -> tuple[int, dict[str, Any]]:
        listed = ",".join(map(str, photos or []))
        answer = self.client.post(
            f"/send/{code}",
            urlencode(fields, doseq=True),
            content_type="application/x-www-form-urlencoded",
            headers={"Idempotency-Key": str(key), "Queue-Photos": listed, **headers},
        )
        return answer.status_code, json.loads(answer.content)

    def part(self, key: UUID, octets: bytes, offset: int, size: int) -> Any:
        return self.client.post(
            f"/send/photos/{key}",
            octets,
            content_type="application/offset+octet-stream",
            headers={
                "Idempotency-Key": str(key),
                "Upload-Offset": str(offset),
                "Upload-Length": str(size),
            },
        )

    def far(self, key: UUID) -> int | None:
        answer = self.client.head(
            f"/send/photos/{key}", headers={"Idempotency-Key": str(key)}
        )
        return (
            int(answer.headers["Upload-Offset"]) if answer.status_code == 200 else None
        )

    def upload(self, octets: bytes, *, cut: int = 256 * 1024) -> tuple[UUID, Any]:
        """Send a picture in parts; its key and the last answer."""
        key = uuid4()
        answer = None
        for at in range(0, max(1, len(octets)), cut):
            answer = self.part(key, octets[at : at + cut], at, len(octets))
        return key, answer
