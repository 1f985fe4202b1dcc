"""OAuth 2 client credentials; a token is kept, and renewed when it has ended."""

import base64
import json

KEYS = {"client_id": "ci", "client_secret": "c:s"}


class Provider:
    def __init__(self):
        self.tokens = 0
        self.alive = set()

    def __call__(self, request):
        if request.path == "/oauth2/token":
            pair = base64.b64encode(b"ci:c:s").decode()
            assert request.header("Authorization") == f"Basic {pair}"
            assert request.form() == [("grant_type", "client_credentials")]
            self.tokens += 1
            self.alive = {f"Bearer t{self.tokens}"}
            token = {"access_token": f"t{self.tokens}", "expires_in": 3600}
            return json.dumps(token)
        if request.header("Authorization") not in self.alive:
            return 401, '{"error": "expired"}'
        body = json.loads(request.body)
        message = body["messages"][0]
        if message["content"]["text"] == "bad":
            return 422, '{"error": "bad text"}'
        assert message["destinations"] == [{"to": "+1"}]
        return 201, '{"data": {"id": "m1"}}'


def test_a_token_is_kept_and_renewed(connect):
    provider = Provider()
    with connect(provider, **KEYS) as (api, _):
        assert api.call("send", recipient="+1", text="a").id == "m1"
        assert api.call("send", recipient="+1", text="b").id == "m1"
        assert provider.tokens == 1
        provider.alive = set()
        assert api.call("send", recipient="+1", text="c").id == "m1"
        assert provider.tokens == 2
        error = api.fails("send", recipient="+1", text="bad")
        assert isinstance(error, api.errors.InvalidRequest)
        assert error.provider_message == "bad text"
