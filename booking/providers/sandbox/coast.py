"""Which towns of the sandbox have a beach. Written by hand; names that say so count too."""

from bot.gazetteer import Spot
from bot.names import fold

_ISLANDS = set(
    "MV SC MU BB BS AG LC VC GD KN AW CW SX TC KY BM FJ PF WS TO CV MT MC GI GU VI VG AI MQ GP RE YT KM ST TV KI PW "
    "CK NC VU DM BL MF".split()
)
_SAYS = set(
    "beach bay island islands coast playa praia plage mer mar lagoon seaside cove atoll marina costa cap lido spiaggia "
    "baie bahia strand reef".split()
)
_TOWNS = {
    "KE": "mombasa|malindi|lamu|kilifi|watamu|ukunda|diani|kwale|shela|mtwapa|nyali|bamburi|shanzu|vipingo|msambweni|"
    "takaungu|gongoni|wasini|shimoni|tiwi|galu|kikambala|manda",
    "TZ": "dar es salaam|zanzibar|stone town|nungwi|kendwa|paje|jambiani|bagamoyo|tanga|pangani|mtwara|lindi|"
    "kiwengwa",
    "MZ": "maputo|beira|vilankulo|vilanculos|pemba|inhambane|tofo|nacala",
    "SO": "mogadishu|kismayo|berbera|bosaso",
    "DJ": "djibouti",
    "ER": "massawa",
    "SD": "port sudan",
    "MG": "nosy be|toamasina|antsiranana|mahajanga|toliara",
    "ZA": "cape town|durban|port elizabeth|gqeberha|east london|hermanus|knysna|plettenberg bay|umhlanga|ballito|"
    "mossel bay|margate",
    "NA": "walvis bay|swakopmund|luderitz",
    "AO": "luanda|benguela|lobito",
    "NG": "lagos|lekki|port harcourt|calabar",
    "GH": "accra|cape coast|takoradi|tema|elmina",
    "TG": "lome",
    "BJ": "cotonou|ouidah",
    "CI": "abidjan|grand bassam|assinie|san pedro",
    "SN": "dakar|saly|mbour|saint louis",
    "GM": "banjul|bakau|serrekunda",
    "SL": "freetown",
    "LR": "monrovia",
    "GN": "conakry",
    "MR": "nouakchott",
    "MA": "casablanca|agadir|tangier|essaouira|rabat|al hoceima|asilah|dakhla",
    "DZ": "algiers|oran|annaba|bejaia",
    "TN": "tunis|sousse|hammamet|djerba|monastir|mahdia|bizerte",
    "LY": "tripoli|benghazi|misrata",
    "EG": "alexandria|hurghada|sharm el sheikh|sharm ash shaykh|dahab|marsa alam|el gouna|port said|marsa matruh",
    "IL": "tel aviv|haifa|eilat|netanya|ashdod|herzliya|ashkelon",
    "LB": "beirut|byblos|tyre|tripoli|jounieh",
    "JO": "aqaba",
    "AE": "dubai|abu dhabi|sharjah|ajman|ras al khaimah|fujairah|umm al quwain",
    "QA": "doha",
    "OM": "muscat|salalah|sohar|sur",
    "SA": "jeddah|dammam|al khobar|yanbu",
    "KW": "kuwait city|kuwait|salmiya",
    "BH": "manama|muharraq",
    "IR": "bushehr|kish|bandar abbas",
    "YE": "aden|mukalla",
    "TR": "istanbul|antalya|izmir|bodrum|fethiye|marmaris|alanya|kusadasi|cesme|mersin|kas|side|kemer|trabzon",
    "GR": "thessaloniki|athens|heraklion|chania|rhodes|corfu|mykonos|santorini|thira|naxos|patras|kavala|volos|paros|"
    "kos|zakynthos|piraeus|rethymno|nafplio",
    "CY": "limassol|larnaca|paphos|ayia napa|kyrenia|protaras",
    "HR": "split|dubrovnik|zadar|pula|rijeka|hvar|sibenik|makarska|rovinj|opatija",
    "ME": "budva|kotor|bar|tivat",
    "AL": "durres|vlore|sarande|himare",
    "BG": "varna|burgas|sunny beach|nesebar",
    "RO": "constanta|mamaia",
    "UA": "odesa|odessa",
    "GE": "batumi",
    "RU": "sochi|vladivostok|kaliningrad",
    "IT": "naples|genoa|palermo|catania|bari|rimini|venice|amalfi|sorrento|cagliari|taormina|livorno|salerno|pescara|"
    "ancona|trapani|olbia|alghero|positano|brindisi|siracusa|syracuse|viareggio|san remo|sanremo|tropea",
    "SI": "koper|piran",
    "FR": "nice|marseille|cannes|biarritz|saint tropez|antibes|saint malo|la rochelle|toulon|"
    "le havre|calais|ajaccio|bastia|deauville|brest|menton|arcachon|la baule",
    "ES": "barcelona|valencia|malaga|alicante|palma|cadiz|san sebastian|bilbao|santander|marbella|ibiza|benidorm|"
    "las palmas de gran canaria|las palmas|santa cruz de tenerife|tarragona|almeria|a coruna|gijon|vigo|sitges|"
    "torremolinos|cartagena|arrecife|adeje|salou|fuengirola|nerja|lloret de mar|mahon|huelva|castello de la plana",
    "PT": "lisbon|porto|faro|lagos|cascais|albufeira|funchal|ponta delgada|portimao|nazare|ericeira|setubal|tavira|"
    "peniche|sintra|matosinhos|figueira da foz|viana do castelo",
    "GB": "brighton|bournemouth|blackpool|edinburgh|aberdeen|swansea|plymouth|newquay|scarborough|margate|southend|"
    "portsmouth|cardiff|st ives|whitby|torquay|eastbourne|hastings|southampton|liverpool|belfast",
    "IE": "dublin|galway|cork|tralee|sligo|dun laoghaire|bray",
    "NL": "the hague|scheveningen|zandvoort|den helder",
    "BE": "ostend|oostende|knokke|de panne|zeebrugge",
    "DE": "kiel|rostock|lubeck|cuxhaven|warnemunde|sylt|binz",
    "DK": "copenhagen|aarhus|esbjerg|skagen|aalborg|odense",
    "SE": "malmo|gothenburg|helsingborg|visby|ystad|stockholm",
    "NO": "oslo|bergen|stavanger|tromso|bodo|kristiansand|alesund|trondheim",
    "FI": "helsinki|turku|hanko|oulu",
    "EE": "tallinn|parnu",
    "LV": "riga|jurmala|liepaja",
    "LT": "klaipeda|palanga",
    "PL": "gdansk|gdynia|sopot|kolobrzeg",
    "IS": "reykjavik",
    "IN": "mumbai|goa|panaji|kochi|chennai|visakhapatnam|puri|pondicherry|puducherry|mangalore|"
    "kovalam|thiruvananthapuram|calicut|kozhikode|varkala|alappuzha|gokarna|diu|port blair|surat|rameswaram",
    "PK": "karachi|gwadar",
    "LK": "colombo|galle|negombo|trincomalee|mirissa|unawatuna|hikkaduwa|bentota|jaffna|weligama",
    "BD": "coxs bazar|chittagong|chattogram",
    "MM": "ngapali|sittwe",
    "TH": "phuket|pattaya|hua hin|krabi|ko samui|"
    "koh samui|ao nang|cha am|rayong|trat|ban ko samui|patong|phi phi|karon",
    "KH": "sihanoukville|kampot|kep",
    "VN": "da nang|nha trang|vung tau|hoi an|hai phong|ha long|quy nhon|phan thiet|mui ne|phu quoc|hue|duong dong",
    "MY": "penang|george town|kota kinabalu|langkawi|johor bahru|kuantan|malacca|kuala terengganu|port dickson",
    "SG": "singapore",
    "BN": "bandar seri begawan",
    "ID": "denpasar|bali|kuta|jakarta|surabaya|makassar|lombok|mataram|"
    "manado|seminyak|sanur|canggu|nusa dua|ubud|semarang|balikpapan|padang|labuan bajo|kupang|jimbaran|uluwatu|gili",
    "PH": "manila|cebu|cebu city|boracay|puerto princesa|el nido|davao|dumaguete|iloilo|zamboanga|coron|panglao|"
    "general luna|tagbilaran|subic|malay|mactan|lapu lapu",
    "TL": "dili",
    "PG": "port moresby|madang|lae",
    "CN": "sanya|qingdao|xiamen|dalian|haikou|zhuhai|beihai|shenzhen|yantai|ningbo|weihai|qinhuangdao|fuzhou|"
    "zhoushan",
    "HK": "hong kong",
    "MO": "macau|macao",
    "TW": "kaohsiung|hualien|keelung|tainan|taitung|kenting|hengchun",
    "JP": "okinawa|naha|kamakura|fukuoka|yokohama|kobe|osaka|miyazaki|shimoda|atami|enoshima|kagoshima|ishigaki|"
    "chiba",
    "KR": "busan|jeju|incheon|gangneung|sokcho|ulsan|pohang|yeosu|seogwipo|jeju city",
    "AU": "sydney|gold coast|melbourne|brisbane|perth|adelaide|cairns|byron bay|hobart|darwin|newcastle|wollongong|"
    "sunshine coast|townsville|broome|fremantle|geelong|port douglas|noosa|noosa heads|maroochydore|bondi|"
    "surfers paradise",
    "NZ": "auckland|wellington|christchurch|tauranga|napier|dunedin|nelson|gisborne|whangarei|kaikoura|raglan",
    "US": "miami|miami beach|los angeles|san diego|honolulu|santa monica|san francisco|long beach|santa barbara|"
    "fort lauderdale|tampa|virginia beach|myrtle beach|key west|galveston|charleston|savannah|boston|new york city|"
    "atlantic city|santa cruz|monterey|laguna beach|malibu|newport|st petersburg|clearwater|naples|sarasota|"
    "pensacola|"
    "daytona beach|west palm beach|hilo|kahului|lahaina|kailua|kihei|biloxi|corpus christi|ocean city|portland|"
    "provincetown|destin|panama city|oceanside|carlsbad|huntington beach|boca raton|hilton head island|wilmington",
    "CA": "vancouver|victoria|halifax|tofino|st johns|charlottetown",
    "MX": "cancun|acapulco|puerto vallarta|"
    "playa del carmen|tulum|cabo san lucas|mazatlan|veracruz|cozumel|san jose del cabo|ensenada|la paz|merida|"
    "puerto escondido|tijuana|manzanillo|ixtapa zihuatanejo|sayulita|progreso|huatulco",
    "GT": "puerto barrios|livingston|monterrico",
    "BZ": "belize city|san pedro|caye caulker|placencia|dangriga",
    "HN": "la ceiba|roatan|tela|puerto cortes",
    "SV": "la libertad|acajutla",
    "NI": "san juan del sur|bluefields",
    "CR": "puntarenas|limon|jaco|tamarindo|quepos|puerto viejo",
    "PA": "panama city|colon|bocas del toro|panama",
    "CU": "havana|varadero|santiago de cuba|trinidad|cienfuegos|holguin",
    "JM": "kingston|montego bay|negril|ocho rios",
    "DO": "punta cana|santo domingo|puerto plata|la romana|sosua|bavaro|samana|cabarete",
    "HT": "port au prince|jacmel",
    "PR": "san juan|ponce|rincon|carolina|culebra",
    "TT": "port of spain|scarborough",
    "CO": "cartagena|santa marta|"
    "barranquilla|san andres|riohacha|buenaventura",
    "VE": "maracaibo|porlamar|puerto la cruz|la guaira|barcelona",
    "EC": "guayaquil|salinas|manta|montanita|esmeraldas|puerto ayora",
    "PE": "lima|trujillo|mancora|piura|paracas|callao",
    "CL": "valparaiso|vina del mar|antofagasta|iquique|la serena|arica|coquimbo|concon",
    "AR": "mar del plata|pinamar|puerto madryn|villa gesell|necochea",
    "UY": "montevideo|punta del este|colonia|piriapolis",
    "BR": "rio de janeiro|salvador|recife|fortaleza|florianopolis|natal|maceio|santos|joao pessoa|buzios|"
    "sao luis|vitoria|"
    "paraty|aracaju|balneario camboriu|porto seguro|ilhabela|jericoacoara|guaruja|niteroi|cabo frio|"
    "armacao dos buzios",
    "GY": "georgetown",
    "SR": "paramaribo",
    "GF": "cayenne",
}  # fmt: skip


class Coast:
    """Knows beach towns; the list is read at the first question."""

    def __init__(self) -> None:
        self._towns: dict[str, frozenset[str]] = {}

    def has_beach(self, spot: Spot) -> bool:
        """Whether a sandbox town lies by the sea."""
        key = fold(spot.name)
        if spot.country in _ISLANDS or _SAYS & set(key.split()):
            return True
        if spot.country not in self._towns:
            self._towns[spot.country] = frozenset(_TOWNS.get(spot.country, "").split("|"))
        return key in self._towns[spot.country]
