# Cox models and tests of proportional hazards by R's survival, iterated to the end.
# Run in this folder: Rscript cox.R
source("samples.R")

control <- coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 100)
cases <- list(
  list("lung", "age+sex+ph.ecog"), list("lung", "sex"), list("veteran", "trt+karno+age"),
  list("veteran", "karno+celltype"), list("veteran", "trt+karno", "celltype"), list("aml", "x"),
  list("ovarian", "age+resid.ds+rx"), list("ovarian", "age", "rx"), list("gehan", "arm"),
  list("tied", "arm+x+z"), list("tied", "arm+x", "site"), list("untied", "arm+x+z"),
  list("untied", "arm+x", "site"), list("months", "arm+x"), list("few", "x"))
rows <- list()
for (case in cases) for (ties in c("efron", "breslow", "exact")) {
  variables <- strsplit(case[[2]], "\\+")[[1]]
  strata <- if (length(case) > 2) case[[3]] else NA
  frame <- frames[[case[[1]]]]
  frame <- frame[complete.cases(frame[, c(variables, if (!is.na(strata)) strata)]), ]
  right <- if (is.na(strata)) case[[2]] else sprintf("%s + strata(%s)", case[[2]], strata)
  fit <- coxph(as.formula(paste("Surv(time, status) ~", right)), frame, ties = ties,
               control = control)
  s <- summary(fit)
  row <- list(
    sample = case[[1]], covariates = I(variables), strata = strata, ties = ties,
    coefficients = I(unname(coef(fit))), covariance = unname(vcov(fit)), loglik = fit$loglik,
    hazardRatio = I(unname(s$conf.int[, 1])), lower = I(unname(s$conf.int[, 3])),
    upper = I(unname(s$conf.int[, 4])), p = I(unname(s$coefficients[, 5])),
    likelihoodRatio = unname(s$logtest[1]), wald = fit$wald.test, score = fit$score,
    df = unname(s$logtest[2]))
  if (length(row$coefficients) == 1) row$covariance <- list(I(as.numeric(vcov(fit))))
  for (transform in c("km", "identity", "rank", "log")) {
    # An event at time 0 has no logarithm.
    row[[transform]] <- if (transform == "log" && any(frame$time == 0)) NA else
      I(unname(cox.zph(fit, transform)$table[, 1]))
  }
  row$zphDegrees <- I(unname(cox.zph(fit)$table[, 2]))
  rows[[length(rows) + 1]] <- row
}
save(list(quantity = "Cox models and tests of proportional hazards", source = source_line("cox.R"),
          relativeTolerance = 1e-9, rows = rows), "../cox.json")
