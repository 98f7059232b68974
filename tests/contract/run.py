"""Asks the running program whether it does what docs/openapi.json says, as each role and as a stranger.

Usage: python run.py PROGRAM DOCUMENT [--examples 60] [--database ADDRESS]

Each role reads all that it may see; with the ids found, Schemathesis makes up requests for every operation. No answer
may be a server error, each has a status, a content type and a form that the document names. What is made up is the same in every run of one document.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from people import Server, known_ids

CHECKS = [
    "not_a_server_error",
    "response_schema_conformance",
    "statuses_are_told",
    "content_type_is_told",
]
#: Whoever did these could ask for nothing more.
NOT_ASKED = ["sign_out", "sign_out_everywhere", "change_my_password", "disable_person"]
#: Operations that each role brings to an end, at least: some less than it does with two examples. Who is refused everywhere shows nothing.
FLOORS = {
    "": 4,
    "learner": 32,
    "assistant": 44,
    "expert": 46,
    "lead": 68,
    "head": 22,
    "office": 57,
    "admin": 65,
}
SEED = "20261101"
MOST_IDS = 12
#: Marks of pages, which no role makes up: what is no mark is answered with 404.
WHERE_TO_GO_ON = {"after", "before"}


def document_of(document: dict, ids: dict[str, list[str]]) -> dict:
    """The document in which addresses name what is there, and bodies often do; of lists the beginning is asked for."""
    own = json.loads(json.dumps(document))
    schemas = own["components"]["schemas"]
    known = {f"#/components/schemas/Id_{kind}": some[:MOST_IDS] for kind, some in ids.items()}
    for operations in own["paths"].values():
        for operation in operations.values():
            asked = [one for one in operation.get("parameters", []) if one["name"] not in WHERE_TO_GO_ON]
            for parameter in asked:
                there = known.get(parameter["schema"].get("$ref"))
                if there:
                    parameter["schema"] = {"enum": there}
            operation["parameters"] = asked
    for reference, there in known.items():
        name = reference.rpartition("/")[2]
        if name in schemas:
            schemas[name] = {"anyOf": [{"enum": there}, schemas[name]]}
    return own


def asked_as(account: str, server: Server, document: dict, examples: int) -> bool:
    token = server.token(account) if account else None
    own = server.folder / f"{account or 'stranger'}.json"
    own.write_text(json.dumps(document_of(document, known_ids(server, document, token))), "utf-8")
    words = [sys.executable, "-m", "schemathesis.cli", "run", own, "--url", server.url]
    words += ["--checks", ",".join(CHECKS), "--phases", "fuzzing", "--max-examples", str(examples)]
    words += ["--seed", SEED, "--generation-deterministic", "--workers", "2", "--warnings", "off"]
    words += ["--continue-on-failure", "--suppress-health-check", "all", "--no-color", "--max-failures", "20"]
    for operation in NOT_ASKED:
        words += ["--exclude-operation-id", operation]
    if token:
        words += ["--header", f"Authorization: Bearer {token}"]
    here = Path(__file__).parent
    counts = server.folder / "counts.json"
    environment = {
        **os.environ,
        "SCHEMATHESIS_HOOKS": "checks",
        "PYTHONPATH": str(here),
        "CONTRACT_COUNTS": str(counts),
    }
    counts.write_text('{"requests": 0, "fulfilled": 0}', "utf-8")
    started = time.monotonic()
    ended = subprocess.run(words, env=environment, cwd=server.folder, capture_output=True, text=True, check=False)
    told = json.loads(counts.read_text("utf-8"))
    floor = FLOORS[account.rstrip("0123456789")]
    is_good = ended.returncode == 0 and told["fulfilled"] >= floor
    verdict = "good" if is_good else "BAD"
    took = time.monotonic() - started
    print(
        f"contract: {account or 'a stranger'}{server.on}: {verdict}, {told['requests']} requests,"
        f" {told['fulfilled']} operations fulfilled (at least {floor}), {took:.0f} s",
        flush=True,
    )
    if ended.returncode:
        print(ended.stdout, ended.stderr, sep="\n", flush=True)
    return is_good


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program", type=Path)
    arguments.add_argument("document", type=Path)
    arguments.add_argument("--examples", type=int, default=60)
    arguments.add_argument("--database", help="the address of an empty database; without one, a SQLite file is made")
    arguments = arguments.parse_args()
    document = json.loads(arguments.document.read_text("utf-8"))
    with Server(arguments.program.resolve(), arguments.database) as server:
        roles = ["", *server.accounts()]
        good = [asked_as(role, server, document, arguments.examples) for role in roles]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
