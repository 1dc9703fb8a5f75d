#include <fmt/format.h>

#include "cli/markdown.hpp"
#include "cli/reference_pages.hpp"
#include "record/layout.hpp"
#include "record/user_block.hpp"

namespace cli {
namespace {

// The prose of the page, in the order of the page. Tables of definitions come between.

constexpr std::string_view introduction = R"md(# The results file

`maillage run` ends with one file, `results.h5`. It is HDF5, laid out as netCDF-4 readers expect, and
R, Python, Julia, MATLAB or a browser open it without any help of ours. This page says what is in it,
how to read it, and exactly what the two hashes cover. It describes **format version VERSION** and is written
by the program from the definitions with which it writes the file (`ninja refresh_docs`).

)md";

constexpr std::string_view three_lines = R"md(## Three lines each

The mean number of GPs at the end of each month under the first strategy, over all replications.

With h5py:

```python
import h5py
with h5py.File("results.h5") as file:
    print(file["strategy"].asstr()[0], file["gps"][0].mean(axis=0))
```

With xarray (the engine must be named, because the file starts with a block of ours):

```python
import xarray as xr
results = xr.open_dataset("results.h5", engine="netcdf4", decode_timedelta=False)
print(results["gps"].sel(strategy="status_quo").mean("replication").to_series())
```

With R (`BiocManager::install("rhdf5")`, or the package `r-bioc-rhdf5` of Debian):

```r
library(rhdf5)
gps <- h5read("results.h5", "gps")   # [month, replication, strategy]: R reverses the order
print(rowMeans(gps[, , 1]))
```

The table of stays, with its codes turned into words:

```python
import xarray as xr
stays = xr.open_dataset("results.h5", engine="netcdf4", group="stays").to_dataframe()
causes = dict(enumerate(xr.open_dataset("results.h5", engine="netcdf4", group="stays").cause.flag_meanings.split()))
print(stays.cause.map(causes).value_counts())
```

```r
library(rhdf5)
stays <- as.data.frame(h5read("results.h5", "stays"))
causes <- strsplit(h5readAttributes("results.h5", "stays/cause")$flag_meanings, " ")[[1]]
print(table(factor(stays$cause, seq_along(causes) - 1, causes)))
```

)md";

constexpr std::string_view content =
    R"md(For data frames with words in place of codes there are ready readers, and for other programs tables:
[docs/export.md](export.md).

## What is in it

Every variable has three attributes: `units`, `long_name` and `description`. Descriptions are exact
definitions.

)md";

constexpr std::string_view about_variables = R"md(
A number that is missing is NaN (`_FillValue` says so): for instance the mean wait of a month in which
nothing was booked. Runs that share a replication number share their luck, so differences between
strategies are taken replication by replication. Partial results (`maillage merge --partial`) have
gaps between the numbers of their replications.

Attributes of the file itself:

)md";

constexpr std::string_view about_stays = R"md(
## The tables

Either may have no rows. Codes are explained by `flag_values` and `flag_meanings`, as in the CF conventions; they
count from 0 in the order of this page. Days count from the start of the scenario, in units such as `days since
2025-01-01`.

`stays`, besides `stay`, the number of the row. A stay whose cause is `still_here` is censored at the end of the run.

)md";

constexpr std::string_view about_ledger = R"md(
`ledger`, besides `entry`, the number of the row.

)md";

constexpr std::string_view about_provenance = R"md(
## Where it comes from

)md";

constexpr std::string_view good_to_know = R"md(
## Good to know

* **R** reads dimensions in reverse order. The columns `cents` and the attribute `seed` have 64 bits:
  above 2,147,483,647 R needs `h5read(..., bit64conversion = "double")`, exact to 2^53.
* **xarray** turns units of days into dates and durations. That is what one wants for `stays` and
  `ledger`; `decode_timedelta=False` keeps the waits as plain numbers of days.
* **h5py** gives labels as bytes unless asked with `.asstr()`.
* `ncdump -h results.h5` prints all names, units and definitions.
* **rhdf5** cannot read a column of 64 bits without rows, such as `cents` of an empty ledger.

)md";

constexpr std::string_view storage = R"md(## How it is stored

Numbers are little-endian, with the filters shuffle, gzip 4 and fletcher32. A chunk of a monthly
indicator holds all strategies and months of as many replications as make up 128 KiB, one of the panel the
same replications (and at most 512 KiB), one of a table 32,768 rows; small variables are one chunk. Texts
are UTF-8 of variable length. Dimensions are HDF5 dimension scales, attached to every variable. Links and
attributes are kept in the order of creation, and no object has a date: **equal results give equal
bytes**, whenever and wherever they are written with the same version of HDF5, and however the run was
cut into shards.

HDF5 never touches the real file: what it writes goes through a storage of ours, in memory while the file
is small and then beside its final name, so that no failure of the disk is lost. A file is put in place as
a whole: written under a name of its own (`results.h5.tmp-PID-N`), synced, renamed, and then its folder is
synced. After a crash there is the older file, or none, or the new one. A file `*.tmp-*` that is left
behind belongs to a program that was killed, and the next command on the same output removes it
([safety](safety.md)). How many bytes each part takes is in [How large results are](output-size.md).

)md";

