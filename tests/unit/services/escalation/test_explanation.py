"""The explanation names every day from receipt to the due date, and why it counts or not."""

import pytest

from contracts.errors import Rejected
from services.escalation.explanation import explain
from services.gateway.api.deadlines import page
from tests.suites.events import event
from tests.suites.law import LAW

CHOSEN = {
    "regime": "ordinary",
    "topic": "other",
    "reason": "Diterima di luar masa tahapan.",
    "legal_basis": "UU 14/2008 pasal 22 ayat (7)",
    "corrected": False,
}
HISTORY = (("RequestSubmitted", {}), ("DeadlineSet", {}), ("RegimeChosen", CHOSEN))


def explained(*more, law=LAW):
    facts = enumerate((*HISTORY, *more), start=1)
    return explain([event(name, version=at, data=data) for at, (name, data) in facts], law)


def day(shown, on):
    return next(each for each in shown["days"] if each["date"] == on)


def test_every_day_from_receipt_to_the_due_date_stands_there_once():
    dates = [each["date"] for each in explained()["days"]]

    assert (dates[0], dates[-1], len(dates)) == ("2026-08-12", "2026-08-28", 17)


def test_the_working_days_are_numbered():
    assert [each["counted"] for each in explained()["days"] if each["counted"]] == [*range(1, 11)]


@pytest.mark.parametrize(
    ("on", "id_", "en"),
    [
        ("2026-08-12", "Hari ke-0: tidak dihitung.", "Day 0: not counted."),
        ("2026-08-13", "Hari kerja ke-1.", "Working day 1."),
        ("2026-08-15", "Akhir pekan: tidak dihitung.", "Weekend: not counted."),
        (
            "2026-08-17",
            "Hari libur nasional: Hari Kemerdekaan Republik Indonesia. Tidak dihitung.",
            "Public holiday: Hari Kemerdekaan Republik Indonesia. Not counted.",
        ),
    ],
)
def test_each_day_says_why_in_both_languages(on, id_, en):
    assert day(explained(), on)["why"] == {"id": id_, "en": en}


def test_a_holiday_names_its_decree():
    assert day(explained(), "2026-08-17")["decree"].startswith("SKB")


def test_days_of_an_extension_are_told_apart():
    assert day(explained(("DeadlineExtended", {})), "2026-08-31")["why"]["en"] == (
        "Working day 11, day 1 of the extension."
    )


def test_joint_leave_counts_for_the_target_only():
    late = {"start_on": "2026-12-14", "due_on": "2026-12-30", "target_on": "2026-12-29"}
    when = {"received_at": "2026-12-14T09:00:00+07:00", "completed_at": "2026-12-14T09:00:00+07:00"}
    facts = (("RequestSubmitted", when), ("DeadlineSet", late))
    seen = day(explain([event(name, data=data) for name, data in facts], LAW), "2026-12-24")

    assert (seen["counted"], seen["counted_for_target"]) == (None, 8)
    assert "Counted for the internal target." in seen["why"]["en"]


def test_the_history_says_what_moved_the_date_and_the_regime_why_it_was_chosen():
    shown = explained(("DeadlineExtended", {}), ("ClockStopped", {}))

    assert [each["event"] for each in shown["history"]] == [
        "DeadlineSet",
        "DeadlineExtended",
        "ClockStopped",
    ]
    assert shown["regime"]["reason"]["en"] == "Received outside the election stages."


def test_the_time_to_object_belongs_to_the_history_and_each_line_names_its_clock():
    window = {"clock": "objection_window", "days": 30, "due_on": "2026-10-09"}
    shown = explained(("ClockStopped", {}), ("DeadlineSet", window), ("DeadlineMissed", {}))

    assert [each["clock"] for each in shown["history"]] == [
        "answer",
        "answer",
        "objection_window",
        "answer",
    ]
    said = shown["history"][2]["text"]
    assert said["id"].startswith("Mengajukan keberatan: 30 hari kerja sejak ")
    assert said["en"].startswith("Filing an objection: 30 working days from ")


def test_a_request_without_a_clock_has_nothing_to_explain():
    with pytest.raises(Rejected, match="not_found"):
        explain([event("RequestSubmitted")], LAW)


def test_the_page_has_every_day_no_script_and_nothing_unescaped():
    told = {"explanation": "<script>alert(1)</script>"}
    html = page("1", explained(("DeadlineExtended", told)))

    assert html.count("2026-08-1") >= 8
    assert "<script" not in html
    assert "size: A4" in html
