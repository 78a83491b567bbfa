"""Joining by an invitation, and choosing a new password."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from healthcheck.core.accounts import SHORTEST_PASSWORD
from healthcheck.core.people import LONGEST_NAME
from healthcheck.web.forms.passwords import password_field

PASSWORD_HINT = (
    f"At least {SHORTEST_PASSWORD} characters. Three or four words that you will remember make a"
    " good password."
)


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password; the rule for its length is the service's."""

    password = password_field("Password", "Enter a password.")


class JoinForm(NewPasswordForm):
    """What an invited person adds to the address they were invited at."""

    name = StringField(
        "Your name",
        validators=[
            InputRequired("Enter your name."),
            Length(max=LONGEST_NAME, message=f"Enter your name in up to {LONGEST_NAME} letters."),
        ],
    )


class AddressForm(FlaskForm):  # type: ignore[misc]
    """The address that a link for a new password is sent to."""

    email = StringField(
        "Email address",
        validators=[
            InputRequired("Enter your email address."),
            Length(max=254, message="Enter your email address in full."),
        ],
    )
