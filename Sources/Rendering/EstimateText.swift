import JSON
import PluginProtocol

extension ResultDocument.Estimate {
  /// The quantity and its group.
  ///
  /// Here and below, spaces a line must not break at are U+00A0 until ``Swift/String/withPlainSpaces``.
  var subject: String { label.safe + (group.map { " [\($0.safe)]" } ?? "") }

  /// `15/30 = 50.0 %`.
  var valueText: String {
    let number = value.map { scale.texts([$0])[0] } ?? "NA"
    let counted = count.map { "\($0.events)/\($0.total)\u{A0}=\u{A0}" } ?? ""
    let unit = value?.isFinite == true ? scale.suffix : ""
    let remark = interval == nil ? nil : status
    return counted + number + unit + (remark.map { " (\($0.safe))" } ?? "")
  }

  /// `(95 % Clopper-Pearson 31.3 to 68.7 %)`; without an interval why there is none, if it is said.
  var intervalText: String {
    guard let interval else { return status.map { "(\($0.safe))" } ?? "" }
    let level = NumberText.significant(interval.level * 100)
    let bounds = scale.texts([interval.lower, interval.upper])
    let method = MethodName.label(interval.method)
    return "(\(level)\u{A0}% \(method) \(bounds[0]) to \(bounds[1])\(scale.suffix))"
  }

  /// A fraction where it counts something or its unit says so, else a number of its unit.
  private var scale: Scale {
    switch unit {
    // A percentage of a percentage would read the same.
    case "proportion" where name.hasSuffix("difference"): return .points
    case "proportion", "probability", "fraction": return .percent
    case nil where count != nil: return .percent
    case "%", "percent":
      // Some hold the fraction and name the unit it is read in.
      guard let count, let value, count.total > 0 else { return .number(unit: "\u{A0}%") }
      return abs(value - Double(count.events) / Double(count.total)) < 1e-6
        ? .percent : .number(unit: "\u{A0}%")
    case nil: return .number(unit: "")
    case let unit?: return .number(unit: "\u{A0}" + unit.safe)
    }
  }

  private enum Scale {
    case percent
    /// Percentage points, with their sign.
    case points
    case number(unit: String)

    func texts(_ numbers: [Double]) -> [String] {
      switch self {
      case .percent: numbers.map(NumberText.percent)
      case .points: numbers.map { ($0 > 0 ? "+" : "") + NumberText.percent($0) }
      case .number: NumberText.significant(numbers)
      }
    }

    var suffix: String {
      switch self {
      case .percent: "\u{A0}%"
      case .points: "\u{A0}points"
      case .number(let unit): unit
      }
    }
  }
}

extension ResultDocument.TestResult {
  /// `0.004072`, or `NA` and why.
  var pValueText: String {
    let number = pValue.map(NumberText.pValue) ?? "NA"
    return status.map { "\(number) (\($0.safe))" } ?? number
  }
}

extension [ResultDocument.Estimate] {
  /// One line an estimate; what repeats the line above is left out.
  var table: TextTable {
    var rows: [[String]] = []
    var above: [String] = []
    for estimate in self {
      let head = [estimate.subject, estimate.valueText]
      rows.append((head == above ? ["", ""] : head) + [estimate.intervalText])
      above = head
    }
    let columns = ["Estimate", "Value", "Interval"]
    return TextTable(
      columns: columns.map { TextTable.Column(label: $0, isAlignedRight: false) }, rows: rows,
      hasHeader: false)
  }
}

extension [ResultDocument.TestResult] {
  /// A table of the tests, without columns that would be empty or say one thing on every line.
  var table: TextTable {
    typealias Field = (label: String, right: Bool, texts: [String?])
    let isNamed = map(\.name) != map(\.method) && (count == 1 || Set(map(\.name)).count > 1)
    let names = map { isNamed ? $0.name.safe : nil }
    let fields: [Field] = [
      ("Test", false, names), ("Method", false, map(\.method.safe)),
      ("Group", false, map { $0.group?.safe }), ("Versus", false, map { $0.versus?.safe }),
      ("Alternative", false, map(\.alternative.safe)),
      ("Statistic", true, Self.numbers(map(\.statistic))),
      ("df", true, Self.numbers(map(\.degreesOfFreedom))),
      ("p", true, map(\.pValueText)),
    ]
    let used = fields.filter { field in field.texts.contains { $0 != nil } }
    return TextTable(
      columns: used.map { TextTable.Column(label: $0.label, isAlignedRight: $0.right) },
      rows: indices.map { index in used.map { $0.texts[index] ?? "" } })
  }

  private static func numbers(_ numbers: [Double?]) -> [String?] {
    var texts = NumberText.significant(numbers.compactMap { $0 })[...]
    return numbers.map { $0 == nil ? nil : texts.popFirst() }
  }
}

extension ResultDocument.ResultTable {
  var textTable: TextTable {
    let cells = columns.indices.map { index in
      columns[index].texts(rows.map { index < $0.count ? $0[index] : .null })
    }
    return TextTable(
      columns: columns.map {
        TextTable.Column(label: $0.label.safe, isAlignedRight: $0.isAlignedRight)
      },
      rows: rows.indices.map { row in cells.map { $0[row] } })
  }
}
