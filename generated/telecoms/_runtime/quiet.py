"""What the HTTP library's own debug log may say of our exchanges.

It writes the headers of replies down, and a reply may repeat the request. Its records
keep the name of what happened and lose everything else, while an exchange of ours is
going on; other users of the library are not affected.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar

exchanging: ContextVar[bool] = ContextVar("exchanging", default=False)


class _NameOnly(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if exchanging.get():
            record.msg, record.args = record.getMessage().partition(" ")[0], ()
        return True


def install() -> None:
    """Watch the library's loggers. Filters do not reach children, so each gets one."""
    only = _NameOnly()
    for part in ("connection", "http11", "http2", "proxy", "socks"):
        logging.getLogger(f"httpcore2.{part}").addFilter(only)


install()
