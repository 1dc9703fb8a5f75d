"""Runs the examples of a manual in one language, beside our readers and a results.h5 of its own."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

manual, language, rscript, sample, readers = sys.argv[1:]
with open(manual, encoding="utf-8") as text:
    examples = re.findall(rf"^```{language}\n(.*?)^```$", text.read(), re.DOTALL | re.MULTILINE)
assert examples, f"{manual} has no example in {language}"
program = {"python": [sys.executable, "-"], "r": [rscript, "-"]}[language]

with tempfile.TemporaryDirectory() as folder:
    shutil.copy(sample, os.path.join(folder, "results.h5"))
    for reader in "maillage.py", "maillage.R":
        shutil.copy(os.path.join(readers, reader), folder)
    for example in examples:
        print(example)
        run = subprocess.run(program, input=example, cwd=folder, capture_output=True, text=True,
                             env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        print(run.stdout)
        assert run.returncode == 0 and run.stdout.strip(), run.stderr
