"""Specs of providers that do not exist: any number of them, alike but not equal."""

from __future__ import annotations

from pathlib import Path

OPERATIONS = 10
PARAMETERS = """\
      recipient: {{type: phone, wire: to, summary: The number that the text goes to.}}
      content: {{type: text, max_length: 1000, summary: What is sent to the recipient.}}
      sender: {{type: string, max_length: 18, optional: true, summary: Who sends it.}}
      kind: {{type: enum, enum: kind, default: "0", summary: How the text is written.}}
      priority: {{type: integer, minimum: 0, maximum: 9, optional: true, summary: Sooner or later.}}
      report: {{type: boolean, optional: true, summary: Whether a report is wanted.}}
      reference: {{type: string, optional: true, summary: The caller's own id.}}
      amount: {{type: decimal, optional: true, summary: The most that it may cost.}}
"""
HEAD = """\
spec: 1

provider:
  id: {id}
  title: Provider {number}
  summary: A provider that does not exist.
  version: "1.{number}"

sources:
  doc: {{title: The page of provider {number}}}

servers:
  main: {{url: "https://api{number}.example", src: doc}}

credentials:
  token: {{summary: The token of the account., secret: true, env: {upper}_TOKEN, src: doc}}

auth:
  bearer: {{bearer: $token, summary: A bearer token., src: doc}}

statuses:
  result:
    type: int
    summary: What an answer says.
    src: doc
    success: [0]
    defaults: {{effect: none, retry: never}}
    codes:
      0: {{name: SUCCESS, text: Fine}}
      1: {{name: WRONG_TOKEN, text: Wrong token, reaction: credentials}}
      2: {{name: NO_BALANCE, text: Not enough money, reaction: balance}}
      3: {{name: TOO_FAST, text: Too many requests, reaction: slow_down}}
      4: {{name: BAD_PARAMETER, text: A parameter is wrong, reaction: request}}
      5: {{name: BAD_NUMBER, text: The number is wrong, reaction: recipient}}

enums:
  kind:
    type: int
    summary: How a text is written.
    values:
      0: {{name: PLAIN, text: Letters of the GSM alphabet}}
      1: {{name: UNICODE, text: Any letters}}

models:
"""
MODEL = """\
  answer_{index}:
    summary: What became of message kind {index}.
    src: doc
    fields:
      id: {{type: string, summary: The id of the message.}}
      price: {{type: decimal, optional: true, summary: What it costs.}}
      parts: {{type: integer, optional: true, summary: How many parts it has.}}
"""
OPERATION = """\
  send_{index}:
    summary: Send a text of kind {index} through provider {number}.
    src: doc
    does: submits
    method: POST
    path: /v1/{id}/send/{index}
    in: json
    parameters:
{parameters}    statuses: {{table: result}}
    reply: {{format: json, status: code, message: message, returns: answer_{index}}}
"""


def provider(number: int, operations: int = OPERATIONS) -> str:
    """The text of provider.yaml."""
    id = f"provider_{number:05}"
    facts = {"id": id, "upper": id.upper(), "number": number}
    parts = [HEAD.format(**facts)]
    parts += [MODEL.format(index=index) for index in range(operations)]
    parts.append("\noperations:\n")
    parameters = PARAMETERS.format()
    parts += [
        OPERATION.format(index=index, parameters=parameters, **facts)
        for index in range(operations)
    ]
    return "".join(parts)


def project(
    root: Path, providers: int, operations: int = OPERATIONS, *, pages: bool = True
) -> Path:
    """A project with that many providers; returns its folder.

    pages: whether it has a reference beside its clients.
    """
    for number in range(providers):
        folder = root / "specs" / f"provider_{number:05}"
        folder.mkdir(parents=True)
        (folder / "provider.yaml").write_text(provider(number, operations), "utf-8")
    settings = (
        'package = "clients"\n' if pages else 'package = "clients"\ndocs = false\n'
    )
    (root / "pyproject.toml").write_text(f"[tool.wirebook]\n{settings}")
    return root
