"""Deliveries as the Bot API's documentation shows them, each with what has to come of it.

https://core.telegram.org/bots/api#update, https://core.telegram.org/bots/webhooks#testing-your-bot-with-updates"""

# ruff: noqa: E501
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
GROUP: Json = {"id": -1001234567890, "type": "supergroup", "title": "Lamu"}
FORUM = GROUP | {"is_forum": True}
DIRECT: Json = {"id": 1111111, "type": "private", "first_name": "Test", "last_name": "Lastname", "username": "Test"}
ANA: Json = {"id": 1111111, "is_bot": False, "first_name": "Test", "last_name": "Lastname", "username": "Test"}
BEN: Json = {"id": 2222222, "is_bot": False, "first_name": "Ben"}
US: Json = {"id": 4242, "is_bot": True, "first_name": "Caravan", "username": "caravan_bot"}
OTHER_BOT: Json = {"id": 999, "is_bot": True, "first_name": "Weather", "username": "weather_bot"}
PLACE = "telegram:main:-1001234567890"
WHEN = 1441645532


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`update` without its number; `what` "" for one that leaves nothing. Everything else as in Entry."""

    name: str
    update: Json
    what: str = "message"
    place: str = PLACE
    text: str = ""
    author: str = "telegram:1111111"
    reply_to: str = ""
    object: str = ""
    files: tuple[tuple[str, str, int], ...] = ()
    location: tuple[float, float] | None = None
    value: Json = field(default_factory=dict)


def message(**content: Any) -> Json:
    """A message of Ana's in the group."""
    return {"message": {"message_id": 1365, "date": WHEN, "chat": GROUP, "from": ANA, **content}}


def media(**about: Any) -> Json:
    return {"file_id": "AwADBAADb", "file_unique_id": "AgADb", "file_size": 1234, **about}


def standing(user: Json, status: str) -> Json:
    return {"user": user, "status": status} | ({"until_date": 0} if status == "kicked" else {})


