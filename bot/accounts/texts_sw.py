"""What is said about Accounts, in Swahili."""

TEXT = {
    "title": "Akaunti",
    "line": "**{channel}** {name} · {display} · {state}{why}",
    "main": "**{channel}** main · kutoka kwenye mipangilio",
    "state_active": "inafanya kazi",
    "state_refused": "⚠️ funguo zake zimekataliwa",
    "state_removed": "imeondolewa",
    "usage": "Sema hivi:\n/admin account add <mtandao> <jina> <{secrets}>\n/admin account rotate <mtandao> <jina> "
    "<funguo mpya>\n/admin account remove <mtandao> <jina>\nMitandao yenye akaunti kadhaa: {channels}. Unachoandika "
    "huondolewa kwenye kumbukumbu zetu; futa ujumbe wako kwenye mtandao pia.",
    "no_channel": "{channel} haijaunganishwa, au ina akaunti moja tu. Mitandao yenye kadhaa: {channels}.",
    "bad_name": "Jina lina herufi ndogo, tarakimu, - au _ kuanzia 1 hadi 32. “main” ni la mipangilio.",
    "secrets": "{channel} inahitaji hizi, kwa mpangilio huu: {secrets}.",
    "there": "Tayari kuna akaunti {name} kwenye {channel}. Rotate huipa funguo mpya.",
    "not_there": "Hakuna akaunti {name} kwenye {channel}.",
    "sure_add": "Niunganishe akaunti {name} kwenye {channel}?",
    "sure_rotate": "Niipe akaunti {name} kwenye {channel} funguo mpya? Mtandao ukizikataa, za zamani zinabaki.",
    "sure_remove": "Nitenganishe akaunti {name} kwenye {channel}? Mazungumzo yake yanabaki kwenye kumbukumbu zetu, na "
    "hakuna kitakachopita huko tena.",
    "yes_add": "Unganisha",
    "yes_rotate": "Tumia funguo mpya",
    "yes_remove": "Tenganisha",
    "trying": "Subiri kidogo: ninauliza mtandao.",
    "removing": "Akaunti {name} kwenye {channel} imetenganishwa.",
    "works": "Akaunti {name} kwenye {channel} inafanya kazi. Huko inaitwa {display}.",
    "refused": "{channel} haikubali funguo hizi za {name}: {why}. {after}",
    "refused_new": "Hakuna kilichounganishwa.",
    "refused_old": "Funguo za zamani zinaendelea kutumika.",
    "button_remove": "Tenganisha {name}",
}
