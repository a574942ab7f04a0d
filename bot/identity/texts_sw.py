"""What linking says, in Swahili."""

TEXT = {
    "title": "Huyu ni wewe",
    "one": "**{network}** {name}",
    "only_one": "Ninakujua kwa akaunti hii tu. Ukitumia mtandao mwingine pia, uunganishe: safari, persona, kura na "
    "malipo yako yatakuwa yale yale kote.",
    "language": "Lugha: {language}",
    "button_language": "Lugha",
    "button_link": "Unganisha akaunti nyingine",
    "button_unlink": "Tenganisha {network}",
    "code": "Kwenye mtandao mwingine, niandikie moja kwa moja: /me link {code}\n\nMsimbo unatumika mara moja, kwa "
    "dakika kumi. Usimpe mtu: anayejiunganisha nawe anakuwa wewe hapa, akiwa na safari na malipo yako. Utaulizwa tena "
    "kabla ya chochote kuunganishwa.",
    "alone": "Hilo limeonwa na wote walio hapa, kwa hiyo msimbo umebatilishwa. Andika /me link tena upate mpya, na "
    "uuandike mahali ninaposoma mimi tu.",
    "wrong": "Huo si msimbo wangu, au umekwisha muda. /me link kwenye mtandao mwingine hutoa mpya.",
    "locked": "Misimbo mingi mno si sahihi. Tafadhali jaribu tena baada ya saa moja.",
    "yours": "Hapa ndipo ulipopata msimbo. Uandike kwenye mtandao mwingine, katika mazungumzo na mimi tu.",
    "typed": "**{name}** kwenye {network} ndiye aliyepata msimbo huu. Ikiwa ni wewe, akaunti zote mbili zinakuwa mtu "
    "mmoja hapa: anayetumia moja ana safari, persona, kura na malipo ya nyingine. Ikiwa mtu mwingine alikupa msimbo, "
    "bonyeza Hapana.",
    "asked": "Msimbo wako umeandikwa na **{name}** kwenye {network}. Ikiwa ni wewe, akaunti zote mbili zinakuwa mtu "
    "mmoja hapa. Ikiwa sivyo, bonyeza Hapana: hakuna kitakachotokea.",
    "yes": "Ndiyo, ni mimi",
    "no": "Hapana",
    "waiting": "Asante. Sasa thibitisha kwenye {network}, nilikokuuliza pia.",
    "linked": "Zimeunganishwa: {names} ni mtu mmoja hapa sasa. Majibu bado huja unapouliza.",
    "refused": "Sawa, hakuna kilichounganishwa na msimbo umebatilishwa.",
    "refused_there": "Imekataliwa upande wa pili. Hakuna kilichounganishwa.",
    "over": "Hilo limekwisha. /me link hutoa msimbo mpya.",
    "same": "Hawa wawili tayari ni wewe.",
    "unlink_which": "Nitenganishe akaunti ipi?",
    "unlink_sure": "Nitenganishe {name} kwenye {network}? Akaunti hiyo inakuwa mtu wake tena na inabaki kwenye "
    "vikundi vyake. Persona, kura, malipo na nafasi zako zinabaki nawe.",
    "unlink_yes": "Tenganisha",
    "unlink_last": "Hii ndiyo akaunti pekee ninayokujua nayo, kwa hiyo inabaki. /privacy hufuta kila kitu kukuhusu.",
    "unlinked": "{name} kwenye {network} ametenganishwa.",
    "unlink_none": "Huna akaunti kama hiyo hapa.",
    "usage": "Andika /me, /me link, /me link <msimbo> au /me unlink.",
}
