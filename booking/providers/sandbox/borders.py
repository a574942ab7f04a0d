"""Which countries coaches of the sandbox drive between: by land, a bridge or the tunnel below the Channel. By hand."""

_NEXT_TO = (
    "KE:UG TZ ET|TZ:UG RW BI MW ZM MZ KE|UG:RW KE TZ|RW:BI UG TZ|ET:DJ|ZM:ZW BW MW NA|ZW:BW ZA MZ ZM|ZA:BW NA LS SZ MZ "
    "ZW|MZ:MW SZ ZA ZW|NA:BW AO ZA|MW:ZM MZ|GH:TG BF CI|TG:BJ GH|BJ:NG TG|NG:BJ|SN:GM ML|CI:BF GH ML|ML:BF SN|MA:ES|"
    "TN:DZ|IL:JO|JO:SA|AE:OM SA|SA:BH QA KW AE|TR:GE BG GR|GE:AM AZ TR|BG:RO RS GR MK TR|GR:AL MK BG TR|RS:HR BA "
    "ME HU RO MK BG|HR:SI BA HU ME RS|AL:ME MK GR|BA:ME HR RS|SI:AT IT HR HU|HU:AT SK RO SI HR UA RS|SK:CZ PL AT HU UA|"
    "CZ:DE AT PL SK|AT:DE CH IT CZ LI|DE:FR NL BE LU DK PL CH AT CZ|FR:ES IT BE LU CH MC DE GB|ES:PT AD FR|IT:CH FR AT "
    "SI MC SM VA|BE:NL LU FR DE|NL:DE BE|DK:SE DE|SE:NO DK|NO:SE FI|FI:RU|EE:LV RU|LV:LT EE|LT:PL LV|PL:UA DE CZ "
    "SK LT|UA:MD RO PL|RO:MD HU BG UA|GB:IE FR|IE:GB|IN:NP BD BT|NP:IN|TH:LA KH MY|LA:VN TH KH|KH:VN TH|MY:SG TH|SG:MY|"
    "CN:HK MO VN LA|HK:MO CN|KZ:KG UZ|UZ:TJ KZ|US:CA MX|CA:US|MX:GT BZ US|GT:SV HN BZ|SV:HN|HN:NI|NI:CR|CR:PA|CO:EC VE|"
    "EC:PE CO|PE:BO CL EC|BO:AR BR PE|CL:AR PE|AR:UY PY BR CL|BR:UY PY AR|DO:HT"
)


class Borders:
    """Land ways between countries, by their ISO codes."""

    def __init__(self) -> None:
        self._open: set[frozenset[str]] = set()

    def joined(self, one: str, other: str) -> bool:
        """Whether a coach may go from one to the other."""
        if not self._open:
            pairs = (line.partition(":") for line in _NEXT_TO.split("|"))
            self._open = {frozenset((a, b)) for a, _, them in pairs for b in them.split()}
        return one == other or frozenset((one, other)) in self._open
