"""Who was told of a report of an excessive caseload that was made with a name.

It stays with them: who sets up the teams afterwards does not come to see it by that. Of a report
without a name nothing is kept here.
"""

from __future__ import annotations

SQL = """
CREATE TABLE caseload_told (
    report_id TEXT NOT NULL REFERENCES caseload_reports,
    person_id TEXT NOT NULL REFERENCES people,
    PRIMARY KEY (report_id, person_id)
) STRICT, WITHOUT ROWID;
INSERT INTO caseload_told
    SELECT r.id, m.person_id FROM caseload_reports r
    JOIN teams t ON t.id = r.team_id AND t.closed_at IS NULL
    JOIN team_managers m ON m.team_id = t.id AND m.person_id <> r.raised_by
    JOIN memberships h ON h.person_id = m.person_id AND h.employer_id = t.employer_id
        AND h.role = 'MANAGER';
"""
"""Of reports made before, those who manage the team now were told; others stay as they were."""
