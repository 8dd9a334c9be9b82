import Statistics

/// The methods `all` stands for.
///
/// Variants that differ in one convention, and corrections seldom used, are there by name only.
protocol MethodBattery: CaseIterable, Hashable {
  static var battery: [Self] { get }
}

extension ProportionInterval.Method: MethodBattery {
  static var battery: [Self] { allCases.filter { $0 != .propTest && $0 != .jeffreysRaw } }
}

extension DifferenceInterval.Method: MethodBattery {
  static var battery: [Self] {
    [.miettinenNurminen, .mee, .newcombe, .newcombeContinuityCorrected, .agrestiCaffo, .wald]
  }
}

extension RatioInterval.Method: MethodBattery {
  static var battery: [Self] { [.miettinenNurminen, .koopman, .katz] }
}

extension OddsRatioInterval.Method: MethodBattery {
  static var battery: [Self] { [.miettinenNurminen, .cornfield, .woolf, .conditionalExact] }
}
