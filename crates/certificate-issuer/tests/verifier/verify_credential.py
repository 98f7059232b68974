"""Checks a credential with an implementation that is not ours: OB3Verifier of the PyPI package openbadgeslib 4.6.3.

Usage: python verify_credential.py CREDENTIAL_JWT STATUS_LIST_JWT JWKS_JSON

Prints one JSON object, {"valid": true, ...} or {"valid": false, "reason": ...}, and exits with 0 or 1. Works without
network: the status list comes from the file, whatever its address.
"""

import json
import sys
from pathlib import Path

from jwt import get_unverified_header
from jwt.algorithms import ECAlgorithm
from openbadgeslib.ob3 import OB3Verifier
from openbadgeslib.ob3.verifier import OB3VerificationError


def published_key(token: str, jwks: dict):
    """The published key that the token names in its header; the embedded copy itself is not used."""
    try:
        named = get_unverified_header(token)["jwk"]
        same = [key for key in jwks["keys"] if (key["x"], key["y"]) == (named["x"], named["y"])]
    except Exception as problem:
        raise OB3VerificationError(f"unreadable header: {problem}") from problem
    if not same:
        raise OB3VerificationError("the token's key is not one of the published keys")
    return ECAlgorithm.from_jwk(same[0])


def check(credential: Path, status_list: Path, jwks: Path) -> dict:
    asked = []

    def from_file(address: str) -> bytes:
        asked.append(address)
        return status_list.read_bytes()

    token = credential.read_text("ascii", errors="replace").strip()
    verifier = OB3Verifier(published_key(token, json.loads(jwks.read_text("utf-8"))))
    badge = verifier.verify(token, check_status=True, verify_status_list=True, download=from_file)
    if not asked:
        raise OB3VerificationError("the credential names no status list")
    return {
        "valid": True,
        "issuer": badge.issuer.name,
        "achievement": badge.achievement.name,
        "status_list": asked[0],
    }


def main() -> int:
    try:
        answer = check(*map(Path, sys.argv[1:4]))
    except OB3VerificationError as refusal:
        answer = {"valid": False, "reason": str(refusal)}
    print(json.dumps(answer, ensure_ascii=True))
    return 0 if answer["valid"] else 1


if __name__ == "__main__":
    sys.exit(main())
