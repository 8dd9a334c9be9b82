import JSON
import PluginProtocol
import RECIST

/// The lesions visit by visit, as numbers.
enum VisitTable {
  static func of(
    _ points: [LesionPoint], _ reported: [Int: ResponseCode]
  ) -> ResultDocument.ResultTable {
    let baseline = points.first?.target?.baseline
    let first: [[JSONValue]] = [
      [.null, .string("baseline"), length(baseline)] + [JSONValue](repeating: .null, count: 6)
    ]
    return ResultDocument.ResultTable(
      name: "visits", title: "Lesions, sums in mm",
      columns: [
        .init("day", "Day", .count), .init("visit", "Visit"), .init("sum", "Sum", .number),
        .init("nadir", "Nadir", .number), .init("target", "Target"),
        .init("non-target", "Non-target"), .init("new-lesion", "New"),
        .init("derived", "Derived"), .init("reported", "Reported"),
      ], rows: (baseline == nil ? [] : first) + points.map { row($0, reported[$0.day]) })
  }

  private static func row(_ point: LesionPoint, _ reported: ResponseCode?) -> [JSONValue] {
    [
      .integer(Int64(point.day)), point.visit.map(JSONValue.string) ?? .null,
      length(point.target?.sumOfDiameters), length(point.target?.nadir),
      point.target.map { .string($0.response.rawValue) } ?? .null,
      point.nonTarget.map { .string($0.rawValue) } ?? .null,
      .string(point.hasNewLesion ? "yes" : "no"), .string(point.overall.rawValue),
      reported.map { .string($0.rawValue) } ?? .null,
    ]
  }

  private static func length(_ length: Millimeters?) -> JSONValue {
    length.map { .number($0.value) } ?? .null
  }
}
