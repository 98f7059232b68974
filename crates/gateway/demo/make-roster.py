#!/usr/bin/env python3
"""Who applied, who teaches where? Makes roster.json from people.json, the same every time.

Usage: python3 make-roster.py > roster.json     (standard library only; run in this folder)
Every choice is a hash of the seed and the name of the question, so adding a person moves no other.
"""
import hashlib
import json
import pathlib

HERE = pathlib.Path(__file__).parent
PEOPLE = json.loads((HERE / "people.json").read_text("utf-8"))
TRAINING = json.loads((HERE / "training.zh.json").read_text("utf-8"))
COUNTY = {d["code"]: d["name"] for d in json.loads((HERE / "divisions.json").read_text("utf-8"))}
EARLIER = json.loads((HERE / "earlier.zh.json").read_text("utf-8"))
GATE = TRAINING["gate"]
SCHOOLS = {s["key"]: s for s in PEOPLE["central_schools"]}


def number(question: str, below: int) -> int:
    digest = hashlib.sha256(f"{PEOPLE['seed']}:{question}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % below


def pick(question: str, choices: list):
    return choices[number(question, len(choices))]


def pick_by_share(question: str, choices: list[dict]) -> dict:
    point = number(question, sum(c["share"] for c in choices))
    for choice in choices:
        point -= choice["share"]
        if point < 0:
            return choice
    raise AssertionError("shares cover every point")


def identity_number(birth: str, male: bool, serial: int) -> str:
    """629900 was never a division, so the number belongs to nobody; the check digit is the standard's (MOD 11-2)."""
    order = serial * 2 + (1 if male else 0)
    body = f"629900{birth}{order:03}"
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


def phone(serial: int) -> str:
    return f"1540000{serial:04}"


def central_school(school: dict) -> str:
    return PEOPLE["patterns"]["central_school"].format(county=COUNTY[school["county"]], town=school["town"])


def teaching_point(school: dict, village: str) -> str:
    return PEOPLE["patterns"]["teaching_point"].format(county=COUNTY[school["county"]], town=school["town"], village=village)


def place(school: dict) -> dict:
    points = [{"key": f"{school['key']}-{n}", "name": teaching_point(school, v)} for n, v in enumerate(school["villages"], 1)]
    return {"key": school["key"], "county": school["county"], "name": central_school(school), "points": points}


def point_key(school: dict, village: str | None) -> str | None:
    return None if village is None else f"{school['key']}-{school['villages'].index(village) + 1}"


def invented_name(key: str, county: str, male: bool, taken: set[str]) -> tuple[str, str]:
    """A name and nation plausible for the county; asks again until nobody has the name yet."""
    for attempt in range(200):
        group = pick(f"{key}:group:{attempt}", PEOPLE["pools"]["by_county"].get(county, ["han"]))
        pool = PEOPLE["pools"][group]
        given = pick(f"{key}:given:{attempt}", pool["male" if male else "female"])
        name = pick(f"{key}:surname:{attempt}", pool["surnames"]) + given if "surnames" in pool else given
        if name not in taken:
            return name, pick(f"{key}:nation", pool.get("nations", ["汉族"]))
    raise AssertionError("the pools hold far more names than applicants")


def invented_years(key: str, male: bool) -> int:
    span = pick_by_share(f"{key}:span", PEOPLE["years_of_teaching"])
    years = span["from"] + number(f"{key}:years", span["to"] - span["from"] + 1)
    return min(years, 36 if male else 31)  # nobody here is past retirement


def invented_learner(key: str, class_key: str, taken: set[str], free: list[tuple[str, str]], shared: list[tuple[str, str]], reason: str | None) -> dict:
    # Whoever is refused because a colleague was taken works at a colleague's point; others get a point of their own while any is left.
    school_key, village = pick(f"{key}:shared", shared) if reason == "same-point" or not free else free.pop(number(f"{key}:point", len(free)))
    male = number(f"{key}:gender", 100) < 42
    name, nation = invented_name(key, SCHOOLS[school_key]["county"], male, taken)
    years = invented_years(key, male)
    fitting = [t for t in PEOPLE["titles"] if t["from_years"] <= years <= t["to_years"]]
    return {
        "key": key, "class": class_key, "name": name, "gender": "male" if male else "female", "nation": nation,
        "school": school_key, "village": village, "years": years,
        "title": pick_by_share(f"{key}:title", fitting)["title"], "subject": pick_by_share(f"{key}:subject", PEOPLE["subjects"])["subject"],
        "grades": pick(f"{key}:grades", PEOPLE["grades"]), "pupils": 5 + number(f"{key}:pupils", 17), "alone": None,
    }


def fits(learner: dict, when: dict) -> bool:
    tests = {
        "min_years": lambda least: learner["years"] >= least,
        "max_years": lambda most: learner["years"] <= most,
        "max_pupils": lambda most: learner["pupils"] <= most,
        "nations": lambda nations: learner["nation"] in nations,
    }
    return all(tests[name](value) if name in tests else learner[name] == value for name, value in when.items())


def sentence(question: str, learner: dict, pool: list[dict]) -> str:
    """A sentence that this person could have written; one that names their own situation is likelier."""
    fitting = [entry for entry in pool if fits(learner, entry.get("when", {}))]
    return pick(question, [e["text"] for e in fitting for _ in range(2 if "when" in e else 1)])


def willingness(key: str, low: bool) -> dict:
    """Answers of a keen applicant, or of one who stays under the threshold."""
    answers = {}
    for item in GATE["willingness"]["items"]:
        fitting = [o for o in item["options"] if (o["score"] <= 1 if low else o["score"] >= 2)]
        answers[item["key"]] = pick(f"{key}:{item['key']}", fitting)["key"]
    return answers


def score(answers: dict) -> int:
    items = {i["key"]: i for i in GATE["willingness"]["items"]}
    return sum(o["score"] for k, a in answers.items() for o in items[k]["options"] if o["key"] == a)


def decided(state: str, reason: str | None, learner: dict) -> tuple[str, str]:
    if reason is None:
        reason = "alone" if learner["alone"] else "new-teacher" if learner["years"] <= 3 else pick(f"{learner['key']}:why", ["fit", "fit", "county-share"])
    text = next(r["text"] for r in GATE["decision_reasons"][state] if r["key"] == reason)
    return reason, text


def applicant(learner: dict, serial: int, state: str, reason: str | None) -> dict:
    key, school = learner["key"], SCHOOLS[learner["school"]]
    male = learner["gender"] == "male"
    birth = f"{PEOPLE['year'] - 22 - learner['years'] - number(f'{key}:age', 3)}{1 + number(f'{key}:month', 12):02}01"
    hours = 2 if reason == "hours" else 3 + number(f"{key}:hours", 3)
    answers = willingness(key, low=reason == "willingness")
    reason_key, reason_text = decided(state, reason, learner)
    recommended = reason != "no-recommendation"
    return {
        "key": key, "class": learner["class"] if state == "admitted" else None, "name": learner["name"], "gender": learner["gender"], "nation": learner["nation"],
        "birth": f"{birth[:4]}-{birth[4:6]}-{birth[6:]}", "identity_number": identity_number(birth, male, serial), "phone": phone(1000 + serial),
        "county": school["county"], "school": school["key"], "point": point_key(school, learner["village"]),
        "unit_name": teaching_point(school, learner["village"]), "alone": bool(learner["alone"]), "grades": learner["grades"], "pupils": learner["pupils"],
        "subject": learner["subject"], "title": learner["title"], "years": learner["years"],
        "hours_per_week": hours, "eligibility": {q["key"]: q["must_be"] for q in GATE["eligibility"]}, "willingness": answers, "willingness_score": score(answers),
        "pledge": [c["key"] for c in GATE["pledge"]], "wish": sentence(f"{key}:wish", learner, PEOPLE["wishes"]),
        "gate_passes": hours >= GATE["minimum_hours_per_week"] and score(answers) >= GATE["willingness"]["threshold"],
        "submitted_days_before_start": 12 + number(f"{key}:submitted", 16),
        "recommendation": sentence(f"{key}:recommendation", learner, PEOPLE["recommendations"]) if recommended else None,
        "state": state, "reason": reason_key, "reason_text": reason_text,
    }


def applicants() -> list[dict]:
    rules = PEOPLE["applicants"]
    cast = PEOPLE["learners"]
    taken = {p["name"] for p in cast + PEOPLE["staff"] + EARLIER["learners"] if "name" in p} | {s["head"] for s in PEOPLE["central_schools"]}
    refused = [("waitlisted", r) for r in rules["waitlisted"]] + [("rejected", r) for r in rules["rejected"]] + [("withdrawn", r) for r in rules["withdrawn"]]
    # Outcomes are spread over the regions instead of following one another by kind.
    refused = [outcome for _, outcome in sorted(enumerate(refused), key=lambda entry: number(f"refused:{entry[0]}", 1_000_000))]
    people, serial = [], 0
    for class_key, total in rules["by_class"].items():
        own = [p for p in cast if p["class"] == class_key]
        used = {(p["school"], p["village"]) for p in own}
        shared = [(p["school"], p["village"]) for p in own if not p["alone"]]
        free = [(s["key"], v) for s in SCHOOLS.values() if s["class"] == class_key for v in s["villages"] if (s["key"], v) not in used]
        for place_in_class in range(total):
            serial += 1
            outcome = ("admitted", None) if place_in_class < rules["admitted_per_class"] else refused.pop(0)
            if place_in_class < len(own):
                learner = own[place_in_class]
            else:
                learner = invented_learner(f"l{serial + 100}", class_key, taken, free, shared, outcome[1])
                taken.add(learner["name"])
            people.append(applicant(learner, serial, *outcome))
    assert not refused and len(people) == rules["total"]
    return people


def earlier_learners() -> list[dict]:
    """People of the earlier training who are not in this one; the others are found among the applicants by key."""
    people = []
    for serial, p in enumerate((p for p in EARLIER["learners"] if "name" in p), 301):
        school, male = SCHOOLS[p["school"]], p["gender"] == "male"
        birth = f"{PEOPLE['year'] - 23 - p['years']}{1 + number(p['key'] + ':month', 12):02}01"
        people.append({
            "key": p["key"], "name": p["name"], "gender": p["gender"], "nation": p["nation"], "birth": f"{birth[:4]}-{birth[4:6]}-{birth[6:]}",
            "identity_number": identity_number(birth, male, serial), "phone": phone(1000 + serial), "county": school["county"], "school": school["key"],
            "point": point_key(school, p["village"]), "unit_name": teaching_point(school, p["village"]), "title": p["title"], "years": p["years"],
        })
    return people


def staff() -> list[dict]:
    return [{**p, "phone": phone(n)} for n, p in enumerate(PEOPLE["staff"], 1)]


def heads() -> list[dict]:
    return [{"key": f"h{s['key'][1:]}", "role": "head", "name": s["head"], "school": s["key"], "phone": phone(100 + n)} for n, s in enumerate(PEOPLE["central_schools"], 1)]


def lines(name: str, rows: list[dict]) -> str:
    return f' "{name}": [\n' + ",\n".join("  " + json.dumps(r, ensure_ascii=False) for r in rows) + "\n ]"


if __name__ == "__main__":
    parts = [lines("places", [place(s) for s in SCHOOLS.values()]), lines("staff", staff()), lines("heads", heads()), lines("applicants", applicants()), lines("earlier_learners", earlier_learners())]
    print("{\n" + ",\n".join(parts) + "\n}")
