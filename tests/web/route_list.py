"""Every route there is, by the rule it must wear, room by room: whoever adds one writes it here."""

from __future__ import annotations

PUBLIC = {
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("POST", "/sign-out"),
    ("GET", "/accessibility"),
    ("GET", "/about"),
    ("GET", "/healthz"),
}
AN_ASSESSMENT = "/assessments/<assessment_id>"
SIGNED_IN = {
    ("GET", "/"),
    ("GET", AN_ASSESSMENT),
    ("GET", f"{AN_ASSESSMENT}/topics/<topic_id>"),
    ("POST", f"{AN_ASSESSMENT}/topics/<topic_id>"),
    ("GET", f"{AN_ASSESSMENT}/files/<attachment_id>"),
    ("GET", f"{AN_ASSESSMENT}/check"),
    ("GET", f"{AN_ASSESSMENT}/results"),
    ("POST", f"{AN_ASSESSMENT}/report"),
    ("POST", f"{AN_ASSESSMENT}/workbook"),
    ("GET", f"{AN_ASSESSMENT}/report/<key>"),
    ("GET", f"{AN_ASSESSMENT}/report/<key>/report.pdf"),
}
LATER: set[str] = set()
"""Pages of an assessment that are there only after some step; elsewhere they are tested."""
BASW_REVIEW = "/basw/reviews/<assessment_id>"
SIGNED_IN |= {
    ("GET", "/basw/queue"),
    ("GET", "/basw/queue.csv"),
    ("GET", "/basw/queue.xlsx"),
    ("GET", BASW_REVIEW),
    ("GET", f"{BASW_REVIEW}/areas/<area_id>"),
    ("GET", f"{BASW_REVIEW}/changes"),
    ("GET", f"{BASW_REVIEW}/files/<attachment_id>"),
    ("GET", f"{BASW_REVIEW}/questions/<question_id>"),
    ("GET", f"{BASW_REVIEW}/send"),
    ("GET", f"{BASW_REVIEW}/accept"),
    ("POST", f"{BASW_REVIEW}/claim"),
    ("POST", f"{BASW_REVIEW}/release"),
    ("POST", f"{BASW_REVIEW}/start"),
    ("POST", f"{BASW_REVIEW}/send"),
    ("POST", f"{BASW_REVIEW}/accept"),
    ("POST", f"{BASW_REVIEW}/questions/<question_id>/remarks"),
    ("POST", f"{BASW_REVIEW}/questions/<question_id>/moderation"),
    ("POST", f"{BASW_REVIEW}/questions/<question_id>/requests"),
    ("POST", f"{BASW_REVIEW}/remarks/<remark_id>/remove"),
    ("POST", f"{BASW_REVIEW}/requests/<request_id>/remove"),
    ("POST", f"{BASW_REVIEW}/requests/<request_id>/end"),
    ("GET", f"{AN_ASSESSMENT}/requests"),
    ("POST", f"{AN_ASSESSMENT}/requests/<request_id>"),
    ("GET", f"{AN_ASSESSMENT}/who-looked"),
    ("GET", f"{AN_ASSESSMENT}/accepted"),
    ("POST", f"{AN_ASSESSMENT}/accepted"),
    ("GET", f"{AN_ASSESSMENT}/accepted/report.pdf"),
}
LATER |= {f"{AN_ASSESSMENT}/accepted", f"{AN_ASSESSMENT}/accepted/report.pdf"}
PUBLIC |= {("GET", "/verify"), ("POST", "/verify")}
A_VERSION = f"{AN_ASSESSMENT}/versions/<number>"
SIGNED_IN |= {
    ("GET", f"{AN_ASSESSMENT}/sign-off"),
    ("POST", f"{AN_ASSESSMENT}/sign-off"),
    ("POST", f"{AN_ASSESSMENT}/sign-off/signature"),
    ("GET", f"{AN_ASSESSMENT}/history"),
    ("GET", f"{AN_ASSESSMENT}/steps/<step>"),
    ("POST", f"{AN_ASSESSMENT}/steps/<step>"),
    ("GET", A_VERSION),
    ("POST", f"{A_VERSION}/report"),
    ("GET", f"{A_VERSION}/report.pdf"),
    ("GET", f"{A_VERSION}/data.json"),
    ("GET", f"{A_VERSION}/files/<attachment_id>"),
}
LATER |= {path for _, path in SIGNED_IN if path.startswith(A_VERSION)}
LATER |= {f"{AN_ASSESSMENT}/steps/<step>"}
PUBLIC |= {
    ("GET", "/join/<token>"),
    ("POST", "/join/<token>"),
    ("GET", "/forgotten-password"),
    ("POST", "/forgotten-password"),
    ("GET", "/forgotten-password/sent"),
    ("GET", "/new-password/<token>"),
    ("POST", "/new-password/<token>"),
}
LATER |= {"/join/<token>", "/new-password/<token>"}
OF_PEOPLE = {
    (method, f"{place}/people{path}")
    for place in ("/employers/<employer_id>", "/basw")
    for method, path in (
        ("GET", ""),
        ("POST", ""),
        ("POST", "/invitations/<invitation_id>"),
        ("GET", "/<person_id>"),
        ("POST", "/<person_id>"),
    )
}
SIGNED_IN |= OF_PEOPLE | {
    ("GET", "/people/<person_id>/delete"),
    ("POST", "/people/<person_id>/delete"),
    ("GET", f"{AN_ASSESSMENT}/assign"),
    ("POST", f"{AN_ASSESSMENT}/assign"),
}
LATER |= {path for _, path in OF_PEOPLE}
LATER |= {"/people/<person_id>/delete", f"{AN_ASSESSMENT}/assign"}
A_CYCLE = "/status/<questionnaire>/<cycle>"
PUBLISHED = "/published/<address>"
PUBLIC |= {
    ("GET", "/status"),
    ("GET", A_CYCLE),
    ("GET", f"{A_CYCLE}.csv"),
    ("GET", f"{A_CYCLE}.json"),
    ("GET", PUBLISHED),
    ("GET", f"{PUBLISHED}/report.pdf"),
}
SIGNED_IN |= {
    ("GET", "/basw"),
    ("GET", "/basw/employers"),
    ("GET", "/basw/employers/new"),
    ("POST", "/basw/employers/new"),
    ("GET", "/basw/employers/import"),
    ("POST", "/basw/employers/import"),
    ("POST", "/basw/employers/import/confirm"),
    ("GET", "/basw/employers/<employer_id>"),
    ("POST", "/basw/employers/<employer_id>"),
    ("POST", "/basw/employers/<employer_id>/logo"),
    ("GET", "/employers/<employer_id>/logo"),
    ("GET", "/basw/cycles"),
    ("GET", "/basw/cycles/new"),
    ("POST", "/basw/cycles/new"),
    ("GET", "/basw/cycles/<cycle_id>"),
    ("POST", "/basw/cycles/<cycle_id>"),
    ("GET", "/basw/cycles/<cycle_id>/invite"),
    ("POST", "/basw/cycles/<cycle_id>/invite"),
    ("GET", f"{AN_ASSESSMENT}/publish"),
    ("POST", f"{AN_ASSESSMENT}/publish"),
    ("GET", f"{AN_ASSESSMENT}/publish/preview"),
}
LATER |= {A_CYCLE, f"{A_CYCLE}.csv", f"{A_CYCLE}.json", PUBLISHED, f"{PUBLISHED}/report.pdf"}
LATER |= {"/employers/<employer_id>/logo", f"{AN_ASSESSMENT}/publish/preview"}
LATER |= {f"{AN_ASSESSMENT}/publish"}
A_MESSAGE = "/basw/messages/<message_id>"
SIGNED_IN |= {
    ("GET", "/basw/messages"),
    ("GET", A_MESSAGE),
    ("GET", f"{A_MESSAGE}/html"),
    ("POST", f"{A_MESSAGE}/again"),
}
EVERYTHING = "/employers/<employer_id>/everything.zip"
SIGNED_IN |= {("GET", EVERYTHING)}
LATER |= {EVERYTHING}
SIGNED_IN |= {
    ("GET", f"{AN_ASSESSMENT}/workbook.xlsx"),
    ("GET", f"{AN_ASSESSMENT}/workbook/upload"),
    ("POST", f"{AN_ASSESSMENT}/workbook/upload"),
    ("POST", f"{AN_ASSESSMENT}/workbook/upload/apply"),
}
PUBLIC |= {("GET", "/sign-in/code"), ("POST", "/sign-in/code")}
A_SECOND_FACTOR = "/account/second-factor"
SETTING_UP = {
    ("GET", A_SECOND_FACTOR),
    ("POST", A_SECOND_FACTOR),
    ("GET", f"{A_SECOND_FACTOR}/set-up"),
    ("POST", f"{A_SECOND_FACTOR}/set-up"),
}
SIGNED_IN |= {
    ("GET", "/account"),
    ("POST", "/account/sessions/<session_id>/end"),
    ("POST", "/account/sessions/end-others"),
    ("GET", "/account/password"),
    ("POST", "/account/password"),
    ("GET", f"{A_SECOND_FACTOR}/recovery-codes"),
    ("GET", f"{A_SECOND_FACTOR}/new-recovery-codes"),
    ("POST", f"{A_SECOND_FACTOR}/new-recovery-codes"),
    ("GET", f"{A_SECOND_FACTOR}/turn-off"),
    ("POST", f"{A_SECOND_FACTOR}/turn-off"),
    ("GET", "/people/<person_id>/second-factor"),
    ("POST", "/people/<person_id>/second-factor"),
}
LATER |= {"/sign-in/code", f"{A_SECOND_FACTOR}/recovery-codes", "/people/<person_id>/second-factor"}
A_PRINT = f"{AN_ASSESSMENT}/plan/print"
SIGNED_IN |= {
    ("GET", A_PRINT),
    ("POST", A_PRINT),
    ("GET", f"{A_PRINT}/<key>"),
    ("GET", f"{A_PRINT}/<key>/plan.pdf"),
}
LATER |= {f"{A_PRINT}/<key>", f"{A_PRINT}/<key>/plan.pdf"}
SIGNED_IN |= {
    ("GET", f"{AN_ASSESSMENT}/plan.xlsx"),
    ("GET", f"{AN_ASSESSMENT}/plan.csv"),
    ("GET", f"{AN_ASSESSMENT}/plan/upload"),
    ("POST", f"{AN_ASSESSMENT}/plan/upload"),
    ("POST", f"{AN_ASSESSMENT}/plan/upload/apply"),
}
LATER |= {f"{AN_ASSESSMENT}/workbook/upload", f"{AN_ASSESSMENT}/plan/upload"}
A_PLAN = f"{AN_ASSESSMENT}/plan"
REVIEW_OF_A_PLAN = f"{A_PLAN}/quarterly-review"
STAFF_PAGE = f"{A_PLAN}/staff-page"
PUBLIC |= {
    ("GET", "/progress/<token>"),
    ("POST", "/progress/<token>"),
    ("GET", "/calendar/<token>.ics"),
    ("GET", "/you-said-we-did/<address>"),
}
SIGNED_IN |= {
    ("GET", "/my-actions"),
    ("GET", "/my-actions/<action_id>"),
    ("POST", "/my-actions/<action_id>"),
    ("GET", "/my-actions/actions.ics"),
    ("POST", "/my-actions/calendar"),
    ("GET", A_PLAN),
    ("GET", f"{A_PLAN}.ics"),
    ("GET", f"{A_PLAN}/change-many"),
    ("POST", f"{A_PLAN}/change-many"),
    ("GET", f"{A_PLAN}/links"),
    ("POST", f"{A_PLAN}/links/<action_id>"),
    ("GET", REVIEW_OF_A_PLAN),
    ("POST", REVIEW_OF_A_PLAN),
    ("POST", f"{REVIEW_OF_A_PLAN}/<action_id>"),
    ("GET", STAFF_PAGE),
    ("POST", STAFF_PAGE),
    ("GET", f"{STAFF_PAGE}/preview"),
    ("GET", f"{STAFF_PAGE}/<action_id>"),
    ("POST", f"{STAFF_PAGE}/<action_id>"),
}
LATER |= {"/progress/<token>", "/calendar/<token>.ics", "/you-said-we-did/<address>"}
LATER |= {"/my-actions/<action_id>"}
LATER |= {f"{A_PLAN}/change-many", f"{A_PLAN}/links", REVIEW_OF_A_PLAN}
LATER |= {STAFF_PAGE, f"{STAFF_PAGE}/preview", f"{STAFF_PAGE}/<action_id>"}
A_PLAN = f"{AN_ASSESSMENT}/plan"
AN_ACTION = f"{A_PLAN}/actions/<action_id>"
PROPOSALS = f"{A_PLAN}/proposals"
SIGNED_IN |= {
    ("GET", PROPOSALS),
    ("POST", f"{PROPOSALS}/<question_id>/adopt"),
    ("POST", f"{PROPOSALS}/<question_id>/decline"),
    ("POST", f"{PROPOSALS}/<question_id>/take-back"),
    ("GET", f"{A_PLAN}/actions/new"),
    ("POST", f"{A_PLAN}/actions/new"),
    ("GET", AN_ACTION),
    ("POST", f"{AN_ACTION}/progress"),
    ("GET", f"{AN_ACTION}/change"),
    ("POST", f"{AN_ACTION}/change"),
    ("POST", f"{AN_ACTION}/rating"),
}
LATER |= {f"{A_PLAN}/actions/new", f"{AN_ACTION}/change"}
PUBLIC |= {("GET", "/sign-in/single-sign-on"), ("GET", "/sign-in/single-sign-on/back")}
LATER |= {"/sign-in/single-sign-on", "/sign-in/single-sign-on/back"}
SIGNED_IN |= {("POST", "/account/single-sign-on/unlink")}
BENCHMARK = "/employers/<employer_id>/caseload-benchmark"
PUBLIC |= {("GET", "/benchmark/<address>")}
SIGNED_IN |= {
    ("GET", f"{AN_ASSESSMENT}/caseload-figures"),
    ("POST", f"{AN_ASSESSMENT}/caseload-figures"),
    ("GET", BENCHMARK),
    ("POST", BENCHMARK),
    ("GET", f"{BENCHMARK}/preview"),
}
LATER |= {"/benchmark/<address>", f"{AN_ASSESSMENT}/caseload-figures"}
LATER |= {BENCHMARK, f"{BENCHMARK}/preview"}
CASELOADS = "/employers/<employer_id>/caseload-reports"
MAKING_ONE = "/employers/<employer_id>/report-a-caseload"
OWN_REPORT = "/my-caseload-reports/<report_id>"
WITHOUT_A_NAME = "/report-a-caseload/<address>"
SIGNED_IN |= {
    ("GET", "/report-a-caseload"),
    ("GET", MAKING_ONE),
    ("POST", MAKING_ONE),
    ("GET", OWN_REPORT),
    ("POST", OWN_REPORT),
    ("GET", CASELOADS),
    ("GET", f"{CASELOADS}/settings"),
    ("POST", f"{CASELOADS}/settings"),
    ("GET", f"{CASELOADS}/<report_id>"),
    ("POST", f"{CASELOADS}/<report_id>"),
}
PUBLIC |= {
    ("GET", WITHOUT_A_NAME),
    ("POST", WITHOUT_A_NAME),
    ("GET", f"{WITHOUT_A_NAME}/made"),
    ("GET", "/caseload-progress"),
    ("POST", "/caseload-progress"),
    ("POST", "/caseload-progress/did-not-help"),
}
LATER |= {WITHOUT_A_NAME, f"{WITHOUT_A_NAME}/made", OWN_REPORT, f"{CASELOADS}/<report_id>"}
LATER |= {MAKING_ONE, CASELOADS, f"{CASELOADS}/settings"}
A_TEAM = "/teams/<team_id>"
TEAMS, SNAPSHOTS = "/employers/<employer_id>/teams", f"{A_TEAM}/snapshots"
A_SNAPSHOT = f"{SNAPSHOTS}/<snapshot_id>"
SIGNED_IN |= {
    ("GET", TEAMS),
    ("GET", A_TEAM),
    ("POST", f"{A_TEAM}/close"),
    ("POST", SNAPSHOTS),
    ("GET", A_SNAPSHOT),
    ("POST", f"{A_SNAPSHOT}/wipe"),
    ("GET", f"{A_SNAPSHOT}.csv"),
    ("GET", f"{SNAPSHOTS}/headings.csv"),
}
for each in (
    f"{TEAMS}/new",
    f"{A_TEAM}/change",
    f"{A_TEAM}/workers/<worker_id>",
    f"{SNAPSHOTS}/new",
    f"{SNAPSHOTS}/type",
    f"{A_SNAPSHOT}/change",
    f"{A_SNAPSHOT}/delete",
):
    SIGNED_IN |= {("GET", each), ("POST", each)}
