"""Multipart uploads, binary downloads, raw bodies with parameters in headers."""

from email import message_from_bytes
from email.policy import HTTP

from tests.support.loopback import Answer

PDF = b"%PDF\x00\r\n\xff"
NAMED = (
    ("Content-Type", "application/pdf"),
    ("Content-Disposition", 'attachment; filename="a.pdf"'),
)


def provider(request):
    if request.method == "PUT":
        head = f"Content-Type: {request.header('Content-Type')}\r\n\r\n".encode()
        message = message_from_bytes(head + request.body, policy=HTTP)
        parts = [
            (part.get_param("name", header="content-disposition"), part)
            for part in message.iter_parts()
        ]
        names = [name for name, _ in parts]
        assert names == ["key", "title", "file", "tags", "tags"]
        found = dict(parts)
        assert found["key"].get_payload(decode=True) == b"pk"
        assert found["title"].get_payload(decode=True) == "Tür".encode()
        assert found["file"].get_content_type() == "application/pdf"
        assert found["file"].get_filename() == "a.pdf"
        if PDF not in request.body:
            return 413, "too much"
        return "17"
    assert request.header("X-Key") == "pk"
    if request.path != "/files/17":
        return 410, ""
    if request.method == "PATCH":
        assert (request.body, request.header("X-Label")) == (PDF, "new")
        return 204, ""
    return Answer(PDF, 200, NAMED)


def test_every_operation(connect):
    with connect(provider, key="pk") as (api, _):
        from importlib import import_module

        from tests.support.families import PACKAGE

        file = import_module(f"{PACKAGE}._runtime.record").File
        given = {"title": "Tür", "tags": ["a", "b"]}
        upload = file(name="a.pdf", content=PDF, media_type="application/pdf")
        assert api.call("upload", file=upload, **given) == 17
        found = api.call("download", id=17)
        assert (found.content, found.file_name) == (PDF, "a.pdf")
        assert api.call("touch", id=17, content=PDF, label="new") is None
        error = api.fails("download", id=18)
        assert isinstance(error, api.errors.InvalidRequest)
        other = file(name="a.pdf", content=b"x", media_type="application/pdf")
        error = api.fails("upload", file=other, **given)
        assert isinstance(error, api.errors.ContentRejected)
