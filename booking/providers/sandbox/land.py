"""Which island a town of the sandbox lies on, by boxes of coordinates. By hand; what a bridge joins is one land.

No ferry counts; the shuttle trains below the English Channel take coaches. Lamu's coaches end at the jetty opposite."""

from bot.gazetteer import Spot

# Country: name of the island, south, west, north, east in degrees; the first box that holds a town is its land.
_ISLANDS = """
AG: barbuda 17.5 -61.95 17.75 -61.7
AR: fuego -55.2 -70.6 -52.65 -65
AU: tasmania -43.8 143.8 -39.4 148.6
BR: ilhabela -24 -45.385 -23.7 -45.2 | marajo -1.3 -50.9 -0.1 -48.48 | amapa -0.35 -53 4.5 -49.85
BS: providence 24.9 -77.6 25.12 -77.2 | grand_bahama 26.4 -79.05 26.85 -77.8
BZ: ambergris 17.8 -88.1 18.15 -87.7
CA: vancouver 48.2 -125 49.3 -123.25 | vancouver 49.25 -128.6 49.6 -124.2 | vancouver 49.6 -128.6 50.95 -124.6 |
    newfoundland 46.5 -59.5 51.7 -52.5 | magdalen 47.1 -62.1 47.7 -61.3
CL: fuego -55.2 -70.6 -52.65 -65 | chiloe -43.5 -74.3 -41.81 -73.3 | easter -27.3 -109.6 -27 -109.1
CN: hainan 18.1 108.5 20.18 111.2
CO: san_andres 12.4 -81.8 13.5 -81.3
CU: juventud 21.4 -83.2 21.95 -82.5
CV: santiago 14.85 -23.85 15.4 -23.4 | sao_vicente 16.75 -25.15 16.95 -24.85 | santo_antao 16.96 -25.4 17.25 -24.95 |
    fogo 14.8 -24.55 15.1 -24.28
DE: sylt 54.73 8.2 55.06 8.5 | norderney 53.68 7.1 53.73 7.3 | borkum 53.54 6.6 53.63 6.85
DK: bornholm 54.95 14.6 55.35 15.2
EC: santa_cruz -0.8 -90.6 -0.45 -90.15 | san_cristobal -1 -89.7 -0.65 -89.2
EE: saaremaa 57.85 21.7 58.64 23.3 | hiiumaa 58.65 22 59.15 23.1
ES: mallorca 39.2 2.3 40 3.5 | menorca 39.7 3.7 40.2 4.4 | ibiza 38.8 1.1 39.2 1.7 | tenerife 27.9 -17 28.7 -16.1 |
    gran_canaria 27.7 -15.9 28.3 -15.3 | lanzarote 28.8 -13.95 29.5 -13.3 | fuerteventura 28 -14.6 28.78 -13.8 |
    la_palma 28.4 -18.05 28.9 -17.7 | gomera 28 -17.4 28.25 -17.05 | africa 35.2 -5.5 35.95 -2.8
FJ: viti_levu -18.3 177.2 -17.25 178.75 | vanua_levu -17.05 178.4 -16.1 180
FR: corsica 41.3 8.5 43.1 9.6
GB: ireland 54 -8.2 55.35 -5.4 | wight 50.55 -1.53 50.772 -1.06 | orkney 58.7 -3.5 59.4 -2.3 | shetland 59.8 -1.8 60.9
    -0.6 | lewis 57.7 -7.2 58.55 -6.1 | arran 55.42 -5.4 55.72 -5.05
GP: marie_galante 15.85 -61.35 16.02 -61.18
GQ: bioko 3.15 8.4 3.85 9
GR: crete 34.8 23.5 35.7 26.4 | lesbos 38.9 25.8 39.4 26.65 | chios 38.1 25.85 38.6 26.2 | samos 37.6 26.55 37.82 27.1
    | rhodes 35.85 27.65 36.5 28.3 | kalymnos 36.93 26.9 37.06 27.06 | kos 36.65 26.9 36.93 27.36 | mykonos 37.38
    25.25 37.5 25.5 | santorini 36.3 25.33 36.48 25.5 | naxos 36.9 25.3 37.22 25.62 | paros 36.95 25.08 37.16 25.29 |
    syros 37.35 24.83 37.52 24.97 | corfu 39.3 19.6 39.85 20.13 | kefalonia 38.05 20.3 38.5 20.85 | zakynthos 37.6
    20.6 37.95 21.02 | limnos 39.75 25 40.05 25.45 | aegina 37.67 23.4 37.77 23.58 | salamis 37.87 23.4 37.98 23.55
HN: roatan 16.2 -86.65 16.5 -86.2
HR: cres 44.4 14.25 45.1 14.5
ID: riau 0.5 103.25 1.3 104.8 | bangka -3.2 105.1 -1.4 106.95 | belitung -3.3 107.5 -2.5 108.35 | nias 0.4 97 1.6 98 |
    sumatra -5.95 95 6 105.9 | java -8.9 105 -5.7 114.43 | bali -8.9 114.43 -8 115.72 | lombok -9 115.8 -8.2 116.75 |
    sumbawa -9.1 116.75 -8.1 119.2 | flores -9 119.75 -8.1 123.1 | sumba -10.4 118.9 -9.2 120.9 | timor -10.5 123.3
    -8.9 125.2 | borneo -4.3 108.8 4.5 118.6 | sulawesi -5.8 118.6 1.8 125.3 | guinea -9.2 130.9 0 141.1
IN: andaman 6.5 92 14 94.5 | lakshadweep 8 71.5 12.5 74.2
IR: kish 26.45 53.85 26.62 54.1 | qeshm 26.55 55.25 26.9 55.95 | qeshm 26.7 55.9 27 56.3
IT: sicily 36.6 12.3 38.32 15.62 | sardinia 38.8 8.1 41.3 9.9 | elba 42.7 10.08 42.87 10.45 | capri 40.53 14.19 40.57
    14.27 | ischia 40.69 13.84 40.77 13.98 | pantelleria 36.7 11.9 36.9 12.1
JP: hokkaido 41.35 139.9 41.6 140.5 | hokkaido 41.6 139.3 45.6 145.9 | okinawa 26 127.5 26.95 128.4 | miyako 24.6
    125.1 25 125.5 | ishigaki 24.2 123.9 24.65 124.4 | amami 28 129.1 28.6 129.8 | tokunoshima 27 128.4 28 129.1 |
    tanegashima 30.3 130.8 30.9 131.15 | yakushima 30.15 130.3 30.5 130.75 | sado 37.7 138.1 38.4 138.6 | tsushima 34
    129.1 34.75 129.55 | iki 33.7 129.6 33.9 129.85 | goto 32.5 128.5 33.35 129.25 | izu 30 139.1 34.8 139.95
KM: comoro -11.95 43.2 -11.35 43.55 | anjouan -12.45 44.15 -12 44.6
KN: nevis 17.08 -62.65 17.22 -62.5
KR: jeju 33 126 33.65 127 | ulleung 37.4 130.7 37.6 131
KY: cayman 19.2 -81.45 19.42 -81.05
MG: nosy_be -13.48 48.1 -13.15 48.4 | sainte_marie -17.15 49.75 -16.65 50.05
MT: gozo 36 14.15 36.09 14.36
MU: rodrigues -19.8 63.2 -19.6 63.6
MX: cozumel 20.2 -87.05 20.65 -86.7 | mujeres 21.18 -86.78 21.3 -86.7 | baja 22.7 -113 26.5 -109.35 | baja 26.5 -115
    28.6 -111.5
MY: labuan 5.2 115.1 5.42 115.35 | borneo 0.8 109.5 7.5 119.3 | langkawi 6.15 99.6 6.5 99.95
NC: lifou -21.2 167 -20.65 167.5
NI: corn 12.1 -83.1 12.35 -82.9
NL: texel 53 4.7 53.2 4.95
NZ: south -47.4 166 -40.4 174.5 | chatham -44.5 -177.5 -43.5 -176
PA: bocas 9.3 -82.3 9.45 -82.15
PF: tahiti -17.95 -149.65 -17.45 -149.1
PH: mindoro 12.1 120.1 13.53 121.58 | coron 11.8 119.8 12.4 120.4 | palawan 8.3 117.1 11.6 119.75 | boracay 11.94
    121.88 12.02 121.97 | guimaras 10.4 122.45 10.68 122.75 | panay 10.6 121.8 11.94 122.78 | panay 11 122.7 11.75
    123.2 | negros 10.25 123.3 10.45 123.5 | negros 10.45 123.3 11.05 123.65 | siquijor 9.1 123.4 9.3 123.7 | bohol
    9.5 123.72 10.16 124.65 | cebu 9.41 123.305 11.4 124.1 | negros 9.03 122.3 11.05 123.42 | camiguin 9.1 124.6 9.26
    124.85 | siargao 9.6 125.9 10.1 126.2 | leyte 10.3 124.25 11.7 124.66 | leyte 10 124.66 12.7 126 | masbate 11.7
    123 12.6 124.05 | basilan 6.4 121.8 6.75 122.3 | sulu 4.5 119 6.3 121.6 | mindanao 5.4 121.9 9.02 126.7 | mindanao
    9.02 125.2 9.85 125.85 | catanduanes 13.5 124 14.1 124.5 | marinduque 13.2 121.8 13.6 122.2 | romblon 12 121.9
    12.7 122.7 | luzon 12.5 119.7 19 124.3
PR: culebra 18.27 -65.35 18.36 -65.2 | vieques 18.08 -65.6 18.17 -65.25
PT: madeira 32.6 -17.3 32.9 -16.6 | porto_santo 33 -16.45 33.15 -16.25 | sao_miguel 37.65 -25.9 37.95 -25.1 | terceira
    38.6 -27.4 38.85 -27 | faial 38.5 -28.9 38.67 -28.6 | pico 38.35 -28.57 38.58 -28
RU: sakhalin 45.8 141.6 54.5 144.8
SC: mahe -4.85 55.35 -4.52 55.6 | praslin -4.36 55.65 -4.27 55.82
SE: gotland 56.85 18 58.05 19.4
ST: principe 1.5 7.3 1.75 7.5
TH: samui 9.35 99.9 9.65 100.12 | phangan 9.66 99.9 9.85 100.15 | chang 11.9 102.2 12.15 102.45
TN: kerkennah 34.6 10.95 34.85 11.35
TO: tongatapu -21.3 -175.4 -21 -175
TR: gokceada 40.1 25.65 40.26 26.02
TT: tobago 11.1 -60.9 11.4 -60.45
TW: penghu 23.2 119.3 23.8 119.8 | kinmen 24.3 118.1 24.6 118.5 | matsu 25.9 119.8 26.4 120.5
TZ: unguja -6.55 39.1 -5.65 39.65 | pemba -5.5 39.55 -4.8 39.95 | mafia -8.05 39.5 -7.6 39.95 | ukerewe -2.2 32.75
    -1.85 33.3
UG: ssese -0.75 32 -0.1 32.75
US: oahu 21.2 -158.35 21.75 -157.6 | maui 20.5 -156.72 21.06 -155.95 | hawaii 18.8 -156.1 20.3 -154.7 | kauai 21.8
    -159.85 22.3 -159.25 | nantucket 41.2 -70.25 41.4 -69.9 | sitka 56.9 -135.9 57.3 -134.9 | ketchikan 55.2 -131.9
    55.5 -131.4 | juneau 58.2 -134.9 58.5 -134.1 | kodiak 56.8 -154.9 58 -152
VE: margarita 10.8 -64.5 11.25 -63.7
VI: st_croix 17.6 -64.95 17.85 -64.5 | st_thomas 18.28 -65.1 18.42 -64.84
VN: phu_quoc 9.9 103.8 10.5 104.1 | con_dao 8.6 106.5 8.8 106.8
WS: upolu -14.1 -172.1 -13.75 -171.35
YE: socotra 12.2 53.2 12.75 54.6
"""
# Where most towns have an island of their own, or no road leads to them: coaches drive within the boxes above alone.
_SCATTERED = frozenset("BS CK CV FJ FM GL ID KI KM KY MH MP MV PF PG PH PW SB SC SJ TC TO TV VI VU WS".split())
_MAIN = {"IE": "ireland", "MA": "africa"}
_Box = tuple[str, float, float, float, float]


class Land:
    """Knows the islands; the list is read at the first question."""

    def __init__(self) -> None:
        self._boxes: dict[str, tuple[_Box, ...]] = {}

    def joined(self, one: Spot, other: Spot) -> bool:
        """Whether a coach gets from one to the other without a ship; what lies between countries is for `Borders`."""
        here = self.of(one)
        return here is not None and here == self.of(other)

    def of(self, spot: Spot) -> str | None:
        """The island that a town is on, "" for the main land of its country, None where nothing drives."""
        self._boxes = self._boxes or _read()
        for name, south, west, north, east in self._boxes.get(spot.country, ()):
            if south <= spot.lat <= north and west <= spot.lon <= east:
                return name
        return None if spot.country in _SCATTERED else _MAIN.get(spot.country, "")


def _read() -> dict[str, tuple[_Box, ...]]:
    countries = (line.split(": ", 1) for line in _ISLANDS.replace("\n    ", " ").strip().splitlines())
    return {country: tuple(_box(box) for box in boxes.split("|")) for country, boxes in countries}


def _box(text: str) -> _Box:
    name, *edges = text.split()
    south, west, north, east = (float(edge) for edge in edges)
    return name, south, west, north, east
