"""The queue of a real browser: laid, read, and the pages that send it."""

import base64
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page

from tests.submissions.phone import jpeg

# Waits until pages are opened by the service worker.
CONTROLLED = """
() => new Promise((done, fail) => {
  const { serviceWorker } = navigator;
  setTimeout(() => fail(new Error("no service worker in a minute")), 60000);
  if (serviceWorker.controller) done(true);
  else serviceWorker.addEventListener("controllerchange", () => done(true));
})
"""
OPEN = """
  const base = await new Promise((done, fail) => {
    const request = indexedDB.open("wugeyi");
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
"""
# Lays entries into the queue as frontend/offline/store.ts keeps them.
LAY = (
    "async ({ entries, picture }) => {"
    + OPEN
    + """
  const deed = base.transaction(["entries", "pictures"], "readwrite");
  const octets = Uint8Array.from(atob(picture), (each) => each.charCodeAt(0)).buffer;
  for (const entry of entries) {
    deed.objectStore("entries").add(entry);
    for (const id of entry.photos)
      deed.objectStore("pictures").put({ id, name: "p.jpg", type: "image/jpeg", octets });
  }
  await new Promise((done) => (deed.oncomplete = done));
  base.close();
}"""
)
READ = (
    "async () => {"
    + OPEN
    + """
  const all = base.transaction("entries").objectStore("entries").getAll();
  await new Promise((done) => (all.onsuccess = done));
  base.close();
  return all.result;
}"""
)


def controlled(page: Page) -> None:
    page.evaluate(CONTROLLED)


def entry(fields: dict[str, str], **more: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "code": "report",
        "page": "/report",
        "fields": [list(each) for each in fields.items()],
        "photos": [],
        "person": "",
        "written": "2026-03-18T01:00:00.000Z",
        "state": "waiting",
        "failures": 0,
        "text": "",
        "errors": {},
        "url": "",
        "claim": False,
        "left": [],
        "done": 0,
        **more,
    }


def lay(page: Page, entries: list[dict[str, Any]]) -> None:
    picture = base64.b64encode(jpeg((900, 700))).decode()
    page.evaluate(LAY, {"entries": entries, "picture": picture})


def read(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(READ)
    return found


def states(page: Page) -> list[str]:
    # Nothing but this is carried over: of hundreds of entries the rest would take seconds.
    script = f"async () => (await ({READ})()).map((each) => each.state)"
    found: list[str] = page.evaluate(script)
    return found
