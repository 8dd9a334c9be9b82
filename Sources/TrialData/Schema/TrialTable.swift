/// The tables of a data set, in the order in which their content is hashed.
public enum TrialTable: String, Sendable, Hashable, Codable, CaseIterable {
  case subject, lesion, measurement, assessment, exposure, marker, event
}

extension TrialTable {
  /// The columns in schema order.
  var columns: [SchemaColumn] {
    switch self {
    case .subject: Self.subjectColumns
    case .lesion: Self.lesionColumns
    case .measurement: Self.measurementColumns
    case .assessment: Self.assessmentColumns
    case .exposure: Self.exposureColumns
    case .marker: Self.markerColumns
    case .event: Self.eventColumns
    }
  }

  /// Positions of the columns that make a row unique, in the order rows are sorted by.
  var key: [Int] {
    columns.indices.filter { columns[$0].role == .key || columns[$0].role == .nullableKey }
  }

  func position(of column: String) -> Int? { columns.firstIndex { $0.name == column } }

  /// Columns of which a row must have at least one value.
  var anyOf: [String] {
    switch self {
    case .measurement: ["diameter", "state"]
    case .assessment: ["sum_of_diameters", "target", "non_target", "new_lesion", "overall"]
    default: []
    }
  }

  private static let subjectColumns: [SchemaColumn] = [
    .init("subject", .name, .key), .init("arm", .text), .init("dose_level", .amount),
    .init("dose_unit", .text), .init("cohort", .text), .init("sex", .text),
    .init("age", .amount), .init("first_dose", .date),
  ]
  private static let lesionColumns: [SchemaColumn] = [
    .init("subject", .name, .key), .init("lesion", .name, .key),
    .init("role", .lesionRole, .required), .init("site", .text),
    .init("nodal", .flag, .required),
  ]
  private static let measurementColumns: [SchemaColumn] = [
    .init("subject", .name, .key), .init("lesion", .name, .key), .init("day", .day, .key),
    .init("visit", .text), .init("diameter", .length), .init("state", .lesionState),
    .init("evaluator", .text, .nullableKey),
  ]
  private static let assessmentColumns: [SchemaColumn] = [
    .init("subject", .name, .key), .init("day", .day, .key), .init("visit", .text),
    .init("sum_of_diameters", .length), .init("target", .response),
    .init("non_target", .response), .init("new_lesion", .flag), .init("overall", .response),
    .init("evaluator", .text, .nullableKey),
  ]
  private static let exposureColumns: [SchemaColumn] = [
    .init("subject", .name, .key), .init("day", .day, .key), .init("drug", .name, .key),
    .init("dose", .amount), .init("unit", .text),
  ]
  private static let markerColumns: [SchemaColumn] = [
    .init("subject", .name, .key), .init("day", .day, .key), .init("visit", .text),
    .init("marker", .name, .key), .init("value", .number), .init("unit", .text),
  ]
  private static let eventColumns: [SchemaColumn] = [
    .init("subject", .name, .key), .init("endpoint", .endpoint, .key), .init("day", .day),
    .init("occurred", .flag, .required),
  ]
}
