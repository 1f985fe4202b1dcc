"""servers.py: where the provider listens."""

from __future__ import annotations

from msgspec import Struct

from wirebook.code import Code, docstring, identifier, literal
from wirebook.expression import call, mapping
from wirebook.layout import Assign, statement
from wirebook.model import Provider, Server
from wirebook.prose import Prose, flat, sections

from .module import Module


class Servers(Struct, frozen=True):
    """What servers.py contains."""

    docstring: Code
    imports: Code
    servers: Code


def servers(provider: Provider) -> Servers:
    module = Module(provider, None, "servers")
    made = module.floor("servers", "Server")
    entries = [
        (
            literal(server.key),
            call(
                made,
                literal(server.url),
                insecure=literal(True) if server.insecure else None,
                prefixes=(
                    mapping((literal(k), literal(v)) for k, v in server.prefixes)
                    if server.prefixes
                    else None
                ),
            ),
        )
        for server in provider.servers
    ]
    words = Prose(0).summary(f"Where {provider.title} listens.")
    words.bullets(described(server) for server in provider.servers)
    final = module.imports.name("typing", "Final")
    tree = Assign(identifier("SERVERS"), mapping(entries), final)
    return Servers(docstring(words.text()), module.imports.code(), statement(tree, 0))


def described(server: Server) -> str:
    """A server in a docstring: key, address, what is said about it."""
    plain = " Plain HTTP, as documented." if server.insecure else ""
    text = f"`{server.key}`: {server.url}. {flat(server.summary)}{plain}"
    return f"{text.strip()} {sections(server.src)}".strip()
