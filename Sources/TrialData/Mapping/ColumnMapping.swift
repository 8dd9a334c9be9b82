/// Which columns of which files fill which tables.
///
/// Written by the caller or decoded from a mapping file, in TOML:
///
/// ```toml
/// # One [[rows]] block for each kind of row a file's lines give. A file may have several.
/// [[rows]]
/// file = "inspire_tumor_change.csv"      # the name of an imported file, without folders
/// table = "assessment"                   # a table of the schema
/// skip_missing = ["sum_of_diameters"]    # lines with nothing here give no row, and are counted
///
/// [rows.columns]                         # schema column = source
/// subject = "id"                         # a column, as it is
/// evaluator = { constant = "INVESTIGATOR" }
/// day = { column = "time", unit = "weeks" }
/// overall = { column = "resp", values = { "Partial" = "PR", "None" = "" } }
/// # percent change from a baseline that another file holds, matched by a column both files have
/// sum_of_diameters = { column = "size_change", percent_change_from = { file = "inspire_subjects.csv", match = "id", column = "l_size" } }
/// ```
///
/// Units of `day`: `days`, `weeks` (7), `months` (30.4375), `years` (365.25), rounded to the
/// nearest day; `study-day` (CDISC: 1 is day 0, 0 is refused); `duration` (counts both ends, as
/// ADTTE's AVAL does); `date` (counted from the subject's day 0). Units of lengths: `mm`, `cm`.
/// With `values` every value that occurs must be listed; an empty text stands for missing.
public struct ColumnMapping: Sendable, Hashable, Codable {
  /// What problems and `about` call it.
  public var name = "mapping"
  /// Of the mapping file, for `about`.
  public var sha256: String?
  public var rows: [RowMapping]

  private enum CodingKeys: String, CodingKey { case rows }

  public init(name: String = "mapping", sha256: String? = nil, rows: [RowMapping]) {
    self.name = name
    self.sha256 = sha256
    self.rows = rows
  }
}
