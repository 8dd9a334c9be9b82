/// What R 4.2.2 with survival 3.5.3 gives for the patients of ``SubgroupTests``.
///
/// Made by:
///
///     library(survival)
///     times <- c(5, 8, 12, 14, 20, 23, 31, 37, 40, 52, 60, 71, 3, 6, 7, 9, 10, 15, 18, 21, 28, 33, 45, 50)
///     i <- 0:23
///     d <- data.frame(time = times, status = as.numeric(!(i %in% c(4, 9, 12, 17, 23))),
///                     arm = factor(ifelse(i < 12, "new", "old"), c("old", "new")),
///                     sex = ifelse(i %% 4 < 2, "F", "M"), cohort = c("1", "2", "3")[i %% 3 + 1])
///     d$cohort[1] <- NA
///     # each part: summary(coxph(Surv(time, status) ~ arm, part))$conf.int
///     # each column: anova(coxph(Surv(time, status) ~ arm + by, known), coxph(… ~ arm * by, known))
enum SubgroupReference {
  /// Of all patients, sex F and M, cohorts 1 to 3.
  static let events: [Int64?] = [19, 8, 11, 5, 7, 6]
  static let ratios = [
    0.619250603321557, 0.603092793587129, 0.625325449367635, 0.531500204651862, 0.420450242875305,
    1.14511241810764,
  ]
  static let lower = [
    0.237272748394123, 0.133532860509295, 0.166592898099078, 0.0872390336479634, 0.0759521268796301,
    0.188614337052426,
  ]
  static let upper = [
    1.61616246412397, 2.72383079557717, 2.34723041671486, 3.23814301617458, 2.32749778046458,
    6.95218863314645,
  ]
  /// By sex, by cohort.
  static let interactions = [0.971902759896482, 0.768202597411419]
}
