"""The moment of actions: the wall clock, an example's day, or the moment of a record."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import tanzhi
from tanzhi.actions import clock

HOUSE = Path(tanzhi.__file__).parent
WALL = {  # what must not stand still: signatures and keys, sessions, one-time codes, limits, jobs and their workers'
    # signs of life, health, and the clock itself
    "actions/beats.py",
    "actions/clock.py",
    "actions/jobs.py",
    "actions/reaping.py",
    "evidence/keys.py",
    "evidence/log.py",
    "evidence/pinned.py",
    "evidence/sealer.py",
    "organisations/people/limits.py",
    "organisations/people/work.py",
    "organisations/people/requests.py",
    "organisations/people/sign_in_pages.py",
    "web/health.py",
    "web/hooks/delivering.py",  # when a message is sent again
    "web/readiness/operation.py",  # how old the last backup is
}


def test_without_an_example_day_it_is_the_wall_clock(settings, time_machine):
    settings.TANZHI_TODAY = ""
    time_machine.move_to("2025-03-01T17:30:00+00:00", tick=False)
    assert clock.now() == datetime(2025, 3, 1, 17, 30, tzinfo=UTC)
    assert clock.today() == date(2025, 3, 2)  # the place of the installation is eight hours ahead


def test_on_an_example_day_the_hours_go_on(settings, time_machine):
    settings.TANZHI_TODAY = "2024-07-16"
    time_machine.move_to("2026-11-25T01:30:00+00:00", tick=False)
    assert clock.now() == datetime(2024, 7, 16, 1, 30, tzinfo=UTC)
    assert clock.today() == date(2024, 7, 16)


def test_the_moment_of_a_record_goes_before_both(settings):
    settings.TANZHI_TODAY = "2024-07-16"
    with clock.at(datetime(2023, 2, 3, 4, 5, tzinfo=UTC)):
        assert clock.today() == date(2023, 2, 3)


def test_no_room_asks_the_wall_for_a_deadline():
    """Everything that counts days asks `clock`, so that an example's day and a replay hold everywhere."""
    asked = re.compile(r"timezone\.(now\(|localdate\(\))|date\.today\(|datetime\.now\(")
    found = {
        path.relative_to(HOUSE).as_posix() for path in HOUSE.rglob("*.py") if asked.search(path.read_text("utf-8"))
    }
    assert found - {name for name in found if name in WALL or name.startswith("cli/")} == set()
