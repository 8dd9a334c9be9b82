/// Why nothing was exported.
package enum ExportFailure: Error, Hashable {
  /// What the format cannot carry: the first hundred values and the number of all.
  case cannotCarry(problems: [String], count: Int)
  case fileExists(path: String)
  /// A path that names neither a folder nor what the format writes.
  case wrongEnding(path: String, format: ExportFormat)
  case cannotWrite(path: String, reason: String)
  case unreadable(TrialDataError)
  /// The files do not give the data set back; they were removed.
  case readsBackDifferently(problem: String)
}

extension ExportFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cannotCarry(let problems, let count):
      return (problems + (count > problems.count ? ["and \(count - problems.count) more"] : []))
        .joined(separator: "\n")
    case .fileExists(let path): return "\(path) is there already"
    case .wrongEnding(let path, let format):
      let name = format == .xpt ? "a folder, or a file ending in .xpt" : "a folder"
      return "\(path) cannot take \(format.rawValue): name \(name)"
    case .cannotWrite(let path, let reason): return "cannot write \(path): \(reason)"
    case .unreadable(let error): return error.description
    case .readsBackDifferently(let problem):
      return "what was written does not read back as the same data set: \(problem)"
    }
  }
}
