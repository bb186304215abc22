"""Append, held against the plainest model there is: a list of commits. Hypothesis chooses what is appended.

`machine_of` makes a state machine for a way of making an empty log; each tier runs it on its own store.
"""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from eventlog.log import Commit, Conflict, Taken
from eventlog.record import InvalidFact
from tests.suites.events import event

STREAMS = st.sampled_from(("request/1", "request/2", "request/3"))
COMMANDS = st.sampled_from([f"order {number}" for number in range(12)])
CLAIMED = "paper/2026"
SERIES = st.sampled_from(("", "register/2026", "register/2027"))


class AppendMachine(RuleBasedStateMachine):
    """`make` gives the real log; everything else is what it should have done."""

    make = None

    def __init__(self):
        super().__init__()
        self.log = type(self).make()
        self.written = []  # (stream, command, fingerprint, ids, series, number)
        self.blocks = {}  # how many numbers a command took
        self._ids = 0

    @rule(
        stream=STREAMS, command=COMMANDS, count=st.integers(1, 3), series=SERIES, late=st.booleans()
    )
    def append(self, stream, command, count, series, late):
        version = self._version(stream)
        expected = self._version_before(stream) if late else version
        ids = [self._new_id() for _ in range(count)]
        self._expect(stream, command, expected, ids, series)

    @rule(stream=STREAMS, command=COMMANDS, series=SERIES, count=st.integers(2, 5))
    def append_a_block(self, stream, command, series, count):
        self._expect(stream, command, self._version(stream), [self._new_id()], series, count)

    @rule(stream=STREAMS, command=COMMANDS, number=st.integers(1, 4))
    def claim(self, stream, command, number):
        ids = [self._new_id()]
        self._expect(stream, command, self._version(stream), ids, CLAIMED, claim=number)

    @rule(stream=STREAMS, command=COMMANDS, series=SERIES)
    def append_what_the_contract_does_not_allow(self, stream, command, series):
        def facts(_):
            raise InvalidFact("not in the catalogue")

        commit = Commit(stream, self._version(stream), command, "", facts, series)
        done = self._done(command)
        try:
            answer = self.log.append(commit)
        except InvalidFact:
            return
        assert done is not None, "invalid facts were written"
        self._is_repeated(answer, done)

    @precondition(lambda self: self.written)
    @rule(stream=STREAMS, command=COMMANDS, series=SERIES, data=st.data())
    def append_an_event_that_is_there_already(self, stream, command, series, data):
        known = data.draw(st.sampled_from([id_ for each in self.written for id_ in each[3]]))
        self._expect(stream, command, self._version(stream), [self._new_id(), known], series)

    @precondition(lambda self: self.written)
    @rule(data=st.data(), stream=STREAMS)
    def order_once_more(self, data, stream):
        done = data.draw(st.sampled_from(self.written))
        self._is_repeated(
            self.log.append(self._commit(stream, done[1], 0, [self._new_id()], "")), done
        )

    def _expect(self, stream, command, expected, ids, series, count=1, claim=0):
        commit = replace(
            self._commit(stream, command, expected, ids, series), count=count, claim=claim
        )
        done = self._done(command)
        if done is not None:
            self._is_repeated(self.log.append(commit), done)
        elif expected != self._version(stream):
            self._is_refused(commit, Conflict)
        elif self._known(ids):
            self._is_refused(commit, ValueError)
        elif claim and any(each[4:] == (series, claim) for each in self.written):
            self._is_refused(commit, Taken)
        else:
            number = claim or (self._number(series) + 1 if series else 0)
            self.blocks[command] = count
            answer = self.log.append(commit)
            self.written.append((stream, command, commit.fingerprint, ids, series, number))
            self._is_first(answer, self.written[-1])

    def _commit(self, stream, command, expected, ids, series):
        def events(number):
            return tuple(
                event(
                    "RequestLapsed", id=id_, stream=stream, subject=stream, version=expected + step,
                    data={"missing": [f"{number}"]},
                )
                for step, id_ in enumerate(ids, 1)
            )  # fmt: skip

        return Commit(stream, expected, command, f"print of {command}", events, series)

    def _is_refused(self, commit, why):
        try:
            answer = self.log.append(commit)
        except why:
            return
        raise AssertionError(f"written: {answer}")

    def _is_first(self, answer, done):
        assert not answer.repeated
        assert answer.position == len(self.written)
        self._is_answer(answer, done)

    def _is_repeated(self, answer, done):
        assert answer.repeated
        assert answer.position == self.written.index(done) + 1
        self._is_answer(answer, done)

    def _is_answer(self, answer, done):
        stream, _, fingerprint, ids, _, number = done
        assert (answer.stream, answer.fingerprint) == (stream, fingerprint)
        assert [each.id for each in answer.events] == ids
        assert {each.data["missing"][0] for each in answer.events} == {str(number)}

    @invariant()
    def the_log_holds_what_was_written_in_order(self):
        read = self.log.read(0, 1000)

        assert [done.position for done in read] == list(range(1, len(self.written) + 1))
        assert [(done.stream, [each.id for each in done.events]) for done in read] == [
            (stream, ids) for stream, _, _, ids, _, _ in self.written
        ]

    @invariant()
    def each_stream_counts_its_events(self):
        for stream in ("request/1", "request/2", "request/3"):
            versions = [each.streamversion for each in self.log.stream(stream)]
            assert versions == list(range(1, self._version(stream) + 1))

    @invariant()
    def numbers_have_no_gap(self):
        for series in ("register/2026", "register/2027"):
            numbers = [
                number + step
                for _, command, _, _, taken, number in self.written
                if taken == series
                for step in range(self.blocks[command])
            ]
            assert numbers == list(range(1, len(numbers) + 1))

    def _version(self, stream):
        return sum(len(each[3]) for each in self.written if each[0] == stream)

    def _version_before(self, stream):
        """What somebody read who has missed the last commit; nobody ever reads half a commit."""
        last = [each[3] for each in self.written if each[0] == stream][-1:]
        return self._version(stream) - sum(map(len, last))

    def _done(self, command):
        return next((each for each in self.written if each[1] == command), None)

    def _known(self, ids):
        return any(set(ids) & set(each[3]) for each in self.written)

    def _number(self, series):
        lasts = (each[5] + self.blocks[each[1]] - 1 for each in self.written if each[4] == series)
        return max(lasts, default=0)

    def _new_id(self):
        self._ids += 1
        return f"event {self._ids}"


def machine_of(factory):
    """A state machine on logs made by `factory`."""
    return type("Machine", (AppendMachine,), {"make": staticmethod(factory)})
