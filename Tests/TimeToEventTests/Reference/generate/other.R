# Tests against a historical median, Mantel and Byar's test and Turnbull's estimate, by R.
# Run in this folder: Rscript other.R
source("samples.R")

medians <- list()
for (name in c("gehan", "aml", "untied", "months", "few")) for (median in c(5, 10, 20)) {
  frame <- frames[[name]]
  O <- sum(frame$status); E <- sum(frame$time) * log(2) / median
  two <- function(a, b) min(1, 2 * min(a, b))
  medians[[length(medians) + 1]] <- list(
    sample = name, median = median, expected = E,
    logRank = two(pnorm((O - E) / sqrt(E)), pnorm((O - E) / sqrt(E), lower.tail = FALSE)),
    wu = two(pnorm((O - E) / sqrt((O + E) / 2)), pnorm((E - O) / sqrt((O + E) / 2))),
    poisson = two(poisson.test(O, r = E, alternative = "less")$p.value,
                  poisson.test(O, r = E, alternative = "greater")$p.value),
    exponential = two(pchisq(2 * E, 2 * O, lower.tail = FALSE), pchisq(2 * E, 2 * O)))
}
save(list(quantity = "tests against a historical median", source = source_line("other.R"),
          relativeTolerance = 1e-10, rows = medians), "../historical-medians.json")

# Mantel and Byar's test by the score test of a state that changes with time: without ties Breslow's
# likelihood gives it; with ties, the sums of the definition.
set.seed(11)
rows <- list()
for (name in c("untied", "tied", "lung", "aml")) {
  frame <- frames[[name]]
  n <- nrow(frame)
  response <- ifelse(runif(n) < .5, signif(runif(n) * frame$time, 6), NA)
  response[!is.na(response) & (response >= frame$time | response <= 0)] <- NA
  if (name == "untied") {
    long <- do.call(rbind, lapply(seq_len(n), function(i) {
      if (is.na(response[i])) {
        data.frame(start = 0, stop = frame$time[i], event = frame$status[i], x = 0)
      } else {
        data.frame(start = c(0, response[i]), stop = c(response[i], frame$time[i]),
                   event = c(0, frame$status[i]), x = 0:1)
      }
    }))
    chisq <- coxph(Surv(start, stop, event) ~ x, long, ties = "breslow")$score
  } else {
    difference <- 0
    variance <- 0
    for (t in unique(frame$time[frame$status == 1])) {
      at <- frame$time >= t
      dead <- frame$time == t & frame$status == 1
      state <- !is.na(response) & response < t
      p <- mean(state[at])
      difference <- difference + sum(state[dead]) - sum(dead) * p
      if (sum(at) > 1) {
        variance <- variance + sum(dead) * (sum(at) - sum(dead)) / (sum(at) - 1) * p * (1 - p)
      }
    }
    chisq <- difference^2 / variance
  }
  rows[[length(rows) + 1]] <- list(sample = name, responses = I(response), chisq = chisq)
}
save(list(quantity = "Mantel and Byar's test", source = source_line("other.R"),
          relativeTolerance = 1e-10, rows = rows), "../mantel-byar.json")
