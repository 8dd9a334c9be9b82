# @NAME@: a response rate with its exact interval and test, and the chance that it is above a target.
#
# Try it without a daemon:  Rscript plugin.R --try @NAME@ 15/30 target=25%
# Change it, run test_plugin.R, then say  plugins check FOLDER  in the REPL.

folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(folder, "doublet_plugin.R"))

doublet_analysis("@NAME@", function(run) {
  # The host has checked types and bounds by plugin.toml; what is read here has its kind.
  count <- run$ratio("responders")
  target <- run$probability("target")
  level <- run$probability("level")
  # What only this analysis knows to be wrong it refuses, naming the parameter.
  if (count$total > 1e6) {
    doublet_refuse("responders: expected at most 1000000 patients", "responders",
                   "at most 1000000 patients")
  }
  exact <- binom.test(count$events, count$total, p = target, conf.level = level)
  run$progress(0.5, "exact test done") # between steps; also ends the run once it was cancelled
  above <- pbeta(target, count$events + 0.5, count$total - count$events + 0.5,
                 lower.tail = FALSE)

  result <- doublet_result("Response rate against a target")
  result <- doublet_estimate(
    result, "rate", "Response rate", count$events / count$total,
    interval = doublet_interval("clopper-pearson", level, exact$conf.int[1], exact$conf.int[2]),
    events = count$events, total = count$total)
  result <- doublet_estimate(
    result, "above-target", paste("Posterior chance of a rate above", target), above)
  result <- doublet_test(result, "rate", "exact", exact$p.value,
                         versus = paste("a response rate of", target))
  result <- doublet_method(result, "two-sided rule", "minimum likelihood, as binom.test has it")
  result <- doublet_method(result, "prior", "Beta(1/2, 1/2)", source = "Jeffreys 1946")
  doublet_cite(result, "Clopper C, Pearson ES. Biometrika 1934;26:404-413.")
})

doublet_main()
