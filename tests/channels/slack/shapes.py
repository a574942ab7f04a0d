"""What an event of Slack may hold and how it may come, each said once; every way is tried with every content."""

# ruff: noqa: E501
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
ANA, BEN, US = "U0ANA0000", "U0BEN0000", "U0BOT0000"
ROOM, SIDE, GROUP, ALONE = "C0ROOM000", "G0SIDE000", "G0MPIM000", "D0ANA0000"
TS, ROOT, AT = "1790000000.000200", "1790000000.000100", "1790000009.000300"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Fields of a message and what they say. `files`: ids."""

    name: str
    fields: Json
    text: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How it came. `place`: channel, and the thread in it; `reply`: ts of what it answers."""

    name: str
    fields: Json = field(default_factory=dict)
    place: str = ROOM
    reply: str = ""


def _text(text: str, **style: Any) -> Json:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def _rich(*elements: Json) -> Json:
    return {"type": "rich_text", "block_id": "b1", "elements": list(elements)}


def _line(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


def _file(id: str, **about: Any) -> Json:
    return {
        "id": id,
        "created": 1,
        "name": f"{id}.pdf",
        "title": "Plan",
        "mimetype": "application/pdf",
        "filetype": "pdf",
        "size": 7,
        "mode": "hosted",
        "url_private": "https://files.slack.com/x",
        "user": ANA,
        **about,
    }


_ACTIONS = {
    "type": "actions",
    "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Go"}, "value": "x", "action_id": "a"}],
}
_HUGE = [{"type": "section", "text": {"type": "mrkdwn", "text": f"line {n}"}} for n in range(50)]
CONTENTS = (
    Content(name="words", fields={"text": "Lamu in März? 👋🏽"}, text="Lamu in März? 👋🏽"),
    Content(name="words with markup", fields={"text": "*bold* &lt;b&gt; &amp; <https://example.org|here> <https://example.org> <mailto:a@b.c|a@b.c>"}, text="*bold* <b> & [here](https://example.org) https://example.org a@b.c"),
    Content(name="words that name all", fields={"text": "<!here> <!channel|channel> <!subteam^S1|@crew> <#C1|sea> <!date^1^{date}|soon>"}, text="@here @channel @crew #sea soon"),
    Content(name="an emoji", fields={"text": ":palm_tree: yes"}, text="🌴 yes"),
    Content(name="long words", fields={"text": "x" * 39_000}, text="x" * 39_000),
    Content(name="words with their blocks", fields={"text": "Hi *you*", "blocks": [_rich(_line(_text("Hi "), _text("you", bold=True)))]}, text="Hi *you*"),
    Content(name="rich text without words", fields={"text": "", "blocks": [_rich(_line(_text("See "), _text("Lamu", bold=True), {"type": "link", "url": "https://example.org", "text": "map"}, {"type": "emoji", "name": "palm_tree", "unicode": "1f334"}), {"type": "rich_text_list", "style": "bullet", "elements": [_line(_text("one <2>")), _line(_text("two & more"))]}, {"type": "rich_text_quote", "elements": [_text("old")]}, {"type": "rich_text_preformatted", "elements": [_text("code")]})]}, text="See Lamu[map](https://example.org)🌴\none <2>\ntwo & more\nold\ncode"),
    Content(name="rich text that names", fields={"blocks": [_rich(_line({"type": "broadcast", "range": "here"}, _text(" "), {"type": "channel", "channel_id": "C1"}, _text(" "), {"type": "color", "value": "#F00"}, {"type": "aura", "text": "?"}))]}, text="@here #C1 #F00?"),
    Content(name="blocks without words", fields={"text": "", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Ferry"}}, {"type": "section", "text": {"type": "mrkdwn", "text": "at *nine*"}, "fields": [{"type": "mrkdwn", "text": "a"}, {"type": "plain_text", "text": "b"}]}, {"type": "divider"}, {"type": "context", "elements": [{"type": "mrkdwn", "text": "soon"}]}, {"type": "image", "image_url": "https://x", "alt_text": "a dhow"}, {"type": "hologram", "text": {"type": "mrkdwn", "text": "new"}}]}, text="Ferry\nat *nine*\na\nb\nsoon\na dhow\nnew"),
    Content(name="many blocks", fields={"blocks": _HUGE}, text="\n".join(f"line {n}" for n in range(50))),
    Content(name="something that hangs there", fields={"text": "", "attachments": [{"id": 1, "fallback": "f", "pretext": "Before", "title": "Ferry", "title_link": "https://x", "text": "at nine", "fields": [{"title": "Seats", "value": "2", "short": True}], "color": "36a64f"}]}, text="Before\nFerry\nat nine\nSeats\n2"),
    Content(name="only what stands for it", fields={"attachments": [{"fallback": "a boat"}]}, text="a boat"),
    Content(name="blocks that hang there", fields={"text": "", "attachments": [{"color": "1", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "inside"}}]}]}, text="inside"),
    Content(name="something forwarded with words", fields={"text": "Look", "attachments": [{"is_share": True, "text": "Old words", "author_id": BEN, "channel_id": "C1", "fallback": "[1] b: Old words", "files": [_file("F9")]}]}, text="Look\nOld words", files=("F9",)),
    Content(name="a message that is only linked", fields={"text": "", "attachments": [{"is_msg_unfurl": True, "ts": ROOT, "author_id": BEN, "channel_id": "C1", "text": "Old words", "fallback": "[1] b: Old words", "files": [_file("F8")]}]}, text="Old words", files=("F8",)),
    Content(name="a table", fields={"blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": "Ferry"}, _rich(_line(_text("at nine")))], [{"type": "raw_text", "text": "Seats"}, {"type": "raw_text", "text": "2"}]]}, {"type": "markdown", "text": "**soon**"}]}, text="Ferry\nat nine\nSeats\n2\n**soon**"),
    Content(name="a preview beside words", fields={"text": "https://example.org", "attachments": [{"from_url": "https://example.org", "title": "Example", "text": "All about it", "service_name": "x"}]}, text="https://example.org"),
    Content(name="a file", fields={"subtype": "file_share", "text": "The plan", "files": [_file("F1")], "upload": True, "display_as_bot": False}, text="The plan", files=("F1",)),
    Content(name="files without words", fields={"subtype": "file_share", "text": "", "files": [_file("F1"), _file("F2", mimetype="audio/webm", subtype="slack_audio", duration_ms=9, transcription={"status": "none"})]}, files=("F1", "F2")),
    Content(name="a file as it used to be", fields={"subtype": "file_share", "text": "here", "file": _file("F1"), "upload": True}, text="here", files=("F1",)),
    Content(name="a file of another workspace", fields={"files": [{"id": "F1", "mode": "file_access", "file_access": "check_file_info", "created": 0}]}, files=("F1",)),
    Content(name="a file that is gone beside one that is there", fields={"files": [{"id": "F1", "mode": "tombstone"}, _file("F2", size="7"), {"id": "F3", "mode": "hidden_by_limit"}]}, files=("F2",)),
    Content(name="a file of odd parts", fields={"text": "x", "files": [_file("F1", size={}, name=None, title=5), "F2", None]}, text="x", files=("F1",)),
    Content(name="words about oneself", fields={"subtype": "me_message", "text": "waves"}, text="waves"),
    Content(name="a kind that nobody knows", fields={"subtype": "hologram", "text": "Hi"}, text="Hi"),
    Content(name="fields that nobody knows", fields={"text": "Hi", "aura": {"x": [1]}, "client_msg_id": "u", "reactions": 5, "edited": "x", "blocks": "y", "attachments": 7}, text="Hi"),
    Content(name="words with something unseen", fields={"text": "Hi", "attachments": [{"fallback": "x"}], "metadata": {"event_type": "x", "event_payload": {"a": "é" * 30}}}, text="Hi"),
)  # fmt: skip
WAYS = (
    Way(name="in a channel", fields={"channel_type": "channel"}),
    Way(name="in a private channel", fields={"channel": SIDE, "channel_type": "group"}, place=SIDE),
    Way(name="among a few", fields={"channel": GROUP, "channel_type": "mpim"}, place=GROUP),
    Way(name="alone", fields={"channel": ALONE, "channel_type": "im"}, place=ALONE),
    Way(name="alone, in a thread", fields={"channel": ALONE, "channel_type": "im", "thread_ts": ROOT, "assistant_thread": {"action_token": "x"}}, place=ALONE, reply=ROOT),
    Way(name="in a thread", fields={"thread_ts": ROOT, "parent_user_id": BEN}, place=f"{ROOM}/{ROOT}", reply=ROOT),
    Way(name="at the head of a thread", fields={"thread_ts": TS, "reply_count": 2, "latest_reply": AT}),
    Way(name="naming us", fields={"type": "app_mention"}),
    Way(name="naming us in a thread", fields={"type": "app_mention", "thread_ts": ROOT}, place=f"{ROOM}/{ROOT}", reply=ROOT),
    Way(name="from another company", fields={"user_team": "T9", "source_team": "T9", "team": "T9", "user_profile": {"name": "ana", "avatar_hash": None}}),
    Way(name="full of nulls", fields=dict.fromkeys("thread_ts bot_id edited subtype_of previous_message message deleted_ts inviter parent_user_id".split())),
    Way(name="starred and pinned", fields={"is_starred": True, "pinned_to": [ROOM], "is_locked": False, "subscribed": True}),
)  # fmt: skip
_IGNORED_SUBTYPES = """
bot_message channel_join group_join channel_leave group_leave message_replied tombstone bot_add bot_remove bot_enable
bot_disable channel_archive channel_unarchive channel_name channel_topic channel_purpose channel_posting_permissions
channel_convert_to_private channel_canvas_updated tabbed_canvas_updated document_mention ekm_access_denied file_comment
group_archive group_name group_purpose group_topic group_unarchive huddle_thread pinned_item unpinned_item reminder_add
sh_room_created sh_room_shared assistant_app_thread joiner_notification slackbot_response app_conversation_join
"""


