/// The rates of many patients, column by column.
package struct Cohort: Sendable, Hashable {
  package let baseline, growthPerDay, immuneKillPerDay: RateColumn
  /// One column a drug, in the order of the treatment's drugs.
  package let killsPerDay, decaysPerDay: [RateColumn]

  /// - Precondition: At least one patient, every column as long, and as many columns of kill as of
  ///   decay.
  package init(
    baseline: [Double], growthPerDay: [Double], killsPerDay: [[Double]],
    decaysPerDay: [[Double]], immuneKillPerDay: [Double]? = nil
  ) {
    let count = baseline.count
    precondition(
      count > 0 && killsPerDay.count == decaysPerDay.count
        && ([growthPerDay, immuneKillPerDay ?? baseline] + killsPerDay + decaysPerDay)
          .allSatisfy { $0.count == count },
      "one rate for each patient and one column for each drug")
    self.baseline = RateColumn(baseline)
    self.growthPerDay = RateColumn(growthPerDay)
    self.immuneKillPerDay = RateColumn(
      immuneKillPerDay ?? [Double](repeating: 0, count: count))
    self.killsPerDay = killsPerDay.map(RateColumn.init)
    self.decaysPerDay = decaysPerDay.map(RateColumn.init)
  }

  package var count: Int { baseline.count }

  /// The rates of one patient.
  package subscript(patient: Int) -> PatientRates {
    PatientRates(
      baseline: baseline[patient], growthPerDay: growthPerDay[patient],
      killsPerDay: killsPerDay.map { $0[patient] }, decaysPerDay: decaysPerDay.map { $0[patient] },
      immuneKillPerDay: immuneKillPerDay[patient])
  }
}
