# The samples the references are computed on. Sourced by the other scripts; run alone it writes
# samples.json.
#
# lung, veteran, aml and ovarian are as R's survival package has them (Loprinzi 1994 J Clin Oncol
# 12:601; Kalbfleisch and Prentice 1980; Miller 1981; Edmunson 1979); gehan is Freireich 1963 Blood
# 21:699 as in Cox 1972; ten is ten subjects whose curve runs level at one half to the end. The rest
# are drawn here, to hold what published data do not: times that tie only within R's tolerance,
# events at time 0, sets at risk that end in one subject, groups without events.
suppressMessages(library(survival))
suppressMessages(library(jsonlite))

save <- function(value, file) {
  writeLines(toJSON(value, digits = NA, na = "null", auto_unbox = TRUE, pretty = FALSE), file)
}
source_line <- function(script) {
  sprintf("generate/%s with R %s, survival %s", script, getRversion(), packageVersion("survival"))
}

columns <- function(frame, names) {
  frame <- frame[complete.cases(frame[, names]), names]
  lapply(as.list(frame), function(x) if (is.factor(x)) as.character(x) else x)
}

gehan <- data.frame(
  time = c(6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35,
           1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23),
  status = c(1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, rep(1, 21)),
  arm = rep(c("6-MP", "placebo"), each = 21))
ten <- data.frame(
  time = c(54, 75, 77, 84, 87, 92, 103, 105, 112, 118), status = rep(1:0, each = 5))

set.seed(20260101)
drawn <- function(n, arms, rounding) {
  arm <- sample(letters[1:arms], n, TRUE)
  x <- round(rnorm(n), 2)
  z <- rbinom(n, 1, .4)
  site <- sample(c("north", "south", "west"), n, TRUE)
  t <- rweibull(n, 1.3, 20 * exp(-.3 * (arm == "b") - .4 * x))
  c <- runif(n, 2, 40)
  data.frame(time = signif(rounding(pmin(t, c)), 15), status = as.integer(t <= c), arm, x, z, site)
}
tied <- drawn(60, 2, function(t) floor(t / 4))
untied <- drawn(80, 3, function(t) t)
months <- drawn(70, 2, function(t) ceiling(30 * t) / 30.4375)
# Two ways of computing the same months: equal only within the tolerance.
months$time <- signif(months$time * (1 + months$z * 1e-11), 15)
few <- drawn(12, 2, ceiling)
trailing <- data.frame(
  time = c(0, 0, 1, 2, 2, 3, 5, 5, 8, 9), status = c(1, 0, 1, 0, 1, 1, 0, 1, 1, 1),
  arm = c("a", "b", "b", "a", "a", "b", "a", "b", "b", "b"))
silent <- data.frame(
  time = c(1, 2, 3, 4, 5, 6, 7, 8, 9), status = c(1, 0, 1, 0, 0, 0, 1, 0, 0),
  arm = c("a", "b", "a", "b", "c", "b", "a", "c", "c"))

lung$event <- as.integer(lung$status == 2)
frames <- list(
  lung = cbind(lung[, c("time", "sex", "age", "ph.ecog")], status = lung$event),
  veteran = veteran[, c("time", "status", "trt", "celltype", "karno", "age")],
  aml = aml, ovarian = setNames(ovarian, c("time", "status", "age", "resid.ds", "rx", "ecog.ps")),
  gehan = gehan, ten = ten, tied = tied, untied = untied, months = months, few = few,
  trailing = trailing, silent = silent)
frames$veteran$celltype <- as.character(frames$veteran$celltype)
frames$lung$sex <- as.integer(frames$lung$sex)

if (sys.nframe() == 0) {
  save(list(
    source = source_line("samples.R"),
    samples = lapply(frames, function(f) lapply(as.list(f), function(x) {
      if (is.factor(x)) as.character(x) else x }))), "../samples.json")
}
