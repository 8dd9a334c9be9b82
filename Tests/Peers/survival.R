# Kaplan-Meier curves, the log-rank test and a Cox model of 100,000 subjects by R's survival: prints
# WORKLOAD,PEER,SECONDS,VALUE, best of several; the same subjects as SurvivalBenchmark.
suppressMessages(library(survival))
i <- 0:99999
arm <- i %% 2
ecog <- i %% 3
age <- 40 + 45 * ((i * 15485863) %% 100043 + 0.5) / 100043
u <- ((i * 7919) %% 100003 + 0.5) / 100003
v <- ((i * 104729) %% 100019 + 0.5) / 100019
event_time <- 200 * u / (1 - u) * (1 + 0.4 * arm) / (1 + 0.2 * ecog) * (120 / (60 + age))
censoring <- 50 + 850 * v
untied <- pmin(event_time, censoring)
event <- as.integer(event_time <= censoring)

report <- function(workload, call, work, repeats) {
  times <- replicate(repeats, system.time(value <<- work(), gcFirst = TRUE)[["elapsed"]])
  cat(sprintf("%s,R survival %s %s,%.6f,%.15g\n", workload, packageVersion("survival"), call,
              min(times), value))
}
for (label in c("days", "untied")) {
  time <- if (label == "days") ceiling(untied) else untied
  report(paste("kaplan-meier", label), "survfit", function()
    sum(summary(survfit(Surv(time, event) ~ arm), times = 180)$surv), 3)
  report(paste("log-rank", label), "survdiff", function() survdiff(Surv(time, event) ~ arm)$chisq, 3)
  report(paste("cox", label), "coxph", function() sum(coef(coxph(Surv(time, event) ~ arm + age + ecog))), 3)
}
