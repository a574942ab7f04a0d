"""What people see of a trip besides its plan: buttons, budget, ideas, files."""

import re
from pathlib import Path

import pytest

import booking.itinerary
from booking.itinerary.export import from_json, to_markdown
from booking.itinerary.texts import TEXTS
from booking.itinerary.validate import troubles
from bot.arguments import typed
from bot.capability import capabilities_of
from bot.codec import as_json
from bot.content import Press
from bot.errors import AskAgain, Explain
from bot.model import BLOBS
from bot.money import Money
from tests.booking.itinerary.test_a_group_edits_its_trip import planned
from tests.booking.itinerary.world import Desk


async def press(desk: Desk, button: Press) -> None:
    """Press a button as the lane does: by its call and its stored arguments."""
    declared = {c.name: c for s in (desk.planning, desk.editing) for c in capabilities_of(s)}
    await desk.do(button.call, **typed(declared[button.call], button.args))


async def test_every_button_of_a_day_does_something(desk: Desk) -> None:
    await planned(desk)
    card = (await desk.do("show_trip", day="2")).drafts[0]
    assert [b.label for b in card.buttons] == [
        "Redo this day",
        "Swap…",
        "Lock…",
        "Remove…",
        "Earlier…",
        "Later…",
        "Undo",
    ]
    for button in card.buttons:
        await press(desk, button)
    for action in ("swap", "lock", "remove", "earlier", "later"):
        choice = (await desk.do("pick_item", day="2", action=action)).drafts[0].buttons
        assert choice and all(len(b.label) <= 40 for b in choice)
        try:
            await press(desk, choice[-1])
        except Explain as kindly:
            assert str(kindly)
        assert troubles(await desk.plan()) == []


async def test_a_locked_item_is_offered_to_be_unlocked(desk: Desk) -> None:
    plan = await planned(desk)
    item = next(i for i in plan.days[1].items if i.role == "see")
    await desk.do("lock_item", item=item.id)
    choice = (await desk.do("pick_item", day="2", action="lock")).drafts[0].buttons
    await press(desk, next(b for b in choice if b.call == "unlock_item"))
    again = (await desk.plan()).item(item.id)
    assert again and not again.locked


async def test_an_idea_is_labelled_and_has_no_facts(desk: Desk) -> None:
    await planned(desk)
    reply = await desk.do("add_idea", what="Watch the sunset", day="2")
    card = reply.drafts[0].card
    assert card and any("Watch the sunset (idea, not checked)" in line for line in card.lines)
    assert not any("sunset" in fact.label for fact in card.facts)
    with pytest.raises(AskAgain):
        await desk.do("add_idea", what="Nap", day="2", at="soon")
    taken = next(i for i in (await desk.plan()).days[1].items if i.role == "see")
    with pytest.raises(AskAgain):
        await desk.do("add_idea", what="Nap", day="2", at=f"{taken.begins:%H:%M}")


async def test_the_budget_is_set_and_what_is_wrong_with_it_is_asked(desk: Desk) -> None:
    await planned(desk)
    reply = await desk.do("budget", amount=Money(5_000_000, "KES"), per_person=True)
    assert (await desk.plan()).wishes.budget == Money(10_000_000, "KES")
    assert reply.drafts[0].card and any(line.startswith("Left: KES") for line in reply.drafts[0].card.lines)
    low = await desk.do("budget", amount=Money(100, "KES"))
    assert low.drafts[0].card and any("Over the budget" in line for line in low.drafts[0].card.lines)
    over = next(line for line in low.drafts[0].card.lines if "Over the budget" in line)
    assert over.rpartition(" by ")[2] in {fact.value for fact in low.drafts[0].card.facts}
    for wrong in (Money(0, "KES"), Money(-1, "KES"), Money(100, "EUR")):
        with pytest.raises(AskAgain):
            await desk.do("budget", amount=wrong)


async def test_the_plan_is_exported_and_reads_back(desk: Desk) -> None:
    await planned(desk)
    await desk.do("add_idea", what="Watch the sunset", day="2")
    plan = await desk.plan()
    file = (await desk.do("export_trip", format="json")).drafts[0].files[0]
    blob = await desk.store.get(BLOBS, file.key)
    assert blob and as_json(from_json(blob.data)) == as_json(plan) and file.size == len(blob.data)
    page = (await desk.do("export_trip", format="markdown")).drafts[0].files[0]
    text = await desk.store.get(BLOBS, page.key)
    assert text and text.data.decode() == to_markdown(plan)
    assert "# Mombasa" in to_markdown(plan) and "Shelf (test)" in to_markdown(plan)
    assert all(i.title in to_markdown(plan) for i in plan.items())


async def test_a_trip_is_taken_along_in_all_forms_at_once(desk: Desk) -> None:
    await planned(desk)
    files = (await desk.do("export_trip")).drafts[0].files
    assert [f.name for f in files] == ["itinerary.pdf", "trip.ics", "route.png", "itinerary.json"]
    begins = [blob.data[:5] for f in files if (blob := await desk.store.get(BLOBS, f.key))]
    assert begins == [b"%PDF-", b"BEGIN", b"\x89PNG\r", b'{"for']
    again = (await desk.do("export_trip", format="picture")).drafts[0].files
    assert again[0].key == next(f.key for f in files if f.name == "route.png")


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"format":"other","plan":{}}', b"\xff\xfe", b"nothing"])
def test_a_file_that_is_no_export_is_refused_kindly(body: bytes) -> None:
    with pytest.raises(Explain, match="not an itinerary"):
        from_json(body)


async def test_where_to_move_is_asked_for(desk: Desk) -> None:
    await planned(desk)
    with pytest.raises(AskAgain) as again:
        await desk.do("move_item", item="first activity", day="2")
    assert again.value.parameter == "to"
    with pytest.raises(AskAgain):
        await desk.do("move_item", item="first activity", day="2", to="teatime")
    with pytest.raises(Explain):
        await desk.do("move_item", item="flight", day="1", to="later")


def test_all_texts_that_are_said_exist() -> None:
    folder = Path(booking.itinerary.__file__).parent
    said = {key for f in folder.glob("*.py") for key in re.findall(r'say\(\s*"(\w+)"', f.read_text())}
    assert said <= set(TEXTS)