LATER |= {path for method, path in SIGNED_IN if path.startswith((A_TEAM, TEAMS))}
A_SHEET = f"{A_TEAM}/workers/<worker_id>/supervision-sheet"
SIGNED_IN |= {
    ("GET", f"{A_TEAM}/workload"),
    ("GET", f"{A_TEAM}/priorities"),
    ("GET", f"{A_TEAM}/what-if"),
    ("POST", f"{A_TEAM}/what-if"),
    ("GET", f"{A_TEAM}/decisions"),
    ("GET", f"{A_TEAM}/decisions/<about>"),
    ("POST", f"{A_TEAM}/decisions/<about>"),
    ("GET", A_SHEET),
    ("POST", A_SHEET),
    ("GET", f"{A_SHEET}/<key>"),
    ("GET", f"{A_SHEET}/<key>/supervision-sheet.pdf"),
    ("GET", "/my-workload"),
    ("GET", "/employers/<employer_id>/workload"),
}
LATER |= {
    f"{A_TEAM}/workload",
    f"{A_TEAM}/priorities",
    f"{A_TEAM}/what-if",
    f"{A_TEAM}/decisions",
    f"{A_TEAM}/decisions/<about>",
    A_SHEET,
    f"{A_SHEET}/<key>",
    f"{A_SHEET}/<key>/supervision-sheet.pdf",
    "/my-workload",
    "/employers/<employer_id>/workload",
}
