# weibull-median: median time to an event under a Weibull model, by survival::survreg.
#
# The model and its references are in README.md.

folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(folder, "doublet_plugin.R"))

doublet_analysis("weibull-median", function(run) {
  if (!requireNamespace("survival", quietly = TRUE)) {
    doublet_refuse("this analysis needs the R package survival: install.packages(\"survival\")",
                   kind = "plugin.incomplete")
  }
  level <- run$probability("level")
  times <- read_times(run, run$text("endpoint"), run$choice("by"))
  result <- doublet_result("Median time under a Weibull model")
  groups <- split(times, times$group)
  for (number in seq_along(groups)) {
    result <- add_group(result, groups[[number]], names(groups)[number], level)
    run$progress(number / length(groups))
  }
  result <- doublet_method(result, "interval", "normal for log median and log shape",
                           source = "Kalbfleisch and Prentice 2002, chapter 3")
  result <- doublet_note(result, "info", "software",
                         paste("R package survival", utils::packageVersion("survival")))
  doublet_cite(result, "Therneau TM. A Package for Survival Analysis in R.")
})

# Days and events of one endpoint, with the group of each patient.
read_times <- function(run, endpoint, by) {
  events <- run$table("event")
  known <- sort(unique(events$endpoint[!is.na(events$day)]))
  if (!endpoint %in% known) {
    there <- paste(known, collapse = ", ")
    doublet_refuse(paste0("endpoint=", endpoint, ": the data set has ", there), "endpoint",
                   paste("one of", there), "parameter.value")
  }
  times <- events[events$endpoint == endpoint & !is.na(events$day), ]
  subjects <- run$table("subject")
  group <- if (by == "none") "all" else subjects[[by]][match(times$subject, subjects$subject)]
  times <- data.frame(day = times$day, occurred = times$occurred == 1, group = group)
  times <- times[!is.na(times$group), ]
  if (any(times$day <= 0)) {
    doublet_refuse(paste0("endpoint=", endpoint, ": ", sum(times$day <= 0),
                          " times are 0 or less, which a Weibull model has no place for"),
                   "endpoint", "times above 0", "data.impossible")
  }
  times
}

add_group <- function(result, times, group, level) {
  label <- paste0("Median, ", group)
  if (sum(times$occurred) < 2) {
    return(doublet_estimate(result, "median", label, NA, unit = "days", group = group,
                            status = "fewer than two events do not fix a Weibull model"))
  }
  model <- survival::survreg(survival::Surv(day, occurred) ~ 1, times, dist = "weibull")
  z <- qnorm(0.5 + level / 2)
  # log median = intercept + scale log(log 2); survreg's covariance is of intercept and log scale.
  gradient <- c(1, model$scale * log(log(2)))
  log_median <- unname(coef(model)) + model$scale * log(log(2))
  half <- z * sqrt(drop(gradient %*% model$var %*% gradient))
  result <- doublet_estimate(
    result, "median", label, exp(log_median), unit = "days", group = group,
    interval = doublet_interval("wald-log", level, exp(log_median - half), exp(log_median + half)),
    events = sum(times$occurred), total = nrow(times))
  spread <- z * sqrt(model$var[2, 2])
  doublet_estimate(
    result, "shape", paste0("Shape, ", group), 1 / model$scale, group = group,
    interval = doublet_interval("wald-log", level, exp(-spread) / model$scale,
                                exp(spread) / model$scale))
}

doublet_main()
