"""What is asked of every answer beside Schemathesis' own checks."""

import atexit
import json
import os
from pathlib import Path

import schemathesis

# Its workers bring it in at their first request: of two at once, one sees half of it.
import schemathesis.transport.asgi  # noqa: F401

COUNTED = {"requests": 0, "fulfilled": set()}


@schemathesis.hook
def after_call(_context, case, response):
    COUNTED["requests"] += 1
    if response.status_code < 300:
        COUNTED["fulfilled"].add(case.operation.label)


@atexit.register
def tell():
    """How much was asked, for whoever started this: what refuses everything shows nothing."""
    counts = {"requests": COUNTED["requests"], "fulfilled": len(COUNTED["fulfilled"])}
    Path(os.environ["CONTRACT_COUNTS"]).write_text(json.dumps(counts), "utf-8")


@schemathesis.check
def statuses_are_told(_context, response, case):
    """Refusals are problems, told as the default of every operation; what succeeds is told by its status."""
    told = case.operation.definition.raw.get("responses", {})
    if response.status_code < 400:
        assert str(response.status_code) in told, f"{response.status_code} is sent, told are {sorted(told)}"


@schemathesis.check
def content_type_is_told(_context, response, case):
    """An answer without content tells no type; one with content tells the one that the contract names."""
    responses = case.operation.definition.raw.get("responses", {})
    told = responses.get(str(response.status_code)) or responses.get("default", {})
    sent = (response.headers.get("content-type") or [""])[0].partition(";")[0]
    types = sorted(told.get("content", {}))
    if response.content:
        assert sent in types, f"{response.status_code} {sent or 'without a type'} is sent, told are {types}"
