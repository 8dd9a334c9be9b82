import ClientProtocol
import JSON

/// One value an analysis must give, with where it comes from: a row of a plugin's case file.
struct ReferenceCase: Sendable, Hashable {
  /// How closely a value must be met.
  enum Tolerance: Sendable, Hashable {
    /// Relative to the larger of the two.
    case relative(Double)
    /// To half a unit of the last digit that was printed.
    case printed

    /// Whether the source has enough digits for an error to say something of the computation.
    var isFine: Bool {
      switch self {
      case .relative(let tolerance): tolerance <= 1e-9
      case .printed: false
      }
    }
  }

  /// What another program says instead, and why it is not followed.
  struct Disagreement: Sendable, Hashable {
    /// With its version, such as `SciPy 1.17.1`.
    var tool: String
    /// As that program prints it; empty where it gives nothing.
    var theirs: String
    var reason: String
  }

  /// The file it is from and its line.
  var file: String
  var line: Int
  var method: String
  /// The command to run; the data sets it may read are those beside its file.
  var command: String
  var path: DocumentPath
  /// As it was written.
  var expected: String
  var tolerance: Tolerance
  var source: String
  var disagreement: Disagreement?
}

extension ReferenceCase {
  /// What became of a case.
  struct Outcome: Sendable, Hashable {
    var found: JSONValue?
    /// Of the larger of the two; nil where they are no numbers, or the value is missing.
    var relativeError: Double?
    /// Why it failed; nil where it passed.
    var failure: String?

    var passed: Bool { failure == nil }
  }

  /// Compares a result, or the error object that came instead of one, with what is expected.
  func outcome(of document: JSONValue) -> Outcome {
    guard let found = path.value(in: document), found != .null || expected == "null" else {
      let why = document["error"]?["message"]?.string.map { "refused: \($0)" }
      return Outcome(failure: why ?? "the result has no value there")
    }
    guard let wanted = Double(expected), let number = found.number else {
      let text = found.string ?? found.text
      return Outcome(found: found, failure: text == expected ? nil : "expected \(expected)")
    }
    let larger = max(number.magnitude, wanted.magnitude)
    let error = number == wanted ? 0 : abs(number - wanted) / larger
    let outcome = Outcome(found: found, relativeError: error)
    return isMet(number, wanted, error)
      ? outcome
      : Outcome(found: found, relativeError: error, failure: "expected \(expected)")
  }

  private func isMet(_ number: Double, _ wanted: Double, _ error: Double) -> Bool {
    switch tolerance {
    case .relative(let tolerance): error <= tolerance
    case .printed: Self.agrees(number, with: expected)
    }
  }

  /// Whether a number would be printed as the text, to the digits that the text has.
  static func agrees(_ number: Double, with printed: String) -> Bool {
    guard let value = Double(printed) else { return false }
    let parts = printed.lowercased().split(separator: "e", maxSplits: 1)
    let decimals =
      parts[0].split(separator: ".", omittingEmptySubsequences: false).dropFirst()
      .first?.count ?? 0
    let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    guard let unit = Double("1e\(exponent - decimals)") else { return false }
    // A tie is rounded either way, and neither number is a decimal fraction.
    return abs(number - value) <= unit * 0.500_001
  }
}
