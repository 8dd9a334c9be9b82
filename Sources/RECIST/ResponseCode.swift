/// A reported response in either vocabulary, RECIST's or iRECIST's.
public enum ResponseCode: Sendable, Hashable {
  case recist(ResponseCategory)
  case immune(ImmuneResponseCategory)

  /// The RECIST category, or nothing for an iRECIST code: iUPD is not a PD.
  public var category: ResponseCategory? {
    if case .recist(let category) = self { category } else { nil }
  }

  /// The iRECIST code of a response; iRECIST has none for NE and MISSING, and a PD is unconfirmed.
  public init(immune category: ResponseCategory) {
    self =
      switch category {
      case .completeResponse: .immune(.completeResponse)
      case .partialResponse: .immune(.partialResponse)
      case .stableDisease: .immune(.stableDisease)
      case .nonCompleteNonProgressive: .immune(.nonCompleteNonUnconfirmedProgressive)
      case .progressiveDisease: .immune(.unconfirmedProgressiveDisease)
      case .notEvaluable, .missing: .recist(category)
      }
  }

  /// The category of the same rank; iUPD and iCPD are both PD.
  public var rank: ResponseCategory {
    switch self {
    case .recist(let category): category
    case .immune(.completeResponse): .completeResponse
    case .immune(.partialResponse): .partialResponse
    case .immune(.stableDisease): .stableDisease
    case .immune(.nonCompleteNonUnconfirmedProgressive): .nonCompleteNonProgressive
    case .immune(.unconfirmedProgressiveDisease), .immune(.confirmedProgressiveDisease):
      .progressiveDisease
    }
  }

  /// Reads a code as data sets write it: letter case and outer spaces do not matter, and
  /// "NOT DONE" and "ND" mean ``ResponseCategory/missing``.
  public init?(reading text: String) {
    let code = text.trimmed.uppercased()
    guard let match = Self.byCode[code] else { return nil }
    self = match
  }

  private static let byCode: [String: Self] = {
    var codes: [String: Self] = ["NOT DONE": .recist(.missing), "ND": .recist(.missing)]
    for category in ResponseCategory.allCases { codes[category.rawValue] = .recist(category) }
    for category in ImmuneResponseCategory.allCases {
      codes[category.rawValue.uppercased()] = .immune(category)
    }
    return codes
  }()
}

extension ResponseCode: RawRepresentable, Codable {
  public var rawValue: String {
    switch self {
    case .recist(let category): category.rawValue
    case .immune(let category): category.rawValue
    }
  }

  /// The code exactly as CDISC writes it; ``init(reading:)`` is the forgiving reader.
  public init?(rawValue: String) {
    self.init(reading: rawValue)
    if self.rawValue != rawValue { return nil }
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
