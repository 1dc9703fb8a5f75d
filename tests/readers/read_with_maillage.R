# Opens a sample results file with our reader for R, and files that are damaged.
arguments <- commandArgs(trailingOnly = TRUE)
path <- arguments[2]
options(warn = 2)
source(file.path(arguments[1], "maillage.R"))
results <- read_results(path)

lines <- read.delim(arguments[3], header = FALSE, quote = "", colClasses = "character",
                    col.names = c("name", "value"), na.strings = character(0), encoding = "UTF-8")
lines$value <- gsub("\\n", "\n", lines$value, fixed = TRUE)
expected <- split(lines$value, lines$name)
same <- function(name, found, wanted = expected[[name]]) {
  if (is.null(wanted)) wanted <- character(0)
  equal <- if (is.numeric(found)) isTRUE(all.equal(as.numeric(found), as.numeric(wanted), tolerance = 1e-15))
           else identical(as.character(found), wanted)
  if (!equal) stop(name, " differs")
}
words <- function(name) {
  meanings <- strsplit(expected[[paste0(name, "@flag_meanings")]], " ")[[1]]
  meanings[as.integer(expected[[name]]) + 1]
}
dates <- function(name) as.character(as.Date(expected[["@start_date"]]) + as.integer(expected[[name]]))

# Every number of every indicator, and the run and month that it belongs to.
monthly <- results$monthly
months <- length(expected$month)
runs <- length(expected$replication)
stopifnot(is.factor(monthly$strategy), levels(monthly$strategy) == expected$strategy)
same("strategy of each row", monthly$strategy, rep(expected$strategy, each = runs * months))
same("replication of each row", monthly$replication,
     rep(rep(expected$replication, each = months), length(expected$strategy)))
stopifnot(monthly$month_start[1:2] == as.Date(c("2025-01-01", "2025-02-01")))
indicators <- names(monthly)[-(1:4)]
stopifnot(length(indicators) > 80, indicators[1] == "residents")
for (name in indicators) same(name, monthly[[name]])

# Every commune in every year of every run, if the file has them.
communes <- results$communes
stopifnot(is.null(communes) == is.null(expected$commune))
if (!is.null(communes)) {
  places <- length(expected$commune)
  years <- length(expected$year)
  same("commune of each row", communes$commune, rep(expected$commune, nrow(communes) / places))
  same("commune_name of each row", communes$commune_name,
       rep(expected$commune_name, nrow(communes) / places))
  same("year of each row", communes$year,
       rep(rep(expected$year, each = places), nrow(communes) / places / years))
  same("strategy of each row", communes$strategy,
       rep(expected$strategy, each = runs * years * places))
  for (name in c("residents", "adults_without_gp", "gps"))
    same(paste0("communes/", name), communes[[name]])
}

# The rows of both tables, with words and dates.
stays <- results$stays
ledger <- results$ledger
same("stays/strategy", stays$strategy, expected$strategy[as.integer(expected[["stays/strategy"]]) + 1])
same("stays/cause", stays$cause, words("stays/cause"))
same("stays/profession", stays$profession, words("stays/profession"))
same("stays/departure_day", stays$departure_day, dates("stays/departure_day"))
same("stays/in_team", as.integer(stays$in_team))
same("stays/age_at_arrival", stays$age_at_arrival)
same("ledger/payee", ledger$payee,
     strsplit(expected[["ledger/payer@flag_meanings"]], " ")[[1]][as.integer(expected[["ledger/payee"]]) + 1])
same("ledger/day", ledger$day, dates("ledger/day"))
same("ledger/cents", ledger$cents)
stopifnot(is.logical(stays$in_team), inherits(stays$arrival_day, "Date"), is.factor(ledger$category))

same("strategy_title", results$strategies$title)
same("provenance/scenario_text", results$provenance[["scenario_text"]])
stopifnot(results$strategies$strategy[results$strategies$baseline] == expected$strategy[1])
described <- results$variables
same("gps@description", described$description[described$variable == "gps"])
same("ledger/cents@units", described$units[described$variable == "ledger/cents"])

# A file that is not whole is refused.
whole <- readBin(path, "raw", file.size(path))
broken <- tempfile(fileext = ".h5")
refused <- function(problem, content) {
  writeBin(content, broken)
  told <- tryCatch({ read_results(broken); "nothing" }, error = conditionMessage)
  if (!grepl(problem, told, fixed = TRUE)) stop(problem, " was not told: ", told)
}
refused("cut short", whole[-length(whole)])
refused("format 2", replace(whole, 17, as.raw(2)))
refused("does not start like", replace(whole, 2, as.raw(0)))
cat("tables of", nrow(monthly), "months,", nrow(stays), "stays and", nrow(ledger), "movements are right\n")
