import ClientProtocol
import JSON

/// What the daemon can do, as far as it is known.
struct CatalogCache {
  var document: CatalogDocument?
  var isStale = true
  /// The request whose answer is on its way.
  var pending: Int64?
}

extension Session {
  /// The longest a Tab waits for the daemon.
  private static let budgetSeconds = 0.1

  /// The catalog, fresh where the daemon answers at once and as it was where it does not.
  func catalog() -> CatalogDocument? {
    guard link.isConnected, catalogCache.isStale || catalogCache.pending != nil else {
      return catalogCache.document
    }
    do {
      if catalogCache.pending == nil { catalogCache.pending = try link.send(.catalog) }
      try collect(until: Clock.seconds + Self.budgetSeconds)
    } catch {
      // The next command says that the connection is gone.
      catalogCache.pending = nil
    }
    return catalogCache.document
  }

  private func collect(until deadline: Double) throws(ConnectionFailure) {
    while let id = catalogCache.pending, Clock.seconds < deadline {
      let milliseconds = Int32(((deadline - Clock.seconds) * 1000).rounded(.up))
      guard case .answer(let answer) = try link.next(for: id, milliseconds: max(0, milliseconds))
      else { continue }
      catalogCache.pending = nil
      catalogCache.isStale = false
      guard case .success(let bytes) = answer, let json = try? JSONValue(parsing: bytes) else {
        return
      }
      catalogCache.document = (try? CatalogDocument(json: json)) ?? catalogCache.document
    }
  }
}
