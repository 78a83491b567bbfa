"""What can go wrong, in words for the person it happens to. The web maps each to a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthcheck.core.plans import Action


class ProductError(Exception):
    """A fault the program foresees; its text says what happened and what to do."""


class NotFoundError(ProductError):
    """There is no such thing, or it belongs to someone else: the two look the same."""


class NotSignedInError(ProductError):
    """Nobody is signed in, or the session has ended."""


class NotAllowedError(ProductError):
    """The person may see this but may not do what was asked."""


class WrongCredentialsError(ProductError):
    """The e-mail address and password do not go together."""


class TooManyTriesError(ProductError):
    """Too many failed sign-ins; a wait is needed."""


class UnacceptableFileError(ProductError):
    """A file is empty, too large or of a kind that is not taken."""


class NoRoomError(ProductError):
    """The disk is full, so nothing was saved."""


class BusyError(ProductError):
    """The database stayed locked by another save, so nothing was saved."""


class ReportFailedError(ProductError):
    """A report could not be made; the answers are untouched."""


class UnacceptableDetailsError(ProductError):
    """Details given for an account or an employer cannot be taken."""


class ConfigurationError(ProductError):
    """The settings or the data folder do not work, so the program did not start."""


class StepRefusedError(ProductError):
    """A step cannot be taken from where the health check stands now."""


class NotReadyError(ProductError):
    """Something must be done before this step; the text names what."""


class TakenDownError(ProductError):
    """What was public at an address was taken down by the employer that published it."""


class PageTakenDownError(ProductError):
    """What staff could read at an address was taken down by the employer."""


class LinkEndedError(ProductError):
    """A link from a message was used before, has run out or was cancelled."""


class SecondFactorNeededError(ProductError):
    """The password was right; a code from the person's app is needed as well."""


class ChangedMeanwhileError(ProductError):
    """Somebody changed an action since the person read it; `action` is what it is now."""

    def __init__(self, message: str, action: Action) -> None:
        super().__init__(message)
        self.action = action


class SavedMeanwhileError(ProductError):
    """Somebody changed a team, or a worker of one, since a form showed it."""


class NoRateError(ProductError):
    """A workload scheme has no figure for a day; the text says which and from when it has one."""


class SecondFactorMissingError(ProductError):
    """A person's role asks for a second factor, which they have yet to set up."""


class SingleSignOnError(ProductError):
    """Single sign-on did not say, or not surely enough, who somebody is."""
