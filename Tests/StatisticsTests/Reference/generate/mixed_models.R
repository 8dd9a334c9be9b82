#!/usr/bin/env Rscript
# Writes mixed-models.json and cut-points.json: linear mixed models fitted by lme4 with tight
# convergence, degrees of freedom by lmerTest; full likelihoods at several cuts.
#
# The data: Potthoff and Roy's growth data and Cushny and Peebles' sleep data (from the CSV files of
# the input folder), Belenky's sleepstudy (lme4), and data generated here: log tumor sizes falling
# and rising again, scanned on jittered days, with patients leaving; the same with one slope that
# does not vary (a singular fit); an unbalanced trial of 30 patients and 8 visits.
#
# R 4.2.2, lme4 1.1.31, lmerTest 3.1.3, jsonlite.
# Usage: Rscript mixed_models.R INPUT_FOLDER OUTPUT_FOLDER
suppressMessages({library(lmerTest); library(jsonlite)})
folders <- commandArgs(trailingOnly = TRUE)
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

growth <- read.csv(file.path(folders[1], "mmrm_potthoff_roy.csv"))
growth$female <- as.numeric(growth$Sex == "Female")
growth$femaleAge <- growth$female * growth$age
sleep2 <- read.csv(file.path(folders[1], "mmrm_sleep.csv"))
sleep2$second <- as.numeric(sleep2$group == 2)

tumors <- function(seed, patients, late.sd, cut = 84) {
  set.seed(seed)
  rows <- lapply(seq_len(patients), function(i) {
    visits <- 0:sample(3:6, 1)
    day <- ifelse(visits == 0, -sample(0:14, 1), visits * 42 + sample(-5:5, length(visits), TRUE))
    day <- pmax(day, 0)
    u <- c(rnorm(1, 0, .5), rnorm(1, 0, .003), rnorm(1, 0, late.sd))
    early <- pmin(day, cut)
    late <- pmax(day - cut, 0)
    y <- 4.1 + u[1] + (-.004 + u[2]) * early + (.0008 + u[3] - .3 * u[2] * (late.sd > 0)) * late
    data.frame(subject = sprintf("P%03d", i), early, late, day,
      y = round(y + rnorm(length(day), 0, .06), 4))
  })
  do.call(rbind, rows)
}
piecewise <- tumors(71, 40, .002)
flat <- tumors(72, 14, 0)

set.seed(73)
trial <- do.call(rbind, lapply(1:30, function(i) {
  u <- rnorm(2, 0, c(3, .6))
  visit <- 1:8
  data.frame(subject = i, arm = i %% 2, visit, base = round(rnorm(1, 50, 8), 1),
    y = round(40 + u[1] - (i %% 2) + (.8 + u[2] - .4 * (i %% 2)) * visit + rnorm(8, 0, 2), 2))[
      runif(8) > .15, ]
}))
trial$armVisit <- trial$arm * trial$visit

control <- lmerControl(optimizer = "nloptwrap", calc.derivs = FALSE,
  optCtrl = list(xtol_abs = 1e-13, ftol_abs = 1e-15, xtol_rel = 0, ftol_rel = 0,
    maxeval = 100000), check.conv.singular = "ignore",
  check.nobs.vs.nRE = "ignore", check.nobs.vs.nlev = "ignore")

columns <- function(data, names) {
  lapply(names, function(n) list(name = n, values = if (n == "intercept") rep(1, nrow(data))
    else data[[n]]))
}

