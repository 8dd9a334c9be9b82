import JSON
/// One drug of a treatment: how much, by which way, on which days.
struct Drug: Sendable, Hashable {
  enum Unit: String, Sendable, CaseIterable {
    case milligramsPerSquareMeter = "mg/m2"
    case milligramsPerKilogram = "mg/kg"
    case milligrams = "mg"
    case micrograms = "ug"
    /// Calvert's target area under the curve, mg/mL × min.
    case areaUnderCurve = "AUC"
  }

  enum Route: String, Sendable, CaseIterable {
    case intravenous = "IV"
    case subcutaneous = "SC"
    case intramuscular = "IM"
    case oral = "PO"
  }

  let name: String
  var dose: Double
  let unit: Unit
  let route: Route
  /// Days of the cycle, counted from 1.
  let days: [Int]
  let infusionHours: Double?
  /// How often on each of its days.
  let timesPerDay: Int
  /// How many cycles it is given in, where the others go on without it.
  let cycles: Int?
  let note: String?
  let verification: Verification
}

extension Drug {
  private static let values = ["dose", "days", "infusion_hours", "cycles"]

  /// Reads a drug of a cycle of so many days.
  init(_ section: DefinitionSection, ofCycle length: Int?) {
    section.refuseUnknownKeys(
      Self.values + ["name", "unit", "route", "times_per_day", "note", "unverified"])
    self.init(
      name: section.requiredText("name"),
      dose: section.required("dose", "a number", section.positive("dose", "a dose")) ?? 1,
      unit: section.required("unit", Unit.names, section.choice("unit")) ?? .milligrams,
      route: section.required("route", Route.names, section.choice("route")) ?? .intravenous,
      days: section.required(
        "days", "a list of days of the cycle", section.days("days", ofCycle: length)) ?? [],
      infusionHours: section.positive("infusion_hours", "a time"),
      timesPerDay: section.count("times_per_day", from: 1) ?? 1,
      cycles: section.count("cycles", from: 1), note: section.text("note"),
      verification: Verification(section, of: Self.values))
  }

  /// How much, as a protocol has it: `80 mg/m2`, `AUC 5`.
  var doseText: String {
    let amount = shortNumber(dose)
    let once = unit == .areaUnderCurve ? "AUC \(amount)" : "\(amount) \(unit.rawValue)"
    return timesPerDay == 1 ? once : "\(once) \(timesPerDay)× a day"
  }
}

extension Drug.Route {
  /// What one giving of it is called, in the plural where there are several.
  func givings(_ count: Int) -> String {
    let noun =
      switch self {
      case .intravenous: "infusion"
      case .subcutaneous, .intramuscular: "injection"
      case .oral: "day"
      }
    return "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

extension CaseIterable where Self: RawRepresentable, RawValue == String {
  /// Every accepted name, in the words of a problem.
  static var names: String { "one of " + allCases.map(\.rawValue).joined(separator: ", ") }
}
