# Kaplan-Meier curves, their limits, quantiles and restricted means by R's survival.
# Run in this folder: Rscript kaplan_meier.R
source("samples.R")

scales <- c(plain = "plain", log = "log", "log-log" = "log-log", logit = "logit", arcsine = "arcsin")
groups <- list(
  lung = c(NA, "sex"), veteran = c(NA, "trt", "celltype"), aml = "x", ovarian = NA, gehan = "arm",
  ten = NA, tied = c(NA, "arm"), untied = c(NA, "arm"), months = c(NA, "arm"), few = c(NA, "arm"),
  trailing = c(NA, "arm"), silent = c(NA, "arm"))
points <- list()
quantiles <- list()
finite <- function(x) ifelse(is.finite(x), x, NA)

for (name in names(groups)) for (by in groups[[name]]) for (scale in names(scales)) {
  frame <- frames[[name]]
  formula <- as.formula(paste("Surv(time, status) ~", if (is.na(by)) 1 else by))
  for (level in if (scale == "log") c(.95, .9) else .95) {
    fit <- survfit(formula, frame, conf.type = scales[[scale]], conf.int = level)
    for (k in seq_len(max(1, length(fit$strata)))) {
      one <- if (is.na(by)) fit else fit[k]
      value <- if (is.na(by)) NA else sub(".*=", "", names(fit$strata)[k])
      row <- list(sample = name, by = by, value = value, scale = scale, level = level)
      times <- quantile(one$time, c(0, .2, .5, .8, 1), type = 1, names = FALSE)
      times <- unique(c(times, times[2:4] + .25, max(one$time) + 1))
      s <- summary(one, times = times, extend = TRUE)
      points[[length(points) + 1]] <- c(row, list(
        times = I(s$time), survival = I(s$surv), standardError = I(finite(s$std.err)),
        atRisk = I(s$n.risk), lower = I(finite(s$lower)), upper = I(finite(s$upper))))
      p <- c(.1, .25, .5, .6, .75, .9)
      q <- quantile(one, p)
      table <- summary(one)$table
      quantiles[[length(quantiles) + 1]] <- c(row, list(
        probabilities = p, quantile = unname(q$quantile), lower = unname(q$lower),
        upper = unname(q$upper), summary = unname(table[c("median", paste0(level, "LCL"), paste0(level, "UCL"))])))
    }
  }
}
save(list(quantity = "survival, its standard error and limits, and numbers at risk",
          source = source_line("kaplan_meier.R"), relativeTolerance = 1e-10, rows = points),
     "../kaplan-meier.json")
save(list(quantity = "quantiles of Kaplan-Meier curves and their limits",
          source = source_line("kaplan_meier.R"), relativeTolerance = 1e-12, rows = quantiles),
     "../quantiles.json")

means <- list()
for (name in names(groups)) for (by in groups[[name]]) {
  frame <- frames[[name]]
  formula <- as.formula(paste("Surv(time, status) ~", if (is.na(by)) 1 else by))
  fit <- survfit(formula, frame)
  for (k in seq_len(max(1, length(fit$strata)))) {
    one <- if (is.na(by)) fit else fit[k]
    value <- if (is.na(by)) NA else sub(".*=", "", names(fit$strata)[k])
    for (share in c(.3, .77, 1)) {
      horizon <- max(one$time) * share
      if (horizon <= min(one$time)) next
      table <- summary(one, rmean = horizon)$table
      means[[length(means) + 1]] <- list(
        sample = name, by = by, value = value, horizon = horizon,
        mean = unname(table["rmean"]), standardError = unname(table["se(rmean)"]))
    }
  }
}
save(list(quantity = "restricted mean survival times and their standard errors",
          source = source_line("kaplan_meier.R"), relativeTolerance = 1e-10, rows = means),
     "../restricted-means.json")
