"""What a spec leaves unsaid is written out in the model."""

import pytest

from tests.support.specs import provider
from wirebook.model import (
    Effect,
    FieldType,
    Place,
    Reaction,
    ReplyFormat,
    RetryAdvice,
)


def operation(inner: str, before: str = ""):
    found = provider(f"{before}\noperations:\n  call: {{{inner}}}\n")
    return found.operations[0]


@pytest.mark.parametrize(
    ("method", "place"),
    [
        ("GET", Place.QUERY),
        ("DELETE", Place.QUERY),
        ("HEAD", Place.QUERY),
        ("POST", Place.JSON),
        ("PUT", Place.JSON),
        ("PATCH", Place.JSON),
    ],
)
def test_parameters_travel_where_the_method_carries_them(method: str, place: Place):
    found = operation(
        f"does: reads, method: {method}, path: /x, reply: {{format: json}}, "
        "parameters: {a: {type: string}}"
    )
    assert found.place is place
    assert found.parameters[0].place is place


def test_reads_may_be_repeated_and_nothing_else():
    for does in ("reads", "submits", "changes"):
        found = operation(
            f"does: {does}, method: GET, path: /x, reply: {{format: json}}"
        )
        assert found.repeatable is (does == "reads")


def test_a_parameter_in_the_path_travels_there():
    found = operation(
        "does: reads, method: GET, path: '/m/{msgid}', reply: {format: json}, "
        "parameters: {message_id: {wire: msgid, type: string}, part: {type: string}}"
    )
    places = {field.name: (field.place, field.wire) for field in found.parameters}
    assert places == {
        "message_id": (Place.PATH, "msgid"),
        "part": (Place.QUERY, "part"),
    }


def test_the_first_scheme_authenticates_unless_the_operation_says_otherwise():
    found = provider("""\
        credentials: {key: {secret: true}}
        auth: {first: {headers: {A: $key}}, second: {headers: {B: $key}}}
        operations:
          one: {does: reads, method: GET, path: /x, reply: {format: json}}
          two: {does: reads, method: GET, path: /x, auth: second, reply: {format: json}}
          three: {does: reads, method: GET, path: /x, auth: none, reply: {format: json}}
        """)
    assert [op.auth for op in found.operations] == ["first", "second", None]


def test_texts_phones_and_addresses_are_personal():
    found = operation(
        "does: submits, method: POST, path: /x, reply: {format: json}, parameters: "
        "{a: {type: text}, b: {type: phone}, c: {type: email}, d: {type: string}, "
        "e: {type: phone, pii: false}}"
    )
    assert [field.pii for field in found.parameters] == [True, True, True, False, False]


def test_moments_have_a_format():
    found = operation(
        "does: submits, method: POST, path: /x, reply: {format: json}, parameters: "
        "{a: {type: datetime}, b: {type: date}, c: {type: time}, d: {type: string}, "
        "e: {type: datetime, split: {day: yyyyMMdd, hour: HHmmZ}}}"
    )
    formats = [field.format for field in found.parameters]
    assert formats == ["iso8601", "yyyy-MM-dd", "HH:mm:ss", None, None]
    assert [part.wire for part in found.parameters[4].split] == ["day", "hour"]


def test_a_list_takes_the_usual_form_of_its_place():
    styles = {}
    for place in ("json", "form", "multipart", "xml"):
        found = operation(
            f"does: submits, method: POST, path: /x, in: {place}, reply: {{format: json}}, "
            "parameters: {a: {type: string, list: {max: 9}}}"
        )
        style = found.parameters[0].list
        assert style is not None
        assert (style.max_items, style.first) == (9, 1)
        styles[place] = style.style
    assert styles == {
        "json": "json",
        "form": "repeated",
        "multipart": "repeated",
        "xml": "repeated",
    }


def test_variants_inherit_the_form_and_move_with_the_method():
    found = operation(
        "does: submits, method: POST, path: /x, in: form, reply: {format: json}, "
        "parameters: {m: {type: phone, list: {join: ','}}}, "
        "variants: {post: {}, get: {method: GET, max: {m: 100}}, put: {method: PUT, path: /y}}"
    )
    forms = [(v.key, v.method, v.path, v.place, v.max_items) for v in found.variants]
    assert forms == [
        ("post", "POST", "/x", Place.FORM, ()),
        ("get", "GET", "/x", Place.QUERY, (("m", 100),)),
        ("put", "PUT", "/y", Place.FORM, ()),
    ]


def test_statuses_take_the_defaults_of_their_table():
    found = provider("""\
        statuses:
          sms_status:
            type: int
            success: [0]
            defaults: {effect: none, retry: after_delay}
            codes:
              0: {name: SUCCESS, text: Success}
              -1: {name: REFUSED, text: Refused, reaction: request}
              -2: {name: BROKEN, text: Broken, reaction: give_up, effect: maybe, retry: never}
            families:
              rest: {text: Others, reaction: wait, minimum: 100}
        """)
    table = found.products[0].tables[0]
    assert table.class_name == "SmsStatus"
    assert [(row.effect, row.retry) for row in table.statuses] == [
        (Effect.DONE, RetryAdvice.NEVER),
        (Effect.NONE, RetryAdvice.AFTER_DELAY),
        (Effect.MAYBE, RetryAdvice.NEVER),
    ]
    family = table.families[0]
    assert (family.name, family.reaction) == ("rest", Reaction.WAIT)
    assert (family.effect, family.retry) == (Effect.NONE, RetryAdvice.AFTER_DELAY)


