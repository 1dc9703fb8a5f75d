"""Files that older versions of the program wrote: they are read, and give the digest of their time."""

import gzip
import unittest

from program import INVALID, SOURCE, ProgramTest

# One file of each version of the format, with the digest that the program of its time printed. A file
# is made with `maillage run small.toml -r 2 --years 1` (SMALL_SCENARIO in program.py) and never again.
DIGESTS = {"1.0": "012ed5b3d05833e74262b527a64abfae",
           "1.1": "ba9c945ab3b63ba8b5d93524d17314f2"}


class Formats(ProgramTest):
    def setUp(self):
        super().setUp()
        for version in DIGESTS:
            packed = SOURCE / "tests" / "golden" / "formats" / f"results-{version}.h5.gz"
            self.write(f"{version}.h5", gzip.decompress(packed.read_bytes()))

    def test_every_version_is_read_and_gives_the_digest_of_its_time(self):
        for version, digest in DIGESTS.items():
            with self.subTest(version=version):
                self.assertEqual(self.digest(f"{version}.h5"), digest)

    def test_every_version_can_be_compared_reported_and_exported(self):
        for version in DIGESTS:
            with self.subTest(version=version):
                self.assertIn("Residents 16+ without a registered GP",
                              self.maillage("compare", f"{version}.h5", "--all")[0])
                self.maillage("report", f"{version}.h5", "-o", "page.html")
                self.assertIn("Kervignac alone", (self.folder / "page.html").read_text())
                self.maillage("export", f"{version}.h5", "--csv", f"tables-{version}")

    def test_a_newer_major_version_is_refused(self):
        whole = (self.folder / "1.0.h5").read_bytes()
        self.write("newer.h5", whole[:16] + bytes([2]) + whole[17:])
        said = self.maillage("verify", "newer.h5", exit=INVALID)[1]
        self.assertIn("format version 2.0", said)
        self.assertIn("use the version of Maillage that wrote it", said)

    def test_an_older_version_is_not_expanded_in_place(self):
        before = (self.folder / "1.0.h5").read_bytes()
        said = self.maillage("expand", "1.0.h5", "--replications", "4", exit=INVALID)[1]
        self.assertIn("an earlier version of Maillage wrote it", said)
        self.assertEqual((self.folder / "1.0.h5").read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
