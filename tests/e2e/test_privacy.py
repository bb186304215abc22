"""Nobody finds a person where persons do not belong: in files, queues, logs, metrics and documents, byte by byte."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

import pytest
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument

from eventlog.broker import connected
from eventlog.parking import as_bytes
from tests.e2e.desk import form, new_key, wait
from tests.e2e.parts import logs_of, page_of, ports_of, stopped

MARKER = "Penanda Kuningan 77"
BLOCK = 1 << 20
OVERLAP = 512  # longer than the longest form of any text that is looked for
CHANNELS = ("walk_in", "letter", "email", "phone", "fax", "web")
NAMES = (
    ("Sulastriningsih", "Wirjadipura"),
    ("Bambangtejo", "Kertosudarmo"),
    ("Ngatiyemwati", "Purbolingga"),
    ("Ucokmartua", "Simanungkalitan"),
    ("Halimatusyakdiah", "Daengmasiga"),
    ("Yohanesbaptis", "Lewoloba"),
)


@dataclass
class Person:
    """Somebody invented, whose every word and number occurs nowhere else."""

    channel: str
    filled: dict
    papers: dict
    late_papers: dict = field(default_factory=dict)
    corrected: dict = field(default_factory=dict)
    request: str = ""
    id: str = ""

    def texts(self):
        """Everything that may be found nowhere."""
        values = [*self.filled.values(), *self.papers.values()]
        values += [*self.late_papers.values(), *self.corrected.values()]
        words = [word for value in values for word in re.findall(r"[A-Za-z]{9,}", value)]
        return {*values, *words} - {"individual", "legal_entity"}


def person(number, channel):
    first, last = NAMES[number]
    return Person(
        channel,
        filled={
            "name": f"{first} {last}",
            "nik": f"31740{number}570890004{number}",
            "entity_approval_number": f"AHU-00{number}4471.AH.01.07",
            "address": f"Gang Kembojawangi {number}4, Pesanggrahanlama",
            "phone": f"08129991{number}037",
            "email": f"{first.lower()}@surelcontoh{number}.id",
            "occupation": f"Pembuatlayangan {number}",
        },
        papers={"identity_card": f"31740{number}570890009{number}"},
    )


@pytest.fixture(scope="module")
def people(desk):
    """One person by each channel, and everything that can be done with a person."""
    found = [person(number, channel) for number, channel in enumerate(CHANNELS)]
    for each in found:
        _receive(desk, each)
    _complete(desk, found[1])
    _complete(desk, found[4])
    for each in found:
        desk.see(f"/applicants/{each.id}", purpose="Mengirim surat")
    _correct(desk, found[2])
    _be_refused(desk, found[3])
    desk.as_("administrator").write("DELETE", f"/applicants/{found[5].id}?purpose=Diminta")
    return found


def _receive(desk, each):
    legal = each.channel in ("letter", "fax")
    kinds = {} if legal else each.papers
    taken = desk.receive(
        channel=each.channel,
        applicant={"category": "legal_entity" if legal else "individual", **each.filled},
        documents=[{"kind": kind, "number": number} for kind, number in kinds.items()],
        information=f"{MARKER} {new_key()}",
    )
    each.request, each.id = taken["id"], taken["applicant_id"]


def _complete(desk, each):
    each.late_papers = {
        "notarial_deed": f"AKTA-7{each.filled['phone']}",
        "entity_approval": f"SKHAM-{each.filled['nik']}",
    }
    papers = {**each.papers, **each.late_papers}
    documents = [{"kind": kind, "number": number} for kind, number in papers.items()]
    desk.step(each.request, "documents", {"documents": documents})


def _correct(desk, each):
    each.corrected = {
        **each.filled,
        "name": "Ngatiyemwati Purbolinggabaru",
        "phone": "081377766655",
        "address": "Jalan Flamboyanrindang 9",
    }
    answer = desk.write("PUT", f"/applicants/{each.id}", each.corrected)
    assert answer.status_code == 200, answer.text


def _be_refused(desk, each):
    """Every way to be refused with a person in hand."""
    applicant = {"category": "individual", **each.filled}
    key = new_key()
    desk.post("/requests", form(applicant=applicant), key=key)
    answers = [
        desk.post("/requests", form(applicant=applicant, purpose="Lain"), key=key),
        desk.post("/requests", form(applicant=applicant, received_at="2126-01-01T00:00:00+07:00")),
        desk.post("/requests", form(applicant=applicant, received_at="0001-01-01T00:00:00+07:00")),
        desk.post("/requests", form(applicant={**applicant, each.filled["name"]: "x"})),
        desk.post("/requests", form(applicant={**applicant, "category": each.filled["nik"]})),
        desk.post("/requests", form(applicant={**applicant, "email": each.filled["email"] + "\0"})),
        desk.post("/requests", form(channel=each.filled["phone"])),
        desk.write("PUT", f"/applicants/{new_key()}", each.filled),
        desk.as_("auditor").write("PUT", f"/applicants/{each.id}", each.filled),
        desk.get(f"/requests/{each.filled['nik']}"),
        desk.get(f"/applicants/{each.filled['nik']}", purpose="x"),
    ]
    assert {answer.status_code // 100 for answer in answers} == {4}


def forms_of(text):
    """The bytes in which a text may stand somewhere."""
    written = {text, quote(text), quote_plus(text)}
    if text.isdigit():
        for sign in " -.":
            written.add(sign.join(text[at : at + 4] for at in range(0, len(text), 4)))
            written.add(sign.join(part for part in (text[:6], text[6:12], text[12:]) if part))
    # without its last byte, UTF-16 is the same text whichever byte comes first
    wide = {each.encode("utf-16-le")[:-1] for each in written}
    return {each.encode() for each in written} | wide


def forms_of_all(people):
    return {form_: text for each in people for text in each.texts() for form_ in forms_of(text)}


def blocks(path) -> Iterator[bytes]:
    """A file in overlapping blocks, without those that were only laid out; none of one that is gone since it was listed."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        rest = b""
        while block := file.read(BLOCK):
            if block.strip(b"\0"):
                yield rest + block
            rest = block[-OVERLAP:]


