"""The vocabulary of `auth`, from text to values."""

from tests.support.specs import problems, provider
from wirebook.model import (
    Canonical,
    Case,
    Digest,
    Encoded,
    Hmac,
    Join,
    Literal,
    Nonce,
    Now,
    Place,
    Reference,
)

SCHEME = """\
credentials: {user: {}, secret: {secret: true}}
settings: {region: {default: eu}}
auth:
  signed:
    compute:
      stamp: {now: yyyyMMddHHmmss, zone: Asia/Shanghai}
      nonce: {nonce: hex, length: 16}
      canon: {canonical: [query, form], exclude: [sign], skip_empty: true}
      heads: {canonical: [headers], names: [host]}
      text: {join: "\\n", of: [$request.method, $request.header.X-Date, $canon, $heads]}
      derived: {hmac: sha256, key: [$secret], of: [$stamp], output: raw}
      sign:
        hmac: sha256
        key: [$derived]
        of: [$text, {digest: md5, of: [$request.body]}]
        output: base64
      up: {case: upper, of: [$sign]}
    headers: {X-Sign: $up, X-Nonce: $nonce, X-Region: $setting.region, X-Cost: $$5}
    query: {of: $field.to}
    parameters: {user: $user}
    basic: {username: $user, password: {encode: base64, of: [$user, ":", $secret]}}
"""


def test_every_form_of_value():
    scheme = provider(SCHEME).schemes[0]
    values = dict(scheme.compute)
    assert values["stamp"] == Now(format="yyyyMMddHHmmss", zone="Asia/Shanghai")
    assert values["nonce"] == Nonce(alphabet="hex", length=16)
    assert values["canon"] == Canonical(
        of=("query", "form"), exclude=("sign",), skip_empty=True
    )
    assert values["heads"] == Canonical(of=("headers",), names=("host",))
    assert values["text"] == Join(
        separator="\n",
        of=(
            Reference("request", "method"),
            Reference("header", "X-Date"),
            Reference("name", "canon"),
            Reference("name", "heads"),
        ),
    )
    assert values["sign"] == Hmac(
        algorithm="sha256",
        key=(Reference("name", "derived"),),
        of=(
            Reference("name", "text"),
            Digest(algorithm="md5", of=(Reference("request", "body"),)),
        ),
        output="base64",
    )
    assert values["up"] == Case(case="upper", of=(Reference("name", "sign"),))
    assert scheme.basic == (
        Reference("name", "user"),
        Encoded(
            encoding="base64",
            of=(Reference("name", "user"), Literal(":"), Reference("name", "secret")),
        ),
    )


def test_placements_keep_the_order_of_the_spec():
    scheme = provider(SCHEME).schemes[0]
    found = [(placed.place, placed.wire, placed.value) for placed in scheme.placements]
    assert found == [
        (Place.HEADER, "X-Sign", Reference("name", "up")),
        (Place.HEADER, "X-Nonce", Reference("name", "nonce")),
        (Place.HEADER, "X-Region", Reference("setting", "region")),
        (Place.HEADER, "X-Cost", Literal("$5")),
        (Place.QUERY, "of", Reference("field", "to")),
        (None, "user", Reference("name", "user")),
    ]


def test_a_session_names_its_operation_and_a_field_of_its_result():
    spec = """\
        credentials: {password: {secret: true}}
        auth:
          token:
            bearer: $session.token
            session: {operation: login, token: access.tokn, expires: ttl}
          plain: {json: {password: $password}}
        models:
          login: {fields: {access: {type: object, model: access}, ttl: {type: integer}}}
          access: {fields: {token: {type: string, secret: true}}}
        operations:
          login:
            does: reads
            method: POST
            path: /x
            auth: plain
            reply: {format: json, returns: login}
          get: {does: reads, method: GET, path: /x, reply: {format: json}}
        """
    assert problems({"provider.yaml": spec}) == [
        "provider.yaml:8:40: error[unknown-field]: unknown field 'tokn'; did you mean 'token'?"
    ]
    found = provider(spec.replace("tokn", "token")).schemes[0].session
    assert found is not None
    assert (found.operation, found.token, found.expires) == (
        "login",
        "access.token",
        "ttl",
    )


def test_a_signature_of_a_helper_may_not_need_itself_through_another_name():
    spec = SCHEME.replace("$up,", "$derived,")
    assert problems({"provider.yaml": spec}) == [
        "provider.yaml:7:3: error[raw-output]: the scheme 'signed' sends a digest as raw bytes",
        *(
            f"provider.yaml:7:3: error[unused-value]: '{name}' is computed and goes nowhere"
            for name in ("canon", "heads", "text", "sign", "up")
        ),
    ]
