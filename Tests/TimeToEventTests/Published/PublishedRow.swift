import Testing

@testable import TimeToEvent

/// A row of values that one source prints.
struct PublishedRow: Decodable, Sendable, CustomTestStringConvertible {
  let id, method, source: String
  let expected: PublishedValue
  /// Absolute, as the source states it.
  let tolerance: Double

  var testDescription: String { "\(id) \(method)" }
}

/// The same values, computed here.
struct ComputedRow: Sendable {
  let id: String
  private let compute: @Sendable () throws -> [String: PublishedValue]

  init(_ id: String, _ compute: @escaping @Sendable () throws -> [String: PublishedValue]) {
    self.id = id
    self.compute = compute
  }

  func values() throws -> PublishedValue { .table(try compute()) }
}
