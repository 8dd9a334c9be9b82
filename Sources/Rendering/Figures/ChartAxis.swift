import PluginProtocol

/// One axis with its range and the places that are named on it.
package struct ChartAxis {
  package struct Tick: Hashable, Sendable {
    package var value: Double
    package var label: String
  }

  /// What is measured, with its unit.
  package var title: String
  package var range: ClosedRange<Double>
  package var isLogarithmic = false
  package var ticks: [Tick]
  /// Whether the places are names, such as patients, rather than numbers.
  package var isCategorical = false

  /// Where a value stands between the two ends, 0 to 1; beyond them outside of that.
  package func fraction(_ value: Double) -> Double {
    if isLogarithmic {
      let low = Scales.log10(range.lowerBound)
      return (Scales.log10(max(value, 1e-300)) - low) / (Scales.log10(range.upperBound) - low)
    }
    return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  /// The value at a fraction of the way.
  package func value(_ fraction: Double) -> Double {
    guard isLogarithmic else {
      return range.lowerBound + fraction * (range.upperBound - range.lowerBound)
    }
    let low = Scales.log10(range.lowerBound)
    return Scales.power10(low + fraction * (Scales.log10(range.upperBound) - low))
  }
}

extension ChartAxis {
  /// Marks at some values, with one number of decimals.
  static func ticks(at values: [Double]) -> [Tick] {
    zip(values, Scales.texts(values)).map { Tick(value: $0, label: $1) }
  }

  /// An axis of numbers that has room for all of them.
  init(
    _ declared: ResultDocument.Axis, values: [Double], references: [Double] = [],
    includesZero: Bool = false, figure: String
  ) throws(FigureProblem) {
    let named = [declared.minimum, declared.maximum].compactMap { $0 }.filter { abs($0) <= 1e150 }
    let isLogarithmic = declared.scale == .logarithmic
    var all = values + named + (includesZero && !isLogarithmic ? [0] : [])
    // A reference far away from the data would leave no room for them.
    if let low = all.min(), let high = all.max() {
      let room = isLogarithmic ? 0 : max(high - low, abs(high)) * 0.5
      all += references.filter { $0 >= low - room && $0 <= high + room }
    }
    guard let low = all.min(), let high = all.max() else { throw .nothingToShow(figure: figure) }
    guard !isLogarithmic || low > 0 else {
      throw .notPositive(figure: figure, axis: declared.name)
    }
    title = Self.title(declared)
    self.isLogarithmic = isLogarithmic
    let ends =
      isLogarithmic
      ? Scales.logarithmicRange(low, high) : Scales.linearRange(low, high, keeping: named)
    range = ends
    let places = isLogarithmic ? Scales.logarithmicTicks(ends) : Scales.linearTicks(ends)
    ticks = zip(places, Self.labels(places, declared.format ?? .number)).map {
      Tick(value: $0, label: $1)
    }
  }

  /// An axis of names, the first at 0, each one apart.
  init(_ declared: ResultDocument.Axis, names: [String], isReversed: Bool = false) {
    title = Self.title(declared)
    range = -0.5...(Double(max(names.count, 1)) - 0.5)
    isCategorical = true
    ticks = names.enumerated().map { index, name in
      Tick(value: Double(isReversed ? names.count - 1 - index : index), label: name)
    }
  }

  private static func title(_ declared: ResultDocument.Axis) -> String {
    declared.label.safe + (declared.unit.map { " (\($0.safe))" } ?? "")
  }

  private static func labels(
    _ values: [Double], _ format: ResultDocument.Axis.Format
  ) -> [String] {
    switch format {
    case .number: Scales.texts(values)
    case .percent: Scales.texts(values.map { $0 * 100 }).map { $0 + " %" }
    case .pValue: values.map(Scales.pValue)
    }
  }
}
