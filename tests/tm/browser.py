"""Chromium without a window, driven through its DevTools pipe, for what only a browser can tell."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

Message = dict[str, Any]

#: Names under which it is installed.
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")

#: Becomes the browser, which reads from file 3 and writes to file 4.
_START = """
import fcntl, os, sys
read, write = (fcntl.fcntl(int(number), fcntl.F_DUPFD, 5) for number in sys.argv[1:3])
os.dup2(read, 3), os.dup2(write, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Page:
    """One page in a browser. ``events`` holds what the browser told of it, in order."""

    def __init__(self, to_browser: int, from_browser: int):
        self._to = os.fdopen(to_browser, "wb", buffering=0)
        self._from = os.fdopen(from_browser, "rb", buffering=0)
        self._buffer = b""
        self._last = 0
        self._session: str | None = None
        self.events: list[Message] = []
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self._call(f"{domain}.enable")

    def open(self, path: Path, *, width: int = 1280, height: int = 900) -> None:
        """Show a file, and wait until it is loaded."""
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        self.events.clear()
        self._call("Page.navigate", url=path.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self._take()

    def without_scripts(self) -> None:
        """From now on no page runs its scripts."""
        self._call("Emulation.setScriptExecutionDisabled", value=True)

    def value(self, expression: str) -> Any:
        """What JavaScript makes of an expression in the page."""
        found = self._call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def requests(self) -> list[str]:
        """Addresses that the page has asked for."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event["method"] == "Network.requestWillBeSent"
        ]

    def complaints(self) -> list[Message]:
        """Errors and warnings, of the page's scripts or of the browser about it."""
        kinds = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        return [event for event in self.events if event["method"] in kinds]

    def _call(self, method: str, **params: Any) -> Message:
        self._last += 1
        message: Message = {"id": self._last, "method": method, "params": params}
        if self._session is not None:
            message["sessionId"] = self._session
        self._to.write(json.dumps(message).encode() + b"\0")
        while (answer := self._take()).get("id") != self._last:
            pass
        assert "error" not in answer, answer
        result: Message = answer["result"]
        return result

    def _take(self) -> Message:
        while b"\0" not in self._buffer:
            more = self._from.read(1 << 16)
            assert more, "the browser has gone"
            self._buffer += more
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: Message = json.loads(line)
        if "method" in message:
            self.events.append(message)
        return message


@contextmanager
def browser(folder: Path) -> Iterator[Page]:
    """A page in a browser that keeps its files in ``folder``; skips where none is installed."""
    command = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if command is None:
        pytest.skip(f"no browser is installed ({', '.join(_NAMES)})")
    (own_in, their_out), (their_in, own_out) = os.pipe(), os.pipe()
    options = (
        "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
        f"--remote-debugging-pipe --user-data-dir={folder}"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", _START, str(their_in), str(their_out), command, *options.split()],
        pass_fds=(their_in, their_out),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(their_in)
    os.close(their_out)
    try:
        yield Page(own_out, own_in)
    finally:
        process.kill()
        process.wait()
