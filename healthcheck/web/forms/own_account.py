"""Changing one's password, being asked for it again, and giving a code."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from healthcheck.core.accounts import LONGEST_PASSWORD

LONGEST_CODE = 40


class PasswordAgainForm(FlaskForm):  # type: ignore[misc]
    """The password, asked for once more."""

    password = PasswordField(
        "Your password",
        validators=[
            InputRequired("Enter your password."),
            Length(max=LONGEST_PASSWORD, message="Enter a shorter password."),
        ],
    )


class ChangePasswordForm(FlaskForm):  # type: ignore[misc]
    """The old password and a new one; the rule for the new one is the service's."""

    old = PasswordField(
        "Your password now",
        validators=[
            InputRequired("Enter the password you have now."),
            Length(max=LONGEST_PASSWORD, message="Enter a shorter password."),
        ],
    )
    new = PasswordField(
        "New password",
        validators=[
            InputRequired("Enter a new password."),
            Length(max=LONGEST_PASSWORD, message="Enter a shorter password."),
        ],
    )


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