def said() -> Iterator[tuple[Way, Content, Json]]:
    """Every content in every way, as an event."""
    for way in WAYS:
        for content in CONTENTS:
            if way.fields.get("type") != "app_mention" or "subtype" not in content.fields:
                yield (
                    way,
                    content,
                    {
                        "type": "message",
                        "channel": ROOM,
                        "user": ANA,
                        "ts": TS,
                        "event_ts": TS,
                        **content.fields,
                        **way.fields,
                    },
                )


def _event(type: str, **more: Any) -> Json:
    return {"type": type, "event_ts": AT, **more}


LEFT_ALONE = (
    *(_event("message", channel=ROOM, user=ANA, ts=TS, text="x", subtype=kind) for kind in _IGNORED_SUBTYPES.split()),
    _event("message", channel=ROOM, user="U0OTHER00", bot_id="B9", app_id="A9", ts=TS, text="by a bot", bot_profile={"id": "B9"}),
    _event("message", channel=ROOM, user="USLACKBOT", ts=TS, text="by Slack"),
    _event("message", channel=ROOM, ts=TS, text="by nobody"),
    _event("message", channel=ROOM, user=ANA, text="without a time"),
    _event("message", channel=ROOM, hidden=True, ts=AT, message={"type": "message", "user": ANA, "text": "root", "ts": TS, "thread_ts": TS, "reply_count": 1, "replies": [{"user": BEN, "ts": AT}]}),
    _event("channel_rename", channel={"id": ROOM, "name": "lamu", "created": 1}),
    _event("link_shared", channel=ROOM, user=ANA, message_ts=TS, links=[{"domain": "example.org", "url": "https://example.org"}]),
    _event("channel_history_changed", channel=ROOM, latest=TS, ts=AT),
    _event("hologram_projected", channel=ROOM, user=ANA),
)  # fmt: skip
NOTHING: tuple[Json, ...] = (
    _event("message", channel=ROOM, user=US, ts=TS, text="ours"),
    _event("message", ts=TS, user=ANA, text="nowhere"),
    _event("reaction_added", user=ANA, reaction="thumbsup", item={"type": "file", "file": "F1"}, item_user=BEN),
    _event("reaction_added", user=US, reaction="thumbsup", item={"type": "message", "channel": ROOM, "ts": TS}),
    _event("reaction_added", user=ANA, item={"type": "message", "channel": ROOM, "ts": TS}),
    _event("team_join", user={"id": "U9", "name": "zoe", "profile": {}}),
    _event("user_change", user={"id": ANA, "profile": {"display_name": "Ana M"}}, cache_ts=1),
    _event("file_shared", channel_id=ROOM, file_id="F1", user_id=ANA, file={"id": "F1"}),
    _event("file_deleted", file_id="F1"), _event("file_public", file_id="F1", file={"id": "F1"}),
    _event("pin_added", user=ANA, channel_id=ROOM, item={"type": "message", "channel_id": ROOM}, has_pins=True),
    _event("app_home_opened", user=ANA, tab="home", view={"id": "V1", "blocks": []}),
    _event("assistant_thread_started", assistant_thread={"user_id": ANA, "channel_id": ALONE, "thread_ts": ROOT, "context": {}}),
    _event("emoji_changed", subtype="add", name="lamu", value="https://x"), _event("team_rename", name="x"),
    _event("workflow_step_execute", callback_id="x", workflow_step={}), _event("subteam_created", subteam={"id": "S1"}),
    _event("dnd_updated_user", user=ANA, dnd_status={}), _event("grid_migration_started", enterprise_id="E1"),
    _event("shared_channel_invite_received", invite={"id": "I1"}, channel={"name": "x"}), {}, {"type": None},
)  # fmt: skip
INTERACTIONS: tuple[Json, ...] = (
    {"type": "shortcut", "callback_id": "x", "trigger_id": "t"},
    {"type": "message_action", "callback_id": "x", "trigger_id": "t", "message_ts": TS, "message": {"type": "message", "text": "x", "ts": TS}, "channel": {"id": ROOM}, "response_url": "https://x"},
    {"type": "view_submission", "view": {"id": "V1", "callback_id": "others", "state": {"values": {}}, "private_metadata": ""}},
    {"type": "view_submission", "view": {"id": "V1", "callback_id": "form", "state": {"values": []}, "private_metadata": "[1]"}},
    {"type": "view_submission", "view": {"id": "V1", "callback_id": "form", "state": None, "private_metadata": "{"}},
    {"type": "view_closed", "view": {"id": "V1", "callback_id": "form"}, "is_cleared": True},
    {"type": "block_suggestion", "action_id": "a", "block_id": "b", "value": "la", "container": {"type": "view"}},
    {"type": "block_actions", "view": {"id": "V1"}, "container": {"type": "view", "view_id": "V1"}, "actions": [{"type": "button", "action_id": "a", "value": "tok"}]},
    {"type": "block_actions", "channel": {"id": ROOM}, "container": {"message_ts": TS, "channel_id": ROOM}, "actions": [{"type": "button", "action_id": "a", "url": "https://x"}]},
    {"type": "block_actions", "channel": {"id": ROOM}, "container": None, "message": None, "actions": []},
    {"type": "block_actions", "channel": {"id": ROOM}, "container": "x", "actions": [{"type": "users_select", "selected_user": BEN}, 5]},
    {"type": "interactive_message", "callback_id": "x", "actions": [{"name": "a", "value": "b"}], "channel": {"id": ROOM}},
    {"type": "dialog_submission", "callback_id": "x", "submission": {}, "channel": {"id": ROOM}, "state": ""},
    {"type": "workflow_step_edit", "callback_id": "x", "trigger_id": "t"}, {"type": "hologram"},
)  # fmt: skip
