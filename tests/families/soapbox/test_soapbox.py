"""SOAP: prefixes, a header, lists with elements of their own, faults."""

import base64
import hashlib
from xml.etree import ElementTree

KEYS = {"user": "so", "password": "ap"}
SPACES = {"s": "http://schemas.xmlsoap.org/soap/envelope/", "m": "urn:soapbox"}
ENVELOPE = (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/">'
    "<e:Body>{}</e:Body></e:Envelope>"
)
RESULT = "<SendResponse xmlns='urn:soapbox'><SendResult>{}</SendResult></SendResponse>"


def provider(request):
    assert request.header("SOAPAction") == '"urn:soapbox#Send"'
    root = ElementTree.fromstring(request.body)
    digest = base64.b64encode(hashlib.sha256(b"ap").digest()).decode()
    assert root.findtext("s:Header/m:Auth/m:User", None, SPACES) == "so"
    assert root.findtext("s:Header/m:Auth/m:Password", None, SPACES) == digest
    text = root.findtext("s:Body/m:Send/m:text", None, SPACES)
    numbers = [one.text for one in root.findall("s:Body/m:Send/m:to/m:string", SPACES)]
    if text == "fault":
        fault = "<e:Fault><faultcode>e:Client</faultcode><faultstring>bad</faultstring>"
        return 500, ENVELOPE.format(f"{fault}</e:Fault>")
    if text == "poor":
        return ENVELOPE.format(RESULT.format("<Code>-3</Code>"))
    assert numbers == ["+1", "+2"]
    return ENVELOPE.format(RESULT.format("<Code>2</Code><Id>so-1</Id>"))


def test_sent_and_refused(connect):
    with connect(provider, **KEYS) as (api, _):
        assert api.call("send", text="<hi>", recipients=["+1", "+2"]) == "so-1"
        error = api.fails("send", text="poor", recipients=["+1"])
        assert isinstance(error, api.errors.InsufficientBalance)
        error = api.fails("send", text="fault", recipients=["+1"])
        assert isinstance(error, api.errors.InvalidRequest)
        assert error.provider_message == "bad"