def test_without_defaults_a_failure_proves_nothing_and_is_not_repeated():
    found = provider("""\
        statuses:
          result:
            type: string
            success: {prefix: "2"}
            codes: {A: {name: A, text: a, reaction: request}}
        """)
    table = found.products[0].tables[0]
    assert table.success.prefix == "2"
    assert (table.statuses[0].effect, table.statuses[0].retry) == (
        Effect.MAYBE,
        RetryAdvice.NEVER,
    )


def test_integer_codes_have_one_spelling():
    found = provider("""\
        statuses:
          result:
            type: int
            success: ["00"]
            codes:
              0: {name: FINE, text: Fine, aliases: ["0700"]}
              -1: {name: REFUSED, text: Refused, reaction: request, effect: none}
        operations:
          call:
            does: reads
            method: GET
            path: /x
            statuses: {table: result, only: ["00", "-01"], texts: {-1: Other}}
            reply: {format: json, status: code}
        """)
    table = found.products[0].tables[0]
    assert table.success.codes == ("0",)
    assert table["700"].name == "FINE"
    use = found.operations[0].statuses
    assert (use.only, use.texts) == (("0", "-1"), (("-1", "Other"),))


def test_replies_have_their_format_written_out():
    found = provider("""\
        models: {item: {fields: {id: {type: string}}}}
        statuses: {result: {type: int, success: [0], codes: {0: {name: OK, text: ok}}}}
        operations:
          one:
            does: reads
            method: GET
            path: /x
            statuses: {table: result}
            reply: {format: pairs, status: [code, $http], returns: item}
            alternates:
              - when: {starts_with: "S|", http: [200]}
                status_is: "0"
                format: delimited
                fields: [w, id]
                returns: item
          two: {does: reads, method: GET, path: /x, reply: {format: bytes, returns: bytes}}
        """)
    one, two = found.operations
    assert (one.reply.separator, one.reply.status) == (":", ("code", "$http"))
    assert (one.reply.returns_model, one.reply.trim) == (True, True)
    assert one.alternates[0].reply.separator == "|"
    assert (one.alternates[0].starts_with, one.alternates[0].http) == ("S|", (200,))
    assert (two.reply.format, two.reply.returns_model, two.reply.trim) == (
        ReplyFormat.BYTES,
        False,
        False,
    )


def test_rules_of_an_operation_are_named_by_what_they_check():
    found = operation(
        "does: reads, method: GET, path: /x, reply: {format: json}, parameters: "
        "{start: {type: datetime}, end: {type: datetime}, a: {type: string, optional: true}}, "
        "rules: [{order: [start, end], max_span: 60, text: words}, "
        "{required: [a], when: {parameter: start}}, "
        "{forbidden: [a], when: {parameter: end, is: ['1']}}]"
    )
    kinds = [(rule.kind, rule.parameters, rule.limit) for rule in found.rules]
    assert kinds == [
        ("order", ("start", "end"), None),
        ("max_span", ("start", "end"), 60.0),
        ("required_when", ("a",), None),
        ("forbidden_when", ("a",), None),
    ]
    when = found.rules[2].when
    assert when is not None
    assert when.values == ()


def test_a_provider_of_one_product_shares_nothing():
    found = provider("models: {item: {fields: {id: {type: string}}}}\n")
    assert found.class_prefix == "Acme"
    assert [product.key for product in found.products] == [None]
    assert [model.class_name for model in found.products[0].models] == ["Item"]
    assert found.shared.models == ()
    assert (found.retry.attempts, found.timeout, found.rate) == (3, 30.0, None)


def test_products_see_what_provider_yaml_shares():
    found = provider(
        "models: {item: {fields: {id: {type: string}}}}\n",
        sms="""\
            product: {id: sms, title: SMS}
            operations:
              send:
                does: submits
                method: POST
                path: /x
                reconcile: get
                reply: {format: json, returns: item}
              get: {does: reads, method: GET, path: /x, reply: {format: json}}
            """,
        voice="""\
            product: {id: voice, title: Voice}
            operations:
              call:
                {does: submits, method: POST, path: /x, reconcile: sms.get, reply: {format: json}}
            """,
    )
    assert [product.key for product in found.products] == ["sms", "voice"]
    assert [model.key for model in found.shared.models] == ["item"]
    assert {op.id: op.reconcile for op in found.operations} == {
        "sms.send": "sms.get",
        "sms.get": None,
        "voice.call": "sms.get",
    }
    assert found.operations[0].parameters == ()
    assert found.operations[0].reply.returns_model


def test_a_field_of_a_model_has_no_place():
    found = provider("models: {item: {fields: {id: {wire: '@id', type: integer}}}}\n")
    field = found.products[0].models[0].fields[0]
    assert (field.place, field.wire, field.type) == (None, "@id", FieldType.INTEGER)
