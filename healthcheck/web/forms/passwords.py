"""The field for a password."""

from __future__ import annotations

from wtforms import PasswordField
from wtforms.validators import InputRequired, Length

from healthcheck.core.accounts import LONGEST_PASSWORD


def password_field(label: str, missing: str) -> PasswordField:
    """Return a field for a password; `missing` is what to say of an empty one."""
    too_long = Length(max=LONGEST_PASSWORD, message="Enter a shorter password.")
    return PasswordField(label, validators=[InputRequired(missing), too_long])
