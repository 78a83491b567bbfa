"""Changing one's password, being asked for it again, and giving a code."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from healthcheck.web.forms.passwords import password_field

LONGEST_CODE = 40


class PasswordAgainForm(FlaskForm):  # type: ignore[misc]
    """The password, asked for once more."""

    password = password_field("Your password", "Enter your password.")


class ChangePasswordForm(FlaskForm):  # type: ignore[misc]
    """The old password and a new one; the rule for the new one is the service's."""

    old = password_field("Your password now", "Enter the password you have now.")
    new = password_field("New password", "Enter a new password.")


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code from an app, or a recovery code; `came_for` is the page to go on to."""

    code = StringField(
        "Code",
        validators=[
            InputRequired("Enter a code."),
            Length(max=LONGEST_CODE, message="Enter one code."),
        ],
    )
    came_for = HiddenField()
