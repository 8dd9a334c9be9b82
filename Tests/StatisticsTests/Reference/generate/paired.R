#!/usr/bin/env Rscript
# Writes paired-programs.json: signed rank tests, sign tests, Hodges-Lehmann intervals and
# McNemar's tests by R and its packages exactRankTests and coin.
#
# R 4.2.2, exactRankTests 0.8.35, coin 1.4.2, jsonlite.
# Usage: Rscript paired.R OUTPUT_FOLDER
suppressMessages({library(exactRankTests); library(coin); library(jsonlite)})
folder <- commandArgs(trailingOnly = TRUE)[1]
sides <- c("two.sided", "greater", "less")
set.seed(41)
series <- c(
  list(c(1, 1, 2, -1, 3, 3, -2, 4, 0, 5), c(1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30),
    c(0, 0, 2, -3, 3, 5, 0, 7, -7, 8, 9, 9)),
  lapply(c(6, 10, 15, 24, 35, 48), function(n) round(rnorm(n, 0.3), 4)),
  lapply(c(7, 12, 18, 29, 44), function(n) sample(-6:9, n, replace = TRUE)))
quiet <- function(x) suppressWarnings(x)
by.side <- function(f) vapply(sides, function(s) as.numeric(f(s)), 0, USE.NAMES = FALSE)
rows <- lapply(series, function(d) {
  clean <- !any(d == 0) && !any(duplicated(abs(d)))
  pratt <- function(side, distribution) pvalue(wilcoxsign_test(d ~ rep(0, length(d)),
    distribution = distribution, zero.method = "Pratt", alternative = side))
  row <- list(
    differences = d,
    statistic = unname(quiet(wilcox.test(d))$statistic),
    wilcoxonExact = by.side(function(s) quiet(wilcox.exact(d, alternative = s))$p.value),
    wilcoxonNormal = by.side(function(s)
      quiet(wilcox.test(d, alternative = s, exact = FALSE, correct = FALSE))$p.value),
    wilcoxonCorrected = by.side(function(s)
      quiet(wilcox.test(d, alternative = s, exact = FALSE))$p.value),
    prattExact = by.side(function(s) pratt(s, "exact")),
    prattNormal = by.side(function(s) pratt(s, "asymptotic")),
    sign = by.side(function(s) binom.test(sum(d > 0), sum(d != 0), alternative = s)$p.value))
  if (clean) row$hodgesLehmann <- lapply(c(0.9, 0.95), function(level) {
    test <- quiet(wilcox.test(d, conf.int = TRUE, conf.level = level))
    side <- function(s) quiet(wilcox.test(d, alternative = s, conf.int = TRUE,
      conf.level = level))$conf.int
    c(level, unname(test$estimate), test$conf.int, side("greater")[1], side("less")[2])
  })
  row
})
tables <- list(c(1, 1, 7, 12), c(53, 16, 8, 9), c(20, 12, 2, 16), c(794, 86, 150, 570),
  c(10, 5, 6, 10), c(3, 0, 4, 9))
pairs <- lapply(tables, function(t) {
  m <- matrix(t, 2, byrow = TRUE)
  list(table = t, asymptotic = mcnemar.test(m, correct = FALSE)$p.value,
    corrected = mcnemar.test(m)$p.value, exact = binom.test(t[2], t[2] + t[3])$p.value)
})
source <- paste0("generate/paired.R: ", R.version.string, ", exactRankTests ",
  packageVersion("exactRankTests"), ", coin ", packageVersion("coin"))
write(toJSON(list(quantity = "p-values: two-sided, greater, less; level, estimate, limits",
  source = source, relativeTolerance = 1e-10,
  rows = list(list(series = rows, tables = pairs))), digits = I(17), auto_unbox = TRUE,
  pretty = FALSE), file.path(folder, "paired-programs.json"))
