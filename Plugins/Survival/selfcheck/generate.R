# Rscript generate.R, in this folder: writes the data sets and reference.csv by R's survival, which
# shares no code with the plugin. Known disagreements are kept by hand in disagreements.csv.
source("data.R")

source_name <- sprintf("R %s, survival %s", getRversion(), packageVersion("survival"))
scales <- c(log = "log", plain = "plain", `log-log` = "log-log", logit = "logit", arcsine = "arcsin")
cases <- list()
add <- function(method, command, path, expected, tolerance = "1e-10") {
  text <- if (is.character(expected)) expected
          else if (is.na(expected)) "not reached" else sprintf("%.17g", expected)
  cases[[length(cases) + 1]] <<- c(method, command, path, text, tolerance, source_name)
}
cell <- function(table, row, column) sprintf("tables[name=%s].rows[%d][%d]", table, row, column)
test <- function(method, value) sprintf("tests[method=%s].%s", method, value)
call <- function(name, ...) paste("survival", name, "endpoint=os unit=days", ...)

groups <- function(frame, by) {
  if (is.null(by)) list(frame) else split(frame, frame[[by]])
}

curves <- function(name, by, times) {
  parts <- groups(frames[[name]], by)
  for (scale in names(scales)) {
    command <- call(
      name, if (!is.null(by)) paste0("by=", by), paste0("limits=", scale),
      paste0("at=", paste0(times, "d", collapse = ",")))
    command <- gsub("  +", " ", command)
    for (g in seq_along(parts)) {
      fit <- survfit(Surv(time, status) ~ 1, parts[[g]], conf.type = scales[[scale]])
      at <- summary(fit, times = times, extend = TRUE)
      for (i in seq_along(times)) {
        row <- (g - 1) * length(times) + i - 1
        add("curve", command, cell("landmarks", row, 4), at$surv[i])
        if (at$surv[i] %in% 0:1) next  # No variance there, and the programs differ.
        add(paste("limits", scale), command, cell("landmarks", row, 6), at$lower[i])
        add(paste("limits", scale), command, cell("landmarks", row, 7), at$upper[i])
      }
      found <- quantile(fit, c(.25, .5, .75))
      for (k in 1:3) {
        row <- (g - 1) * 3 + k - 1
        add("quantile", command, cell("quantiles", row, 2), found$quantile[[k]])
        add(paste("quantile limits", scale), command, cell("quantiles", row, 4), found$lower[[k]])
        add(paste("quantile limits", scale), command, cell("quantiles", row, 5), found$upper[[k]])
      }
    }
  }
}

follow_up <- function(name) {
  fit <- survfit(Surv(time, 1 - status) ~ 1, frames[[name]])
  add("follow-up", call(name), "estimates[name=median-follow-up].value", quantile(fit, .5)$quantile)
}

tests <- function(name, by, strata = NULL) {
  frame <- frames[[name]]
  if (!is.null(strata)) frame <- frame[frame[[strata]] != "", ]
  right <- paste(by, if (!is.null(strata)) sprintf("+ strata(%s)", strata))
  stratify <- if (!is.null(strata)) paste0(" stratify=", strata) else ""
  formula <- as.formula(paste("Surv(time, status) ~", right))
  for (rho in c(0, 1)) {
    found <- survdiff(formula, frame, rho = rho)
    method <- if (rho == 0) "log-rank" else "fleming-harrington(1,0)"
    choice <- if (rho == 0) "" else " test=fleming-harrington rho=1 gamma=0"
    command <- paste0(call(name, paste0("by=", by)), stratify, choice)
    label <- paste0(if (is.null(strata)) "" else "stratified ", method)
    add(label, command, test(method, "statistic"), found$chisq)
    df <- length(unique(frame[[by]])) - 1
    add(label, command, test(method, "pValue"), pchisq(found$chisq, df, lower.tail = FALSE))
  }
  for (ties in c("efron", "breslow", "exact")) {
    # R stops at a relative change of 1e-9 in the likelihood, which is 1e-7 in some p-values.
    fit <- coxph(formula, frame, ties = ties, control = coxph.control(eps = 1e-11, iter.max = 100))
    command <- paste0(call(name, paste0("by=", by)), stratify, " ties=", ties)
    label <- paste0(if (is.null(strata)) "" else "stratified ", "cox ", ties)
    found <- summary(fit)$conf.int
    for (part in c(value = 1, interval.lower = 3, interval.upper = 4) |> names()) {
      column <- c(value = 1, interval.lower = 3, interval.upper = 4)[[part]]
      add(label, command, paste0("estimates[name=hazard-ratio].", part), found[1, column], "1e-08")
    }
    add(label, command, test("cox-wald", "pValue"), summary(fit)$coefficients[1, 5], "1e-08")
    add(label, command, test("cox-likelihood-ratio", "statistic"),
        2 * diff(fit$loglik), "1e-08")
    add(label, command, test("cox-score", "statistic"), fit$score, "1e-08")
    if (ties == "efron") {
      zph <- cox.zph(fit, transform = "km")$table
      add("proportional hazards", command, test("schoenfeld-km", "statistic"),
          zph["GLOBAL", 1], "1e-08")
    }
  }
}

means <- function(name, by, horizon) {
  parts <- groups(frames[[name]], by)
  command <- call(name, paste0("by=", by), paste0("until=", horizon, "d"))
  for (label in names(parts)) {
    fit <- survfit(Surv(time, status) ~ 1, parts[[label]])
    found <- summary(fit, rmean = horizon)$table
    path <- sprintf("estimates[name=restricted-mean][group=%s].", label)
    mean <- found[["rmean"]]
    half <- qnorm(.975) * found[["se(rmean)"]]
    add("restricted mean", command, paste0(path, "value"), mean)
    add("restricted mean", command, paste0(path, "interval.lower"), mean - half)
    add("restricted mean", command, paste0(path, "interval.upper"), mean + half)
  }
}

for (name in names(frames)) write_data(name, frames[[name]])
curves("leukemia", "arm", c(5, 10, 20))
curves("lung", "sex", c(100, 365, 700))
curves("maintenance", "arm", c(5, 13, 30))
curves("ovarian", "arm", c(100, 365, 600))
curves("tied", "arm", c(0, 1, 3, 5))
curves("level", NULL, c(54, 80, 110))
for (name in c("lung", "leukemia", "ovarian", "tied")) follow_up(name)
for (name in c("leukemia", "maintenance", "ovarian", "tied")) tests(name, "arm")
tests("lung", "sex")
tests("lung", "sex", "cohort")
tests("ovarian", "arm", "cohort")
means("leukemia", "arm", 20)
means("lung", "sex", 600)
means("ovarian", "arm", 1000)
means("tied", "arm", 5)
# Printed by lifelines' tests @ad023a01 and by Kleinbaum and Klein, 3rd ed., of Freireich's trial.
for (row in list(c("gehan-wilcoxon", "13.457852"), c("tarone-ware", "15.123575"))) {
  cases[[length(cases) + 1]] <- c(
    row[1], call("leukemia", "by=arm", paste0("test=", row[1])), test(row[1], "statistic"),
    row[2], "printed", "lifelines tests/test_statistics.py @ad023a01; Kleinbaum and Klein 2012")
}
table <- as.data.frame(do.call(rbind, cases))
names(table) <- c("method", "command", "path", "expected", "tolerance", "source")
write.csv(table, "reference.csv", row.names = FALSE, quote = 1:6)
cat(nrow(table), "cases\n")
