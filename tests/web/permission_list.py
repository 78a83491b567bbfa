"""What each route for people signed in needs, room by room: whoever adds one writes it here.

Under each permission stand the routes that need it. OWN are those about oneself, for everybody
signed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN = "everybody’s own"
ROUTES: Mapping[Permission | str, str] = {
    OWN: """
        GET /
        GET /account
        GET /account/password
        POST /account/password
        GET /account/second-factor/new-recovery-codes
        POST /account/second-factor/new-recovery-codes
        GET /account/second-factor/recovery-codes
        GET /account/second-factor/turn-off
        POST /account/second-factor/turn-off
        POST /account/sessions/<session_id>/end
        POST /account/sessions/end-others
        POST /account/single-sign-on/unlink
        GET /my-actions
        GET /my-actions/actions.ics
        POST /my-actions/calendar
        GET /report-a-caseload
    """,
    Permission.READ: """
        GET A
        GET A/check
        GET A/files/<attachment_id>
        GET A/report/<key>
        GET A/report/<key>/report.pdf
        POST A/report
        GET A/requests
        GET A/results
        GET A/sign-off
        GET A/topics/<topic_id>
        GET A/who-looked
        POST A/workbook
        GET A/workbook.xlsx
    """,
    Permission.ANSWER: """
        POST A/topics/<topic_id>
        GET A/workbook/upload
        POST A/workbook/upload
        POST A/workbook/upload/apply
        GET A/caseload-figures
        POST A/caseload-figures
    """,
    Permission.ASSIGN: """
        GET A/assign
        POST A/assign
    """,
    Permission.INVITE: """
        GET /employers/<employer_id>/people
        POST /employers/<employer_id>/people
        GET /employers/<employer_id>/people/<person_id>
        POST /employers/<employer_id>/people/<person_id>
        POST /employers/<employer_id>/people/invitations/<invitation_id>
    """,
    Permission.EXPORT: "GET /employers/<employer_id>/everything.zip",
    Permission.SEND: "POST A/sign-off",
    Permission.SIGN: "POST A/sign-off/signature",
    Permission.ANSWER_REQUESTS: "POST A/requests/<request_id>",
    Permission.PUBLISH: """
        GET A/publish
        POST A/publish
        GET A/publish/preview
    """,
    Permission.SEE_PLAN: """
        GET A/plan
        GET A/plan.csv
        GET A/plan.ics
        GET A/plan.xlsx
        GET A/plan/actions/<action_id>
        GET A/plan/print
        POST A/plan/print
        GET A/plan/print/<key>
        GET A/plan/print/<key>/plan.pdf
        GET A/plan/proposals
    """,
    Permission.REPORT_PROGRESS: """
        GET /my-actions/<action_id>
        POST /my-actions/<action_id>
    """,
    Permission.CHANGE_PLAN: """
        GET A/plan/actions/<action_id>/change
        POST A/plan/actions/<action_id>/change
        POST A/plan/actions/<action_id>/progress
        POST A/plan/actions/<action_id>/rating
        GET A/plan/actions/new
        POST A/plan/actions/new
        GET A/plan/change-many
        POST A/plan/change-many
        GET A/plan/links
        POST A/plan/links/<action_id>
        POST A/plan/proposals/<question_id>/adopt
        POST A/plan/proposals/<question_id>/decline
        POST A/plan/proposals/<question_id>/take-back
        GET A/plan/quarterly-review
        POST A/plan/quarterly-review
        POST A/plan/quarterly-review/<action_id>
        GET A/plan/staff-page
        POST A/plan/staff-page
        GET A/plan/staff-page/<action_id>
        POST A/plan/staff-page/<action_id>
        GET A/plan/staff-page/preview
        GET A/plan/upload
        POST A/plan/upload
        POST A/plan/upload/apply
    """,
    Permission.REPORT_CASELOAD: """
        GET /employers/<employer_id>/report-a-caseload
        POST /employers/<employer_id>/report-a-caseload
        GET /my-caseload-reports/<report_id>
        POST /my-caseload-reports/<report_id>
    """,
    Permission.SEE_OWN_LOAD: "GET /my-workload",
    Permission.SET_UP_TEAMS: """
        GET /employers/<employer_id>/caseload-benchmark
        POST /employers/<employer_id>/caseload-benchmark
        GET /employers/<employer_id>/caseload-benchmark/preview
        GET /employers/<employer_id>/teams/new
        POST /employers/<employer_id>/teams/new
        GET T/change
        POST T/change
        POST T/close
        GET /employers/<employer_id>/caseload-reports/settings
        POST /employers/<employer_id>/caseload-reports/settings
    """,
    Permission.KEEP_CASELOADS: """
        GET /employers/<employer_id>/teams
        GET T
        GET T/workers/<worker_id>
        POST T/workers/<worker_id>
        POST T/snapshots
        GET T/snapshots/<snapshot_id>
        GET T/snapshots/<snapshot_id>.csv
        GET T/snapshots/<snapshot_id>/change
        POST T/snapshots/<snapshot_id>/change
        GET T/snapshots/<snapshot_id>/delete
        POST T/snapshots/<snapshot_id>/delete
        POST T/snapshots/<snapshot_id>/wipe
        GET T/snapshots/headings.csv
        GET T/snapshots/new
        POST T/snapshots/new
        GET T/snapshots/type
        POST T/snapshots/type
        GET T/priorities
        GET T/workload
        GET T/what-if
        POST T/what-if
        GET T/decisions
        GET T/decisions/<about>
        POST T/decisions/<about>
        GET T/workers/<worker_id>/supervision-sheet
        POST T/workers/<worker_id>/supervision-sheet
        GET T/workers/<worker_id>/supervision-sheet/<key>
        GET T/workers/<worker_id>/supervision-sheet/<key>/supervision-sheet.pdf
        GET /employers/<employer_id>/workload
    """,
    Permission.ANSWER_CASELOADS: """
        GET /employers/<employer_id>/caseload-reports
        GET /employers/<employer_id>/caseload-reports/<report_id>
        POST /employers/<employer_id>/caseload-reports/<report_id>
    """,
    Permission.READ_SUBMISSION: """
        GET A/history
        GET A/accepted
        POST A/accepted
        GET A/accepted/report.pdf
        GET A/versions/<number>
        GET A/versions/<number>/data.json
        GET A/versions/<number>/files/<attachment_id>
        POST A/versions/<number>/report
        GET A/versions/<number>/report.pdf
        GET /employers/<employer_id>/logo
    """,
    Permission.REVIEW: """
        POST R/accept
        POST R/claim
        POST R/questions/<question_id>/moderation
        POST R/questions/<question_id>/remarks
        POST R/questions/<question_id>/requests
        POST R/remarks/<remark_id>/remove
        POST R/requests/<request_id>/end
        POST R/requests/<request_id>/remove
        POST R/send
        POST R/start
    """,
    Permission.REOPEN: """
        GET A/steps/<step>
        POST A/steps/<step>
    """,
    Permission.SEE_QUEUE: """
        GET /basw
        GET /basw/queue
        GET /basw/queue.csv
        GET /basw/queue.xlsx
        GET R
        GET R/accept
        GET R/areas/<area_id>
        GET R/changes
        GET R/files/<attachment_id>
        GET R/questions/<question_id>
        POST R/release
        GET R/send
    """,
    Permission.RUN_CYCLES: """
        GET /basw/cycles
        GET /basw/cycles/<cycle_id>
        POST /basw/cycles/<cycle_id>
        GET /basw/cycles/<cycle_id>/invite
        POST /basw/cycles/<cycle_id>/invite
        GET /basw/cycles/new
        POST /basw/cycles/new
    """,
    Permission.MANAGE_EMPLOYERS: """
        GET /basw/employers
        GET /basw/employers/<employer_id>
        POST /basw/employers/<employer_id>
        POST /basw/employers/<employer_id>/logo
        GET /basw/employers/import
        POST /basw/employers/import
        POST /basw/employers/import/confirm
        GET /basw/employers/new
        POST /basw/employers/new
    """,
    Permission.MANAGE_BASW: """
        GET /basw/people
        POST /basw/people
        GET /basw/people/<person_id>
        POST /basw/people/<person_id>
        POST /basw/people/invitations/<invitation_id>
        GET /people/<person_id>/delete
        POST /people/<person_id>/delete
    """,
    Permission.REMOVE_SECOND_FACTOR: """
        GET /people/<person_id>/second-factor
        POST /people/<person_id>/second-factor
    """,
    Permission.READ_MESSAGES: """
        GET /basw/messages
        GET /basw/messages/<message_id>
        GET /basw/messages/<message_id>/html
        POST /basw/messages/<message_id>/again
    """,
}
"""A stands for the pages of a health check, R for those of its review, T for those of a team. What
needs CHANGE_PLAN and is about one's own action may also be done by its owner; a worker makes their
own supervision sheet; a step may need another permission than the one walked here: those are
tested in their rooms."""
SHORT = {
    "A": "/assessments/<assessment_id>",
    "R": "/basw/reviews/<assessment_id>",
    "T": "/teams/<team_id>",
}

NOT_MET = {
    "/account/single-sign-on/unlink",
    "/account/sessions/<session_id>/end",
    "/people/<person_id>/second-factor",
    "/assessments/<assessment_id>/plan/actions/<action_id>/rating",
    "/assessments/<assessment_id>/plan/print/<key>",
    "/assessments/<assessment_id>/plan/print/<key>/plan.pdf",
    "/teams/<team_id>/snapshots/<snapshot_id>/wipe",
    "/teams/<team_id>/workers/<worker_id>/supervision-sheet/<key>",
    "/teams/<team_id>/workers/<worker_id>/supervision-sheet/<key>/supervision-sheet.pdf",
}
"""Routes that nobody finds in the walk, because what they are about is not there."""


def _routes(lines: str) -> list[tuple[str, str]]:
    found = []
    for line in lines.strip().splitlines():
        method, path = line.split()
        found.append((method, SHORT.get(path[0], path[0]) + path[1:]))
    return found


NEEDS = {route: needed for needed, lines in ROUTES.items() for route in _routes(lines)}
assert len(NEEDS) == sum(len(_routes(lines)) for lines in ROUTES.values())
