import Foundation

@testable import TimeToEvent

/// What a source prints: a number, none, or lists and tables of them.
indirect enum PublishedValue: Decodable, Sendable, Hashable {
  case number(Double)
  case missing
  case list([PublishedValue])
  case table([String: PublishedValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .missing
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let list = try? container.decode([PublishedValue].self) {
      self = .list(list)
    } else {
      self = .table(try container.decode([String: PublishedValue].self))
    }
  }

  init(_ number: Double?) {
    self = if let number { .number(number) } else { .missing }
  }

  init(_ numbers: [Double?]) { self = .list(numbers.map { Self($0) }) }

  init(_ limits: SurvivalLimits?) { self.init([limits?.lower, limits?.upper]) }

  /// A quantile and its limits, as one list.
  init(_ found: SurvivalQuantile) { self.init([found.time, found.lower, found.upper]) }

  /// The limits of a quantile alone.
  static func limits(of found: SurvivalQuantile) -> Self { Self([found.lower, found.upper]) }

  /// Where this is not what a source prints, each place with both values.
  ///
  /// A number agrees within the source's tolerance, or where that is finer than the digits printed,
  /// within half a unit of the last of them.
  func differences(from printed: Self, _ tolerance: Double, at place: String = "") -> [String] {
    switch (self, printed) {
    case (.missing, .missing): []
    case (.number(let ours), .number(let theirs)):
      (ours - theirs).magnitude <= max(tolerance, theirs.halfUnitOfLastDigit)
        ? [] : ["\(place): \(ours), not \(theirs)"]
    case (.list(let ours), .list(let theirs)) where ours.count == theirs.count:
      zip(ours, theirs).enumerated().flatMap {
        $1.0.differences(from: $1.1, tolerance, at: "\(place)[\($0)]")
      }
    case (.table(let ours), .table(let theirs)) where Set(ours.keys) == Set(theirs.keys):
      ours.sorted { $0.key < $1.key }.flatMap { name, value in
        theirs[name].map { value.differences(from: $0, tolerance, at: "\(place).\(name)") } ?? []
      }
    default: ["\(place): \(self), not \(printed)"]
    }
  }
}

extension Double {
  /// Of the shortest decimal that is this number; 0 for whole numbers, which are printed in full.
  fileprivate var halfUnitOfLastDigit: Double {
    guard self != rounded(), let decimal = Decimal(string: "\(self)") else { return 0 }
    return 0.5 * pow(10, Double(decimal.exponent))
  }
}
