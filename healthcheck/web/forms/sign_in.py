"""The sign-in form."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from healthcheck.core.accounts import LONGEST_PASSWORD


class SignInForm(FlaskForm):  # type: ignore[misc]
    """E-mail address and password; `came_for` is the page to go on to."""

    email = StringField(
        "Email address", validators=[InputRequired("Enter your email address."), Length(max=254)]
    )
    password = PasswordField(
        "Password",
        validators=[InputRequired("Enter your password."), Length(max=LONGEST_PASSWORD)],
    )
    came_for = HiddenField()
