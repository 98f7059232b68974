"""A throwaway server with the demo training, and each role's way to it."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from itertools import islice, product
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

READY_WITHIN_S = 30
#: A role's ids of one kind that are asked for, and the ways that several of them stand in one address.
IDS_OF_A_KIND = 4
#: How often what was found leads to more: a training to its classes, a class to its topics, a topic to its posts.
ROUNDS = 4
TYPED_ID = re.compile(r'"([a-z]{3})_([0-7][0-9a-hjkmnp-tv-z]{25})"')


class Server:
    """The program on a free port, with a data folder of its own; on a database of its own too, or on the empty one of an address."""

    def __init__(self, program: Path, database: str | None = None):
        self.folder = Path(tempfile.mkdtemp(prefix="lingxue-contract-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.program = program
        #: Said behind a role.
        self.on = "" if database is None else " on PostgreSQL"
        self.environment = {
            # Whoever asks may have settings of their own, such as a database that is not to be written to.
            **{name: value for name, value in os.environ.items() if not name.startswith("LINGXUE_")},
            "LINGXUE_SERVER_LISTEN": self.url.removeprefix("http://"),
            "LINGXUE_SERVER_METRICS_LISTEN": "127.0.0.1:0",
            "LINGXUE_SERVER_PUBLIC_URL": self.url,
            # All roles come from one address, and faster than people do.
            "LINGXUE_SERVER_REQUESTS_PER_SECOND": "0",
            "LINGXUE_DATA_FOLDER": str(self.folder / "data"),
        }
        if database is not None:
            self.environment["LINGXUE_DATABASE_URL"] = database
        self.log = self.folder / "server.log"
        self.process = None

    def __enter__(self):
        for words in (["migrate"], ["demo"]):
            with self.log.open("ab") as log:
                subprocess.run([self.program, *words], env=self.environment, stdout=log, stderr=log, check=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([self.program, "serve"], env=self.environment, stdout=log, stderr=log)
        until = time.monotonic() + READY_WITHIN_S
        while True:
            try:
                urlopen(f"{self.url}/readyz").close()
                return self
            except URLError:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(self.words()) from None
                time.sleep(0.05)

    def __exit__(self, *_):
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def words(self) -> str:
        """The last that the server said."""
        return self.log.read_text("utf-8", errors="replace")[-4000:]

    def accounts(self) -> list[str]:
        return [person["account"] for person in self._sign_ins()["people"]]

    def token(self, account: str) -> str:
        body = {"login": account, "password": self._sign_ins()["password"]}
        status, answer = self.ask("POST", "/api/v1/sign-in", None, body)
        assert status == 200, answer
        return json.loads(answer)["access_token"]

    def ask(self, method: str, path: str, token: str | None, body: dict | None = None) -> tuple[int, bytes]:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        if body is not None:
            headers["content-type"] = "application/json"
        data = None if body is None else json.dumps(body).encode()
        try:
            with urlopen(Request(self.url + path, data, headers, method=method), timeout=30) as answer:
                return answer.status, answer.read()
        except HTTPError as refusal:
            return refusal.code, refusal.read()

    def _sign_ins(self) -> dict:
        return json.loads((self.folder / "data" / "demo-sign-ins.json").read_text("utf-8"))


def known_ids(server: Server, document: dict, token: str | None) -> dict[str, list[str]]:
    """The ids that somebody comes to see by reading all that they may, by the kind that they begin with."""
    known: dict[str, dict[str, None]] = {}
    asked = set()
    for _ in range(ROUNDS):
        for path, names in readable(document):
            # The newest first, as lists show them; what is rare is found by whoever reads on.
            pools = [list(known.get(kind, ()))[:IDS_OF_A_KIND] for _, kind in names]
            for ids in islice(product(*pools), IDS_OF_A_KIND):
                address = path
                for (name, _), one in zip(names, ids):
                    address = address.replace(f"{{{name}}}", one)
                if address in asked:
                    continue
                asked.add(address)
                status, answer = server.ask("GET", address, token)
                if status == 200:
                    for kind, rest in TYPED_ID.findall(answer.decode("utf-8", errors="ignore")):
                        known.setdefault(kind, {})[f"{kind}_{rest}"] = None
    return {kind: list(ids) for kind, ids in known.items()}


def readable(document: dict) -> list[tuple[str, list[tuple[str, str]]]]:
    """The addresses that are read, with the ids that stand in them: name and kind."""
    found = []
    for path, operations in document["paths"].items():
        if "get" not in operations:
            continue
        parameters = operations["get"].get("parameters", [])
        in_path = {one["name"]: one["schema"].get("$ref", "") for one in parameters if one["in"] == "path"}
        kinds = {name: schema.rpartition("/Id_")[2] for name, schema in in_path.items()}
        if all(kinds.values()):
            found.append((path, [(name, kinds[name]) for name in re.findall(r"{(\w+)}", path)]))
    return found
