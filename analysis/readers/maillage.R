# Reads a results file of Maillage: one data frame for each table, codes as factors, days as dates.
#
#     source("maillage.R")
#     results <- read_results("results.h5")
#     table(results$stays$strategy, results$stays$cause)
#
# It needs rhdf5 (BiocManager::install("rhdf5"), or r-bioc-rhdf5 of Debian). Start, version and
# length of the file are checked here; `maillage verify` also compares its checksum.

# The tables of a results file:
#   strategies   their names and titles, and which is the baseline
#   monthly      one row for each strategy, replication and month, one column for each indicator
#   communes     the same by strategy, replication, year and commune (if the file has them)
#   stays        one row for each professional's time in the territory
#   ledger       one row for each movement of money, in cents
#   variables    unit and meaning of every column, as the file describes them
#   provenance   texts by name: scenario, parameters, version, notes, run key
# Stops if the file is not whole, or of a format that this program does not know.
read_results <- function(path) {
  check_whole(path)
  root <- list_group(path, "/")
  groups <- c("communes", "stays", "ledger", "provenance")
  inside <- lapply(stats::setNames(groups, groups), function(group)
    if (group %in% root$name) list_group(path, group)$name)
  names <- read_values(path, "strategy")
  strategies <- data.frame(
    strategy = factor(names, names),
    title = read_values(path, "strategy_title"),
    title_fr = read_values(path, "strategy_title_fr"),
    baseline = seq_along(names) == 1 + as.numeric(read_attributes(path, "/")$baseline))
  runs <- list(strategy = strategies$strategy, replication = read_values(path, "replication"))

  indicators <- root$name[lengths(strsplit(root$dim, " x ", fixed = TRUE)) == 3]
  monthly <- read_cells(path, c(runs, list(month = read_values(path, "month"))), indicators)
  starts <- as.Date(read_values(path, "month_start"))
  tables <- list(
    strategies = strategies,
    monthly = cbind(monthly[1:3], month_start = starts[monthly$month + 1], monthly[-(1:3)]),
    stays = read_rows(path, "stays", strategies$strategy),
    ledger = read_rows(path, "ledger", strategies$strategy),
    variables = read_variables(path, c(
      root$name[root$otype == "H5I_DATASET"],
      paste(rep(groups, lengths(inside)), unlist(inside), sep = "/"))),
    provenance = vapply(stats::setNames(nm = inside$provenance),
                        function(name) read_values(path, paste0("provenance/", name)), ""))
  if (length(inside$communes) > 0) {
    codes <- read_values(path, "commune")
    panel <- read_cells(path, c(runs, list(year = read_values(path, "year"),
                                           commune = factor(codes, codes))),
                        inside$communes, "communes/")
    called <- read_values(path, "commune_name")[panel$commune]
    tables$communes <- cbind(panel[1:4], commune_name = called, panel[-(1:4)])
  }
  tables
}

# Stops unless the first 512 bytes and the length of the file are those of a results file.
check_whole <- function(path) {
  block <- readBin(path, "raw", 512)
  number <- function(first, bytes)
    sum(as.numeric(block[first + seq_len(bytes)]) * 256^(seq_len(bytes) - 1))
  magic <- c(as.raw(0x89), charToRaw("MAILLAGE\r\n"), as.raw(c(0x1A, 0x0A, 0, 0, 0)))
  if (length(block) < 512 || !identical(block[1:16], magic))
    stop(path, ": it does not start like a Maillage results file")
  if (number(16, 2) != 1)
    stop(path, ": it has format ", number(16, 2), " and this program reads 1")
  if (file.size(path) != 512 + number(24, 8))
    stop(path, ": it is cut short, or longer than it was written")
}

# What is in a group, in the order of the file.
list_group <- function(path, group) {
  file <- rhdf5::H5Fopen(path, "H5F_ACC_RDONLY")
  on.exit(rhdf5::H5Fclose(file))
  opened <- rhdf5::H5Gopen(file, group)
  on.exit(rhdf5::H5Gclose(opened), add = TRUE, after = FALSE)
  rhdf5::h5ls(opened, recursive = FALSE, index_type = "H5_INDEX_CRT_ORDER")
}

# The values of a variable in the order of the file. R reads dimensions in reverse order, so that its
# first is the last of the file, the one that varies fastest in both.
read_values <- function(path, name) {
  values <- as.vector(rhdf5::h5read(path, name, bit64conversion = "double"))
  if (is.character(values)) Encoding(values) <- "UTF-8"
  values
}

read_attributes <- function(path, name)
  suppressWarnings(rhdf5::h5readAttributes(path, name, bit64conversion = "double"))

# A row for each cell of variables that have these dimensions, the last varying fastest.
read_cells <- function(path, scales, names, group = "") {
  cells <- expand.grid(rev(scales), KEEP.OUT.ATTRS = FALSE)[names(scales)]
  values <- lapply(names, function(name) read_values(path, paste0(group, name)))
  cbind(cells, stats::setNames(as.data.frame(values), names))
}

# A table: codes become factors (or TRUE and FALSE), days become dates.
read_rows <- function(path, group, strategies) {
  columns <- list()
  listed <- list_group(path, group)
  for (name in listed$name) {
    variable <- paste0(group, "/", name)
    described <- read_attributes(path, variable)
    if (identical(described$CLASS, "DIMENSION_SCALE")) next  # the number of the row
    empty <- listed$dim[1] == "0"  # rhdf5 cannot read 64 bits of nothing
    values <- if (empty) integer(0) else read_values(path, variable)
    meanings <- strsplit(paste0("", described$flag_meanings), " ", fixed = TRUE)
    meanings <- if (length(meanings) > 0) meanings[[1]] else character(0)
    columns[[name]] <-
      if (name == "strategy") strategies[values + 1]
      else if (identical(meanings, c("no", "yes"))) values == 1
      else if (length(meanings) > 0) factor(values, seq_along(meanings) - 1, meanings)
      else if (startsWith(described$units, "days since "))
        as.Date(sub("days since ", "", described$units)) + values
      else values
  }
  as.data.frame(columns)
}

read_variables <- function(path, variables) {
  described <- lapply(variables, function(name) read_attributes(path, name))
  of <- function(attribute) vapply(described, function(one) as.character(one[[attribute]]), "")
  data.frame(variable = variables, units = of("units"), long_name = of("long_name"),
             description = of("description"))
}
