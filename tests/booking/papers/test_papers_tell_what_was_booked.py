"""Papers are read back by machines of others: pages are rendered, codes scanned, calendars parsed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import BytesIO
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import vobject
import zxingcpp
from PIL import Image

from booking.itinerary.purse import total
from booking.offers import Hours, Offer, OfferKind, Venue
from booking.papers.calendar import calendar_ics
from booking.papers.desk import _item
from booking.papers.ink import legible
from booking.papers.programme import programme_pdf
from booking.papers.route import route_png, sights_of, ways_of
from booking.papers.voucher import Voucher, vouchers_pdf
from booking.sale.cart import Cart
from booking.sale.cart_cards import cart_card, short_lines
from booking.trips import Item, Trip
from bot.money import Money
from tests.booking.bazaar import ATLAS
from tests.booking.papers.drawer import planned
from tests.booking.sale.single import booking, line

JOURNEYS = [("Nairobi", "Mombasa"), ("Madrid", "Lisbon"), ("Tokyo", "Los Angeles")]
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(params=JOURNEYS, ids=lambda j: j[1])
async def trip(request: pytest.FixtureRequest) -> Trip:
    return await planned(*request.param)


def ride(trip: Trip) -> Item:
    return next(i for i in trip.plan.items() if i.role == "arrive")


def calendar(trip: Trip, codes: dict[str, str]) -> str:
    plan = trip.plan
    return calendar_ics(plan.title, trip.id, trip.revision, list(plan.items()), codes, AT).decode()


def voucher(trip: Trip, *names: str) -> Voucher:
    item = ride(trip)
    assert item.offer is not None and item.price is not None
    return Voucher(code="K7QW2MX", offer=item.offer, price=item.price, names=names or ("Ana",), booked_at=AT)


def vouchers_pdf_of(*vouchers: Voucher) -> bytes:
    return vouchers_pdf(vouchers)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def looked_at(pdf: bytes) -> list[Image.Image]:
    return [page.render(scale=2).to_pil() for page in pypdfium2.PdfDocument(pdf)]


async def test_a_voucher_is_one_page_with_all_that_was_booked(trip: Trip) -> None:
    pdf = vouchers_pdf_of(voucher(trip, "Ana Wanjirũ", "José Núñez"))
    told, item = text_of(pdf), ride(trip)
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert item.offer is not None
    for expected in (
        "K7QW2MX",
        "Ana Wanjirũ",
        "José Núñez",
        str(item.price),
        item.offer.supplier,
        f"{item.begins:%H:%M}",
    ):
        assert expected in told
    assert all(condition.replace("→", "–") in told for condition in item.offer.conditions)


def museum() -> Offer:
    venue = Venue(name="Fort", city="Mombasa", country="KE", lat=-4.06, lon=39.67, zone="Africa/Nairobi")
    return Offer(
        kind=OfferKind.ACTIVITY, ref="f1", supplier="Shore", title="Fort Museum", venue=venue, fetched_at=AT,
        price=Money(1200, "KES"), day=date(2027, 3, 12), hours=(Hours((4, 5), time(9), time(17)),),
    )  # fmt: skip


@pytest.mark.parametrize("hour", [None, 14])
def test_a_voucher_of_a_visit_tells_its_day_and_its_time(hour: int | None) -> None:
    zone = ZoneInfo("Africa/Nairobi")
    begins = datetime(2027, 3, 13, hour, tzinfo=zone) if hour else None
    paid = Money(1200, "KES")
    told = text_of(vouchers_pdf_of(Voucher(
        code="K7", offer=museum(), price=paid, names=("Ana",), booked_at=AT, begins=begins,
    )))  # fmt: skip
    expected = "Sat 13 Mar 2027 14:00" if hour else "Fri 12 Mar 2027, open 09:00–17:00"
    assert expected in told and ("Day of the visit" in told) == (hour is None)


def test_a_visit_at_no_fixed_hour_stands_in_the_calendar_on_its_day() -> None:
    item = _item(booking(of=museum()))
    assert item is not None
    (event,) = vobject.readOne(calendar_ics("Trip", "t1", 1, [item], {}, AT).decode()).vevent_list
    assert f"{event.dtstart.value:%d %b %Y %H:%M}" == "12 Mar 2027 09:00" and event.transp.value == "TRANSPARENT"
    assert _item(booking(of=replace(museum(), day=None))) is None


def test_a_cart_shows_the_day_of_a_visit() -> None:
    card = cart_card(Cart(id="c", thread="t", lines=(line(1, museum()),)), (), AT).card
    assert card is not None and "Fri 12 Mar 2027" in card.lines[0]
    assert "Fri 12 Mar" in next(short_lines("", museum()))


async def test_the_code_on_a_voucher_scans_to_its_reference_and_tells_nobodys_name(trip: Trip) -> None:
    (page,) = looked_at(vouchers_pdf_of(voucher(trip, "Ana")))
    (code,) = zxingcpp.read_barcodes(page)
    assert code.text.splitlines()[1] == "K7QW2MX" and "Ana" not in code.text


async def test_several_bookings_have_a_page_each(trip: Trip) -> None:
    pages = looked_at(vouchers_pdf_of(voucher(trip), voucher(trip, "Ben"), voucher(trip, "Chi")))
    assert [len(zxingcpp.read_barcodes(page)) for page in pages] == [1, 1, 1]


async def test_the_same_booking_gives_the_same_bytes(trip: Trip) -> None:
    assert vouchers_pdf_of(voucher(trip)) == vouchers_pdf_of(voucher(trip))


async def test_a_hostile_name_is_only_a_name(trip: Trip) -> None:
    told = text_of(vouchers_pdf_of(voucher(trip, "<b>Ana</b> & <img src=x>", "東京 太郎", "Zoë 😀\u202e", "x" * 300)))
    assert "<b>Ana</b> & <img src=x>" in told and "DongJing" in told


def test_every_letter_of_a_text_can_be_printed() -> None:
    assert legible("Nairobi → Mombasa") == "Nairobi – Mombasa"
    assert legible("Ünï, Wanjirũ, Αθήνα, Москва") == "Ünï, Wanjirũ, Αθήνα, Москва"
    assert legible("ខ្មែរ").isascii()


async def test_the_programme_tells_every_item_with_its_price(trip: Trip) -> None:
    codes = {ride(trip).id: "K7QW2MX"}
    pdf = programme_pdf(trip.plan, codes, route_png(trip.plan, ATLAS.towns))
    told = text_of(pdf).replace("\r\n", " ").replace("\n", " ")
    for item in trip.plan.items():
        assert legible(item.title) in told
        assert not item.price or not item.price.minor or str(item.price) in told
    assert "K7QW2MX" in told and str(total(trip.plan)) in told
    assert all(_inked(page) for page in looked_at(pdf))


def _inked(page: Image.Image) -> bool:
    """Whether something is printed, and nothing at the edges of the paper."""
    dark = page.convert("L").point(lambda v: 255 if v < 200 else 0)
    box = dark.getbbox()
    return box is not None and box[0] > 50 and box[2] < page.width - 50 and box[3] < page.height - 10


async def test_another_parser_reads_the_calendar_with_zones_intact(trip: Trip) -> None:
    read = vobject.readOne(calendar(trip, {ride(trip).id: "K7QW2MX"}))
    events = {e.uid.value.split(".")[0]: e for e in read.vevent_list}
    items = {i.id: i for i in trip.plan.items()}
    assert events.keys() == items.keys()
    for id, item in items.items():
        event = events[id]
        assert (event.dtstart.value, event.dtend.value) == (item.starts_at, item.ends_at)
        assert event.dtstart.value.utcoffset() == item.begins.utcoffset()
        assert event.dtend.value.utcoffset() == item.finishes.utcoffset()
        assert event.summary.value == item.title
        assert event.status.value == ("CONFIRMED" if id == ride(trip).id else "TENTATIVE")
    assert "K7QW2MX" in events[ride(trip).id].description.value


async def test_a_later_calendar_replaces_an_earlier_one(trip: Trip) -> None:
    later = Trip(id=trip.id, thread=trip.thread, plan=trip.plan, made_at=trip.made_at, revision=trip.revision + 1)
    first, second = (vobject.readOne(calendar(t, {})) for t in (trip, later))
    assert [e.uid.value for e in first.vevent_list] == [e.uid.value for e in second.vevent_list]
    pairs = zip(first.vevent_list, second.vevent_list, strict=True)
    assert all(int(b.sequence.value) > int(a.sequence.value) for a, b in pairs)


async def test_the_picture_shows_the_ways_in_the_frame(trip: Trip) -> None:
    png = route_png(trip.plan, ATLAS.towns)
    assert png is not None and len(ways_of(trip.plan)) == 2
    image = _opened(png)
    assert _count(image, (10, 107, 79)) > 800 and _count(image, (194, 65, 12)) > 600


async def test_a_way_over_the_180th_meridian_is_drawn_in_one_piece() -> None:
    trip = await planned("Auckland", "Honolulu")
    png = route_png(trip.plan, ATLAS.towns)
    assert png is not None
    image = _opened(png)
    green = _mask(image, (10, 107, 79))
    columns = {n % image.width for n, hit in enumerate(green) if hit}
    assert max(columns) - min(columns) <= image.width - 150
    assert len(columns) > (max(columns) - min(columns)) * 0.6


async def test_a_way_that_lands_in_another_zone_says_both() -> None:
    trip = await planned("Auckland", "Honolulu")
    flown = ride(trip)
    told = text_of(programme_pdf(trip.plan, {}))
    assert f"{flown.begins:%H:%M} NZDT" in told and f"{flown.finishes:%H:%M} HST" in told
    assert "EAT →" not in text_of(programme_pdf((await planned("Nairobi", "Mombasa")).plan, {}))


async def test_who_travels_nowhere_sees_the_sights() -> None:
    trip = await planned("", "Mombasa")
    assert ways_of(trip.plan) == [] and sights_of(trip.plan)
    assert route_png(trip.plan, ATLAS.towns) is not None


def _opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def _mask(image: Image.Image, color: tuple[int, int, int]) -> list[bool]:
    """For each pixel, row by row, whether it nearly has that colour."""
    data = image.tobytes()
    near = [sum(abs(data[n + c] - color[c]) for c in range(3)) < 40 for n in range(0, len(data), 3)]
    return near


def _count(image: Image.Image, color: tuple[int, int, int]) -> int:
    return sum(_mask(image, color))
