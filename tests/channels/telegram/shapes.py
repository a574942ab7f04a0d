"""What a message may hold and how it may come, each said once; every way is tried with every content."""

# ruff: noqa: E501
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.channels.telegram.deliveries import ANA, BEN, DIRECT, FORUM, GROUP, OTHER_BOT, PHOTO, PLACE, US, WHEN, media

Json = dict[str, Any]
CHANNEL: Json = {"id": -100777, "type": "channel", "title": "Coast news", "username": "coast_news"}
SPOT: Json = {"latitude": -2.2717, "longitude": 40.902, "horizontal_accuracy": 12.5}
LONG = "Lamu 🏝️ " * 500 + "\u202eعربي\u202c"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Fields of a message and what they say; `files`: name and size. `why`: why nothing is done about it."""

    name: str
    fields: Json
    text: str = ""
    files: tuple[tuple[str, int], ...] = ()
    spot: tuple[float, float] | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How it came. `reply`: the number of the message that it answers."""

    name: str
    fields: Json = field(default_factory=dict)
    place: str = PLACE
    author: str = "telegram:1111111"
    reply: int = 0


def _message(id: int, chat: Json = GROUP, by: Json = BEN, **content: Any) -> Json:
    return {"message_id": id, "date": WHEN, "chat": chat, "from": by, **content}


