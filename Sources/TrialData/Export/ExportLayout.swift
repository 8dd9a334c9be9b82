/// The tables a data set is written as.
package enum ExportLayout: String, Sendable, Hashable, CaseIterable {
  /// Ours: everything, and read back as the same data set to the last bit.
  case tables
  /// The SDTM domains DM, EX, TU, TR, RS and LB; they have no place for endpoints.
  case sdtm
  /// The ADaM data sets ADSL, ADEX, ADTR, ADRS, ADTTE and ADIS; they have none for lesions that
  /// are no targets.
  case adam
}
