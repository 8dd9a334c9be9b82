/// Every problem of an import; only the first ten thousand are kept.
final class ProblemList {
  static let kept = 10_000

  private(set) var problems: [ImportProblem] = []
  private(set) var count = 0

  func add(_ problem: ImportProblem) {
    count += 1
    if problems.count < Self.kept { problems.append(problem) }
  }

  /// Adds the problems of a part of a file, whose lines were counted without those before.
  func add(_ others: ProblemList, linesBefore: Int) {
    for problem in others.problems { add(problem.moved(down: linesBefore)) }
    addUnkept(others.count - others.problems.count)
  }

  /// Counts problems that were not kept where they were found.
  func addUnkept(_ more: Int) { count += more }

  /// - Throws: ``ImportFailure/badInput(problems:count:)`` if there is any.
  func throwIfAny() throws(ImportFailure) {
    if count > 0 { throw .badInput(problems: problems, count: count) }
  }
}
