/// Why nothing was imported.
public enum ImportFailure: Error, Hashable {
  /// What is wrong with the input: the first ten thousand problems and the number of all.
  case badInput(problems: [ImportProblem], count: Int)
  case cannotWrite(folder: String, reason: String)
  /// The caller gave the import up.
  case cancelled
}

extension ImportFailure: CustomStringConvertible {
  /// The first hundred problems, one a line, and how many more there are.
  public var description: String {
    switch self {
    case .badInput(let problems, let count):
      var lines = problems.prefix(Self.printedProblems).map(\.description)
      if count > lines.count { lines.append("and \(count - lines.count) more problems") }
      return lines.joined(separator: "\n")
    case .cannotWrite(let folder, let reason):
      return "cannot write the data set in \(folder): \(reason)"
    case .cancelled: return "the import was cancelled"
    }
  }

  public static let printedProblems = 100
}
