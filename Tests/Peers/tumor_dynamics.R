# 10,000 virtual patients over 24 weeks by deSolve as one system: WORKLOAD,PEER,SECONDS,VALUE.
suppressMessages(library(deSolve))
column <- function(n, low, high, step, modulus) {
  low + (high - low) * ((((0:(n - 1)) * step) %% modulus + 0.5) / modulus)
}
n <- 10000
y0 <- column(n, 30, 120, 7919, 100003)
kl <- column(n, 0.0002, 0.0032, 104729, 100019)
kd <- column(n, 0.002, 0.014, 15485863, 100043)
lam <- column(n, 0.005, 0.045, 32452843, 100049)
slope <- function(t, y, p) list((kl - kd * exp(-lam * t)) * y)
best <- Inf
for (round in 1:5) {  # as many as everybody (tumor_dynamics.py)
  start <- proc.time()[["elapsed"]]
  found <- ode(y0, seq(0, 168, 7), slope, NULL, method = "ode45", rtol = 1e-8, atol = 1e-10)
  best <- min(best, proc.time()[["elapsed"]] - start)
}
cat(sprintf("plain 10000,deSolve ode45,%.9f,%.17g\n", best, mean(found[25, -1])))
