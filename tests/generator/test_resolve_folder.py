"""A folder of several files is one provider."""

from tests.support.specs import HEAD, problems
from wirebook.document import read
from wirebook.resolve import kind_of, resolve

SMS = """\
product: {id: sms, title: SMS}
statuses: {result: {type: int, success: [0], codes: {0: {name: OK, text: ok}}}}
operations:
  get:
    does: reads
    method: GET
    path: /x
    statuses: {table: result}
    reply: {format: json, status: s}
callbacks:
  report: {model: report, format: json}
models: {report: {fields: {id: {type: string}}}}
"""


def test_file_names_say_what_a_file_is():
    files = ("x/provider.yaml", "x/sms.yaml", "x/vectors.yaml", "x/vectors-sms.yaml")
    assert [kind_of(file) for file in files] == [
        "provider",
        "product",
        "vectors",
        "vectors",
    ]


def test_a_folder_without_provider_yaml():
    node, _ = read("spec: 1\n" + SMS, "specs/acme/sms.yaml")
    assert node is not None
    found, told = resolve({"specs/acme/sms.yaml": node})
    assert found is None
    assert [problem.rule for problem in told] == ["no-provider"]


def test_ids_are_names_of_files():
    node, _ = read(HEAD, "specs/acmee/provider.yaml")
    product, _ = read(
        "spec: 1\nproduct: {id: smss, title: SMS}\n", "specs/acmee/sms.yaml"
    )
    assert node is not None
    assert product is not None
    _, told = resolve(
        {"specs/acmee/provider.yaml": node, "specs/acmee/sms.yaml": product}
    )
    assert [
        (problem.rule, str(problem.where), problem.message) for problem in told
    ] == [
        (
            "file-name",
            "specs/acmee/provider.yaml:2:16",
            "the id 'acme' differs from the folder 'acmee'",
        ),
        (
            "file-name",
            "specs/acmee/sms.yaml:2:15",
            "the id 'smss' differs from the file 'sms'",
        ),
    ]


def test_shared_names_are_given_once():
    shared = "statuses: {result: {type: int, success: [0], codes: {0: {name: OK, text: ok}}}}"
    assert problems({"provider.yaml": shared, "sms.yaml": SMS}) == [
        "sms.yaml:3:12: error[duplicate-name]: 'result' is declared in provider.yaml already",
        "sms.yaml:3:12: error[name-collision]: the class 'Result' stands for 'result' already",
    ]


def test_operations_belong_to_products():
    own = (
        "operations: {get: {does: reads, method: GET, path: /x, reply: {format: json}}}"
    )
    assert problems({"provider.yaml": own, "sms.yaml": SMS}) == [
        "provider.yaml:4:1: error[misplaced-part]: 'operations' of a provider with several "
        "products belong to a product"
    ]


def test_a_product_sees_its_own_names_and_the_shared_ones_only():
    voice = """\
        product: {id: voice, title: Voice}
        operations:
          call:
            does: submits
            method: POST
            path: /x
            statuses: {table: result}
            reply: {format: json, status: s}
            reconcile: gett
        """
    assert problems({"provider.yaml": "", "sms.yaml": SMS, "voice.yaml": voice}) == [
        "voice.yaml:8:23: error[unknown-table]: unknown table 'result'",
        "voice.yaml:10:16: error[unknown-operation]: unknown operation 'gett'",
    ]


def test_vectors_speak_about_operations_and_callbacks_by_their_ids():
    vectors = """\
        client: {api_kee: "1"}
        vectors:
          - {id: a, operation: sms.get, request: {method: GET}}
          - {id: b, operation: get, request: {method: GET}}
          - {id: c, operation: "callback:sms.report", request: {body: "{}"}, result: {id: "1"}}
          - {id: d, operation: "callback:report", request: {body: "{}"}, result: {id: "1"}}
        """
    provider = "credentials: {api_key: {}}\nauth: {key: {headers: {A: $api_key}}}"
    files = {"provider.yaml": provider, "sms.yaml": SMS, "vectors.yaml": vectors}
    assert problems(files) == [
        "vectors.yaml:2:10: error[unknown-client-argument]: unknown client argument "
        "'api_kee'; did you mean 'api_key'?",
        "vectors.yaml:5:24: error[unknown-operation]: unknown operation 'get'; "
        "did you mean 'sms.get'?",
        "vectors.yaml:7:24: error[unknown-callback]: unknown callback 'report'; "
        "did you mean 'sms.report'?",
    ]
