import Statistics

extension PublishedTrial {
  /// The trials that come with the analysis: all that are known, whether they speak for the method
  /// or against it.
  static let all: [Self] = [checkMate067, aipac, wangGillam, source, sourceByNK105].compactMap(
    \.self)

  /// Rates of 43.7, 19.0 and 57.6 % of 945 patients randomized alike.
  private static var checkMate067: Self? {
    make(
      "CheckMate 067, melanoma", ("nivolumab", 138, 316), ("ipilimumab", 60, 315),
      counting: (181, 314),
      citation: "Larkin J, et al. (2015). Combined nivolumab and ipilimumab or monotherapy in"
        + " untreated melanoma. N Engl J Med 373:23–34.",
      remark:
        "rates and the total of 945 patients read, their split over the arms recalled; off the"
        + " waterfall Palmer & Sorger (2017) read 54 and 24 %, and find the 65 % that Bliss makes of"
        + " them")
  }

  private static var aipac: Self? {
    make(
      "AIPAC, breast", ("paclitaxel and placebo", 43, 112), imp321, counting: (55, 114),
      citation:
        "Wildiers H, et al. (2024). Paclitaxel plus eftilagimod alpha versus paclitaxel alone"
        + " in metastatic breast cancer (AIPAC). Clin Cancer Res 30:532.",
      remark:
        "randomized; its primary endpoint, progression-free survival, was not met (hazard ratio"
        + " 0.93, 95 % 0.67 to 1.30)")
  }

  private static var wangGillam: Self? {
    make(
      "Wang-Gillam, pancreas", ("gemcitabine, MPACT", 31, 430), imp321, counting: nil,
      citation: "Wang-Gillam A, et al. (2013). A phase I study of IMP321 and gemcitabine as the"
        + " front-line therapy in patients with advanced pancreatic adenocarcinoma. Invest New Drugs"
        + " 31:707–713.",
      remark: "uncontrolled, so that the chemotherapy alone is that of another trial; at most 2 mg,"
        + " which its authors call sub-optimal", words: "no incremental activity")
  }

  private static var source: Self? {
    make(
      "Brignone 2010, breast", ("paclitaxel, E2100", 54, 243), imp321, counting: (15, 30),
      isFitted: true, citation: brignone,
      remark: "uncontrolled; the trial the question comes from")
  }

  private static var sourceByNK105: Self? {
    make(
      "the same, another control", ("paclitaxel, NK105", 82, 211), imp321, counting: (15, 30),
      isFitted: true, citation: brignone,
      remark: "its control's count is worked out from 39.0 % and fits no whole number")
  }

  /// That none of its 21 patients responded is recalled; its abstract claims no response.
  private static let imp321 = ("IMP321 alone (Brignone 2009)", 0, 21)

  private static let brignone =
    "Brignone C, et al. (2010). First-line chemoimmunotherapy in metastatic breast carcinoma:"
    + " combination of paclitaxel and IMP321 (LAG-3Ig) enhances immune responses and antitumor"
    + " activity. J Transl Med 8:71."

  private typealias Arm = (name: String, responders: Int, patients: Int)

  /// Nil for counts that cannot be; a test asserts that none is.
  private static func make(
    _ name: String, _ first: Arm, _ second: Arm, counting: (responders: Int, patients: Int)?,
    isVerified: Bool = false, isFitted: Bool = false, citation: String, remark: String,
    words: String = ""
  ) -> Self? {
    guard let one = part(first), let two = part(second) else { return nil }
    var outcome = Outcome.words(words)
    if let counting {
      guard let count = part((name, counting.responders, counting.patients)) else { return nil }
      outcome = .count(count.count)
    }
    return Self(
      name: name, first: one, second: two, outcome: outcome, isVerified: isVerified,
      isFitted: isFitted, citation: citation, remark: remark)
  }

  private static func part(_ arm: Arm) -> Part? {
    let count = try? ResponseCount(responders: arm.responders, patients: arm.patients)
    return count.map { Part(name: arm.name, count: $0) }
  }
}
