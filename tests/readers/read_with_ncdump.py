"""Dumps a sample results file with ncdump and compares every number and label of the dump."""

import re
import struct
import subprocess
import sys

import expected

ncdump, path, expectations = sys.argv[1:]
values, attributes = expected.read(expectations)
dump = subprocess.run([ncdump, "-p", "9,17", path], check=True, capture_output=True, text=True).stdout
dump = dump.replace("\\'", "'")

header = dump.split("data:")[0]
assert "strategy = 3 ;" in header and "double gps(strategy, replication, month) ;" in header
assert f'string :title = "{attributes[("", "title")]}" ;' in dump

found = {}
group = ""
for line in re.split(r"(?<=[;{}:])\n", dump.split("\ndata:\n", 1)[1]):
    opened = re.search(r"group: (\w+) \{", line)
    if opened:
        group = opened.group(1) + "/"
    assigned = re.match(r"\s*(\w+) =\s*(.*?) ?;$", line, re.DOTALL)
    if assigned:
        found[group + assigned.group(1)] = assigned.group(2)

for name, expected_values in values.items():
    if name.startswith("provenance/"):
        continue  # quotes and ends of line are escaped there
    text = found[name]
    if '"' in text:  # ncdump writes an empty text as _, the fill value
        expected.check(name, re.findall(r'"(.*?)"|_', text), expected_values)
    else:
        numbers = [float("nan") if n in ("_", "NaN") else float(n) for n in text.replace(",", " ").split()]
        if name.startswith("communes/"):  # nine digits tell numbers of single precision apart
            numbers = [struct.unpack("f", struct.pack("f", n))[0] for n in numbers]
        expected.check(name, numbers, [float(v) for v in expected_values])
