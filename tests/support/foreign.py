"""What `wirebook init --from` reads: one invented provider in foreign formats."""

from __future__ import annotations

import json

KEY = "sk9f8a7b6c5d4e3f2a1b0c9d8e7f"
PHONE = "4915155512345"

CURL = f"""\
Send a message:

```
$ curl -X POST https://api.pidgin.example/v2/accounts/AC{KEY}/messages \\
    -u 'AC{KEY}:{KEY}' \\
    -H 'Content-Type: application/json' \\
    -H 'X-Request-Timestamp: 1700000000' \\
    -d '{{"to": ["{PHONE}"], "text": "Hi there",
         "options": {{"flash": true, "ttl": 60}}, "from": "Pidgin"}}'
curl 'https://api.pidgin.example/v2/balance?api_key={KEY}'
curl -F file=@clip.wav -F name=clip -H "Authorization: Bearer {KEY}" \\
    https://api.pidgin.example/v2/files
```
"""

PASTED = """\
Interface Parameter Description:

PARAMS\tDESC
ac\tAccount (Employee Number @ Enterprise Numbers)
c\tThe content, at most 1000 characters.

m\tPhone numbers, comma separated. Such as: 181***2707
t\tOptional parameters: yyyyMMddHHmmss

Return Status Code Description:

CODE\tDESC
1\tThe operation was successful
0\tAccount format incorrect

-2\tAuthentication key is incorrect

Example:

http://sms.pidgin.example/Open?action=sendOnce&ac=1@2&authkey=SK9F8A7B6C5D4E3F2A1B0C9D8E7F&c=%E6%B5%8B&m=181***2707,186***7370
http://sms.pidgin.example/Open?action=sendBatch&ac=1@2&authkey=SK9F8A7B6C5D4E3F2A1B0C9D8E7F&c=a%7B%7C%7Db&m=1,2&t=20130723222030
"""

MARKDOWN = """\
## SMS status

| status | reason |
| --- | ---: |
| 0 | Success |
| -1 | Authentication error |
| -10 | Insufficient balance which unable to support the task |

## Email status

| status | reason |
|---|---|
| 0 | Success |
| -1 | Repetitive submission |
"""

CELLS = """\
Response status code description:
status | reason |
---|---|
0 |
Success |
-1 |
Authentication error |
-2 |
IP access limited |
Voice response status code description:
status | reason |
---|---|
0 |
success |
-10 |
The customer's balance is insufficient |
"""

STACKED = """\
Response status code description:

status reason

0

Success

-1

Authentication error

-2

IP access limited
"""

HTML = """\
<h2>Error codes</h2>
<table><thead><tr><th>N&deg;</th><th>Error Code</th><th>Description</th></tr></thead>
<tr><td>1</td><td>1701</td><td>Success, <b>Message</b> Submitted Successfully.</td></tr>
<tr><td>2</td><td>1702</td><td>Invalid URL.</td></tr>
<tr><td>3</td><td>1725</td><td>Insufficient credit.</td></tr></table>
"""


def har() -> str:
    def entry(method: str, url: str, body: str, answer: str, kind: str) -> dict:
        return {
            "request": {
                "method": method,
                "url": url,
                "headers": [
                    {"name": "X-Api-Key", "value": KEY},
                    {"name": "Cookie", "value": f"session={KEY}"},
                    {"name": "User-Agent", "value": "Browser"},
                ],
                "postData": {"mimeType": "application/json", "text": body},
            },
            "response": {"status": 200, "content": {"mimeType": kind, "text": answer}},
        }

    sent = json.dumps({"to": PHONE, "text": "private words", "parts": [{"a": 1}]})
    took = json.dumps(
        {"code": 0, "message": "ok", "data": {"messageId": "m-77", "token": KEY}}
    )
    url = "https://api.pidgin.example/v1/sms/send"
    entries = [
        entry("POST", url, sent, took, "application/json"),
        entry("POST", url, sent, took, "application/json"),
        entry("GET", "https://www.pidgin.example/", "", "<html>", "text/html"),
    ]
    return json.dumps({"log": {"version": "1.2", "entries": entries}})


