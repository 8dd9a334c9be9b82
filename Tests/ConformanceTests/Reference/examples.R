# Reference values of the worked examples, from the CSV files of config/examples/simulated-30.
#
# Run in the repository with R 4.2.2 and survival: Rscript Tests/ConformanceTests/Reference/examples.R
# The win ratio by matrices of all pairs, its variance from those of wins and losses and their
# covariance, where the plugin takes the variance of each patient's pull. The Weibull model by
# maximizing the profile likelihood of its shape, where the plugin asks survreg.
folder <- "config/examples/simulated-30"
events <- read.csv(file.path(folder, "event.csv"))
subjects <- read.csv(file.path(folder, "subject.csv"))
pfs <- events[events$endpoint == "pfs", ]
group <- subjects$dose_level[match(pfs$subject, subjects$subject)]

show <- function(name, values) cat(name, sprintf("%.17g", values), "\n")

win_ratio <- function(a, b) {
  later <- outer(a$day, b$day, ">")
  wins <- later & matrix(b$occurred == 1, nrow(a), nrow(b), byrow = TRUE)
  losses <- outer(a$day, b$day, "<") & matrix(a$occurred == 1, nrow(a), nrow(b))
  w <- mean(wins)
  l <- mean(losses)
  spread <- function(f) f(rowMeans(wins), rowMeans(losses)) / nrow(a) +
    f(colMeans(wins), colMeans(losses)) / nrow(b)
  variance <- spread(function(x, y) var(x)) / w^2 + spread(function(x, y) var(y)) / l^2 -
    2 * spread(function(x, y) cov(x, y)) / (w * l)
  ratio <- w / l
  half <- qnorm(0.975) * sqrt(variance)
  c(sum(wins), sum(losses), length(wins) - sum(wins) - sum(losses), ratio, ratio * exp(-half),
    ratio * exp(half), 2 * pnorm(-abs(log(ratio)) / sqrt(variance)))
}
levels <- sort(unique(group))
for (level in levels[-1]) {
  show(paste("win-ratio", level), win_ratio(pfs[group == level, ], pfs[group == levels[1], ]))
}

profile <- function(shape, t, d) {
  sum(t^shape * log(t)) / sum(t^shape) - 1 / shape - mean(log(t[d == 1]))
}
weibull <- function(t, d) {
  shape <- uniroot(profile, c(0.05, 20), t = t, d = d, tol = 1e-14)$root
  scale <- (sum(t^shape) / sum(d))^(1 / shape)
  c(scale * log(2)^(1 / shape), shape)
}
show("weibull all", weibull(pfs$day, pfs$occurred))
for (level in levels) {
  show(paste("weibull", level), weibull(pfs$day[group == level], pfs$occurred[group == level]))
}
