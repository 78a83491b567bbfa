"""The forms by themselves, where no page can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.web.forms import questions
from healthcheck.web.forms.questions import TopicForm

if TYPE_CHECKING:
    from healthcheck.bootstrap import Product
    from tests.people import World


def test_a_figure_worked_out_is_never_asked_for(product: Product, world: World) -> None:
    library, facts = product.library, world.northmeres.facts
    questionnaire = library.worded("small-check", "2026", facts)
    rate = questionnaire.questions["vacancy-rate"]
    assert TopicForm([rate], {}).questions == ()
    with pytest.raises(TypeError, match=r"^vacancy-rate is worked out, so no form asks for it$"):
        questions._value_field(rate)
