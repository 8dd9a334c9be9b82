import Foundation
import Testing

@testable import TimeToEvent

/// The samples references are computed on, by name; `generate/samples.R` and `whas500.py` say where
/// they come from.
struct ReferenceSample: Decodable, Sendable {
  enum Value: Decodable, Sendable {
    case number(Double), text(String), missing

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .missing
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    var number: Double? { if case .number(let number) = self { number } else { nil } }

    /// As R writes a level of a factor.
    var label: String? {
      switch self {
      case .number(let number) where number == number.rounded(): "\(Int(number))"
      case .number(let number): "\(number)"
      case .text(let text): text
      case .missing: nil
      }
    }
  }

  private struct File: Decodable {
    let samples: [String: [String: [Value]]]
  }

  static let all = file("samples").merging(file("whas500")) { first, _ in first }

  private static func file(_ name: String) -> [String: ReferenceSample] {
    let url = Bundle.module.bundleURL.appending(path: "Reference/\(name).json")
    guard let data = try? Data(contentsOf: url),
      let file = try? JSONDecoder().decode(File.self, from: data)
    else { return [:] }
    return file.samples.mapValues(ReferenceSample.init)
  }

  static func named(_ name: String) throws -> Self { try #require(all[name]) }

  let columns: [String: [Value]]

  init(columns: [String: [Value]]) { self.columns = columns }

  fileprivate func column(_ name: String) throws -> [Value] {
    try #require(columns[name], "no column is called \(name)")
  }

  func numbers(_ name: String) throws -> [Double] {
    try column(name).map { try #require($0.number) }
  }

  func labels(_ name: String) throws -> [String] {
    try column(name).map { try #require($0.label) }
  }

  func grouping(_ name: String) throws -> Grouping { Grouping(try labels(name)) }

  /// The subjects of whom all these columns are known.
  func complete(_ names: [String]) throws -> Self {
    let known = try names.map { try column($0).map { $0.label != nil } }
    let rows = try column("time").indices.filter { row in known.allSatisfy { $0[row] } }
    return Self(columns: columns.mapValues { column in rows.map { column[$0] } })
  }

  func eventTimes() throws -> EventTimes {
    try EventTimes(times: numbers("time"), occurred: numbers("status").map { $0 == 1 })
  }

  /// The subjects with `value` in a column, out of the sample as a whole.
  func eventTimes(where name: String?, is value: String?) throws -> EventTimes {
    guard let name, let value else { return try eventTimes() }
    let labels = try labels(name)
    return try eventTimes().subset(labels.indices.filter { labels[$0] == value })
  }
}

extension ReferenceSample {
  /// A number, or groups where the column holds text; the first in order is the reference.
  func covariate(_ name: String) throws -> Covariate {
    let numbers = try column(name).compactMap(\.number)
    guard numbers.count < (try column(name).count) else { return try Covariate(name, numbers) }
    return try Covariate(name, grouping(name))
  }
}
