"""A record is read together with the rows that say where it belongs, whatever is done to it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tanzhi.actions.table import ACTIONS
from tanzhi.actions.visibility import with_place
from tests.actions.spots import spots
from tests.factories import World

SUBJECTS = {entry.subject for entry in ACTIONS.values() if entry.subject}

# they belong where another record does, which their manager names in no look-up: a case, postings, a person, a receiver
OTHERWISE = {"cases.CaseFinding", "ccer.PublicComment", "organisations.Grant", "registry.Command", "registry.Incoming"}


@pytest.mark.parametrize("model", sorted(SUBJECTS, key=lambda model: model._meta.label), ids=lambda m: m._meta.label)
def test_every_kind_of_record_is_read_in_one_query(model: Any, db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert list(with_place(model).filter(pk=0)) == []


def test_where_a_record_belongs_costs_no_query_of_its_own(world: World) -> None:
    """But for records whose manager declares no way to a region, which are read as they are."""
    own, *_ = spots(world)
    costly = set()
    for model in SUBJECTS:
        row = with_place(model).get(pk=own.of(model).pk)
        with CaptureQueriesContext(connection) as asked:
            assert row.place is not None
        if len(asked):
            costly.add(model._meta.label)
    assert costly == OTHERWISE
