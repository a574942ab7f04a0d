"""What /privacy says, in Swahili."""

TEXT = {
    "title": "Ninachohifadhi kukuhusu",
    "nothing": "Hakuna isipokuwa akaunti yako hapa.",
    "section": "**{section}** {count}",
    "rights": "Hamisha hukupa vyote katika faili. Futa huviondoa kila mahali; kilicholipwa hubaki kwenye vitabu, kwa "
    "jina la siri.",
    "button_export": "Hamisha",
    "button_erase": "Futa…",
    "button_sharing": "Kushirikisha…",
    "exported": "Kila ninachohifadhi kukuhusu, kama kurasa za kusoma na kama JSON. Faili itaondolewa hapa baada ya "
    "siku moja.",
    "blocked": "Kabla sijaweza kukufuta, haya lazima yaishe:",
    "erase_title": "Nifute kila kitu kukuhusu?",
    "erase_what": "Persona wako na yote wanayokumbuka na waliyojifunza, unavyopenda, jumbe na faili zako, akaunti "
    "zako na mazungumzo yetu ya faragha. Kwenye safari za pamoja jumbe zako zinakuwa “[erased]” na wewe si mmoja wao "
    "tena.",
    "erase_keeps": "Kilicholipwa, kilichorudishwa au kufanywa na wasimamizi hubaki kwa jina la siri, bila jina lako.",
    "erase_admin": "Wewe ndiye msimamizi pekee hapa: baadaye hakuna atakayesimamia Caravan hii hadi OWNERS iwekwe.",
    "erase_again": "Unaweza kuniandikia tena wakati wowote; sitakujua.",
    "label_erase": "Futa",
    "really": "Hili ni swali la mwisho, {name}. Haliwezi kutenguliwa, na hakuna awezaye kurudisha. Nikufute sasa?",
    "label_really": "Ndiyo, nifute kabisa",
    "erasing": "Ninafuta kila kitu kukuhusu sasa. Kwaheri.",
    "section_you": "Wewe",
    "section_messages": "Jumbe",
    "section_answers": "Majibu kwako",
    "section_trips": "Mazungumzo",
    "section_files": "Faili",
    "section_votes": "Kura",
    "section_jobs": "Vikumbusho na kazi zinazoendelea",
    "section_blocks": "Uliowazuia",
    "section_reports": "Uliyoripoti",
    "section_records": "Kumbukumbu kukuhusu",
}
