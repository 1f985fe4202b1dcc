"""XML requests with namespace, attributes and order; replies with attributes."""

from xml.etree import ElementTree

KEYS = {"user": "q", "password": "p"}
NS = "{http://api.quickpost.example/ns/}"


def provider(request):
    assert request.header("Content-Type") == "application/xml"
    root = ElementTree.fromstring(request.body)
    assert (root.tag, root.get("version")) == (f"{NS}messages", "2")
    if root.findtext(f"{NS}accountreference") == "EX0":
        return 403, (
            '<errors xmlns="http://api.quickpost.example/ns/"><error><code>'
            "account_locked</code><description>No.</description></error></errors>"
        )
    assert [child.tag.removeprefix(NS) for child in root] == [
        "accountreference",
        "options",
        "message",
        "message",
    ]
    options = root.find(f"{NS}options")
    assert options is not None
    assert options.get("urgent") == "true"
    texts = [one.findtext(f"{NS}body") for one in root.findall(f"{NS}message")]
    assert texts == ["a < b & ü", "zwei"]
    return (
        '<messageheaders batchid="b" xmlns="http://api.quickpost.example/ns/">'
        '<messageheader uri="/1" id="1"/><messageheader uri="/2" id="2"/>'
        "</messageheaders>"
    )


def test_sent_and_refused(connect):
    with connect(provider, **KEYS) as (api, _):
        message = api.module.Message
        found = api.call(
            "dispatch",
            account="EX1",
            urgent=True,
            messages=[
                message(recipient="+1", text="a < b & ü"),
                message(recipient="+2", text="zwei"),
            ],
        )
        assert [(one.id, one.uri) for one in found] == [("1", "/1"), ("2", "/2")]
        given = [message(recipient="+1", text="x")]
        error = api.fails("dispatch", account="EX0", messages=given)
        assert isinstance(error, api.errors.PermissionDenied)
        assert error.provider_message == "No."
