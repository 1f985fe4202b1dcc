"""A headless Chromium, driven over its debugging pipe: a real page for real tests."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
    "--hide-scrollbars",
)


class PageError(Exception):
    """The page, or the browser, says no."""


class Browser:
    """One browser with one page.  Close it when done."""

    def __init__(self, profile: Path) -> None:
        to_child, self._write = os.pipe()
        self._read, from_child = os.pipe()

        # The browser reads commands from descriptor 3 and answers on 4.
        command = f'exec 3<&{to_child} 4>&{from_child}; exec "$@"'
        self._process = subprocess.Popen(
            [
                "bash",
                "-c",
                command,
                "bash",
                CHROMIUM,
                *FLAGS,
                f"--user-data-dir={profile}",
            ],
            pass_fds=(to_child, from_child),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_child)
        os.close(from_child)
        self._buffer = b""
        self._number = 0
        self.problems: list[str] = []
        """Uncaught exceptions and console errors of the page."""
        target = self._call("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = ""
        attached = self._call(
            "Target.attachToTarget", {"targetId": target, "flatten": True}
        )
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self._call(f"{domain}.enable")

    def _call(self, method: str, parameters: dict[str, Any] | None = None) -> Any:
        self._number += 1
        message: dict[str, Any] = {
            "id": self._number,
            "method": method,
            "params": parameters or {},
        }
        if getattr(self, "_session", ""):
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            reply = self._message()
            if reply.get("id") == self._number:
                if "error" in reply:
                    raise PageError(f"{method}: {reply['error']['message']}")
                return reply["result"]
            self._event(reply)

    def _message(self, timeout: float = 30.0) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._read], [], [], timeout)
            if not ready:
                raise PageError("the browser does not answer")
            data = os.read(self._read, 1 << 16)
            if not data:
                raise PageError("the browser is gone")
            self._buffer += data
        text, _, self._buffer = self._buffer.partition(b"\0")
        found: dict[str, Any] = json.loads(text)
        return found

    def _event(self, event: dict[str, Any]) -> None:
        if event.get("method") == "Runtime.exceptionThrown":
            self.problems.append(str(event["params"]["exceptionDetails"]))
        elif event.get("method") == "Log.entryAdded":
            entry = event["params"]["entry"]
            if entry["level"] == "error":
                self.problems.append(f"{entry['text']} {entry.get('url', '')}")

    def open(self, url: str, wait: str = "#list") -> None:
        self._call("Page.navigate", {"url": url})
        self.until(f"!!document.querySelector({json.dumps(wait)})")

    def size(self, width: int, height: int, *, dark: bool = False) -> None:
        """Set the window, and what the person prefers."""
        self._call(
            "Emulation.setDeviceMetricsOverride",
            {
                "width": width,
                "height": height,
                "deviceScaleFactor": 1,
                "mobile": width < 600,
            },
        )
        scheme = "dark" if dark else "light"
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self._call("Emulation.setEmulatedMedia", {"features": [feature]})

    def run(self, expression: str) -> Any:
        """The value of a JavaScript expression."""
        reply = self._call(
            "Runtime.evaluate",
            {"expression": expression, "returnByValue": True, "awaitPromise": True},
        )
        if "exceptionDetails" in reply:
            raise PageError(f"{expression}: {reply['exceptionDetails']['text']}")
        return reply["result"].get("value")

    def until(self, expression: str, timeout: float = 10.0) -> None:
        """Wait until an expression holds."""
        end = time.monotonic() + timeout
        while not self.run(f"!!({expression})"):
            if time.monotonic() > end:
                raise PageError(f"never true: {expression}\n{self.text()[:2000]}")
            time.sleep(0.03)

    def text(self, query: str = "body") -> str:
        element = f"document.querySelector({json.dumps(query)})"
        return str(self.run(f"{element} ? {element}.innerText : ''"))

    def click(self, query: str) -> None:
        self.until(f"!!document.querySelector({json.dumps(query)})")
        self.run(f"document.querySelector({json.dumps(query)}).click()")

    def type(self, text: str) -> None:
        """Write into what has the focus."""
        self._call("Input.insertText", {"text": text})

    def press(self, key: str) -> None:
        """Press one key, by its JavaScript name."""
        codes = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowDown": 40, "ArrowUp": 38}
        event: dict[str, Any] = {
            "key": key,
            "windowsVirtualKeyCode": codes.get(key, ord(key[0].upper())),
        }
        if len(key) == 1 or key == "Enter":
            event["text"] = "\r" if key == "Enter" else key
        self._call("Input.dispatchKeyEvent", {"type": "keyDown", **event})
        event.pop("text", None)
        self._call("Input.dispatchKeyEvent", {"type": "keyUp", **event})

    def close(self) -> None:
        """End the browser, whatever state it is in."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._write)
        os.close(self._read)
