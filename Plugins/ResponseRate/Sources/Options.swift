import PluginKit
import PluginProtocol
import Statistics

/// What the user asked for.
struct Options: Sendable {
  /// A method parameter that also accepts `all`.
  enum Selection<Method: Hashable & Sendable>: Sendable, Hashable {
    case all
    case only(Method)
    /// A method of another kind, such as a one-sample test where two groups are compared.
    case none
  }

  var count: Ratio?
  var control: Control.Choice?
  var interval: Selection<ProportionInterval.Method>
  var difference: Selection<DifferenceInterval.Method>
  var test: String
  var primary: String?
  var alternative: Alternative
  var level: Double
  var quoted: QuotedPValue?
  var source: ResponseSource
  var evaluator: String?
  var population: Population
  var rules: ResponseRules
  var grouping: Grouping?
  var selection: PatientSelection
  var frequentist: FrequentistOptions
  var borrowing: BorrowingOptions

  /// Which patients the rate is taken over.
  enum Population: String, CaseIterable, Sendable {
    /// Every patient; those not evaluable count as non-responders.
    case full
    /// Only patients with an evaluable assessment.
    case evaluable
    /// Only patients with a target lesion; those not evaluable count as non-responders.
    case measurable
  }

  /// Where a data set's responses come from.
  enum ResponseSource: String, CaseIterable, Sendable { case auto, reported, lesions, event }

  enum Grouping: String, CaseIterable, Sendable {
    case arm, cohort, sex
    case doseLevel = "dose_level"
  }

  init(_ values: Parameters) throws(Refusal) {
    count = try values.optionalRatio("count")
    control = try Control.choice(values.optionalText("control"))
    interval = Self.selection(try values.text("interval"))
    difference = Self.selection(try values.text("difference"))
    test = try values.text("test")
    primary = try values.optionalText("primary")
    alternative = try values.choice("alternative")
    level = try values.double("level")
    quoted = try values.optionalText("quoted").map { (text) throws(Refusal) in
      try QuotedPValue(text)
    }
    source = try values.choice("from")
    evaluator = try values.optionalText("evaluator")
    population = try values.choice("population")
    rules = try ResponseRules(values)
    grouping = try values.optionalChoice("by")
    selection = try PatientSelection(values, population)
    frequentist = try FrequentistOptions(values)
    borrowing = try BorrowingOptions(values)
  }

  /// The selection of a parameter without a default; nil where none was made.
  static func selection<Method: RawRepresentable>(_ text: String?) -> Selection<Method>?
  where Method.RawValue == String {
    text.map { selection($0) }
  }

  private static func selection<Method: RawRepresentable>(_ text: String) -> Selection<Method>
  where Method.RawValue == String {
    text == "all" ? .all : Method(rawValue: text).map(Selection.only) ?? .none
  }
}

extension Options.Selection where Method: MethodBattery {
  /// The methods to compute, the primary one first.
  func methods(primary: Method) -> [Method] {
    switch self {
    case .all: [primary] + Method.battery.filter { $0 != primary }
    case .only(let method): method == primary ? [method] : [primary, method]
    case .none: [primary]
    }
  }
}