fit <- function(name, data, response, subject, fixed, random, method) {
  data$intercept <- 1
  data$.y <- data[[response]]
  data$.s <- factor(data[[subject]], levels = unique(data[[subject]]))
  formula <- as.formula(paste(".y ~ 0 +", paste(fixed, collapse = " + "),
    "+ (0 +", paste(random, collapse = " + "), "| .s)"))
  # From the optimum of one optimizer on to another, until neither moves.
  model <- suppressWarnings(suppressMessages(lmer(formula, data, REML = method == "reml",
    control = control)))
  for (optimizer in c("bobyqa", "Nelder_Mead", "nloptwrap")) {
    again <- if (optimizer == "bobyqa") list(rhobeg = 1e-2, rhoend = 1e-12, maxfun = 1e5) else
      if (optimizer == "Nelder_Mead") list(FtolAbs = 1e-15, FtolRel = 0, XtolRel = 1e-13,
        maxfun = 1e5) else control$optCtrl
    model <- suppressWarnings(suppressMessages(update(model, start = getME(model, "theta"),
      control = lmerControl(optimizer = optimizer, optCtrl = again, calc.derivs = FALSE,
        check.conv.singular = "ignore", check.nobs.vs.nRE = "ignore",
        check.nobs.vs.nlev = "ignore"))))
  }
  tests <- suppressWarnings(summary(model, ddf = "Satterthwaite"))$coefficients
  joint <- tryCatch(suppressWarnings(contestMD(model, diag(length(fixed))[-1, , drop = FALSE])),
    error = function(e) NULL)
  list(name = paste(name, method), criterion = method, response = data$.y,
    subjects = as.character(data$.s), fixed = columns(data, fixed), random = columns(data, random),
    coefficients = unname(tests[, "Estimate"]), standardErrors = unname(tests[, "Std. Error"]),
    degreesOfFreedom = unname(tests[, "df"]), pValues = unname(tests[, "Pr(>|t|)"]),
    randomCovariance = unname(matrix(VarCorr(model)[[1]], length(random))),
    residualVariance = sigma(model)^2, logLikelihood = as.numeric(logLik(model)),
    isSingular = isSingular(model),
    joint = if (length(fixed) > 2)
      unname(unlist(joint[c("F value", "NumDF", "DenDF", "Pr(>F)")])) else numeric(0))
}

rows <- list()
for (method in c("reml", "ml")) {
  age <- c("intercept", "female", "age", "femaleAge")
  rows <- c(rows, list(
    fit("growth, intercept", growth, "distance", "Subject", age, "intercept", method),
    fit("growth, intercept and slope", growth, "distance", "Subject", age,
      c("intercept", "age"), method),
    fit("growth without sex", growth, "distance", "Subject", c("intercept", "age"),
      c("intercept", "age"), method),
    fit("sleep", sleep2, "extra", "ID", c("intercept", "second"), "intercept", method),
    fit("sleepstudy", lme4::sleepstudy, "Reaction", "Subject", c("intercept", "Days"),
      c("intercept", "Days"), method),
    fit("piecewise, three effects", piecewise, "y", "subject", c("intercept", "early", "late"),
      c("intercept", "early", "late"), method),
    fit("piecewise, two effects", piecewise, "y", "subject", c("intercept", "early", "late"),
      c("intercept", "day"), method),
    fit("piecewise, late slope alike", flat, "y", "subject", c("intercept", "early", "late"),
      c("intercept", "early", "late"), method),
    fit("trial", trial, "y", "subject", c("intercept", "arm", "visit", "armVisit", "base"),
      c("intercept", "visit"), method)))
}
source <- paste0("generate/mixed_models.R: ", R.version.string, ", lme4 ", packageVersion("lme4"),
  ", lmerTest ", packageVersion("lmerTest"))
write(toJSON(list(quantity = "linear mixed models", source = source, relativeTolerance = 1e-5,
  rows = rows), digits = I(15), auto_unbox = TRUE, matrix = "rowmajor"),
  file.path(folders[2], "mixed-models.json"))

cuts <- c(50, 63, 70, 77, 84, 91, 100, 126, 150)
profile <- vapply(cuts, function(cut) {
  data <- piecewise
  data$early <- pmin(data$day, cut)
  data$late <- pmax(data$day - cut, 0)
  effects <- c("intercept", "early", "late")
  fit("", data, "y", "subject", effects, effects, "ml")$logLikelihood
}, 0)
write(toJSON(list(quantity = "log likelihoods at cuts", source = source, relativeTolerance = 1e-8,
  rows = list(list(subjects = piecewise$subject, times = piecewise$day, values = piecewise$y,
    cuts = cuts, logLikelihoods = profile))), digits = I(15), auto_unbox = TRUE),
  file.path(folders[2], "cut-points.json"))
