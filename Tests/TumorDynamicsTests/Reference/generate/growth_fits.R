# Growth and shrinkage rates by R's own nls (algorithm "port", bounds 0 and 1): growth-fits.json.
#
# The series come from a formula. tumgr 0.0.4 fits the same models with minpack.lm's nlsLM and counts
# the first measurement as day 1; where it does, so does a row.
series <- list(
  regrowth = list(c(0, 42, 84, 126, 168, 210, 252), c(80, 31, 15, 11, 12.5, 14, 18.5)),
  shrinkage = list(c(0, 40, 85, 120, 170), c(80, 55, 33, 24, 12)),
  growth = list(c(0, 42, 84, 126), c(40, 44, 53, 57)),
  resistant = list(c(0, 30, 60, 90, 120, 150, 180, 240), c(100, 68, 47, 38, 33, 31, 30.5, 33)),
  irregular = list(c(3, 50, 61, 130, 190, 260, 300), c(61, 44, 40, 33, 36, 39, 47))
)
models <- list(
  gd = list(f ~ exp(-d * t) + exp(g * t) - 1, c(g = .002, d = .02)),
  dx = list(f ~ exp(-d * t), c(d = .01)),
  gx = list(f ~ exp(g * t), c(g = .002)),
  gdphi = list(f ~ (1 - phi) * exp(g * t) + phi * exp(-d * t), c(g = .001, d = .03, phi = .8)),
  wang = list(f ~ exp(-d * t) + g * t, c(g = .001, d = .02))
)
number <- function(x) paste(sprintf("%.17g", x), collapse = ", ")
rows <- c()
for (name in names(series)) for (first in 0:1) for (model in names(models)) {
  days <- series[[name]][[1]]
  sizes <- series[[name]][[2]]
  data <- data.frame(t = days - days[1] + first, f = sizes / sizes[1])
  start <- models[[model]][[2]]
  fit <- try(nls(
    models[[model]][[1]], data, as.list(start), algorithm = "port", lower = 0 * start,
    upper = 0 * start + 1,
    control = nls.control(maxiter = 1000, tol = 1e-12, warnOnly = TRUE)
  ), silent = TRUE)
  if (inherits(fit, "try-error")) next
  # A fit on a bound has no standard errors worth comparing.
  if (any(coef(fit) < 1e-12) || any(coef(fit) > 1 - 1e-12)) next
  table <- summary(fit)$coefficients
  rows <- c(rows, sprintf(
    paste0(
      '  {"series": "%s", "model": "%s", "firstDay": %d, "days": [%s], "sizes": [%s],\n',
      '   "estimates": [%s], "errors": [%s], "pValues": [%s], "rss": %s, "aic": %s}'
    ),
    name, model, first, number(days), number(sizes), number(table[, 1]), number(table[, 2]),
    number(table[, 4]), number(sum(resid(fit)^2)),
    number(-2 * as.numeric(logLik(fit)) + 2 * length(start))
  ))
}
cat(sprintf(
  '{\n "quantity": "growth and shrinkage rates by least squares",\n "source": "Reference/generate/growth_fits.R (R %s, nls)",\n "relativeTolerance": 1e-5,\n "rows": [\n%s\n ]\n}\n',
  getRversion(), paste(rows, collapse = ",\n")
))
