"""Entries of many acts in one transaction: written together, and each says what it would have said alone."""

from __future__ import annotations

import pytest
from django.db import transaction

from tanzhi.actions.insertion import insert
from tanzhi.actions.registry import Actor, perform
from tanzhi.evidence.checking import verify
from tanzhi.evidence.log import gathering, record
from tanzhi.evidence.models import Entry, RowDigest
from tanzhi.evidence.row_check import check
from tanzhi.evidence.sealer import seal_all
from tanzhi.evidence.tracking import remembered
from tanzhi.organisations.register.model import Organisation, OrganisationName


def rename(plant: Organisation, name: str, day: int = 1) -> Entry:
    data = {"zh": name, "en": name, "since": f"2024-05-{day:02d}"}
    return perform("organisations.rename", Actor.platform(), plant, data).entry


def rows_of(entry: Entry) -> list[tuple[str, int, str]]:
    digests = RowDigest.objects.filter(entry=entry.pk).order_by("pk")
    return [(each.table, each.row, each.mark) for each in digests]


def test_an_entry_answers_for_the_row_as_its_act_left_it(plant: Organisation) -> None:
    alone = [rows_of(rename(plant, f"甲{day}", day)) for day in (1, 2)]
    with transaction.atomic(), gathering():
        before = Entry.objects.count()
        together = [rename(plant, f"乙{day}", day) for day in (3, 4, 5)]
    assert Entry.objects.count() - before == len(together)
    assert [entry.pk for entry in together] == [together[0].pk + number for number in range(3)]
    tables = [[(table, mark) for table, _, mark in rows] for rows in (*alone, *map(rows_of, together))]
    assert tables[1:] == [tables[1]] * 4  # the plant's revision is written by each of them
    seal_all()
    assert verify().faults == []
    assert list(check()) == []


def test_whoever_reads_the_log_reads_what_was_recorded_a_moment_ago(plant: Organisation) -> None:
    with transaction.atomic(), gathering():
        entry = rename(plant, "新名")
        assert Entry.objects.get(pk=entry.pk).leaf_hash == entry.leaf_hash
        assert rename(plant, "又名", 2).pk == entry.pk + 1
    assert list(check()) == []


def renamed_and_failed(plant: Organisation, counted: list[int]) -> None:
    rename(plant, "乙", 2)
    counted.append(Entry.objects.count())  # what was gathered is written by this look, and taken back with it
    raise RuntimeError("taken back")


def test_what_is_taken_back_leaves_no_entry_and_what_stays_has_its_own(plant: Organisation) -> None:
    before, counted = Entry.objects.count(), list[int]()
    with transaction.atomic(), gathering():
        first = rename(plant, "甲")
        with pytest.raises(RuntimeError, match="taken back"), transaction.atomic():
            renamed_and_failed(plant, counted)
        last = rename(plant, "丙", 3)
    assert (counted, Entry.objects.count()) == ([before + 2], before + 2)
    assert last.pk > first.pk  # PostgreSQL gives no number again that was taken back
    assert len(rows_of(first)) >= 2
    seal_all()
    assert verify().faults == []
    assert list(check()) == []


def test_nothing_of_a_batch_that_fails_stays(plant: Organisation) -> None:
    before = Entry.objects.count()
    with pytest.raises(RuntimeError, match="taken back"), transaction.atomic(), gathering():
        renamed_and_failed(plant, [])
    assert Entry.objects.count() == before
    rename(plant, "乙", 2)
    assert Entry.objects.count() == before + 1


def test_entries_are_gathered_once_and_inside_a_transaction(plant: Organisation) -> None:
    with transaction.atomic(), gathering(), pytest.raises(RuntimeError, match="gathered once"), gathering():
        record("test.never", "", {})


def test_what_is_remembered_is_read_again_once_its_table_was_written(plant: Organisation) -> None:
    def name() -> str:
        rows = Organisation.objects.filter(pk=plant.pk)
        return remembered("name", [OrganisationName._meta.db_table], lambda: rows.get().name.zh)

    with transaction.atomic():
        first = name()
        rename(plant, "改名")
        assert (name(), first == "改名") == ("改名", False)
        with pytest.raises(RuntimeError, match="taken back"), transaction.atomic():
            renamed_and_failed(plant, [len(name())])
        assert name() == "改名"


def test_a_row_inserted_is_the_row_that_saving_makes(plant: Organisation) -> None:
    def made(since: str) -> OrganisationName:
        return OrganisationName(organisation=plant, zh="名", en="Name", since=since)

    with transaction.atomic():
        saved, inserted = made("2024-01-01"), made("2024-01-02")
        saved.save()
        insert(inserted)
        record("test.inserted", "", {})
    read = OrganisationName.objects.filter(pk__in=[saved.pk, inserted.pk]).order_by("since").values("zh", "en", "until")
    assert (inserted.pk, read[0]) == (saved.pk + 1, read[1])
    assert not inserted._state.adding
    inserted.zh = "另"
    with transaction.atomic():
        insert(inserted)  # it is there: changed, as `save` would
        record("test.changed", "", {})
    assert OrganisationName.objects.get(pk=inserted.pk).zh == "另"
    assert list(check()) == []
