/// Why a data set cannot be read.
public enum TrialDataError: Error, Hashable {
  case cannotOpen(path: String, reason: String)
  /// The file is a database, but not one this module wrote.
  case notADataset(path: String, reason: String)
  case unreadable(table: String, reason: String)
}

extension TrialDataError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cannotOpen(let path, let reason): "cannot open the data set \(path): \(reason)"
    case .notADataset(let path, let reason): "\(path) is not a data set: \(reason)"
    case .unreadable(let table, let reason): "cannot read table \(table): \(reason)"
    }
  }
}
