# Run with:  Rscript test_plugin.R
folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(folder, "plugin.R"))

near <- function(value, expected) stopifnot(abs(value / expected - 1) < 1e-8)

# The interval as beta quantiles, which is another way than binom.test's.
answer <- doublet_try("@NAME@", "15/30", "target=25%")
near(answer$estimates[[1]]$interval$lower, qbeta(0.025, 15, 16))
near(answer$estimates[[1]]$interval$upper, qbeta(0.975, 16, 15))
# Two-sided by minimum likelihood: every count no likelier than the observed one.
probabilities <- dbinom(0:30, 30, 0.25)
near(answer$tests[[1]]$pValue,
     sum(probabilities[probabilities <= probabilities[16] * (1 + 1e-7)]))

refusal <- tryCatch(doublet_try("@NAME@", "1/2000000"), doublet_refusal = identity)
stopifnot(identical(refusal$parameter, "responders"))
cat("all tests passed\n")
