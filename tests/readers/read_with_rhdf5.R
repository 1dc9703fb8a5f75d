# Opens a sample results file with rhdf5 and compares values and attributes.
suppressPackageStartupMessages(library(rhdf5))
arguments <- commandArgs(trailingOnly = TRUE)
path <- arguments[1]
lines <- read.delim(arguments[2], header = FALSE, quote = "", colClasses = "character",
                    col.names = c("name", "value"), na.strings = character(0), encoding = "UTF-8")
lines$value <- gsub("\\n", "\n", lines$value, fixed = TRUE)
options(warn = 2)  # a warning of rhdf5 (lost digits, types it does not know) is a failure

is_attribute <- grepl("@", lines$name, fixed = TRUE)
expected <- split(lines$value[!is_attribute], lines$name[!is_attribute])
for (name in names(expected)) {
  found <- h5read(path, name, bit64conversion = "double")
  if (length(dim(found)) == 3)
    stopifnot(dim(found) == lengths(expected[c("month", "replication", "strategy")]))
  found <- as.vector(found)  # R reads dimensions in reverse order, so its first is our last
  if (is.character(found)) {
    same <- identical(enc2utf8(found), expected[[name]])
  } else {
    stopifnot(is.numeric(found))
    same <- isTRUE(all.equal(as.numeric(found), as.numeric(expected[[name]]), tolerance = 1e-15))
  }
  if (!same) stop(name, " differs")
}

for (i in which(is_attribute)) {
  parts <- strsplit(lines$name[i], "@", fixed = TRUE)[[1]]
  found <- suppressWarnings(h5readAttributes(path, paste0("/", parts[1])))[[parts[2]]]
  if (!identical(as.character(found), lines$value[i])) stop(lines$name[i], " differs: ", found)
}

stays <- suppressWarnings(h5read(path, "stays"))
stopifnot(is.integer(stays$cause), length(stays$cause) == length(expected[["stays/cause"]]))
cat("values of", length(expected), "variables and", sum(is_attribute), "attributes are right\n")
