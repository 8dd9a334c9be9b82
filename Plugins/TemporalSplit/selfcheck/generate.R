# Rscript generate.R, in this folder: writes the data set paired, of 26 patients drawn here with scans on
# days 0, 84 and 168, and reference.csv, the paired tests of their changes by R's stats.
set.seed(2)
n <- 26
subject <- sprintf("S%02d", 1:n)
base <- round(runif(n, 30, 120), 1)
early <- round(base * exp(rnorm(n, -.25, .2)), 1)
# Nobody grows by a fifth: all stay in at both scans.
late <- round(early * exp(pmin(rnorm(n, -.1, .15), .12)), 1)
early <- pmin(early, round(1.1 * base, 1))
late <- pmin(late, round(1.15 * pmin(base, early), 1))
responds <- function(size) ifelse(size <= .7 * base, "PR", "SD")
dir.create("paired", showWarnings = FALSE)
write.csv(data.frame(subject), "paired/subject.csv", row.names = FALSE, quote = FALSE)
rows <- data.frame(
  subject = rep(subject, 3), day = rep(c(0, 84, 168), each = n),
  sum_of_diameters = c(base, early, late),
  overall = c(rep("", n), responds(early), responds(late)))
write.csv(rows[order(rows$subject, rows$day), ], "paired/assessment.csv", row.names = FALSE,
          quote = FALSE)

change <- log(late / early)
first <- log(early / base)
stopifnot(!anyDuplicated(abs(change)), all(change != 0), !anyDuplicated(abs(change - first)))
cases <- list()
add <- function(method, path, expected) {
  cases[[length(cases) + 1]] <<- c(
    method, "temporal-split paired at=12w until=24w", path, sprintf("%.17g", expected), "1e-10",
    sprintf("R %s, stats", getRversion()))
}
of <- function(list, key, value) sprintf("%s[%s].%s", list, key, value)
signed <- function(method, x, estimate, name) {
  test <- wilcox.test(x, alternative = "less", exact = TRUE)
  add(method, of("tests", paste0("method=", method), "statistic"), test$statistic)
  add(method, of("tests", paste0("method=", method), "pValue"), test$p.value)
  # The median of the means of all pairs, itself included, which R brackets to 1e-4 only.
  means <- outer(x, x, "+")[lower.tri(diag(length(x)), diag = TRUE)] / 2
  add("hodges-lehmann", of("estimates", paste0("name=", name), "value"), median(means))
  limits <- wilcox.test(x, exact = TRUE, conf.int = TRUE)$conf.int
  add("hodges-lehmann", of("estimates", paste0("name=", name), "interval.lower"), limits[1])
  add("hodges-lehmann", of("estimates", paste0("name=", name), "interval.upper"), limits[2])
}
signed("wilcoxon-exact", change, "hodges-lehmann", "late-change")
signed("wilcoxon-paired-exact", change - first, "hodges-lehmann-difference", "late-less-early")
grew <- sum(change > 0)
add("sign", of("tests", "method=sign", "statistic"), grew)
add("sign", of("tests", "method=sign", "pValue"), binom.test(grew, n, alternative = "less")$p.value)
shrank <- binom.test(n - grew, n)
add("clopper-pearson", of("estimates", "name=late-shrinking", "value"), (n - grew) / n)
add("clopper-pearson", of("estimates", "name=late-shrinking", "interval.lower"), shrank$conf.int[1])
add("clopper-pearson", of("estimates", "name=late-shrinking", "interval.upper"), shrank$conf.int[2])
gained <- sum(responds(early) == "SD" & responds(late) == "PR")
lost <- sum(responds(early) == "PR" & responds(late) == "SD")
cat(n, "patients,", grew, "grew late,", gained, "gained and", lost, "lost a response\n")
add("mcnemar-exact", of("tests", "method=mcnemar-exact", "pValue"),
    binom.test(gained, gained + lost)$p.value)
add("mcnemar-exact", of("estimates", "name=response-difference", "value"), (gained - lost) / n)
table <- as.data.frame(do.call(rbind, cases))
names(table) <- c("method", "command", "path", "expected", "tolerance", "source")
write.csv(table, "reference.csv", row.names = FALSE, quote = 1:6)
