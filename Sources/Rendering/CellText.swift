import JSON
import PluginProtocol

extension ResultDocument.Column {
  var isAlignedRight: Bool { format != .text }

  /// The cells of one column as people read them.
  ///
  /// A missing number is `NA`, a missing text nothing at all.
  func texts(_ cells: [JSONValue]) -> [String] {
    guard format == .number else { return cells.map(text) }
    let numbers = cells.map { $0.string == nil ? $0.number : nil }
    var formatted = NumberText.significant(numbers.compactMap { $0 })[...]
    return zip(cells, numbers).map { cell, number in
      number == nil ? text(cell) : formatted.popFirst() ?? ""
    }
  }

  private func text(_ cell: JSONValue) -> String {
    if format == .text { return cell.plainText }
    if cell == .null { return "NA" }
    guard let number = cell.number else { return cell.plainText }
    switch format {
    case .text, .count: return cell.plainText
    case .number: return NumberText.significant(number)
    case .percent: return NumberText.percent(number) + (number.isFinite ? " %" : "")
    case .pValue: return NumberText.pValue(number)
    case .duration: return NumberText.duration(seconds: number)
    }
  }
}

extension JSONValue {
  /// The value without rounding, safe to show.
  fileprivate var plainText: String {
    if let events = self["events"]?.integer, let total = self["total"]?.integer {
      return "\(events)/\(total)"
    }
    switch self {
    case .null: return ""
    case .bool(let bool): return bool ? "yes" : "no"
    case .string(let string): return string.safe
    default: return text.safe
    }
  }
}
