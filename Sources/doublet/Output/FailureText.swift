import ClientProtocol
import Rendering

/// Writes a failure for people: what is wrong, where in the line, what was expected.
///
///     error: there is no command "respone-rate"
///       respone-rate 15/30
///       ^^^^^^^^^^^^
///       expected: the name of a command; help lists them
///       did you mean response-rate?
struct FailureText {
  /// Where the line stands, such as `trial.dbl:12`; nil at the prompt.
  var place: String?
  /// The command as it was sent; nil where nothing can be pointed at.
  var source: String?
  /// Columns of the screen; a longer line is cut around the word.
  var width: Int?
  var usesColor = false

  func lines(_ failure: CommandFailure) -> [String] {
    [head(failure.message)] + pointer(failure.range).map { "  " + $0 }
      + [
        failure.expected.map { "expected: \($0.safe)" },
        failure.nearest.map { "did you mean \($0.safe)?" },
        failure.run.map { "recorded as run \($0.safe)" },
      ].compactMap { $0.map { "  " + $0 } } + failure.problems.map { "  " + $0.safe }
  }

  /// The first line, for whatever went wrong.
  func head(_ message: String) -> String {
    let word = usesColor ? "\u{1B}[31merror:\u{1B}[0m" : "error:"
    return (place.map { $0 + ": " } ?? "") + word + " "
      + message.safeLines.joined(separator: "\n  ")
  }

  /// The line at fault and the marks below it.
  private func pointer(_ range: Range<Int>?) -> [String] {
    guard let source, let range else { return [] }
    let scalars = Array(source.unicodeScalars)
    guard range.lowerBound <= scalars.count else { return [] }
    let start = scalars[..<range.lowerBound].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let end = scalars[range.lowerBound...].firstIndex(of: "\n") ?? scalars.count
    let upper = min(range.upperBound, end)
    func shown(_ part: Range<Int>) -> String {
      String(String.UnicodeScalarView(scalars[part])).safe
    }
    let before = shown(start..<range.lowerBound)
    let marked = shown(range.lowerBound..<max(upper, range.lowerBound))
    let after = shown(max(upper, range.lowerBound)..<end)
    return cut(before, marked, after)
  }

  private func cut(_ before: String, _ marked: String, _ after: String) -> [String] {
    var (before, marked, after) = (before, marked, after)
    if let width, before.columns + marked.columns + after.columns > width - 2 {
      // A third before the word, so that it is seen in its place.
      let room = max(12, width - 4)
      if before.columns > room / 3 { before = "…" + before.suffix(room / 3) }
      marked = String(marked.prefix(max(1, room - before.columns)))
      after = String(after.prefix(max(0, room - before.columns - marked.columns)))
    }
    return [
      before + marked + after,
      String(repeating: " ", count: before.columns)
        + String(repeating: "^", count: max(1, marked.columns)),
    ]
  }
}
