# The hazard ratio of grouped times as R's binomial regression with a complementary log-log link.
tables <- list(
  list(c(100, 70, 50, 30), c(25, 15, 18, 4), c(100, 82, 66, 51), c(16, 14, 12, 9)),
  list(c(112, 80, 61), c(30, 18, 12), c(114, 86, 66), c(26, 19, 15)),
  list(c(40, 20, 10), c(18, 8, 0), c(40, 37, 30), c(3, 6, 5)),
  list(c(4000, 3000, 1800, 700), c(900, 1100, 1000, 300), c(4000, 3100, 2100, 1200), c(850, 900, 800, 350))
)
number <- function(x) paste(sprintf("%.17g", x), collapse = ", ")
rows <- sapply(tables, function(t) {
  n <- c(t[[1]], t[[3]])
  d <- c(t[[2]], t[[4]])
  interval <- factor(rep(seq_along(t[[1]]), 2))
  arm <- rep(0:1, each = length(t[[1]]))
  fit <- glm(
    cbind(d, n - d) ~ interval + arm, binomial("cloglog"), control = list(epsilon = 1e-15, maxit = 200)
  )
  sprintf(
    '  {"controlAtRisk": [%s], "controlEvents": [%s], "treatedAtRisk": [%s], "treatedEvents": [%s],\n   "logRatio": %s}',
    number(t[[1]]), number(t[[2]]), number(t[[3]]), number(t[[4]]), number(coef(fit)[["arm"]])
  )
})
cat(sprintf(
  '{\n "quantity": "ln hazard ratio of grouped times",\n "source": "Reference/generate/grouped_hazard_ratio.R (R %s, glm)",\n "relativeTolerance": 1e-8,\n "rows": [\n%s\n ]\n}\n',
  getRversion(), paste(rows, collapse = ",\n")
))
