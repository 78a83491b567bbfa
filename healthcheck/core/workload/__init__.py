"""Judging workload: schemes, a team's snapshot, and what each scheme makes of it.

Pure and exact: numbers are Fractions, the day is an argument. `calculating.calculate` is the one
way in; `what_if` changes a snapshot; `working` says in words how a load came about.
"""