PHOTO = [
    {"file_id": "small", "file_unique_id": "a", "width": 90, "height": 51, "file_size": 1101},
    {"file_id": "large", "file_unique_id": "b", "width": 1280, "height": 720, "file_size": 116654},
    {"file_id": "middle", "file_unique_id": "c", "width": 320, "height": 180, "file_size": 12345},
]
SAID = (
    Case(name="text", update=message(text="/start"), what="command", text="/start"),
    Case(name="plain talk", update=message(text="Lamu in März? 👋🏽"), text="Lamu in März? 👋🏽"),
    Case(name="a private chat", update=message(chat=DIRECT, text="Hi"), place="telegram:main:1111111", text="Hi",
         value={"kind": "direct"}),
    Case(name="a forward", update=message(text="Look", forward_origin={"type": "user", "date": WHEN, "sender_user": BEN}),
         text="Look"),
    Case(name="a reply", update=message(text="Yes", reply_to_message={"message_id": 1334, "date": WHEN, "chat": GROUP,
         "from": BEN, "text": "Lamu?"}), text="Yes", reply_to=f"{PLACE}:message:1334"),
    Case(name="in a topic", update=message(chat=FORUM, text="Boats", message_thread_id=77, is_topic_message=True,
         reply_to_message={"message_id": 77, "date": WHEN, "chat": FORUM, "from": BEN,
                           "forum_topic_created": {"name": "Boats", "icon_color": 7322096}}),
         place=f"{PLACE}_77", text="Boats"),
    Case(name="a reply thread that is no topic", update=message(text="Ok", message_thread_id=12), text="Ok"),
    Case(name="a photo with words", update=message(photo=PHOTO, caption="The dhow"), text="The dhow",
         files=(("photo.jpg", "image/jpeg", 116654),)),
    Case(name="a document", update=message(document=media(file_name="Testfile.pdf", mime_type="application/pdf")),
         files=(("Testfile.pdf", "application/pdf", 1234),)),
    Case(name="a voice message", update=message(voice=media(duration=5, mime_type="audio/ogg")),
         files=(("voice.ogg", "audio/ogg", 1234),)),
    Case(name="music", update=message(audio=media(duration=243, mime_type="audio/mpeg", title="Song", performer="X")),
         files=(("audio.mp3", "audio/mpeg", 1234),)),
    Case(name="a video", update=message(video=media(duration=3, width=640, height=480, mime_type="video/mp4"),
         caption="Waves"), text="Waves", files=(("video.mp4", "video/mp4", 1234),)),
    Case(name="a round video", update=message(video_note=media(duration=3, length=240)),
         files=(("video.mp4", "video/mp4", 1234),)),
    Case(name="an animation, which comes as a document too", update=message(
         animation=media(duration=3, width=64, height=48, file_name="g.mp4", mime_type="video/mp4"),
         document=media(file_name="g.mp4", mime_type="video/mp4")), files=(("g.mp4", "video/mp4", 1234),)),
    Case(name="a file that is too large", update=message(document=media(file_size=30_000_000, file_name="film.mkv")),
         files=(("film.mkv", "application/octet-stream", 30_000_000),),
         value={"refused": "film.mkv is too large: files up to 20 MB can be taken here."}),
    Case(name="a location", update=message(location={"latitude": -2.27, "longitude": 40.9}), location=(-2.27, 40.9)),
    Case(name="a venue", update=message(location={"latitude": -2.27, "longitude": 40.9}, venue={"title": "Fort",
         "address": "Main Street", "location": {"latitude": -2.27, "longitude": 40.9}}),
         text="Fort, Main Street", location=(-2.27, 40.9)),
    Case(name="a sticker", update=message(sticker=media(type="regular", width=512, height=512, is_animated=False,
         is_video=False, emoji="😀")), text="[sticker 😀]"),
    Case(name="a contact", update=message(contact={"first_name": "Salim", "phone_number": "+254700"}),
         text="[contact: Salim, +254700]"),
    Case(name="dice", update=message(dice={"emoji": "🎲", "value": 5}), text="🎲 5"),
    Case(name="a checklist", update=message(checklist={"title": "Pack", "tasks": [{"id": 1, "text": "hat"}, {"id": 2,
         "text": "mask"}]}), text="Pack\nhat\nmask"),
    Case(name="a rich message", update=message(rich_message={"blocks": [{"type": "paragraph", "text": ["See ", {"type":
         "bold", "text": "Lamu"}]}, {"type": "divider"}, {"type": "footer", "text": "soon"}]}), text="See Lamu\nsoon"),
    Case(name="a story, which we cannot read", update=message(story={"chat": GROUP, "id": 5}), text="[story]"),
    Case(name="an anonymous administrator", update=message(**{"from": {"id": 1087968824, "is_bot": True,
         "first_name": "Group", "username": "GroupAnonymousBot"}, "sender_chat": GROUP, "text": "Quiet please"}),
         author="telegram:-1001234567890", text="Quiet please"),
    Case(name="by way of an inline bot", update=message(text="A map", via_bot=OTHER_BOT), text="A map"),
    Case(name="a command for us by name", update=message(text="/ping@caravan_bot x"), what="command",
         text="/ping@caravan_bot x"),
    Case(name="our bot is mentioned", update=message(text="@Caravan_bot where?"), text="@Caravan_bot where?",
         value={"reply_caravan": True}),
    Case(name="unknown fields", update=message(text="Hi", hologram={"depth": 3}), text="Hi"),
    Case(name="a known field of an unknown shape", update=message(text="Hi", sticker=[1], venue="x"), text="Hi"),
    Case(name="broken nulls", update=message(text="Hi", photo=None, reply_to_message=None), text="Hi"),
    Case(name="no date", update={"message": {"message_id": 1365, "chat": GROUP, "from": ANA, "text": "Hi"}}, text="Hi"),
)  # fmt: skip
HAPPENED = (
    Case(name="an edit", update={"edited_message": {"message_id": 1365, "date": WHEN, "edit_date": WHEN + 9, "chat": GROUP,
         "from": ANA, "text": "Edited text"}}, what="edit", text="Edited text", object=f"{PLACE}:message:1365"),
    Case(name="an edited caption", update={"edited_message": {"message_id": 1365, "date": WHEN, "edit_date": WHEN + 9,
         "chat": GROUP, "from": ANA, "photo": PHOTO, "caption": "New"}}, what="edit", text="New",
         object=f"{PLACE}:message:1365", files=(("photo.jpg", "image/jpeg", 116654),)),
    Case(name="a press", update={"callback_query": {"id": "4382bfdwdsb323b2d9", "from": ANA, "chat_instance": "x",
         "data": "tok_en-1", "message": {"message_id": 50, "date": WHEN, "chat": GROUP, "from": US, "text": "?"}}},
         what="press", object=f"{PLACE}:message:50", value={"token": "tok_en-1", "values": {}}),
    Case(name="a press under a message too old to be seen", update={"callback_query": {"id": "4382", "from": ANA,
         "chat_instance": "x", "data": "tok", "message": {"message_id": 50, "date": 0, "chat": GROUP}}},
         what="press", object=f"{PLACE}:message:50"),
    Case(name="a reaction", update={"message_reaction": {"chat": GROUP, "message_id": 50, "user": ANA, "date": WHEN,
         "old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": "👍"}]}}, what="react", text="👍",
         object=f"{PLACE}:message:50"),
    Case(name="another reaction beside the first", update={"message_reaction": {"chat": GROUP, "message_id": 50, "user": ANA,
         "date": WHEN, "old_reaction": [{"type": "emoji", "emoji": "👍"}],
         "new_reaction": [{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "🔥"}]}}, what="react", text="🔥",
         object=f"{PLACE}:message:50"),
    Case(name="a reaction taken back", update={"message_reaction": {"chat": GROUP, "message_id": 50, "user": ANA,
         "date": WHEN, "old_reaction": [{"type": "emoji", "emoji": "👍"}], "new_reaction": []}}, what="react",
         object=f"{PLACE}:message:50", value={"taken": "👍"}),
    Case(name="people join", update=message(new_chat_members=[BEN]), what="member",
         value={"added": [{"identity": "telegram:2222222", "name": "Ben"}], "removed": []}),
    Case(name="somebody leaves", update=message(left_chat_member=ANA), what="member",
         value={"added": [], "removed": [{"identity": "telegram:1111111", "name": "Test Lastname"}]}),
    Case(name="we are added", update=message(new_chat_members=[US]), what="member",
         value={"added": [{"identity": "telegram:1111111", "name": "Test Lastname"}], "removed": []}),
    Case(name="somebody is let in", update={"chat_member": {"chat": GROUP, "from": ANA, "date": WHEN,
         "old_chat_member": standing(BEN, "left"), "new_chat_member": standing(BEN, "member")}}, what="member",
         value={"added": [{"identity": "telegram:2222222", "name": "Ben"}], "removed": []}),
    Case(name="somebody is thrown out", update={"chat_member": {"chat": GROUP, "from": ANA, "date": WHEN,
         "old_chat_member": standing(BEN, "member"), "new_chat_member": standing(BEN, "kicked")}}, what="member",
         value={"added": [], "removed": [{"identity": "telegram:2222222", "name": "Ben"}]}),
    Case(name="we are thrown out", update={"my_chat_member": {"chat": GROUP, "from": ANA, "date": WHEN,
         "old_chat_member": standing(US, "member"), "new_chat_member": standing(US, "kicked")}}, what="status", author="",
         value={"topic": "closed", "why": "removed"}),
    Case(name="we are blocked", update={"my_chat_member": {"chat": DIRECT, "from": ANA, "date": WHEN,
         "old_chat_member": standing(US, "member"), "new_chat_member": standing(US, "kicked")}}, what="status", author="",
         place="telegram:main:1111111", value={"topic": "closed", "why": "blocked"}),
    Case(name="we are unblocked", update={"my_chat_member": {"chat": DIRECT, "from": ANA, "date": WHEN,
         "old_chat_member": standing(US, "kicked"), "new_chat_member": standing(US, "member")}}, what="status", author="",
         place="telegram:main:1111111", value={"topic": "opened"}),
    Case(name="the group moves", update=message(migrate_to_chat_id=-1009876543210), what="status", author="",
         value={"topic": "moved", "to": "telegram:main:-1009876543210"}),
)  # fmt: skip
IGNORED = (
    Case(name="a pin", update=message(pinned_message={"message_id": 5, "date": WHEN, "chat": GROUP, "text": "x"}),
         what="notice", text="[pinned message]", author="",
         value={"ignored": "a service message (pinned message)"}),
    Case(name="a new title", update=message(new_chat_title="Lamu!"), what="notice", text="[new chat title]", author="",
         value={"ignored": "a service message (new chat title)"}),
    Case(name="a video chat", update=message(video_chat_started={}), what="notice", text="[video chat started]", author="",
         value={"ignored": "a service message (video chat started)"}),
    Case(name="a kind of message that is new to us", update=message(teleported={"to": "Mars"}), what="notice",
         text="[teleported]", author="", value={"ignored": "a service message (teleported)"}),
    Case(name="a command for another bot", update=message(text="/rain@weather_bot Lamu"), what="notice", author="",
         text="/rain@weather_bot Lamu", value={"ignored": "a command for @weather_bot"}),
    Case(name="a bot joins", update=message(new_chat_members=[OTHER_BOT]), what="notice", author="",
         value={"ignored": "a bot came or went"}),
    Case(name="we are added by an anonymous administrator", update=message(**{"new_chat_members": [US], "from": {
         "id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}, "sender_chat": GROUP}),
         what="notice", author="", value={"ignored": "a bot came or went"}),
    Case(name="a location that moves", update={"edited_message": {"message_id": 9, "date": WHEN, "edit_date": WHEN + 5,
         "chat": GROUP, "from": ANA, "location": {"latitude": 1.0, "longitude": 2.0, "live_period": 900}}}, what="notice",
         author="", location=(1.0, 2.0), value={"ignored": "a location that moves"}),
    Case(name="a channel post", update={"channel_post": {"message_id": 3, "date": WHEN, "text": "News",
         "chat": {"id": -100777, "type": "channel", "title": "News"}}}, what="notice", place="telegram:main:-100777",
         author="", text="News", value={"ignored": "a channel post"}),
    Case(name="our own rights", update={"my_chat_member": {"chat": GROUP, "from": ANA, "date": WHEN,
         "old_chat_member": standing(US, "member"), "new_chat_member": standing(US, "administrator")}}, what="notice",
         author="", value={"ignored": "our own rights changed"}),
    Case(name="another bot's message", update=message(**{"from": OTHER_BOT, "text": "/ping"}), what="notice", author="",
         text="/ping", value={"ignored": "another bot's message"}),
    Case(name="another bot's edit", update={"edited_message": {"message_id": 5, "date": WHEN, "chat": GROUP,
         "from": OTHER_BOT, "text": "x"}}, what="notice", author="", text="x", value={"ignored": "another bot's message"}),
    Case(name="a change of rights of somebody", update={"chat_member": {"chat": GROUP, "from": ANA, "date": WHEN,
         "old_chat_member": standing(BEN, "member"), "new_chat_member": standing(BEN, "administrator")}}, what="notice", author="",
         value={"ignored": "a change of standing, not of who is here"}),
)  # fmt: skip
NOTHING = (
    Case(name="our own message", update=message(**{"from": US, "text": "pong"}), what=""),
    Case(name="a poll's votes", update={"poll": {"id": "1", "question": "?", "options": []}}, what=""),
    Case(name="an inline query", update={"inline_query": {"id": "1", "from": ANA, "query": "x", "offset": ""}}, what=""),
    Case(name="a press without a message", update={"callback_query": {"id": "1", "from": ANA, "chat_instance": "x",
         "inline_message_id": "z", "data": "y"}}, what=""),
    Case(name="a kind of update that is new to us", update={"telepathy": {"from": ANA}}, what=""),
    Case(name="a message without a chat", update={"message": {"message_id": 4, "date": WHEN, "from": ANA}}, what=""),
)  # fmt: skip
ALL = (*SAID, *HAPPENED, *IGNORED, *NOTHING)
