/// What an import made.
public struct ImportReport: Sendable, Hashable {
  /// One source file.
  public struct Source: Sendable, Hashable {
    public let name: String
    /// Of its bytes, in lower-case hexadecimal.
    public let sha256: String
  }

  /// Rows in one table.
  public struct Count: Sendable, Hashable {
    public let table: TrialTable
    public let rows: Int
  }

  /// The SHA-256 of the logical content, in lower-case hexadecimal: the data set's identity.
  public let hash: String
  /// The file.
  public let path: String
  /// Whether the folder already held this content; the old file is kept.
  public let wasPresent: Bool
  public let counts: [Count]
  public let sources: [Source]
  /// What a reader of the data must know: assumptions made, values left out.
  public let notes: [String]
}