def found_in(content, wanted):
    return {text for form_, text in wanted.items() if form_ in content}


def files_of(stack):
    return [path for path in stack.folder.rglob("*") if path.is_file() and not path.is_symlink()]


def found_in_files(paths, wanted):
    return {
        (path.name, text)
        for path in paths
        for block in blocks(path)
        for text in found_in(block, wanted)
    }


def raw_documents(mongo):
    """Every document of every database as the server hands it out, the operations' log included."""
    raw = CodecOptions(document_class=RawBSONDocument)
    for database in mongo.list_database_names():
        for name in mongo[database].list_collection_names():
            for document in mongo[database].get_collection(name, codec_options=raw).find({}):
                yield f"{database}.{name}", document.raw


@pytest.fixture(scope="module")
def wanted(people):
    return forms_of_all(people)


@pytest.fixture(scope="module")
def on_disk(mongo, people):
    """The database has written everything that it holds."""
    mongo.admin.command("fsync")


class TestWhereNobodyIsFound:
    @pytest.mark.usefixtures("on_disk")
    def test_in_no_file_of_database_broker_and_logs(self, stack, wanted):
        assert found_in_files(files_of(stack), wanted) == set()

    def test_in_no_document_of_any_database(self, mongo, wanted):
        found = {
            (name, text) for name, raw in raw_documents(mongo) for text in found_in(raw, wanted)
        }
        assert found == set()

    def test_on_no_page_of_metrics(self, stack, wanted):
        pages = {name: page_of(port, "/metrics").content for name, port in ports_of(stack).items()}
        assert {
            (name, text) for name, page in pages.items() for text in found_in(page, wanted)
        } == set()

    def test_in_no_event_of_the_feed(self, desk, people, wanted):
        events = desk.as_("integration").feed()
        assert {event["subject"] for event in events} >= {
            f"request/{each.request}" for each in people
        }
        assert found_in(repr(events).encode(), wanted) == set()

    def test_in_no_view_of_a_request(self, desk, people, wanted):
        for each in people:
            for path in ("", "/timeline"):
                assert (
                    found_in(desk.get(f"/requests/{each.request}{path}").content, wanted) == set()
                )

    def test_in_no_line_of_register_and_reports(self, desk, wanted):
        for path in (
            "/register/2026",
            "/register/2026.csv",
            "/reports/daily/2026-08-12",
            "/requests",
        ):
            assert found_in(desk.get(path).content, wanted) == set()