_OPENED = _message(77, FORUM, forum_topic_created={"name": "Boats", "icon_color": 7322096})
WAYS = (
    Way(name="in a group"),
    Way(name="in a basic group", fields={"chat": {"id": -55, "type": "group", "title": "Old", "all_members_are_administrators": True}}, place="telegram:main:-55"),
    Way(name="alone", fields={"chat": DIRECT}, place="telegram:main:1111111"),
    Way(name="in a topic", fields={"chat": FORUM, "message_thread_id": 77, "is_topic_message": True, "reply_to_message": _OPENED}, place=f"{PLACE}_77"),
    Way(name="an answer in a topic", fields={"chat": FORUM, "message_thread_id": 77, "is_topic_message": True, "reply_to_message": _message(80, FORUM, text="?")}, place=f"{PLACE}_77", reply=80),
    Way(name="an answer", fields={"reply_to_message": _message(1334, text="Lamu?"), "message_thread_id": 1334}, reply=1334),
    Way(name="an answer to a photo of nobody", fields={"reply_to_message": {"message_id": 9, "date": 0, "chat": GROUP}}, reply=9),
    Way(name="an answer with a quote", fields={"reply_to_message": _message(1335, text="Lamu or Diani?"), "quote": {"text": "Diani", "position": 8, "is_manual": True}}, reply=1335),
    Way(name="an answer to elsewhere", fields={"external_reply": {"origin": {"type": "channel", "chat": CHANNEL, "message_id": 4, "date": WHEN}, "chat": CHANNEL, "message_id": 4}, "quote": {"text": "x", "position": 0}}),
    Way(name="an answer to a story", fields={"reply_to_story": {"chat": DIRECT, "id": 3}}),
    Way(name="from an anonymous administrator", fields={"from": {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}, "sender_chat": GROUP, "author_signature": "boss"}, author="telegram:-1001234567890"),
    Way(name="from a channel that speaks", fields={"from": {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}, "sender_chat": CHANNEL}, author="telegram:-100777"),
    Way(name="a post of the linked channel", fields={"from": {"id": 777000, "is_bot": False, "first_name": "Telegram"}, "sender_chat": CHANNEL, "is_automatic_forward": True, "forward_origin": {"type": "channel", "chat": CHANNEL, "message_id": 3, "date": WHEN}}, author="telegram:-100777"),
    Way(name="forwarded from a person", fields={"forward_origin": {"type": "user", "sender_user": BEN, "date": WHEN}}),
    Way(name="forwarded from somebody hidden", fields={"forward_origin": {"type": "hidden_user", "sender_user_name": "Z", "date": WHEN}, "forward_sender_name": "Z"}),
    Way(name="forwarded as it used to be", fields={"forward_from": BEN, "forward_date": WHEN}),
    Way(name="by way of an inline bot", fields={"via_bot": OTHER_BOT, "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "https://example.org"}]]}}),
    Way(name="one of an album", fields={"media_group_id": "13000", "has_media_spoiler": True, "show_caption_above_media": True}),
    Way(name="paid for, protected, boosted", fields={"paid_star_count": 5, "has_protected_content": True, "sender_boost_count": 2, "effect_id": "5", "is_from_offline": True, "sender_tag": "t"}),
    Way(name="from a person in Swahili", fields={"from": {**ANA, "language_code": "sw", "is_premium": True, "added_to_attachment_menu": True}}),
    Way(name="full of nulls", fields=dict.fromkeys("edit_date author_signature forward_origin reply_to_message sender_chat via_bot media_group_id message_thread_id is_topic_message quote".split())),
    Way(name="with nulls inside", fields={"chat": {**GROUP, "username": None, "is_forum": None}, "from": {**ANA, "language_code": None, "username": None}}),
    Way(name="with fields nobody knows", fields={"hologram_depth": 3, "aura": {"colour": [1, {"x": None}]}, "chat": {**GROUP, "zodiac": "lion"}, "from": {**ANA, "mood": 1}}),
    Way(name="with numbers in letters", fields={"message_id": "1365", "date": str(WHEN), "chat": {**GROUP, "id": str(GROUP["id"])}, "from": {**ANA, "id": "1111111"}}),
)  # fmt: skip

_FILE = media(mime_type="application/pdf", file_name="plan.pdf")
CONTENTS = (
    Content(name="words", fields={"text": "Lamu in März? 👋🏽"}, text="Lamu in März? 👋🏽"),
    Content(name="words with entities", fields={"text": "See Ana and @ben at example.org #sea", "entities": [{"type": "text_mention", "offset": 4, "length": 3, "user": ANA}, {"type": "mention", "offset": 12, "length": 4}, {"type": "text_link", "offset": 0, "length": 3, "url": "https://example.org"}, {"type": "custom_emoji", "offset": 1, "length": 1, "custom_emoji_id": "5"}, {"type": "date_time", "offset": 1, "length": 1, "unix_time": 1}]}, text="See Ana and @ben at example.org #sea"),
    Content(name="long words", fields={"text": LONG}, text=LONG),
    Content(name="words with a preview", fields={"text": "https://example.org", "link_preview_options": {"is_disabled": True}}, text="https://example.org"),
    Content(name="a photo", fields={"photo": PHOTO}, files=(("photo.jpg", 116654),)),
    Content(name="a photo with words", fields={"photo": PHOTO, "caption": "The *dhow* & more", "caption_entities": [{"type": "bold", "offset": 4, "length": 6}]}, text="The *dhow* & more", files=(("photo.jpg", 116654),)),
    Content(name="a photo of one size", fields={"photo": PHOTO[:1]}, files=(("photo.jpg", 1101),)),
    Content(name="a photo without sizes", fields={"photo": [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]}, files=(("photo.jpg", 0),)),
    Content(name="a live photo", fields={"live_photo": media(duration=2, width=9, height=9, mime_type="video/mp4", photo=PHOTO)}, files=(("video.mp4", 1234),)),
    Content(name="a document", fields={"document": _FILE, "caption": "The plan"}, text="The plan", files=(("plan.pdf", 1234),)),
    Content(name="a document without a name", fields={"document": media()}, files=(("document", 1234),)),
    Content(name="music", fields={"audio": media(duration=9, performer="X", title="Y", mime_type="audio/mpeg", file_name="song.mp3")}, files=(("song.mp3", 1234),)),
    Content(name="a voice", fields={"voice": media(duration=9, mime_type="audio/ogg"), "caption": "hear"}, text="hear", files=(("voice.ogg", 1234),)),
    Content(name="a film", fields={"video": media(duration=3, width=640, height=480, cover=PHOTO, thumbnail=PHOTO[0], qualities=[])}, files=(("video.mp4", 1234),)),
    Content(name="a round film", fields={"video_note": media(duration=3, length=240)}, files=(("video.mp4", 1234),)),
    Content(name="an animation", fields={"animation": media(duration=3, width=6, height=4, file_name="g.mp4"), "document": media(file_name="g.mp4")}, files=(("g.mp4", 1234),)),
    Content(name="paid pictures", fields={"paid_media": {"star_count": 5, "paid_media": [{"type": "photo", "photo": PHOTO}, {"type": "video", "video": media(duration=1, width=1, height=1)}, {"type": "preview", "width": 3}]}, "caption": "Behind"}, text="Behind", files=(("photo.jpg", 116654), ("video.mp4", 1234))),
    Content(name="paid pictures unseen", fields={"paid_media": {"star_count": 5, "paid_media": [{"type": "preview", "width": 3}]}}, text="[paid media]"),
    Content(name="a sticker", fields={"sticker": media(type="regular", width=512, height=512, is_animated=False, is_video=False, emoji="😀", set_name="S")}, text="[sticker 😀]"),
    Content(name="a sticker without an emoji", fields={"sticker": media(type="custom_emoji", width=1, height=1, is_animated=True, is_video=False)}, text="[sticker]"),
    Content(name="a place", fields={"location": SPOT}, spot=(-2.2717, 40.902)),
    Content(name="a place that moves", fields={"location": {**SPOT, "live_period": 900, "heading": 90}}, spot=(-2.2717, 40.902)),
    Content(name="a venue", fields={"venue": {"location": SPOT, "title": "Fort", "address": "Seafront", "google_place_id": "x"}, "location": SPOT}, text="Fort, Seafront", spot=(-2.2717, 40.902)),
    Content(name="a contact", fields={"contact": {"phone_number": "+254700", "first_name": "Salim", "last_name": "B", "user_id": 7, "vcard": "BEGIN:VCARD"}}, text="[contact: Salim B, +254700]"),
    Content(name="dice", fields={"dice": {"emoji": "🎯", "value": 6}}, text="🎯 6"),
    Content(name="a poll", fields={"poll": {"id": "1", "question": "Where?", "options": [{"text": "Lamu", "voter_count": 0}, {"text": "Diani", "voter_count": 2}], "type": "regular", "is_anonymous": True}}, text="[poll: Where? — Lamu / Diani]"),
    Content(name="a quiz", fields={"poll": {"id": "1", "question": "2+2?", "question_entities": [], "options": [{"text": "4", "persistent_id": "a"}], "type": "quiz", "correct_option_id": 0, "explanation": "sum", "close_date": WHEN}}, text="[poll: 2+2? — 4]"),
    Content(name="a game", fields={"game": {"title": "Boats", "description": "Row", "photo": PHOTO, "text": "Go"}}, text="Boats\nRow\nGo"),
    Content(name="an invoice", fields={"invoice": {"title": "Ferry", "description": "Two seats", "start_parameter": "x", "currency": "KES", "total_amount": 100}}, text="Ferry\nTwo seats"),
    Content(name="a checklist", fields={"checklist": {"title": "Pack", "tasks": [{"id": 1, "text": "hat", "completed_by_user": BEN, "completion_date": WHEN}, {"id": 2, "text": "mask"}], "others_can_add_tasks": True}}, text="Pack\nhat\nmask"),
    Content(name="a rich message", fields={"rich_message": {"blocks": [{"type": "paragraph", "text": ["See ", {"type": "bold", "text": "Lamu"}]}, {"type": "footer", "text": "soon"}]}}, text="See Lamu\nsoon"),
    Content(name="a rich message of many blocks", fields={"rich_message": {"blocks": [
        {"type": "heading", "size": 1, "text": "Ferry"}, {"type": "paragraph", "text": ["So ", {"type": "custom_emoji", "custom_emoji_id": "5", "alternative_text": "🛶"}, {"type": "mathematical_expression", "expression": "2+2"}]},
        {"type": "mathematical_expression", "expression": "a=b"}, {"type": "list", "items": [{"label": "1.", "blocks": [{"type": "paragraph", "text": "hat"}]}]},
        {"type": "pullquote", "text": "Go", "credit": {"type": "italic", "text": "Ana"}}, {"type": "details", "summary": "More", "blocks": [{"type": "photo", "photo": PHOTO, "caption": {"text": "The dhow", "credit": "Ben"}}]},
        {"type": "table", "cells": [[{"text": "a", "align": "left", "valign": "top"}, {"text": "b", "align": "left", "valign": "top"}]], "caption": "Prices"}, {"type": "voice_note", "voice_note": media(duration=1)}, {"type": "divider"}]}},
        text="Ferry\nSo 🛶2+2\na=b\nhat\nGo\nAna\nMore\nThe dhow\nBen\na\nb\nPrices", files=(("photo.jpg", 116654), ("voice.ogg", 1234))),
    Content(name="a poll with pictures", fields={"poll": {"id": "1", "question": "Where?", "description": "For June", "media": {"photo": PHOTO}, "options": [{"text": "Lamu", "media": {"video": media(duration=1, width=1, height=1, cover=PHOTO)}}, {"text": "Diani"}]}}, text="[poll: Where? — Lamu / Diani]\nFor June", files=(("photo.jpg", 116654), ("video.mp4", 1234))),
    Content(name="a story", fields={"story": {"chat": DIRECT, "id": 5}}, text="[story]"),
    Content(name="a giveaway", fields={"giveaway": {"chats": [CHANNEL], "winners_selection_date": WHEN, "winner_count": 1}}, text="[giveaway]"),
    Content(name="a gift with words", fields={"gift": {"gift": {"id": "5", "sticker": media(), "star_count": 1}, "text": "For you"}}, text="For you"),
    Content(name="something new beside words", fields={"text": "Hi", "hologram": {"depth": 3}}, text="Hi"),
    Content(name="words beside parts of another shape", fields={"text": "Hi", "sticker": [1], "venue": "x", "photo": "y", "entities": "z", "contact": 4}, text="Hi"),
    Content(name="a command", fields={"text": "/ping@caravan_bot x", "entities": [{"type": "bot_command", "offset": 0, "length": 17}]}, text="/ping@caravan_bot x"),
    Content(name="a command under a picture", fields={"photo": PHOTO, "caption": "/trip Lamu"}, text="/trip Lamu", files=(("photo.jpg", 116654),)),
)  # fmt: skip
_OF_A_SERVICE = """
delete_chat_photo group_chat_created supergroup_chat_created channel_chat_created general_forum_topic_hidden
general_forum_topic_unhidden forum_topic_closed forum_topic_reopened video_chat_started video_chat_ended
video_chat_scheduled video_chat_participants_invited message_auto_delete_timer_changed pinned_message new_chat_title
new_chat_photo migrate_from_chat_id successful_payment refunded_payment users_shared chat_shared connected_website
write_access_allowed passport_data proximity_alert_triggered boost_added chat_background_set forum_topic_created
forum_topic_edited giveaway_created giveaway_winners giveaway_completed web_app_data checklist_tasks_done
checklist_tasks_added direct_message_price_changed paid_message_price_changed suggested_post_approved
suggested_post_approval_failed suggested_post_declined suggested_post_paid suggested_post_refunded chat_owner_left
chat_owner_changed managed_bot_created poll_option_added poll_option_deleted gift_upgrade_sent teleported
"""
SERVICES = tuple(
    Content(name=kind, fields={kind: what}, text=f"[{kind.replace('_', ' ')}]", why=f"a service message ({kind.replace('_', ' ')})")
    for kind in _OF_A_SERVICE.split() for what in (ANA, True)
)  # fmt: skip


def said() -> Iterator[tuple[Way, Content, Json]]:
    """Every content in every way, as an update."""
    for way in WAYS:
        for content in (*CONTENTS, *SERVICES[:: 1 if way is WAYS[0] else 7]):
            yield way, content, {"message": {**_message(1365, by=ANA), **content.fields, **way.fields}}


ELSEWHERE: tuple[Json, ...] = (
    {"business_connection": {"id": "b", "user": ANA, "user_chat_id": 1, "date": WHEN, "is_enabled": True}},
    {"business_message": _message(5, DIRECT, ANA, business_connection_id="b", text="to a shop")},
    {"edited_business_message": _message(5, DIRECT, ANA, business_connection_id="b", text="to a shop", edit_date=WHEN)},
    {"deleted_business_messages": {"business_connection_id": "b", "chat": DIRECT, "message_ids": [5, 6]}},
    {"guest_message": _message(5, GROUP, ANA, guest_query_id="g", text="from outside")},
    {"message_reaction_count": {"chat": CHANNEL, "message_id": 5, "date": WHEN, "reactions": [{"type": {"type": "emoji", "emoji": "👍"}, "total_count": 3}]}},
    {"inline_query": {"id": "1", "from": ANA, "query": "lamu", "offset": "", "chat_type": "group", "location": SPOT}},
    {"chosen_inline_result": {"result_id": "1", "from": ANA, "query": "x"}},
    {"shipping_query": {"id": "1", "from": ANA, "invoice_payload": "x", "shipping_address": {}}},
    {"pre_checkout_query": {"id": "1", "from": ANA, "currency": "XTR", "total_amount": 5, "invoice_payload": "x"}},
    {"purchased_paid_media": {"from": ANA, "paid_media_payload": "x"}},
    {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": True}},
    {"poll_answer": {"poll_id": "1", "user": ANA, "option_ids": [0]}},
    {"chat_join_request": {"chat": GROUP, "from": BEN, "user_chat_id": 2222222, "date": WHEN, "bio": "x"}},
    {"chat_boost": {"chat": GROUP, "boost": {"boost_id": "b", "add_date": WHEN, "expiration_date": WHEN, "source": {"source": "premium", "user": ANA}}}},
    {"removed_chat_boost": {"chat": GROUP, "boost_id": "b", "remove_date": WHEN, "source": {"source": "premium", "user": ANA}}},
    {"managed_bot": {"user": ANA, "bot": OTHER_BOT}},
    {"callback_query": {"id": "1", "from": ANA, "chat_instance": "x", "game_short_name": "boats", "message": _message(5, by=US, text="?")}},
    {"message": _message(5, by=US, text="ours")},
    {"message_reaction": {"chat": GROUP, "message_id": 5, "user": OTHER_BOT, "date": WHEN, "old_reaction": [], "new_reaction": []}},
    {"telepathy": _message(5, text="new")}, {"telepathy": None}, {"telepathy": "x"}, {},
)  # fmt: skip
