/// What may be said of an import besides its files.
public struct ImportOptions: Sendable, Hashable {
  /// The column that holds each subject's date of day 0.
  ///
  /// Without it day 0 is the first dose (`first_dose`; in CDISC DM `RFXSTDTC`, else `RFSTDTC`).
  public var origin: String?
  /// Nothing refuses partial dates.
  public var impute: ImputationRule?
  /// A larger file is refused unread.
  public var fileSizeLimitBytes: Int

  public static let defaultFileSizeLimitBytes = 512 * 1024 * 1024

  public init(
    origin: String? = nil, impute: ImputationRule? = nil,
    fileSizeLimitBytes: Int = defaultFileSizeLimitBytes
  ) {
    self.origin = origin
    self.impute = impute
    self.fileSizeLimitBytes = fileSizeLimitBytes
  }
}