class TestThatSomebodyWouldBeFound:
    @pytest.mark.usefixtures("on_disk")
    @pytest.mark.parametrize("folder", ["database", "broker"])
    def test_what_is_planted_in_what_is_asked_is_found_in_the_files(self, stack, folder):
        paths = [path for path in files_of(stack) if stack.folder / folder in path.parents]
        assert found_in_files(paths, {MARKER.encode(): MARKER})

    @pytest.mark.usefixtures("people")
    def test_what_is_planted_in_what_is_asked_is_found_in_the_documents(self, mongo):
        found = {name for name, raw in raw_documents(mongo) if MARKER.encode() in raw}
        assert found >= {"terbuka_intake.log", "terbuka_register.events", "local.oplog.rs"}

    @pytest.mark.parametrize(
        "written",
        [
            b"nik=3174005708900040;",
            b"3174 0057 0890 0040",
            b"3174-0057-0890-0040",
            b"317400.570890.0040",
            "3174005708900040".encode("utf-16"),
            "3174005708900040".encode("utf-16-be"),
            b"sulastriningsih%40surelcontoh0.id",
            b"Gang+Kembojawangi",
            "Ibu Wirjadipura".encode("utf-16-le"),
        ],
    )
    def test_every_way_to_write_somebody_is_recognised(self, wanted, written):
        assert found_in(b"\0before" + written + b"after\0", wanted)

    def test_a_block_boundary_hides_nobody(self, tmp_path, wanted):
        path = tmp_path / "file"
        path.write_bytes(b"x" * (BLOCK - 7) + b"3174005708900040" + b"\0" * BLOCK)
        assert found_in_files([path], wanted) == {("file", "3174005708900040")}

    def test_the_logs_are_among_the_files(self, stack):
        assert set(logs_of(stack)) <= set(files_of(stack))


@pytest.fixture(scope="module")
def waiting(stack, desk, people):
    """What lies in intake's queue while intake stands still, and what became of it afterwards."""
    key, body = (
        new_key(),
        form(
            applicant={"category": "individual", **people[0].filled},
            documents=[{"kind": "identity_card", "number": people[0].papers["identity_card"]}],
            information=f"{MARKER} menunggu",
        ),
    )
    with ThreadPoolExecutor(1) as clerk:
        with stopped(stack, "intake"):
            order = clerk.submit(desk.post, "/requests", body, key=key)
            bodies = _bodies_in(stack, "rpc-intake")
            refused = order.result(timeout=30)
        again = desk.post("/requests", body, key=key)
    return bodies, refused, again


class TestAnOrderThatWaits:
    def test_it_names_nobody(self, waiting, wanted):
        bodies, _, _ = waiting
        assert [found_in(body, wanted) for body in bodies] == [set()] * len(bodies)

    def test_it_is_the_order_and_says_what_is_asked(self, waiting):
        bodies, _, _ = waiting
        assert any(f"{MARKER} menunggu".encode() in body for body in bodies)

    def test_whoever_gave_it_is_told_to_give_it_again(self, waiting):
        _, refused, _ = waiting
        assert (refused.status_code, refused.json()["code"]) == (503, "service_unavailable")
        assert refused.headers["Retry-After"]

    def test_given_again_it_is_followed_once(self, desk, waiting):
        _, _, again = waiting
        assert again.status_code == 201
        serial = desk.see(f"/requests/{again.json()['id']}")["serial"]
        following = desk.receive(received_at="2026-08-12T09:10:00+07:00")
        assert desk.see(f"/requests/{following['id']}")["serial"] == serial + 1


def _bodies_in(stack, queue):
    """What lies in a queue, once something does. Looking takes nothing out: closing the channel puts all back."""
    bodies = []
    with connected(stack.addresses.amqp) as connection:

        def looked():
            with connection.channel() as channel:
                while message := channel.basic_get(queue):
                    bodies.append(as_bytes(message.body))
            return bodies

        wait(looked, "the order waits in its queue")
    return bodies


