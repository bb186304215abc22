"""What every inbox must do. A tier gives the fixture `inbox`: an empty one."""

from concurrent.futures import ThreadPoolExecutor

from tests.suites.events import event


class InboxSuite:
    def test_an_event_that_is_new_is_kept(self, inbox):
        new = event()

        assert inbox.receive(new) is True
        assert inbox.about(new.subject) == (new,)

    def test_an_event_is_kept_once_however_often_it_comes(self, inbox):
        new = event()
        inbox.receive(new)

        assert inbox.receive(new) is False
        assert inbox.about(new.subject) == (new,)

    def test_the_first_copy_of_an_event_stands(self, inbox):
        first = event(id="same")
        inbox.receive(first)

        assert inbox.receive(event(id="same", data={"reason": "Lain"})) is False
        assert inbox.about(first.subject) == (first,)

    def test_an_equal_copy_that_is_not_the_same_object_is_a_duplicate(self, inbox):
        inbox.receive(event(id="same"))

        assert inbox.receive(event(id="same")) is False

    def test_only_what_is_about_the_subject_is_told(self, inbox):
        inbox.receive(event(subject="request/1"))
        about = event(subject="request/2")
        inbox.receive(about)

        assert inbox.about("request/2") == (about,)

    def test_nothing_is_known_of_a_subject_never_heard_of(self, inbox):
        assert inbox.about("request/none") == ()

    def test_an_event_delivered_to_many_workers_at_once_is_new_to_one(self, inbox):
        new = event()
        with ThreadPoolExecutor(8) as workers:
            assert sum(workers.map(inbox.receive, [new] * 40)) == 1

    def test_many_subjects_are_told_of_together(self, inbox):
        about = [event(subject=f"request/{at}") for at in (1, 1, 2, 3)]
        for each in about:
            inbox.receive(each)

        told = inbox.about_all(["request/1", "request/2", "request/none"])

        assert sorted(each.id for each in told["request/1"]) == sorted(
            each.id for each in about[:2]
        )
        assert {name: len(found) for name, found in told.items()} == {
            "request/1": 2,
            "request/2": 1,
            "request/none": 0,
        }
