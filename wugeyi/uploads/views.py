"""Handing out a picture. Who may see it is decided by the app that owns it."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from wugeyi.uploads import gateway
from wugeyi.uploads.models import Upload
from wugeyi.uploads.rules import thumb_of

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Opened on its own, the file can run nothing and load nothing.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    # The content under one hash never changes; only this browser may keep it.
    "Cache-Control": "private, max-age=31536000, immutable",
}


def picture_response(upload: Upload, *, thumb: bool = False) -> HttpResponse:
    """Answer with the picture or its small version, after the caller checked the right.

    Raises
    ------
    Http404
        The file is missing.
    """
    path = gateway.folder() / (thumb_of(upload.path) if thumb else upload.path)
    try:
        # At most two megabytes (rules.MAX_SIDE): read at once, nothing stays open.
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise Http404(_("这张照片的文件不在了。")) from error
    return HttpResponse(
        content,
        content_type=upload.media_type,
        headers={**HEADERS, "Content-Disposition": f'inline; filename="{path.name}"'},
    )
