"""Employer Health Check: an annual self-assessment for employers of social workers."""

__version__ = "0.1.0"
