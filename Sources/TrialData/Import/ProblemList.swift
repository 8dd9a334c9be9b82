/// Every problem of an import; only the first ten thousand are kept.
final class ProblemList {
  static let kept = 10_000

  private(set) var problems: [ImportProblem] = []
  private(set) var count = 0

  func add(_ problem: ImportProblem) {
    count += 1
    if problems.count < Self.kept { problems.append(problem) }
  }

  /// Counts problems that were not kept where they were found.
  func addUnkept(_ more: Int) { count += more }

  /// - Throws: ``ImportFailure/badInput(problems:count:)`` if there is any.
  func throwIfAny() throws(ImportFailure) {
    if count > 0 { throw .badInput(problems: problems, count: count) }
  }
}
