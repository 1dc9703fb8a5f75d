"""What write_sample says must be found in a sample results file."""

import collections
import math


def read(path):
    """Values by variable, and texts by (variable, attribute)."""
    values = collections.defaultdict(list)
    attributes = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            name, value = line.rstrip("\n").split("\t")
            value = value.replace("\\n", "\n")
            if "@" in name:
                attributes[tuple(name.split("@"))] = value
            else:
                values[name].append(value)
    return values, attributes


def check(name, found, expected):
    """Fails unless two lists of values are equal; numbers to the last bit."""
    found = list(found)
    if found and not isinstance(found[0], str):
        # An integer is compared as an integer, so that none is rounded on the way.
        expected = [type(f)(e) for f, e in zip(found, expected)] if len(found) == len(expected) else expected
    same = len(found) == len(expected) and all(
        f == e or (isinstance(f, float) and math.isnan(f) and math.isnan(e)) for f, e in zip(found, expected))
    assert same, f"{name}: found {found[:8]}..., expected {expected[:8]}..."