class TestReadingAPerson:
    def test_whoever_works_with_the_request_reads_the_person_for_a_purpose(self, desk, people):
        seen = desk.see(f"/applicants/{people[0].id}", purpose="Mengirim pemberitahuan")
        assert people[0].filled.items() <= seen.items()
        assert seen["documents"] == people[0].papers

    def test_the_answer_is_not_to_be_kept(self, desk, people):
        answer = desk.get(f"/applicants/{people[0].id}", purpose="Mengirim pemberitahuan")
        assert answer.headers["Cache-Control"] == "no-store"

    def test_reading_leaves_a_trace_with_its_purpose(self, desk, people):
        path = f"/applicants/{people[0].id}/reads"
        before = desk.as_("auditor").see(path)["items"]
        desk.as_("ppid_officer").see(f"/applicants/{people[0].id}", purpose="Memeriksa alamat")
        *earlier, last = desk.as_("auditor").see(path)["items"]
        assert earlier == before
        assert (last["purpose"], last["reader"]) == (
            "Memeriksa alamat",
            "ppid_officer:demo-ppid_officer",
        )

    def test_without_a_purpose_there_is_nothing_to_read_and_no_trace(self, desk, people):
        path = f"/applicants/{people[0].id}/reads"
        before = desk.as_("auditor").see(path)
        assert desk.get(f"/applicants/{people[0].id}").json()["code"] == "purpose_missing"
        assert desk.as_("auditor").see(path) == before

    def test_papers_that_came_later_are_kept_with_the_person(self, desk, people):
        seen = desk.see(f"/applicants/{people[1].id}", purpose="Memeriksa akta")
        assert seen["documents"] == {**people[1].papers, **people[1].late_papers}

    def test_a_corrected_person_is_read_as_corrected(self, desk, people):
        seen = desk.see(f"/applicants/{people[2].id}", purpose="Memeriksa alamat")
        assert people[2].corrected.items() <= seen.items()
        assert seen["documents"] == people[2].papers
        assert seen["applicant_revision"] == 2


class TestErasure:
    def test_an_erased_person_cannot_be_read(self, desk, people):
        answer = desk.get(f"/applicants/{people[5].id}", purpose="Mengirim surat")
        assert (answer.status_code, answer.json()["code"]) == (409, "applicant_erased")

    def test_an_erased_person_cannot_be_corrected_back(self, desk, people):
        answer = desk.write("PUT", f"/applicants/{people[5].id}", people[5].filled)
        assert (answer.status_code, answer.json()["code"]) == (409, "applicant_erased")

    def test_nobody_is_erased_twice(self, desk, people):
        administrator = desk.as_("administrator")
        answer = administrator.write("DELETE", f"/applicants/{people[5].id}?purpose=Lagi")
        assert (answer.status_code, answer.json()["code"]) == (409, "applicant_erased")

    def test_the_request_stays_with_its_number(self, desk, people):
        seen = desk.see(f"/requests/{people[5].request}")
        assert seen["number"]
        assert seen["applicant_id"] == people[5].id

    def test_the_request_goes_on(self, desk, people):
        shown = desk.step(
            people[5].request, "classification", {"outcome": "available", "held_form": ["softcopy"]}
        )
        assert shown["state"] == "available"

    def test_the_key_is_gone_and_so_is_what_it_encrypted(self, mongo, people):
        erased = people[5].id
        assert mongo["terbuka_keys"]["applicants"].find_one({"keyAltNames": erased}) is None
        kept = list(mongo["terbuka_intake"]["applicants"].find({"applicant": erased}))
        assert [(each["fields"], "lookup" in each) for each in kept] == [({}, False)]

    def test_who_read_the_person_stays_on_record(self, desk, people):
        reads = desk.as_("auditor").see(f"/applicants/{people[5].id}/reads")["items"]
        assert [read["purpose"] for read in reads] == ["Mengirim surat"]

    def test_the_same_number_does_not_lead_to_an_erased_person(self, desk, people):
        filled = {"category": "individual", **people[5].filled}
        asked = desk.see(f"/requests/{people[5].request}")["information"]
        taken = desk.receive(applicant=filled, information=asked)
        assert taken["similar_to"] == []