constexpr std::string_view first_block = R"md(## The first 512 bytes

They are HDF5's *user block*, which readers skip. Maillage checks them before it lets HDF5 see
anything. Integers are little-endian.

)md";

constexpr std::string_view about_the_block = R"md(
Any bit that changes anywhere in the file, this block included, is found. `maillage verify` and every
command that reads results refuse such a file, and say what to do.

)md";

constexpr std::string_view digest = R"md(## The content digest

`maillage verify` also prints a digest of what was found: 32 hexadecimal digits, computed from the
content and stored nowhere. Two runs with the same digest published the same numbers. It leaves out
the names and titles of the strategies, which count by position, and the whole provenance: renaming a
strategy, another machine or another compiler do not change it.

It is the XXH3-128 (seed 0, canonical order) of the following, one after the other. An *integer* is 8
bytes, little-endian, two's complement. A *number* is the 8 bytes of its IEEE 754 double, little-endian;
a NaN is always `7FF8000000000000`; single precision is widened; zero and minus zero differ. A *text* is
its length in bytes, as an integer, then its UTF-8 bytes.

1. The text `maillage content digest 1`.
2. The text of the start date; the integers seed, baseline, number of strategies, first replication,
   number of replications, number of months.
3. The number of indicators that the file has; then for each of them, in the order of the file: the texts of its name and its
   units, the integer count of its values, and the values as numbers, the month varying fastest, then
   the replication, then the strategy.
4. The table of stays: the text `stays`, the integer number of rows; then for each column, in the order
   given above without `stay`: the text of its name; the text of its units, where a date has `days since
   the start`; the integer count of its labels and each label as a text (none for quantities; `no` and
   `yes` for flags); then its values, as numbers for `age_at_arrival` and as integers for all others.
5. The table of movements, in the same way: `ledger`, its columns without `entry`.
6. If the file has communes: the text `communes`, their number, the code of each as a text; then the
   indicators of the panel as in 3, the commune varying fastest, then the year, the replication, the strategy.
7. If the numbers of the replications do not follow each other: the text `replications` and each number.

)md";

constexpr std::string_view versions = R"md(## Versions

The version has two numbers. A minor version adds: variables, texts of the provenance, fields of the block. A
program reads every file of its major version; what an older file does not have is missing, and its digest
is the one that the program of its time printed. Anything else raises the major version, and a program
refuses it and names both. One file of each version is kept in `tests/golden/formats`, and tests read them
all. Files are joined and expanded only in the present version.

* 1.1: communes and their yearly panel, inputs of the run, and which part of the run a file holds.
* 1.0: the first.
)md";

std::string variables() {
  std::string text = head({"path", "dimensions", "unit", "what"});
  for (const record::NamedVariable& each : record::variables::all)
    text += row({code(each.path), each.dimensions, each.unit, cell(each.description)});
  text += row({"`gps`, `residents`, `wait_mean`, ...", "strategy, replication, month", "",
               "the monthly [indicators](indicators.md), in double precision"});
  text += row({code(std::string(record::panel_group) + "/..."),
               "strategy, replication, year, commune", "",
               "the yearly [indicators of communes](indicators.md), in single precision; none in a "
               "run of less than a year"});
  text += row({"`stays/...`", "stay", "", "one row for each professional's time in the territory"});
  text += row({"`ledger/...`", "entry", "", "one row for each movement of money"});
  text += row({"`provenance/...`", "", "", "texts, each a single value"});
  return text;
}

std::string attributes() {
  std::string text = head({"attribute", "what"});
  for (const record::FileAttribute& each : record::file_attributes::all)
    text += row({code(each.name), cell(each.description)});
  return text;
}

template <class Columns>
std::string columns(const Columns& all) {
  std::string text = head({"column", "unit", "what", "codes"});
  record::for_each(all, [&](const auto& column) {
    std::string codes;
    for (const std::string_view label : column.labels)
      codes += (codes.empty() ? "" : ", ") + code(label);
    text += row({code(column.name), cell(column.unit), cell(column.description), codes});
  });
  return text;
}

std::string provenance() {
  std::string text = head({"text", "what"});
  for (const record::ProvenanceText& each : record::provenance_texts)
    text += row({code(std::string("provenance/") + each.name), cell(each.description)});
  return text;
}

std::string block_fields() {
  std::string text = "| offset | bytes | content |\n|---:|---:|---|\n";
  for (const record::UserBlockField& each : record::user_block_fields)
    text += row(
        {fmt::format("{}", each.offset), fmt::format("{}", each.bytes), std::string(each.content)});
  return text;
}

}  // namespace

std::string results_format_page() {
  std::string page(introduction);
  constexpr std::string_view placeholder = "VERSION";
  page.replace(page.find(placeholder), placeholder.size(), text(record::results_format));
  page += three_lines;
  page += content;
  page += variables();
  page += about_variables;
  page += attributes();
  page += about_stays;
  page += columns(record::stay_columns());
  page += about_ledger;
  page += columns(record::ledger_columns());
  page += about_provenance;
  page += provenance();
  page += good_to_know;
  page += storage;
  page += first_block;
  page += block_fields();
  page += about_the_block;
  page += digest;
  page += versions;
  return page;
}

}  // namespace cli
