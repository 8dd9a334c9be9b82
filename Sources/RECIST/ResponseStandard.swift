/// The published criteria an overall response is judged by.
public enum ResponseStandard: String, Sendable, Codable, CaseIterable {
  case recist1_0 = "recist-1.0"
  case recist1_1 = "recist-1.1"
  case immune = "irecist"

  /// The thresholds for target lesions; iRECIST has those of RECIST 1.1.
  public var criteria: ResponseCriteria {
    self == .recist1_0 ? .recist1_0 : .recist1_1
  }

  /// Its name as the field writes it.
  public var label: String {
    switch self {
    case .recist1_0: "RECIST 1.0"
    case .recist1_1: "RECIST 1.1"
    case .immune: "iRECIST"
    }
  }

  /// RECIST 1.0 asks for every response to be confirmed at 4 weeks or later; the others leave it
  /// to the protocol, and only where response is the primary endpoint of a trial without control.
  public var confirmation: BestResponseRules.Confirmation? {
    self == .recist1_0 ? .init() : nil
  }

  public var citation: String {
    switch self {
    case .recist1_0:
      "Therasse P et al. (2000). New guidelines to evaluate the response to treatment in solid"
        + " tumors. J Natl Cancer Inst 92:205–216"
    case .recist1_1:
      "Eisenhauer EA et al. (2009). New response evaluation criteria in solid tumours: revised"
        + " RECIST guideline (version 1.1). Eur J Cancer 45:228–247"
    case .immune:
      "Seymour L et al. (2017). iRECIST: guidelines for response criteria for use in trials testing"
        + " immunotherapeutics. Lancet Oncol 18:e143–e152"
    }
  }
}
