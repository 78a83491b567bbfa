"""What became of each made-up health check: the path it took, and which employer took which."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Path = tuple[tuple[int, str], ...]
"""What was done, each with its day counted from the path's own day: the deadline, or today."""

ANSWERED: Path = ((-78, "begin"), (-52, "go on"), (-30, "finish"), (-26, "plan"))
SIGNED: Path = (*ANSWERED, (-22, "send"), (-13, "sign"))
STARTED: Path = (*SIGNED, (4, "start"), (7, "remark"))
REQUESTED: Path = (*STARTED, (8, "request"), (9, "send requests"))
LATE: Path = ((-20, "begin"), (3, "go on"), (30, "finish"), (34, "plan"))
LATE_STARTED: Path = (*LATE, (38, "send"), (41, "sign"), (46, "start"), (49, "remark"))

PATHS: Mapping[str, Path] = {
    "": (),
    "not started": (),
    "in progress": ((-40, "begin"), (-12, "go on")),
    "ready": (*LATE, (50, "send")),
    "declined": (*LATE, (44, "send"), (49, "decline")),
    "taken back": (*LATE, (40, "send"), (45, "take back")),
    "submitted": (*LATE, (47, "send"), (51, "sign")),
    "claimed": (*LATE, (46, "send"), (49, "sign"), (52, "claim")),
    "recalled": (*LATE, (44, "send"), (47, "sign"), (50, "recall")),
    "in review": LATE_STARTED,
    "in review, with drafts": (*LATE_STARTED, (50, "moderate"), (51, "request")),
    "asks to reopen": (*LATE_STARTED, (52, "ask to reopen")),
    "changes requested": (*SIGNED, (28, "start"), (33, "remark"), (34, "request"),
                          (35, "send requests")),
    "changes answered in part": (*SIGNED, (20, "start"), (25, "remark"), (26, "moderate"),
                                 (27, "request"), (28, "request"), (29, "send requests"),
                                 (45, "answer")),
    "changes ready": (*SIGNED, (16, "start"), (20, "remark"), (21, "request"),
                      (22, "send requests"), (39, "answer"), (40, "raise"), (48, "send")),
    "resubmitted": (*REQUESTED, (25, "answer"), (26, "raise"), (31, "send"), (36, "sign")),
    "accepted": (*STARTED, (15, "accept")),
    "accepted, moderated": (*STARTED, (9, "moderate"), (10, "look"), (16, "accept")),
    "accepted after changes": (*STARTED, (8, "moderate"), (9, "request"), (10, "request"),
                               (11, "send requests"), (20, "answer"), (21, "answer"), (22, "raise"),
                               (25, "send"), (28, "sign"), (31, "start"), (33, "end"), (34, "end"),
                               (36, "accept")),
    "declined once, then accepted": (*ANSWERED, (-24, "send"), (-20, "decline"), (-16, "fix"),
                                     (-15, "send"), (-9, "sign"), (6, "start"), (9, "remark"),
                                     (18, "accept")),
    "recalled once, then accepted": (*SIGNED, (-11, "recall"), (-10, "fix"), (-9, "send"),
                                     (-5, "sign"), (5, "start"), (8, "remark"), (19, "accept")),
    "published": (*STARTED, (12, "accept"), (30, "publish"), (45, "tell staff")),
    "published, moderated": (*STARTED, (9, "moderate"), (13, "accept"), (33, "publish in short")),
    "taken down": (*STARTED, (12, "accept"), (26, "publish"), (47, "take down")),
    "reopened": (*STARTED, (12, "accept"), (38, "ask to reopen"), (44, "reopen")),
    "withdrawn": ((-60, "begin"), (-21, "withdraw")),
}  # fmt: skip
"""The paths of the cycles that are over or nearly so, counted from the deadline."""

PATHS_NOW: Mapping[str, Path] = {
    "": (),
    "not started": (),
    "begun": ((-9, "begin"),),
    "first": ((-3, "first answers"),),
    "half": ((-12, "assign"), (-10, "begin"), (-4, "go on")),
    "declined": ((-12, "begin"), (-9, "go on"), (-7, "finish"), (-6, "plan"), (-5, "send"),
                 (-2, "decline")),
    "ready": ((-12, "begin"), (-9, "go on"), (-6, "finish"), (-5, "plan"), (-2, "send")),
    "submitted": ((-13, "begin"), (-11, "go on"), (-9, "finish"), (-8, "plan"), (-5, "send"),
                  (-1, "sign")),
}  # fmt: skip
"""The paths of the cycle that has just opened, counted from today."""

STORIES: Mapping[tuple[str, str], tuple[str, str, str]] = {
    ("northmere", "childrens"): ("", "", "first"),
    ("northmere", "adults"): ("", "", "not started"),
    ("southmere", "childrens"): ("accepted", "accepted, moderated", "half"),
    ("southmere", "adults"): ("", "in progress", "not started"),
    ("aldersley", "childrens"): ("published", "published", "ready"),
    ("aldersley", "adults"): ("published", "published, moderated", "half"),
    ("portwexmoor", "childrens"): ("withdrawn", "changes answered in part", "not started"),
    ("portwexmoor", "adults"): ("", "not started", "not started"),
    ("harrowdale", "childrens"): ("accepted, moderated", "accepted after changes", "half"),
    ("harrowdale", "adults"): ("accepted", "in review, with drafts", "begun"),
    ("fenbrook", "childrens"): ("published", "taken down", "not started"),
    ("fenbrook", "adults"): ("accepted", "declined", "not started"),
    ("stanmarsh", "childrens"): ("accepted", "resubmitted", "not started"),
    ("stanmarsh", "adults"): ("in progress", "in review", "not started"),
    ("severnholt", "childrens"): ("", "changes ready", "not started"),
    ("severnholt", "adults"): ("", "submitted", "begun"),
    ("kestrelford", "childrens"): ("accepted", "published", "declined"),
    ("eastmarch", "adults"): ("", "asks to reopen", "not started"),
    ("tallowbridge", "childrens"): ("accepted", "accepted", "submitted"),
    ("ostlergrove", "childrens"): ("", "recalled", "not started"),
    ("coastyouth", "childrens"): ("", "claimed", "not started"),
    ("dyffrynarfel", "childrens"): ("accepted", "declined once, then accepted", "begun"),
    ("dyffrynarfel", "adults"): ("", "in review", ""),
    ("glannaumorfa", "childrens"): ("", "reopened", "not started"),
    ("glannaumorfa", "adults"): ("", "", "not started"),
    ("cwmderwydd", "childrens"): ("not started", "changes requested", "not started"),
    ("cwmderwydd", "adults"): ("", "withdrawn", ""),
    ("strathlorne", "childrens"): ("accepted", "recalled once, then accepted", "half"),
    ("strathlorne", "adults"): ("", "published", "not started"),
    ("kinmorran", "childrens"): ("accepted", "accepted, moderated", "not started"),
    ("kinmorran", "adults"): ("", "taken back", "not started"),
    ("sorravoe", "childrens"): ("", "ready", "not started"),
    ("sorravoe", "adults"): ("", "", "begun"),
    ("loughardmoyle", "childrens"): ("accepted", "accepted after changes", "half"),
    ("loughardmoyle", "adults"): ("", "submitted", "not started"),
}
"""What became of every employer's service in the three cycles; a blank is one not invited.

The first employer is new this year: its health check belongs to whoever signs in first.
"""