def postman() -> str:
    folder = {
        "name": "Messages",
        "item": [
            {
                "name": "Send SMS",
                "request": {
                    "method": "POST",
                    "header": [],
                    "url": {"raw": "{{baseUrl}}/messages/:channel?sync=true"},
                    "body": {
                        "mode": "urlencoded",
                        "urlencoded": [
                            {"key": "to", "value": PHONE},
                            {"key": "class", "value": "1"},
                            {"key": "body", "value": "private words"},
                        ],
                    },
                },
                "response": [{"code": 200, "body": '{"id": "m-77", "status": "ok"}'}],
            }
        ],
    }
    return json.dumps(
        {
            "info": {"name": "Pidgin API", "schema": "v2.1.0"},
            "auth": {
                "type": "apikey",
                "apikey": [
                    {"key": "key", "value": "X-Token"},
                    {"key": "value", "value": KEY},
                ],
            },
            "item": [folder],
        }
    )


OPENAPI = """\
openapi: 3.0.3
info: {title: Pidgin API, version: "1"}
servers: [{url: "https://api.pidgin.example/v3"}]
security: [{token: []}]
paths:
  /messages/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
    get:
      operationId: getMessage
      summary: One message
      parameters:
        - {name: fields, in: query, schema: {type: array, items: {type: string}}}
      responses:
        "200":
          description: OK
          content:
            application/json: {schema: {$ref: "#/components/schemas/Message"}}
        "404": {description: There is no such message}
  /messages:
    post:
      operationId: sendMessage
      requestBody:
        content:
          application/json: {schema: {$ref: "#/components/schemas/Message"}}
      responses: {"202": {description: Taken}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
  schemas:
    Message:
      type: object
      required: [to]
      properties:
        to: {type: string, description: The phone.}
        text: {type: string, maxLength: 1600}
        price: {type: number}
        seen: {type: boolean}
        meta: {type: object, properties: {tag: {type: string}}}
"""

HEX = "5d41402abc4b2a76b9719d911017c592"
BASE64 = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="


def answers() -> str:
    """A recording of replies in XML and between pipes, and of signed requests."""

    def entry(path: str, headers: dict[str, str], media: str, answer: str) -> dict:
        return {
            "request": {
                "method": "POST",
                "url": f"https://api.pidgin.example/{path}",
                "headers": [{"name": k, "value": v} for k, v in headers.items()],
                "postData": {
                    "mimeType": "application/x-www-form-urlencoded",
                    "text": f"to={PHONE}&text=private+words&class=1",
                },
            },
            "response": {"status": 200, "content": {"mimeType": media, "text": answer}},
        }

    xml = (
        '<?xml version="1.0"?><r:answer xmlns:r="urn:r" code="0">'
        f"<id>m-77</id><to><phone>{PHONE}</phone></to></r:answer>"
    )
    entries = [
        entry("send", {"X-Pidgin-Signature": BASE64}, "text/xml", xml),
        entry("submit", {"Sign": HEX}, "text/plain", f"0|{PHONE}|m-77"),
        entry("bulk", {"Sign": HEX.upper()}, "text/plain", f"0|{PHONE}\n0|{PHONE}\n"),
        entry("plain", {"X-Signature": "short"}, "text/plain", "Sent m-77"),
    ]
    return json.dumps({"log": {"version": "1.2", "entries": entries}})


INPUTS = {
    "answers": answers(),
    "curl": CURL,
    "pasted": PASTED,
    "markdown": MARKDOWN,
    "cells": CELLS,
    "stacked": STACKED,
    "html": HTML,
    "har": har(),
    "postman": postman(),
    "openapi": OPENAPI,
}
