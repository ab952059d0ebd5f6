"""The invented city's letters land in files, in both languages."""

from email import message_from_bytes

from tests.casework.world import answered
from tests.notices.conftest import NOW
from wugeyi.demo import notices
from wugeyi.notices.actions import sending


def test_letters_land_in_files(world, settings, tmp_path):
    for _ in range(3):
        answered(world)
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    notices.live(worker=world["worker"], until=NOW)
    sending.send_waiting(clock=lambda: NOW)
    # Django puts letters of one second into one file, a line between them.
    files = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    parts = [part.strip() for part in files.split(b"-" * 79)]
    letters = [message_from_bytes(part) for part in parts if part]
    assert sorted((each["To"], each["Content-Language"]) for each in letters) == [
        ("jumin1@example.com", "zh-hans"),
        ("jumin3@example.com", "zh-hans"),
        ("resident2@example.com", "en"),
    ]
