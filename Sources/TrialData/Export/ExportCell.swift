/// A value on its way into a file.
enum ExportCell: Sendable, Hashable {
  case missing
  case whole(Int64)
  case number(Double)
  case text(String)

  static func text(_ text: String?) -> Self { text.map { .text($0) } ?? .missing }
  static func number(_ number: Double?) -> Self { number.map { .number($0) } ?? .missing }
  static func whole(_ number: Int?) -> Self { number.map { .whole(Int64($0)) } ?? .missing }
}
