"""Signatures, proven by examples that providers and standards publish."""

from __future__ import annotations

from typing import Any

import pytest

from wirebook.runtime import digest
from wirebook.runtime.draft import Draft, Place
from wirebook.runtime.secret import Secret


def test_onbuka_sample():
    parts: list[digest.Part] = ["bDqJFiq9", Secret("7bz1lzh9"), "1630468800"]
    assert digest.digest("md5", parts) == "05d7a50893e22a5c4bb3216ae3396c7c"


# RFC 2202 (MD5, SHA-1) and RFC 4231 (SHA-2), test case 2.
@pytest.mark.parametrize(
    ("algorithm", "made"),
    [
        ("md5", "750c783e6ab0b503eaa86e310a5db738"),
        ("sha1", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        ("sha256", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        (
            "sha384",
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
            "8e2240ca5e69e2c78b3239ecfab21649",
        ),
        (
            "sha512",
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
            "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        ),
    ],
)
def test_hmac_vectors(algorithm, made):
    words: list[digest.Part] = ["what do ya want", b"for nothing?"]
    assert digest.hmac(algorithm, [Secret("Je"), "fe"], words, separator=" ") == made


def test_outputs():
    parts = ["a", "b"]
    raw = digest.digest("md5", parts, output="raw")
    assert raw == bytes.fromhex("187ef4436122d1cc2f40dc2b92f0eba0")
    assert digest.digest("md5", parts, output="hex_upper") == raw.hex().upper()
    assert digest.digest("md5", parts, output="base64") == "GH70Q2Ei0cwvQNwrkvDroA=="
    assert digest.digest("md5", ["n"], output="base64url") == (
        digest.digest("md5", ["n"], output="base64").replace("+", "-").replace("/", "_")
    )
    assert digest.encode("base64", ["user", ":", Secret("pass")]) == "dXNlcjpwYXNz"
    assert digest.encode("percent", ["a b/~"]) == "a%20b%2F~"
    assert digest.encode("form", ["a b/~"]) == "a+b%2F~"
    assert digest.encode("hex_upper", [b"\xab"]) == "AB"
    assert digest.case("upper", ["ab", "c"]) == "ABC"
    assert digest.join(["a", Secret("b")], "-") == "a-b"
    assert digest.join(["a", b"\xff"]) == b"a\xff"


def test_aws_signature_version_4_get_vanilla():
    # The suite's `get-vanilla`.
    draft = Draft("GET", "/", Place.QUERY)
    draft.header("X-Amz-Date", "20150830T123600Z")
    draft.bind("https://example.amazonaws.com")
    names = ["host", "x-amz-date"]
    request = digest.join(
        [
            draft.method,
            draft.request_path,
            digest.canonical(draft, ["query"]),
            digest.canonical(draft, ["headers"], names=names),
            digest.canonical(draft, ["header_names"], names=names, separator=";"),
            digest.digest("sha256", [draft.body]),
        ],
        "\n",
    )
    scope = "20150830/us-east-1/service/aws4_request"
    text = digest.join(
        [
            "AWS4-HMAC-SHA256",
            "20150830T123600Z",
            scope,
            digest.digest("sha256", [request]),
        ],
        "\n",
    )
    secret = Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    key = digest.hmac("sha256", ["AWS4", secret], ["20150830"], output="raw")
    for part in ("us-east-1", "service", "aws4_request"):
        key = digest.hmac("sha256", [key], [part], output="raw")
    assert digest.hmac("sha256", [key], [text]) == (
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
    )


def test_tencent_cloud_tc3():
    # The documentation's example; it prints the key with these seven asterisks.
    draft = Draft(
        "POST", "/", Place.BODY, content_type="application/json; charset=utf-8"
    )
    body = (
        '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"],'
        ' "Name": "instance-name"}]}'
    )
    draft.add("body", body)
    draft.bind("https://cvm.tencentcloudapi.com")
    names = ["content-type", "host"]
    request = digest.join(
        [
            draft.method,
            draft.request_path,
            draft.query_text,
            digest.canonical(draft, ["headers"], names=names),
            digest.canonical(draft, ["header_names"], names=names, separator=";"),
            digest.digest("sha256", [draft.body]),
        ],
        "\n",
    )
    text = digest.join(
        [
            "TC3-HMAC-SHA256",
            "1551113065",
            "2019-02-25/cvm/tc3_request",
            digest.digest("sha256", [request]),
        ],
        "\n",
    )
    secret = Secret("Gu5t9xGARNpq86cd98joQYCN3*******")
    key = digest.hmac("sha256", ["TC3", secret], ["2019-02-25"], output="raw")
    for part in ("cvm", "tc3_request"):
        key = digest.hmac("sha256", [key], [part], output="raw")
    assert digest.hmac("sha256", [key], [text]) == (
        "2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c"
    )


def test_alibaba_cloud_rpc():
    # The documentation's example for DescribeRegions.
    draft = Draft("GET", "/", Place.QUERY)
    for name, value in {
        "Timestamp": "2016-02-23T12:46:24Z",
        "Format": "XML",
        "AccessKeyId": "testid",
        "Action": "DescribeRegions",
        "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
        "Version": "2014-05-26",
        "SignatureVersion": "1.0",
    }.items():
        draft.add(name, value)
    draft.bind("https://ecs.aliyuncs.com")
    parts = [
        draft.method,
        digest.encode("percent", [draft.request_path]),
        digest.encode("percent", [digest.canonical(draft, ["query"])]),
    ]
    made = digest.hmac(
        "sha1", ["testsecret", "&"], parts, separator="&", output="base64"
    )
    assert made == "OLeaidS1JvxuMvnyHOwuJ+uX5qY="


def signed() -> Draft:
    draft = Draft("POST", "/send?z=1", Place.FORM)
    for name, value in {"to": "44 7", "From": "a&b", "empty": "", "sig": "old"}.items():
        draft.add(name, value)
    return draft.bind("https://rest.example.com")


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"style": "raw"}, "From=a&b&empty=&sig=old&to=44 7"),
        ({}, "From=a%26b&empty=&sig=old&to=44%207"),
        ({"style": "form", "exclude": ["sig"]}, "From=a%26b&empty=&to=44+7"),
        ({"sort": "none", "skip_empty": True}, "to=44%207&From=a%26b&sig=old"),
        (
            {"sort": "name_ignoring_case", "pair": "", "separator": ""},
            "emptyFroma%26bsigoldto44%207",
        ),
        (
            {
                "names": ["to", "From"],
                "values_only": True,
                "style": "raw",
                "separator": "|",
            },
            "44 7|a&b",
        ),
    ],
)
def test_canonical_pairs(options, text):
    assert digest.canonical(signed(), ["form"], **options) == text


