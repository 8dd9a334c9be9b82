import RECIST
import TrialData

/// The sums of target diameters of one patient over time, and how the patient's follow-up ended.
struct TumorSeries: Sendable {
  let subject: Subject
  /// The last sum up to day 0.
  let baseline: Millimeters?
  /// Assessments after day 0, in the order of days.
  let scans: [TumorScan]
  /// The first progression, by a time-point response or by the event "pfs".
  let progressionDay: Int?
  let deathDay: Int?

  /// Assessments at which the sum is known.
  var measured: [TumorScan] { scans.filter { $0.sum != nil } }

  /// Judges each assessment without a reported response.
  ///
  /// A sum of zero is CR; 20 % and 5 mm over the nadir is PD, before any PR is looked for; 30 %
  /// under baseline is PR; the rest is SD. The nadir is the smallest sum so far, baseline
  /// included. Without a sum nothing is said.
  ///
  /// ## References
  ///
  /// - Eisenhauer EA et al. (2009). New response evaluation criteria in solid tumours: revised
  ///   RECIST guideline (version 1.1). *Eur J Cancer* 45:228–247, section 4.3.
  static func judged(
    _ scans: some Sequence<TumorScan>, baseline: Millimeters?
  ) -> [TumorScan] {
    let criteria = ResponseCriteria.recist1_1
    guard let baseline else { return Array(scans) }
    var nadir = baseline
    return scans.map { scan in
      guard let sum = scan.sum else { return scan }
      defer { nadir = min(nadir, sum) }
      guard scan.response == nil else { return scan }
      var judged = scan
      judged.response =
        if sum == .zero {
          .completeResponse
        } else if criteria.isProgression(sum, nadir: nadir) {
          .progressiveDisease
        } else if criteria.isPartialResponse(sum, baseline: baseline) {
          .partialResponse
        } else {
          .stableDisease
        }
      return judged
    }
  }
}

extension TumorSeries {
  /// The sums up to and with the first progression.
  private var untilProgression: some Sequence<Millimeters> {
    let end = progressionDay ?? .max
    return scans.lazy.filter { $0.day <= end }.compactMap(\.sum)
  }

  /// Depth of response: the largest shrinkage from baseline up to progression, as a fraction.
  ///
  /// Negative where the tumor only grew.
  ///
  /// ## References
  ///
  /// - Heinemann V et al. (2015). Early tumour shrinkage (ETS) and depth of response (DpR) in the
  ///   treatment of patients with metastatic colorectal cancer. *Eur J Cancer* 51:1927–1936.
  var depthOfResponse: Double? {
    guard let baseline, baseline > .zero, let nadir = untilProgression.min()
    else { return nil }
    return 1 - nadir.value / baseline.value
  }

  /// The day of the first CR or PR before progression; responses need no confirmation.
  var responseDay: Int? {
    scans.first { $0.day <= progressionDay ?? .max && $0.response?.isObjectiveResponse == true }?
      .day
  }

  /// The day of the smallest sum, 0 for baseline, and whether a later one was larger.
  ///
  /// Where none was, growth has not been seen and its time is longer than follow-up.
  var growth: (day: Int, isSeen: Bool)? {
    guard let baseline else { return nil }
    var nadir = (sum: baseline, day: 0)
    var (isSeen, isMeasured) = (false, false)
    for scan in scans {
      guard let sum = scan.sum else { continue }
      isMeasured = true
      if sum <= nadir.sum {
        nadir = (sum, scan.day)
        isSeen = false
      } else {
        isSeen = true
      }
    }
    return isMeasured ? (nadir.day, isSeen) : nil
  }
}
