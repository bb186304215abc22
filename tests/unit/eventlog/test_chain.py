from dataclasses import replace
from hashlib import sha256
from json import loads

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import assume, given
from hypothesis import strategies as st

from contracts.envelope import to_cloudevent
from eventlog.chain import (
    GENESIS,
    Break,
    Line,
    SignedCheckpoint,
    canonical,
    first_break,
    genuine,
    link,
    sign,
)
from tests.suites.events import events

values = st.recursive(
    st.none() | st.integers() | st.text(),  # true and 1 are equal to Python, not to JSON
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(), parts, max_size=3),
    max_leaves=6,
)
envelopes = st.dictionaries(st.text(), values, max_size=3)


def chained(contents):
    """The lines of a log that holds these envelopes."""
    lines, previous = [], GENESIS
    for position, envelope in enumerate(contents, start=1):
        hash_ = link(envelope, previous)
        lines.append(Line(position, previous, hash_, envelope))
        previous = hash_
    return lines


LOG = chained([to_cloudevent(each) for each in events(6)])
places = st.integers(0, len(LOG) - 1)


class TestChain:
    def test_an_untouched_chain_holds(self):
        assert first_break(LOG) is None

    def test_an_empty_chain_holds(self):
        assert first_break([]) is None

    def test_a_chain_holds_behind_a_known_hash(self):
        assert first_break(LOG[3:], 3, LOG[2].hash) is None

    def test_a_chain_does_not_hold_behind_another_hash(self):
        assert first_break(LOG[3:], 3, "f" * 64) == Break(4, "does not follow the line before it")

    @given(places, st.sampled_from(sorted(LOG[0].envelope)))
    def test_an_altered_attribute_is_found(self, at, name):
        altered = replace(LOG[at], envelope={**LOG[at].envelope, name: "altered"})

        assert first_break([*LOG[:at], altered, *LOG[at + 1 :]]) == Break(at + 1, "was altered")

    @given(places)
    def test_an_attribute_that_was_put_in_is_found(self, at):
        altered = replace(LOG[at], envelope={**LOG[at].envelope, "more": None})

        assert first_break([*LOG[:at], altered, *LOG[at + 1 :]]) == Break(at + 1, "was altered")

    @given(places)
    def test_an_altered_line_with_a_hash_of_its_own_is_found_at_the_next(self, at):
        assume(at < len(LOG) - 1)
        envelope = {**LOG[at].envelope, "actor": "desk:budi"}
        forged = replace(LOG[at], envelope=envelope, hash=link(envelope, LOG[at].previous))

        assert first_break([*LOG[:at], forged, *LOG[at + 1 :]]) == Break(
            at + 2, "does not follow the line before it"
        )

    @given(places)
    def test_a_removed_line_is_found(self, at):
        assume(at < len(LOG) - 1)

        assert first_break([*LOG[:at], *LOG[at + 1 :]]) == Break(
            at + 1, f"missing: the log goes on at {at + 2}"
        )

    @given(places)
    def test_a_removed_line_is_found_when_the_others_were_renumbered(self, at):
        assume(at < len(LOG) - 1)
        closed_up = [replace(each, position=each.position - 1) for each in LOG[at + 1 :]]

        assert first_break([*LOG[:at], *closed_up]) is not None

    @given(places, envelopes)
    def test_a_line_put_in_between_is_found(self, at, envelope):
        previous = LOG[at].previous
        forged = Line(at + 1, previous, link(envelope, previous), envelope)
        pushed = [replace(each, position=each.position + 1) for each in LOG[at:]]

        assert first_break([*LOG[:at], forged, *pushed]) is not None

    @given(st.permutations(LOG))
    def test_reordered_lines_are_found(self, mixed):
        assume(mixed != LOG)

        assert first_break(mixed) is not None

    @given(st.permutations(LOG))
    def test_reordered_lines_with_new_positions_are_found(self, mixed):
        assume(mixed != LOG)
        numbered = [replace(each, position=at) for at, each in enumerate(mixed, start=1)]

        assert first_break(numbered) is not None

    @given(places, st.sampled_from(["previous", "hash"]))
    def test_an_altered_hash_is_found(self, at, name):
        altered = replace(LOG[at], **{name: "0" * 63 + "1"})

        assert first_break([*LOG[:at], altered, *LOG[at + 1 :]]) is not None

    def test_a_rewritten_chain_holds_so_a_checkpoint_outside_is_needed(self):
        rewritten = chained([{**each.envelope, "actor": "desk:budi"} for each in LOG])

        assert first_break(rewritten) is None
        assert rewritten[-1].hash != LOG[-1].hash


class TestCanonical:
    def test_keys_are_sorted_and_nothing_is_spaced(self):
        assert canonical({"b": [1, None], "a": "é"}) == '{"a":"é","b":[1,null]}'.encode()

    @given(envelopes)
    def test_the_order_of_keys_makes_no_difference(self, envelope):
        assert canonical(dict(reversed(envelope.items()))) == canonical(envelope)

    @given(envelopes, envelopes)
    def test_two_envelopes_are_never_written_alike(self, one, other):
        assert (canonical(one) == canonical(other)) == (one == other)

    def test_a_link_is_the_hash_of_the_envelope_and_the_hash_before(self):
        envelope = {"a": 1}

        assert link(envelope, GENESIS) == sha256(b'{"a":1}' + bytes(32)).hexdigest()


class TestCheckpoints:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    signed = sign(6, LOG[-1].hash, "2026-08-12T17:00:00+00:00", key)

    def test_a_signed_checkpoint_is_genuine(self):
        assert genuine(self.signed, self.key.public_key())

    @pytest.mark.parametrize(
        "forged", [{"position": 5}, {"hash": "f" * 64}, {"time": "2026-08-13T17:00:00+00:00"}]
    )
    def test_a_checkpoint_that_says_something_else_is_forged(self, forged):
        assert not genuine(replace(self.signed, **forged), self.key.public_key())

    @pytest.mark.parametrize("signature", ["", "00" * 64, "not a signature", "0"])
    def test_a_checkpoint_without_its_signature_is_forged(self, signature):
        assert not genuine(replace(self.signed, signature=signature), self.key.public_key())

    def test_a_checkpoint_of_another_key_is_forged(self):
        other = Ed25519PrivateKey.from_private_bytes(bytes(32))

        assert not genuine(self.signed, other.public_key())

    def test_a_checkpoint_is_one_line_of_a_file(self):
        line = self.signed.to_json()

        assert "\n" not in line
        assert SignedCheckpoint(**loads(line)) == self.signed
