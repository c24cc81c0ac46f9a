"""Alerts to a webhook: what failed in a run, in words, to an address that the settings name.

An alert names steps and checks, and says what a data check counted; messages of errors stay in Dagster, because they
can hold words of articles. Nothing that goes wrong with an alert reaches the run. The address is a secret: only its
host is ever told.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from pipeline.settings import Settings

TIMEOUT = 5.0
"""Seconds that one attempt may take."""
ATTEMPTS = 2
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Alert:
    """What is told of a run."""

    title: str
    run: str
    """Dagster's id of the run; empty where it failed before there was one."""
    region: str
    link: str
    failed_steps: tuple[str, ...] = ()
    """`step: kind of error`."""
    failed_checks: tuple[str, ...] = ()
    """`check of asset`, with what a data check counted."""
    warnings: tuple[str, ...] = ()
    """The same of checks that only warn."""

    @property
    def text(self) -> str:
        """All of it in words; Slack and its like show this field."""
        parts = (
            *(f"step {step}" for step in self.failed_steps),
            *(f"check {check}" for check in self.failed_checks),
            *(f"warning {check}" for check in self.warnings),
        )
        return "\n".join([f"{self.title} (region {self.region})", *parts, self.link])

    def body(self) -> bytes:
        """Return the JSON that is sent."""
        said = {
            "title": self.title,
            "text": self.text,
            "run": self.run,
            "region": self.region,
            "failed_steps": self.failed_steps,
            "failed_checks": self.failed_checks,
            "warnings": self.warnings,
            "link": self.link,
        }
        return json.dumps(said, ensure_ascii=False).encode()


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        """Follow nothing: what is told goes where the settings say, or nowhere."""


def send(alert: Alert, settings: Settings, timeout: float = TIMEOUT) -> bool:
    """Post ``alert`` to the webhook of the settings, twice at most; return whether it was taken. Raises nothing."""
    if settings.alert_webhook is None:
        return False
    url = settings.alert_webhook.get_secret_value()
    request = Request(url, alert.body(), {"Content-Type": "application/json", "User-Agent": "fieldledger"})
    opener = build_opener(_NoRedirect)
    for _ in range(ATTEMPTS):
        try:
            with opener.open(request, timeout=timeout):
                return True
        except (OSError, HTTPException, ValueError) as error:
            why = type(error).__name__
            why = f"{why} {code}" if (code := getattr(error, "code", None)) else why
    log.warning("the webhook at %s did not take an alert (%s); the run goes on", urlsplit(url).hostname, why)
    return False
