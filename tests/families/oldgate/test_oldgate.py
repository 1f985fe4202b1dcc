"""Latin-1 forms, a piece of a digest for a password, bars, CSV, a first record that
is unlike the others, two wire forms."""

import hashlib
from datetime import date

KEYS = {"username": "u", "password": "pä"}


def provider(request):
    post = request.method == "POST"
    pairs = request.form("iso-8859-1") if post else request.query
    found = dict(pairs)
    hashed = hashlib.md5("pä".encode()).hexdigest()[8:24].upper()
    assert (found["username"], found["password"]) == ("u", hashed)
    if request.path.endswith("status_reports"):
        if found["batch_id"] == "0":
            return "23|invalid credentials"
        return 'phone;state\r\n+1;11\r\n"+2";22\r\n'
    if request.path.endswith("states"):
        if found["batch_id"] == "0":
            return "23|invalid credentials|"
        if found["batch_id"] == "9":
            return "0|"
        return "0|Results follow\r\n\r\n+1|11\r\n+2|22|gone\r\n"
    if not post:
        assert found["to"] == "+1"
        assert "msisdn" not in found
        return "1|SCHEDULED|77"
    if found["msisdn"] == "+25":
        return "25|insufficient credits"
    if found["msisdn"] == "+40":
        return "40|busy|"
    assert b"message=Gr%FC%DFe" in request.body
    assert (found["msisdn"], found["send_date"]) == ("+1,+2", "31/01/2030")
    return "0|IN_PROGRESS|123\n"


def test_every_operation(connect):
    with connect(provider, **KEYS) as (api, _):
        batch = api.call(
            "submit", text="Grüße", recipients=["+1", "+2"], day=date(2030, 1, 31)
        )
        assert batch.batch_id == "123"
        batch = api.call("submit", text="x", recipients=["+1"], variant="query")
        assert batch.batch_id == "77"
        for operation in ("report", "states"):
            reports = api.call(operation, batch_id="1")
            found = [(one.phone, one.state) for one in reports]
            assert found == [("+1", 11), ("+2", 22)]
        assert api.call("states", batch_id="9") == []


def test_refusals(connect):
    with connect(provider, **KEYS) as (api, _):
        error = api.fails("submit", text="x", recipients=["+25"])
        assert isinstance(error, api.errors.InsufficientBalance)
        assert error.submitted.name == "NO"
        error = api.fails("submit", text="x", recipients=["+40"])
        assert (error.submitted.name, error.status.value) == ("MAYBE", 40)
        for operation in ("report", "states"):
            error = api.fails(operation, batch_id="0")
            assert isinstance(error, api.errors.InvalidCredentials)
        for variant in ("post", "query"):
            error = api.fails("submit", text="日", recipients=["+1"], variant=variant)
            assert str(error) == "text: character 1 cannot be written in iso-8859-1"
        error = api.fails("submit", text="x", recipients=["+1", "日"])
        assert error.parameter == "recipients[1]"
