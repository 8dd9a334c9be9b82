/// An iRECIST response at one assessment, coded as CDISC codes it.
///
/// Progression under immunotherapy is unconfirmed (iUPD) until a later assessment confirms it
/// (iCPD). "Not evaluable" has no code of its own and stays ``ResponseCategory/notEvaluable``.
///
/// ## References
///
/// - Seymour L et al. (2017). iRECIST: guidelines for response criteria for use in trials
///   testing immunotherapeutics. *Lancet Oncol* 18:e143–e152, table 2.
public enum ImmuneResponseCategory: String, Sendable, Codable, CaseIterable {
  case unconfirmedProgressiveDisease = "iUPD"
  case confirmedProgressiveDisease = "iCPD"
  case nonCompleteNonUnconfirmedProgressive = "NON-iCR/NON-iUPD"
  case stableDisease = "iSD"
  case partialResponse = "iPR"
  case completeResponse = "iCR"
}
