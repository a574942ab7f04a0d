"""What /privacy says, by key; in Swahili in texts_sw.py."""

from bot.language import Catalogue
from bot.privacy.texts_sw import TEXT as SWAHILI

TEXT = {
    "title": "What I hold about you",
    "nothing": "Nothing but your account here.",
    "section": "**{section}** {count}",
    "rights": "Export gives you all of it as a file. Erase removes it everywhere; what was paid stays in the books, "
    "under a pseudonym.",
    "button_export": "Export",
    "button_erase": "Erase…",
    "button_sharing": "Sharing…",
    "exported": "Everything I hold about you, as pages to read and as JSON. The file is removed here after a day.",
    "blocked": "Before I can erase you, this has to end:",
    "erase_title": "Erase everything about you?",
    "erase_what": "Your personas and all they remember and learned, your likes, your messages and files, your accounts "
    "and direct chats with me. In shared trips your messages become “[erased]” and you are no member any more.",
    "erase_keeps": "What was paid, refunded or done by admins stays on record under a pseudonym, without your name.",
    "erase_admin": "You are the only admin here: afterwards nobody can look after this Caravan until OWNERS is set.",
    "erase_again": "You can write to me again at any time; I will not know you.",
    "label_erase": "Erase",
    "really": "This is the last question, {name}. It cannot be undone, and nobody can bring it back. Erase you now?",
    "label_really": "Yes, erase me for good",
    "erasing": "I am erasing everything about you now. Farewell.",
    "section_you": "You",
    "section_messages": "Messages",
    "section_answers": "Answers to you",
    "section_trips": "Conversations",
    "section_files": "Files",
    "section_votes": "Votes",
    "section_jobs": "Reminders and work under way",
    "section_blocks": "Whom you blocked",
    "section_reports": "What you reported",
    "section_records": "Records about you",
}

say = Catalogue(TEXT, SWAHILI)
