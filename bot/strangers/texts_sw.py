"""What is said to and about people who go too far, in Swahili."""

TEXT = {
    "slow_down": "{name}, hiyo ni kasi kuliko ninavyoweza kufuata. Nitaendelea kusoma baada ya takriban dakika "
    "{minutes}; hadi hapo nitakaa kimya. Unachoandika kinahifadhiwa.",
    "slow_down_all": "Kuna mengi hapa kuliko ninavyoweza kufuata. Nitaendelea kusoma baada ya takriban dakika "
    "{minutes}; kinachoandikwa kinahifadhiwa.",
    "enough_work": "{name}, hayo yalikuwa mengi ya kutafuta. Nipe dakika moja kabla ya linalofuata.",
    "block_who": "Hutaki kumsikia nani? Jibu ujumbe wake kwa /block, au taja jina lake.",
    "block_self": "Huyo ni wewe.",
    "blocked": "Humsikii tena {name} kwenye mazungumzo yako, na hawezi kuzungumza na persona wako. Kwenye kikundi "
    "mlicho nacho pamoja bado anaweza kuandika; uzuiaji wa mtandao wenyewe huficha hilo. /unblock hutengua.",
    "unblock_who": "Unataka kumsikia nani tena?",
    "unblock_none": "Hujamzuia mtu yeyote.",
    "unblocked": "Unamsikia {name} tena.",
    "report_who": "Unamaanisha nani au nini? Jibu ujumbe kwa /report, au taja jina na kilichotokea.",
    "reported": "Asante. Wasimamizi wa Caravan hii wataliona; {name} hataambiwa. /block humweka mbali.",
    "nobody": "Hakuna anayeitwa “{name}” hapa.",
    "several": "Kuna kadhaa wenye jina hilo hapa. Badala yake jibu ujumbe wake.",
    "reports": "Ripoti",
    "report_line": "{at:%d %b %H:%M} kuhusu **{name}** katika “{thread}”, kutoka kwa {by}: {why} · `{entry}`",
    "report_nothing": "hakuna maneno",
    "lockouts": "Waliofungiwa nje",
    "lockout_line": "{name} hadi {until:%d %b %H:%M} UTC ({times}×)",
    "button_close": "Funga {n}",
    "button_lock": "Mfungie nje {n} kwa siku moja",
    "button_unlock": "Mruhusu {n}",
    "closed": "Imefungwa.",
    "locked": "{name} amefungiwa nje hadi {until:%d %b %H:%M} UTC.",
    "let_in": "Ameruhusiwa tena.",
    "gone": "Hilo limeshakwisha.",
    "keeper": "Wasimamizi wa Caravan hii hawawezi kufungiwa nje; ondoa wadhifa kwanza.",
}