def test_canonical_over_several_places():
    text = digest.canonical(signed(), ["query", "form"], exclude=["sig", "empty"])
    assert text == "From=a%26b&to=44%207&z=1"


def test_sorted_pairs_with_the_secret_behind():
    # `&name=value…` sorted by name, then the secret: MD5 as Vonage describes it.
    pairs = digest.canonical(
        signed(), ["form"], style="raw", exclude=["sig"], skip_empty=True
    )
    made = digest.digest("md5", ["&", pairs, Secret("s3cret")])
    assert made == digest.digest("md5", ["&From=a&b&to=44 7s3cret"])


def test_canonical_json():
    draft = Draft("POST", "/", Place.JSON)
    tree: dict[str, Any] = {"b": 1, "a": True, "c": {"x": [1]}, "d": None}
    for name, value in tree.items():
        draft.add(name, value)
    draft.bind("https://a.example")
    assert digest.canonical(draft, ["json"], style="raw") == 'a=true&b=1&c={"x":[1]}&d='


def test_canonical_headers_are_all_and_sorted_unless_named():
    draft = Draft("GET", "/", Place.QUERY)
    draft.header("X-B", "2")
    draft.header("X-A", "1")
    draft.bind("https://a.example")
    assert digest.canonical(draft, ["headers"]) == "host:a.example\nx-a:1\nx-b:2\n"
    assert digest.canonical(draft, ["header_names"], exclude=["Host"]) == "x-a&x-b"
