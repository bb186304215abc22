"""The administrator's work in the browser: calendar and rules after a preview, the lists, parked messages, the system's health."""

import re
import uuid
from datetime import datetime

import amqp
import pytest
from playwright.sync_api import expect

from contracts.local import WIB
from deploy.local.waiting import wait_until
from eventlog.broker import messages_in
from tests.e2e.pages.conftest import LANGUAGES
from tests.e2e.pages.forms import fill, send

CONFIRM = 'main button[name="confirm"][value="yes"]'
BY = {"decree": "SE Sekretaris 9", "source": "KPU Provinsi"}
QUEUE = "classification.inbox"


@pytest.fixture
def keeper(signed_in):
    return signed_in("administrator")


@pytest.fixture
def request_(desk):
    """A request received now, its clock running."""
    taken = desk.receive(received_at=datetime.now(WIB).isoformat(timespec="seconds"))
    return desk.settled(taken["id"], lambda shown: shown["due_on"], "the clock starts")


def test_a_day_is_declared_after_its_effect_was_seen_and_revoked_again(keeper, request_):
    day, number = request_["due_on"], request_["number"]
    keeper.goto(f"/settings/calendar/declare?date={day}")
    send(keeper, kind="local", day_name="Banjir", **BY)
    expect(keeper.locator("main table")).to_contain_text(number)
    keeper.locator(CONFIRM).click()

    expect(keeper).to_have_url(re.compile(r"/settings/calendar/moves\?after="))
    expect(keeper.locator('[role="status"]').first).to_contain_text("Tercatat")
    expect(keeper.locator("main table")).to_contain_text(number)
    keeper.goto(f"/settings/calendar?year={day[:4]}")
    expect(keeper.locator("main table.grid").first).to_contain_text("SE Sekretaris 9")

    keeper.goto(f"/settings/calendar/{day}/revoke")
    send(keeper, decree="SE Sekretaris 10", reason="Batal")
    keeper.locator(CONFIRM).click()
    expect(keeper).to_have_url(re.compile(r"/settings/calendar/moves\?after="))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wrong_day_comes_back_with_what_was_typed(signed_in, lang):
    page = signed_in("administrator", lang)
    page.goto("/settings/calendar/declare")
    send(page, to="2035-01-01", kind="local", day_name="Banjir", **BY)

    expect(page.locator("#field-from-error")).to_be_visible()
    expect(page.locator('[name="day_name"]')).to_have_value("Banjir")


def test_a_rule_is_enacted_after_its_effect_was_seen(keeper):
    keeper.goto("/settings/rules?kind=days")
    keeper.locator('a[href="/settings/rules/days/duplicate.window/enact"]').click()
    expect(keeper.locator('[name="value.count"]')).to_have_value("30")
    send(keeper, **{"value.count": 45, "legal_basis": "SK 45", "valid_from": "2040-01-01"})
    expect(keeper.locator("main")).to_contain_text("45 hari")
    keeper.locator(CONFIRM).click()

    keeper.goto("/settings/rules?kind=days")
    expect(keeper.locator("tr", has_text="SK 45")).to_contain_text("Akan berlaku")


def test_a_letter_is_worded_anew_after_it_was_seen_as_a_letter(keeper):
    address = "/settings/letters/templates/withdrawal"
    keeper.goto(address)
    keeper.locator(f'a[href="{address}/write"]').click()
    send(keeper, body_id="{nik}", body_en="x", legal_basis="SK 46", valid_from="2040-01-01")
    expect(keeper.locator("#field-body_id-error")).to_contain_text("{nik}")

    send(keeper, body_id="Sampai jumpa, {applicant}.", body_en="Until then, {applicant}.")
    expect(keeper.locator("main")).to_contain_text("Sampai jumpa, Nama Pemohon Contoh.")
    with keeper.expect_popup() as letter:
        keeper.locator('button[value="en.pdf"]').click()
    assert letter.value.url.endswith(f"{address}/write")
    letter.value.close()
    keeper.locator(CONFIRM).click()

    expect(keeper).to_have_url(re.compile(f"{address}$"))
    coming = keeper.locator("section", has_text="Akan berlaku")
    expect(coming).to_contain_text("SK 46")
    expect(coming).to_contain_text("Administrator (demo-administrator)")


def test_an_entry_is_published_chosen_while_classifying_and_revoked(keeper, signed_in, request_):
    title = f"Rencana kerja {uuid.uuid4()}"
    keeper.goto("/lists/public/new")
    send(keeper, title=title, unit="Subbag Umum", availability="periodic", forms=["softcopy"])
    expect(keeper.locator("h1")).to_contain_text(title)
    entry = keeper.url

    counter = signed_in("desk")
    counter.goto(f"/cases/{request_['id']}/classification")
    fill(counter, "outcome", "available")
    counter.locator("#entry_q").press_sequentially(title[-12:])
    counter.locator("label", has_text=title).click()
    counter.locator("main form button.govuk-button:not([name])").click()
    expect(counter.locator('.case-head [data-state="available"]')).to_be_visible()

    keeper.goto("/lists/public")
    fill(keeper, "q", title)
    expect(keeper.locator("#found tbody tr")).to_have_count(1)
    keeper.goto(entry)
    keeper.locator('a[href$="/revoke"]').click()
    send(keeper, reason="Usang")
    expect(keeper.locator("main")).to_contain_text("Usang")
    expect(keeper.locator('a[href$="/revoke"]')).to_have_count(0)


@pytest.fixture
def bad(channel):
    """A message that nobody can handle, parked."""
    key = f"bad-{uuid.uuid4()}"
    channel.basic_publish(amqp.Message(b"no event", message_id=key, delivery_mode=2), "", QUEUE)
    lies(channel, 1)
    yield key
    channel.queue_purge(f"{QUEUE}.parked")


def lies(channel, count):
    wait_until(lambda: messages_in(channel, f"{QUEUE}.parked") == count, f"{count} parked", 20)


def test_a_parked_message_is_retried_and_dropped_with_a_reason(keeper, bad, channel):
    keeper.goto("/services-health")
    keeper.locator(f'a[href="/settings/parked?queue={QUEUE}"]').click()
    row = keeper.locator("tr", has_text=bad).first
    row.get_by_role("button", name="Kembalikan").click()
    expect(keeper.locator('[role="status"]').first).to_contain_text("dikembalikan")
    lies(channel, 1)

    keeper.goto("/settings/parked")
    keeper.locator(f'a[href*="{bad}"]').click()
    send(keeper, reason="Bukan milik kami")
    expect(keeper.locator(".empty")).to_be_visible()
    expect(keeper.locator("tr", has_text="Bukan milik kami")).to_contain_text(bad)


def test_every_part_of_a_running_system_answers(signed_in):
    page = signed_in("desk")
    page.goto("/services-health")

    servers = page.locator("section", has=page.locator("#group-1")).locator("li")
    expect(servers).to_have_count(7)
    expect(servers.filter(has_text="tidak menjawab")).to_have_count(0)
    expect(page.locator("li", has_text="tidak ada penerbit")).to_have_count(0)
    expect(page.locator("li", has_text="0 pembaca")).to_have_count(0)
