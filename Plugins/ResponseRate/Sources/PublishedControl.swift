/// A weekly-paclitaxel arm of a published trial in metastatic breast cancer.
///
/// Four of them are analyses of one trial, E2100: alternatives, never counted as trials.
struct PublishedControl: Sendable, Hashable {
  /// What `control=` calls it.
  let name: String
  let trial: String
  let responders: Int
  let patients: Int
  /// The rate as printed, in percent.
  let printedPercent: Double
  /// Who judged the responses, as the source says it.
  let assessor: String
  let judgedBy: Assessor
  let population: String
  /// What in the row was not read in the source; nil where the printed figures were.
  let unverified: String?
  let citation: String
}

extension PublishedControl {
  static func named(_ name: String) -> Self? { all.first { $0.name == name } }

  /// Whether the count does not give the printed rate, because no count does.
  var isStandIn: Bool { name == "nk105" }

  static let all: [Self] = [
    Self(
      name: "e2100-irf", trial: "E2100", responders: 54, patients: 243, printedPercent: 22.2,
      assessor: "independent review", judgedBy: .independent, population: "measurable disease",
      unverified: nil,
      citation: "Gray R et al. (2009). J Clin Oncol 27:4966; Avastin SmPC, table 10."),
    Self(
      name: "e2100-inv", trial: "E2100", responders: 64, patients: 273, printedPercent: 23.4,
      assessor: "investigator, re-analysis", judgedBy: .investigator,
      population: "measurable disease", unverified: nil,
      citation: "Avastin SmPC, table 10."),
    Self(
      name: "e2100-nejm", trial: "E2100", responders: 69, patients: 326, printedPercent: 21.2,
      assessor: "investigator", judgedBy: .investigator, population: "all eligible",
      unverified: "the denominator (75/354 gives 21.2 % as well)",
      citation: "Miller K et al. (2007). N Engl J Med 357:2666."),
    Self(
      name: "e2100-25", trial: "E2100", responders: 61, patients: 242, printedPercent: 25.2,
      assessor: "investigator, original", judgedBy: .investigator, population: "measurable disease",
      unverified: "rate and denominator (61/242 merely fits 25.2 %)",
      citation: "Miller K et al. (2007). N Engl J Med 357:2666 (full text not read)."),
    Self(
      name: "nk105", trial: "NK105 phase III", responders: 82, patients: 211,
      printedPercent: 39.0, assessor: "not stated", judgedBy: .unknown, population: "all",
      unverified: nil,
      citation: "Fujiwara Y et al. (2019). Br J Cancer, PMC6461876."),
    Self(
      name: "martin", trial: "motesanib phase II, placebo", responders: 39, patients: 94,
      printedPercent: 41.0, assessor: "central review", judgedBy: .independent, population: "all",
      unverified: nil,
      citation: "Martin M et al. (2011). Lancet Oncol 12:369."),
    Self(
      name: "aipac", trial: "AIPAC, placebo", responders: 43, patients: 112,
      printedPercent: 38.4, assessor: "blinded independent review", judgedBy: .independent,
      population: "full analysis set",
      unverified: "the response rate",
      citation: "Wildiers H et al. (2024). Clin Cancer Res 30:532."),
  ]
}
