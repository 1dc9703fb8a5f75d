"""The figures of docs/kernel.md: runs the benches of the kernel and prints Markdown tables.

    python3 bench/kernel_figures.py [build/release/bench]

Figures of one machine in one hour: compare the ratios. Takes about ten minutes on free cores.
"""

import json
import os
import re
import subprocess
import sys

BENCH = sys.argv[1] if len(sys.argv) > 1 else "build/release/bench"
EVENTS = 4_000_000  # about so many in the part of a run that is measured

# More ranks than cores are allowed, none bound to a core, started by root too.
RANKS = dict(
    os.environ,
    OMPI_ALLOW_RUN_AS_ROOT="1",
    OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
    OMPI_MCA_hwloc_base_binding_policy="none",
)
LARGE = ["--lps", "1000", "--population", "100", "--remote", "0.02", "--memory", "8192", "--end", "40"]


def output(*command):
    return subprocess.run(command, env=RANKS, check=True, capture_output=True, text=True).stdout


def phold(*options):
    """Million events/s by loop and threads, and whether all loops did the same."""
    rows = json.loads(output(f"{BENCH}/phold", "--json", "--repeat", "3", *options))
    assert all(row["same_events"] for row in rows)
    return {(row["loop"], row["threads"]): row["events_per_s"] / 1e6 for row in rows}


def phold_ranks(*options):
    """Two ranks to one thread."""
    return float(re.findall(r"2 ranks.* x (\S+)", output("mpirun", "-n", "2", f"{BENCH}/phold_ranks", "--repeat", "3", *options))[0])


def table(title, *rows):
    print("\n| " + " | ".join(title) + " |\n|" + "---|" * len(title))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)


def line(name, rate):
    bare, one = rate["bare loop", 1], rate["parallel engine", 1]
    bare2, two = rate["bare loop", 2], rate["parallel engine", 2]
    heap = rate.get(("sequential engine, heap", 1))
    calendar = rate.get(("sequential engine, calendar", 1))
    return [
        name,
        *(f"{rate:.1f}" if rate else "" for rate in (heap, calendar, one, two)),
        f"{bare:.1f} / {bare2:.1f}",
        f"{one / bare:.2f}",
        f"{two / bare2:.2f}",
        f"{two / one:.2f}",
    ]


def loads():
    for population in (1, 16):
        for remote in (0.1, 0.5):
            for lps in (10_000, 100_000, 1_000_000):
                options = ["--lps", str(lps), "--population", str(population), "--remote", str(remote)]
                options += ["--end", f"{max(1, EVENTS / lps / population):.0f}"]
                if lps * population > 1_000_000:
                    options += ["--only", "bare|parallel"]
                yield line(f"{lps:,} x {population}, {remote:.0%} remote", phold(*options))
    yield line("1,000 large, 2% remote", phold(*LARGE))


table(
    ["processes x events", "heap", "calendar", "1 thread", "2 threads", "bare loop 1 / 2"]
    + ["1 thread to bare", "2 to bare", "2 to 1"],
    *loads(),
)
table(
    ["two ranks to one thread", "ratio"],
    ["100,000 x 1, 10% remote", f"{phold_ranks('--lps', '100000', '--end', '40'):.2f}"],
    ["1,000 large, 2% remote", f"{phold_ranks(*LARGE):.2f}"],
)
table(
    ["lookahead promised, of the least delay", "1 thread", "2 threads"],
    *(
        [f"{promise}", *(f"{rate['parallel engine', n]:.1f}" for n in (1, 2))]
        for promise in (1, 0.5, 0.1)
        for rate in [
            phold("--lps", "100000", "--lookahead", "1", "--end", "60", "--only", "parallel", "--promise", str(promise))
        ]
    ),
)
clinic = json.loads(output(f"{BENCH}/clinic", "--json", "--repeat", "3"))
assert clinic["same_wait"]
table(
    ["clinic", "million customers/s"],
    ["kernel", f"{clinic['customers_per_s'] / 1e6:.1f}"],
    ["bare loop", f"{clinic['bare_loop_customers_per_s'] / 1e6:.1f}"],
)
hold = json.loads(
    output(
        f"{BENCH}/pending_event_set",
        "--benchmark_format=json",
        "--benchmark_min_time=0.2",
        "--benchmark_filter=/(exponential|bimodal)/(1000|100000|10000000)$",
    )
)
times = {run["name"]: run["cpu_time"] for run in hold["benchmarks"]}
table(
    ["ns per hold", "1e3", "1e5", "1e7"],
    *(
        [f"{kind}, {law} delays", *(f"{times[f'{kind}/{law}/{n}']:.0f}" for n in (1000, 100000, 10000000))]
        for law in ("exponential", "bimodal")
        for kind in ("heap", "calendar")
    ),
)
