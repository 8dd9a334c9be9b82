# Clopper-Pearson intervals by vectorized qbeta: prints WORKLOAD,PEER,SECONDS,VALUE, best of seven.
i <- 0:9999
n <- 10 + i %% 91
x <- (i * 7) %% (n + 1)
run <- function() {
  lower <- ifelse(x == 0, 0, suppressWarnings(qbeta(0.025, x, n - x + 1)))
  upper <- ifelse(x == n, 1, suppressWarnings(qbeta(0.975, x + 1, n - x)))
  sum(lower) + sum(upper)
}
times <- replicate(7, system.time(value <<- run(), gcFirst = FALSE)[["elapsed"]])
cat(sprintf("clopper-pearson,R %s qbeta,%.6f,%.15g\n", getRversion(), min(times), value))
