/// The thresholds target lesions are judged by.
///
/// A value rather than a switch, so that an analysis can say which it used and vary one.
///
/// ## References
///
/// - Eisenhauer EA et al. (2009). New response evaluation criteria in solid tumours:
///   revised RECIST guideline (version 1.1). *Eur J Cancer* 45:228–247, section 4.3.
/// - Therasse P et al. (2000). New guidelines to evaluate the response to treatment in solid
///   tumors. *J Natl Cancer Inst* 92:205–216.
/// - Schwartz LH et al. (2016). RECIST 1.1: update and clarification. *Eur J Cancer* 62:132–137
///   (a lesion that reappears after complete response).
public struct ResponseCriteria: Sendable, Hashable {
  /// PR: the sum is at least this many percent below baseline.
  public var partialResponsePercent: Int
  /// PD: the sum is at least this many percent above the nadir, and by ``smallestGrowth``.
  public var progressionPercent: Int
  public var smallestGrowth: Millimeters
  /// A node with a short axis below this is normal; nothing where nodes are judged like any
  /// other lesion.
  public var normalNodeBelow: Millimeters?
  /// The diameter of a lesion that is seen but too small to measure.
  public var tooSmallToMeasure: Millimeters
  /// After a complete response a non-nodal lesion of at least this diameter is progression.
  ///
  /// The guideline says "reappearance" and gives no size. The default is the size below which
  /// it calls a lesion too small to measure, which is how the CDISC pilot readers judged
  /// (4.95 mm after CR was read PR, 5.15 mm PD). Zero makes any visible lesion progression.
  public var smallestReappearance: Millimeters

  /// How many target lesions there may be in all, and in one organ.
  public var maximumTargets: Int
  public var maximumTargetsInOrgan: Int
  /// The smallest size of a target lesion before treatment, and of a node's short axis.
  public var smallestTarget: Millimeters
  public var smallestNodalTarget: Millimeters

  /// RECIST 1.1: +20 % and 5 mm over the nadir, −30 % from baseline, nodes by short axis.
  public static let recist1_1 = Self(
    partialResponsePercent: 30, progressionPercent: 20, smallestGrowth: Millimeters(5),
    normalNodeBelow: Millimeters(10), tooSmallToMeasure: Millimeters(5),
    smallestReappearance: Millimeters(5),
    maximumTargets: 5, maximumTargetsInOrgan: 2, smallestTarget: Millimeters(10),
    smallestNodalTarget: Millimeters(15))

  /// RECIST 1.0: no 5 mm rule, nodes by longest diameter like every lesion.
  public static let recist1_0 = Self(
    partialResponsePercent: 30, progressionPercent: 20, smallestGrowth: .zero,
    normalNodeBelow: nil, tooSmallToMeasure: Millimeters(5), smallestReappearance: .zero,
    maximumTargets: 10, maximumTargetsInOrgan: 5, smallestTarget: Millimeters(10),
    smallestNodalTarget: Millimeters(10))
}

extension ResponseCriteria {
  /// Whether `sum` is progression over `nadir`; both bounds are reached, not passed.
  public func isProgression(_ sum: Millimeters, nadir: Millimeters) -> Bool {
    let growth = sum.tenThousandths - nadir.tenThousandths
    return growth > 0 && growth >= smallestGrowth.tenThousandths
      && growth * 100 >= nadir.tenThousandths * Int64(progressionPercent)
  }

  /// Whether `sum` is a partial response from `baseline`; the bound is reached, not passed.
  public func isPartialResponse(_ sum: Millimeters, baseline: Millimeters) -> Bool {
    sum.tenThousandths * 100 <= baseline.tenThousandths * Int64(100 - partialResponsePercent)
  }

  /// Whether a lesion of this size is gone, or normal if it is a node.
  func isResolved(_ lesion: TargetLesion, _ length: Millimeters) -> Bool {
    guard lesion.isNodal, let normalNodeBelow else { return length == .zero }
    return length < normalNodeBelow
  }

  /// Nothing for a reading that is not evaluable.
  public func length(of reading: LesionReading) -> Millimeters? {
    switch reading {
    case .measured(let length): length
    case .absent: .zero
    case .tooSmallToMeasure: tooSmallToMeasure
    case .notEvaluable: nil
    }
  }
}
