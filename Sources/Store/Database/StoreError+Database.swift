import GRDB

extension StoreError {
  /// What an error of the database means for a change.
  init(_ error: any Error, _ change: Change, path: String) {
    switch error {
    case let error as StoreError:
      self = error
    case let error as DatabaseError:
      let reason = error.message ?? error.resultCode.description
      switch error.resultCode {
      case .SQLITE_FULL: self = .diskFull(change)
      case .SQLITE_IOERR: self = .inputOutput(change, reason: reason)
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(path: path, finding: reason)
      default: self = .failed(change, reason: reason)
      }
    default:
      self = .failed(change, reason: "\(error)")
    }
  }

  /// What an error of the database means for a reader.
  init(reading error: any Error, path: String) {
    switch error {
    case let error as StoreError:
      self = error
    case let error as DatabaseError:
      let reason = error.message ?? error.resultCode.description
      switch error.resultCode {
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(path: path, finding: reason)
      default: self = .unreadable(reason: reason)
      }
    default:
      self = .unreadable(reason: "\(error)")
    }
  }
}
