# Log-rank tests: by R's survdiff where it has them, and by dense sums over the times of events
# written from the definition for the other weights.
# Run in this folder: Rscript log_rank.R
source("samples.R")

cases <- list(
  list("lung", "sex"), list("veteran", "trt"), list("veteran", "celltype"), list("aml", "x"),
  list("gehan", "arm"), list("ovarian", "rx"), list("tied", "arm"), list("untied", "arm"),
  list("months", "arm"), list("few", "arm"), list("trailing", "arm"), list("silent", "arm"),
  list("veteran", "trt", "celltype"), list("untied", "arm", "site"), list("tied", "arm", "site"),
  list("ovarian", "rx", "resid.ds"), list("lung", "sex", "ph.ecog"))

rows <- list()
for (case in cases) {
  by <- case[[2]]
  strata <- if (length(case) > 2) case[[3]] else NA
  frame <- frames[[case[[1]]]]
  if (!is.na(strata)) frame <- frame[!is.na(frame[[strata]]), ]
  for (rho in c(0, 1, .5)) {
    right <- if (is.na(strata)) by else sprintf("%s + strata(%s)", by, strata)
    fit <- survdiff(as.formula(paste("Surv(time, status) ~", right)), frame, rho = rho)
    total <- function(x) if (is.matrix(x)) rowSums(x) else x
    rows[[length(rows) + 1]] <- list(
      sample = case[[1]], by = by, strata = strata, weight = if (rho == 0) "log-rank" else "fh",
      rho = rho, gamma = 0, chisq = fit$chisq, df = sum(total(fit$exp) > 0) - 1, p = fit$pvalue,
      observed = as.numeric(total(fit$obs)), expected = as.numeric(total(fit$exp)),
      covariance = unname(fit$var))
  }
}

# The definition, one time at a time.
dense <- function(frame, by, strata, weight) {
  group <- factor(frame[[by]])
  stratum <- if (is.na(strata)) rep(1, nrow(frame)) else frame[[strata]]
  time <- as.matrix(survival::aeqSurv(Surv(frame$time, frame$status)))[, 1]
  g <- nlevels(group)
  difference <- numeric(g)
  variance <- matrix(0, g, g)
  for (s in unique(stratum)) {
    own <- stratum == s
    peto <- 1
    km <- 1
    for (t in sort(unique(time[own & frame$status == 1]))) {
      n <- sum(own & time >= t)
      d <- sum(own & time == t & frame$status == 1)
      peto <- peto * (1 - d / (n + 1))
      share <- sapply(levels(group), function(l) sum(own & time >= t & group == l)) / n
      events <- sapply(levels(group), function(l) sum(own & time == t & frame$status == 1 & group == l))
      w <- switch(weight, gehan = n, tarone = sqrt(n), peto = peto, modified = peto * n / (n + 1),
                  late = (1 - km), both = km * (1 - km), root = sqrt(km) * (1 - km)^2)
      difference <- difference + w * (events - d * share)
      if (n > 1) {
        variance <- variance + w^2 * d * (n - d) / (n - 1) * (diag(share, g) - outer(share, share))
      }
      km <- km * (1 - d / n)
    }
  }
  # The pseudo-inverse by eigenvectors.
  e <- eigen(variance, symmetric = TRUE)
  kept <- e$values > 1e-9 * max(e$values)
  turned <- crossprod(e$vectors, difference)
  list(chisq = sum(turned[kept]^2 / e$values[kept]), df = sum(kept))
}
names <- c(gehan = "gehan-wilcoxon", tarone = "tarone-ware", peto = "peto-peto",
           modified = "modified-peto-peto", late = "fh", both = "fh", root = "fh")
exponents <- list(late = c(0, 1), both = c(1, 1), root = c(.5, 2))
for (case in cases) {
  strata <- if (length(case) > 2) case[[3]] else NA
  frame <- frames[[case[[1]]]]
  if (!is.na(strata)) frame <- frame[!is.na(frame[[strata]]), ]
  for (weight in names(names)) {
    fit <- dense(frame, case[[2]], strata, weight)
    power <- if (is.null(exponents[[weight]])) c(0, 0) else exponents[[weight]]
    rows[[length(rows) + 1]] <- list(
      sample = case[[1]], by = case[[2]], strata = strata, weight = names[[weight]],
      rho = power[1], gamma = power[2], chisq = fit$chisq, df = fit$df,
      p = pchisq(fit$chisq, fit$df, lower.tail = FALSE))
  }
}
save(list(quantity = "weighted and stratified log-rank tests", source = source_line("log_rank.R"),
          relativeTolerance = 1e-10, rows = rows), "../log-rank.json")
