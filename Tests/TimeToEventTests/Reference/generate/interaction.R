# Likelihood ratio tests of the interaction of groups with subgroups, by R's survival.
# Run in this folder: Rscript interaction.R
source("samples.R")

control <- coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 100)
# With the other, R does not see that a column is a combination of others.
loose <- coxph.control(eps = 1e-14, iter.max = 100)
cases <- list(
  list("veteran", "trt", "celltype"), list("veteran", "celltype", "trt"),
  list("veteran", "trt", "prior"), list("ovarian", "rx", "resid.ds"), list("tied", "arm", "site"),
  list("untied", "arm", "site"), list("lung", "sex", "ph.ecog", NA),
  list("veteran", "trt", "prior", "celltype"), list("veteran", "trt", "celltype", NA, "adeno"),
  list("veteran", "trt", "celltype", NA, "large"))
rows <- list()
for (case in cases) for (ties in c("efron", "breslow")) {
  frame <- frames[[case[[1]]]]
  if (!all(unlist(case[2:3]) %in% names(frame))) next
  frame <- frame[complete.cases(frame[, unlist(case[2:3])]), ]
  if (case[[1]] == "lung") frame <- frame[frame$ph.ecog < 3, ]
  # A subgroup without the first group.
  hollow <- if (length(case) > 4) case[[5]] else NA
  first <- levels(factor(frame[[case[[2]]]]))[1]
  if (!is.na(hollow)) frame <- frame[frame[[case[[3]]]] != hollow | frame[[case[[2]]]] != first, ]
  strata <- if (length(case) > 3) case[[4]] else NA
  end <- if (is.na(strata)) "" else sprintf(" + strata(%s)", strata)
  fit <- function(sign) coxph(
    as.formula(sprintf("Surv(time, status) ~ factor(%s) %s factor(%s)%s", case[[2]], sign, case[[3]], end)),
    frame, ties = ties, control = if (is.na(hollow)) control else loose)
  a <- anova(fit("+"), fit("*"))
  rows[[length(rows) + 1]] <- list(
    sample = case[[1]], groups = case[[2]], subgroups = case[[3]], strata = strata, hollow = hollow, ties = ties,
    statistic = a$Chisq[2], df = a$Df[2], p = a[2, 4], subjects = nrow(frame))
}
save(list(quantity = "tests of interaction", source = source_line("interaction.R"),
          relativeTolerance = 1e-8, rows = rows), "../interaction.json")
