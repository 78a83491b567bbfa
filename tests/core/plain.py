"""The scoring rules written a second time, from their words alone, to hold the first against.

It knows nothing of `healthcheck`: a questionnaire is nested dictionaries, a fraction is a pair of
whole numbers, and a question's visibility is found by asking backwards instead of walking forwards.
"""

from __future__ import annotations

from typing import Any

Pair = tuple[int, int]
Spec = dict[str, Any]
Given = dict[str, int | str]
"""A level or a number by question id, or the word "n/a"."""


def marks(spec: Spec, given: Given) -> dict[str, Any]:
    """Return the scores, bands, caps, strengths, improvements and unanswered of these answers."""
    questions = {each["id"]: each for area in spec["areas"] for each in area["questions"]}
    areas = [_area(spec, area, questions, given) for area in spec["areas"]]
    overall = _ratio(
        [
            (_times(one["exact"], area["weight"]), area["weight"])
            for one, area in zip(areas, spec["areas"], strict=True)
            if one["exact"] is not None
        ]
    )
    shares = [
        (each["id"], each["weight"], share)
        for area in spec["areas"]
        for each in area["questions"]
        if (share := _share(spec, each, questions, given)) is not None
    ]
    strong = [each for each in shares if _compare(each[2], spec["strength_from"]) >= 0]
    weak = [each for each in shares if _compare(each[2], spec["improve_to"]) <= 0]
    return {
        "overall": (_round(overall), _band(spec, overall)),
        "areas": [(one["score"], one["band"], one["capped_by"], one["answered"]) for one in areas],
        "applicable": [one["applicable"] for one in areas],
        "strengths": _ordered([(name, _times(weight, share)) for name, weight, share in strong]),
        "improvements": _ordered(
            [
                (name, _times(weight, (share[1] - share[0], share[1])))
                for name, weight, share in weak
            ]
        ),
        "unanswered": [
            name
            for name in questions
            if _shown(name, questions, given) == "yes" and name not in given
        ],
    }


def _area(spec: Spec, area: Spec, questions: Spec, given: Given) -> Spec:
    counted = [
        (each, share)
        for each in area["questions"]
        if (share := _share(spec, each, questions, given)) is not None
    ]
    exact = _ratio([(_times(share, each["weight"]), each["weight"]) for each, share in counted])
    if exact is not None:
        exact = (100 * exact[0], exact[1])
    names = [band["name"] for band in sorted(spec["bands"], key=lambda each: int(each["from"]))]
    band, capped_by = _band(spec, exact), None
    for each, share in counted:
        limit = each["cap"]
        if limit and share[0] == 0 and band and names.index(limit) < names.index(band):
            band, capped_by = limit, each["id"]
    return {
        "exact": exact,
        "score": _round(exact),
        "band": band,
        "capped_by": capped_by,
        "answered": len(counted),
        "applicable": sum(
            _shown(each["id"], questions, given) == "yes" and given.get(each["id"]) != "n/a"
            for each in area["questions"]
        ),
    }


def _shown(name: str, questions: Spec, given: Given) -> str:
    question = questions[name]
    if question["for"] == "others":
        return "no"
    if question["when"] is None:
        return "yes"
    other, least, wanted = question["when"]
    before = _shown(other, questions, given)
    if before == "no" or given.get(other) == "n/a":
        holds = False
    elif before == "perhaps" or other not in given:
        return "perhaps"
    else:
        holds = int(given[other]) >= least
    return "yes" if holds == wanted else "no"


def _share(spec: Spec, question: Spec, questions: Spec, given: Given) -> Pair | None:
    entry = given.get(question["id"], "n/a")
    if entry == "n/a" or _shown(question["id"], questions, given) != "yes":
        return None
    if question["rows"] is None:
        return spec["points"][entry], max(spec["points"])
    for word, limit, points in question["rows"]:
        if (word == "at_least" and int(entry) >= limit) or (
            word == "at_most" and int(entry) <= limit
        ):
            return points, max(row[2] for row in question["rows"])
    return 0, max(row[2] for row in question["rows"])


def _ratio(pairs: list[tuple[Pair, Pair]]) -> Pair | None:
    """Return the sum of the first of each pair over the sum of the second, None over nothing."""
    above, below = (0, 1), (0, 1)
    for one, other in pairs:
        above, below = _plus(above, one), _plus(below, other)
    return (above[0] * below[1], above[1] * below[0]) if below[0] else None


def _round(exact: Pair | None) -> int | None:
    if exact is None:
        return None
    up, left = divmod(exact[0], exact[1])
    return up + 1 if left + left >= exact[1] else up


def _band(spec: Spec, exact: Pair | None) -> str | None:
    score, found = _round(exact), None
    for band in spec["bands"]:
        if score is not None and score >= band["from"]:
            found = band["name"]
    return found


def _ordered(amounts: list[tuple[str, Pair]]) -> list[str]:
    left, order = list(amounts), []
    while left:
        most = left[0]
        for each in left[1:]:
            if _compare(each[1], most[1]) > 0:
                most = each
        order.append(most[0])
        left.remove(most)
    return order


def _plus(one: Pair, other: Pair) -> Pair:
    return one[0] * other[1] + other[0] * one[1], one[1] * other[1]


def _times(one: Pair, other: Pair) -> Pair:
    return one[0] * other[0], one[1] * other[1]


def _compare(one: Pair, other: Pair) -> int:
    return one[0] * other[1] - other[0] * one[1]
