"""Damages results files in every way that disks and people know, and asks the program.

    damage.py --mutations 10000 --forged 1000 [--seed S] [--keep DIR]

An accident (bits that flip, bytes and blocks that change places, vanish or come in) must be found:
no file may pass for whole. A forgery has its checksum made right again, so that what HDF5 meets is
damaged too: the program may believe it, but must not crash or hang."""

import argparse
import ctypes
import ctypes.util
import os
import pathlib
import random
import re
import subprocess
import sys
import time

from harness import RUN, Workshop
from program import DONE, INVALID

BLOCK = 512
CHECKSUM = slice(32, 48)
BATCH = 250


class Xxh128(ctypes.Structure):
    _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]


XXHASH = ctypes.CDLL(ctypes.util.find_library("xxhash"))
XXHASH.XXH3_128bits.restype = Xxh128
XXHASH.XXH3_128bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]


def with_right_checksum(content):
    """The file with the length and the checksum in its block made right."""
    file = bytearray(content)
    file[24:32] = (len(file) - BLOCK).to_bytes(8, "little")
    file[CHECKSUM] = bytes(16)
    found = XXHASH.XXH3_128bits(bytes(file), len(file))
    file[CHECKSUM] = found.high.to_bytes(8, "big") + found.low.to_bytes(8, "big")
    return bytes(file)


def flip_bits(luck, file, other):
    for _ in range(luck.choice((1, 1, 1, 2, 8))):
        file[luck.randrange(len(file))] ^= 1 << luck.randrange(8)


def flip_in_the_first_block(luck, file, other):
    file[luck.randrange(min(BLOCK, len(file)))] ^= 1 << luck.randrange(8)


def change_a_byte(luck, file, other):
    file[luck.randrange(len(file))] = luck.randrange(256)


def change_a_number(luck, file, other):
    """Four or eight bytes become zero, all ones, or another size."""
    size = luck.choice((4, 8))
    at = luck.randrange(len(file) - size)
    number = luck.choice((0, 1, 255, 2**31 - 1, 2**31, 2**32 - 1, 2**63, 2**64 - 1))
    file[at:at + size] = (number % 2 ** (8 * size)).to_bytes(8, "little")[:size]


def swap_bytes(luck, file, other):
    one, two = luck.randrange(len(file)), luck.randrange(len(file))
    file[one], file[two] = file[two], file[one]


def swap_blocks(luck, file, other):
    size = luck.choice((16, 512, 4096))
    one, two = luck.sample(range(len(file) // size), 2)
    one, two = one * size, two * size
    file[one:one + size], file[two:two + size] = file[two:two + size], file[one:one + size]


def lose_a_block(luck, file, other):
    size = luck.choice((16, 512, 4096))
    at = luck.randrange(len(file) // size) * size
    file[at:at + size] = bytes(size)


def take_a_block_of_another_file(luck, file, other):
    size = luck.choice((512, 4096))
    at = luck.randrange(min(len(file), len(other)) // size) * size
    file[at:at + size] = other[at:at + size]


def cut(luck, file, other):
    del file[luck.choice((luck.randrange(len(file)), len(file) - 1, luck.randrange(BLOCK + 1))):]


def take_out(luck, file, other):
    at = luck.randrange(len(file))
    del file[at:at + luck.choice((1, 2, 512, 4096))]


def put_in(luck, file, other):
    at = luck.randrange(len(file) + 1)
    file[at:at] = luck.randbytes(luck.choice((1, 2, 512, 4096)))


MUTATIONS = (flip_bits, flip_in_the_first_block, change_a_byte, change_a_number, swap_bytes,
             swap_blocks, lose_a_block, take_a_block_of_another_file, cut, take_out, put_in)


class Damage:
    def __init__(self, seed, workshop, keep):
        self.luck = random.Random(seed)
        self.workshop = workshop
        self.keep = keep
        self.folder = workshop.root / "damaged"
        self.folder.mkdir()
        self.problems = []
        self.sources = [self.results(*RUN, *more) for more in
                        (("-r", "3"), ("-r", "1"), ("-r", "3", "--seed", "2"))]

    def results(self, *words):
        folder = self.workshop.fresh_empty()
        self.workshop.must_run(folder, words)
        return (folder / "results.h5").read_bytes()

    def mutated(self, is_forged):
        """A damaged file, and how it came about."""
        while True:
            source, other = self.luck.sample(self.sources, 2)
            mutation = self.luck.choice(MUTATIONS)
            file = bytearray(source)
            mutation(self.luck, file, other)
            if is_forged and len(file) >= BLOCK:
                file = with_right_checksum(file)
            if file != source:
                return bytes(file), mutation.__name__

    def problem(self, what, content, how):
        name = f"{how}-{len(self.problems)}.h5"
        self.problems.append(f"{name}: {what}")
        if self.keep:
            (self.keep / name).write_bytes(content)

    def verify(self, names):
        """Exit code (none: it hangs) and the names that pass for whole."""
        try:
            done = self.workshop.run(self.folder, ("verify", *names))
        except subprocess.TimeoutExpired:
            return None, set(), set()
        whole = set(re.findall(r"^(\S+) is whole", done.out, re.M))
        damaged = set(re.findall(r"^maillage: (\S+) is damaged", done.err, re.M))
        return done.exit, whole, damaged

    def play(self, count, is_forged):
        for start in range(0, count, BATCH):
            batch = {}
            for number in range(start, min(start + BATCH, count)):
                name = f"{number}.h5"
                batch[name] = self.mutated(is_forged)
                (self.folder / name).write_bytes(batch[name][0])
            self.judge(batch, is_forged)
            for name in batch:
                (self.folder / name).unlink()

    def judge(self, batch, is_forged):
        exit, whole, damaged = self.verify(batch)
        if exit not in (DONE, INVALID) or whole | damaged != set(batch):
            if len(batch) == 1:
                (content, how), = batch.values()
                self.problem("it hangs" if exit is None else f"exit {exit}", content, how)
                return
            names = list(batch)
            for half in names[:len(names) // 2], names[len(names) // 2:]:
                self.judge({name: batch[name] for name in half}, is_forged)
            return
        if not is_forged:
            for name in whole:
                self.problem("passes for whole", *batch[name])


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--mutations", type=int, default=10000)
    options.add_argument("--forged", type=int, default=1000)
    options.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "little"))
    options.add_argument("--keep", type=pathlib.Path, help="folder for files that make trouble")
    given = options.parse_args()
    start = time.monotonic()
    workshop = Workshop()
    try:
        damage = Damage(given.seed, workshop, given.keep)
        damage.play(given.mutations, is_forged=False)
        silent = len(damage.problems)
        damage.play(given.forged, is_forged=True)
    finally:
        workshop.remove()
    for problem in damage.problems:
        print(problem)
    print(f"result: {given.mutations} damaged files: {silent} taken for whole or fatal; "
          f"{given.forged} with a forged checksum: {len(damage.problems) - silent} fatal "
          f"(seed {given.seed}, {time.monotonic() - start:.0f} s)")
    return 1 if damage.problems else 0


if __name__ == "__main__":
    sys.exit(main())
