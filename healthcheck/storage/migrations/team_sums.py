"""What pages show of each team's newest snapshot, kept."""

from __future__ import annotations

SQL = """
CREATE TABLE team_sums (
    team_id TEXT PRIMARY KEY REFERENCES teams,
    made_from TEXT NOT NULL,
    schemes TEXT NOT NULL,
    kept TEXT NOT NULL
) STRICT;
"""
"""`schemes` are those of the team that it was made with, `made_from` names their definitions."""

GOES_WITH_A_SNAPSHOT = """
CREATE TRIGGER team_sums_go_with_{change} AFTER {change} ON snapshots
BEGIN
DELETE FROM team_sums WHERE team_id IN ({teams});
END;
"""

TRIGGERS = tuple(
    GOES_WITH_A_SNAPSHOT.format(change=change, teams=teams)
    for change, teams in (
        ("INSERT", "NEW.team_id"),
        ("UPDATE", "OLD.team_id, NEW.team_id"),
        ("DELETE", "OLD.team_id"),
    )
)
"""What is shown of a team goes with every snapshot of it that comes, changes or goes."""
