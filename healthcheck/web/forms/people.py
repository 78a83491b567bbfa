"""Inviting somebody, changing what they are, and assigning topics to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf, InputRequired, Length

from healthcheck.core.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.datastructures import MultiDict


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Whom to invite, and to what."""

    email = StringField(
        "Email address",
        validators=[
            InputRequired("Enter the email address of the person to invite."),
            Length(max=254, message="Enter the email address in full."),
        ],
    )
    role = StringField("Role", validators=[AnyOf([*Role.__members__], "Choose a role.")])


def ticked_roles(posted: MultiDict[str, str]) -> frozenset[Role]:
    """Return the roles ticked on a person's page; what is no role is left out."""
    return frozenset(Role[name] for name in posted.getlist("role") if name in Role.__members__)


def shown_and_chosen(
    posted: MultiDict[str, str], topic_ids: Iterable[str]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return who had each topic when the page was shown, and who has it now, by topic.

    A topic that the page did not carry is left out of both.
    """
    carried = [each for each in topic_ids if f"{each}.shown" in posted]
    shown = {each: posted[f"{each}.shown"].split() for each in carried}
    return shown, {each: posted.getlist(each) for each in carried}
