/// What keeps a choice of target lesions from being the guideline's.
///
/// The responses are computed all the same; a reader should know.
///
/// ## References
///
/// - Eisenhauer EA et al. (2009). *Eur J Cancer* 45:228–247, sections 3.1 and 4.1 (5 lesions,
///   2 an organ; 10 mm, nodes 15 mm in the short axis).
/// - Therasse P et al. (2000). *J Natl Cancer Inst* 92:205–216 (10 lesions, 5 an organ; 10 mm by
///   spiral CT).
public enum BaselineProblem: Sendable, Hashable {
  case tooMany(count: Int, allowed: Int)
  case tooManyInOrgan(String, count: Int, allowed: Int)
  case tooSmall(lesion: String, size: Millimeters, least: Millimeters)
  /// A target lesion without a usable size before treatment: nothing can be compared with it.
  case notMeasured(lesion: String)

  /// A target lesion as it was before treatment.
  public struct Target: Sendable, Hashable {
    public let lesion: TargetLesion
    /// The organ, where it is known.
    public let site: String?
    public let size: Millimeters?

    public init(lesion: TargetLesion, site: String?, size: Millimeters?) {
      self.lesion = lesion
      self.site = site
      self.size = size
    }
  }

  /// Everything that is wrong with one patient's target lesions.
  public static func all(of targets: [Target], criteria: ResponseCriteria) -> [Self] {
    var problems: [Self] = []
    if targets.count > criteria.maximumTargets {
      problems.append(.tooMany(count: targets.count, allowed: criteria.maximumTargets))
    }
    let organs = Dictionary(grouping: targets.compactMap(\.site)) { $0 }
    for organ in organs.keys.sorted() {
      let count = organs[organ]?.count ?? 0
      if count > criteria.maximumTargetsInOrgan {
        problems.append(
          .tooManyInOrgan(organ, count: count, allowed: criteria.maximumTargetsInOrgan))
      }
    }
    return problems + targets.compactMap { sizeProblem($0, criteria) }
  }

  private static func sizeProblem(_ target: Target, _ criteria: ResponseCriteria) -> Self? {
    guard let size = target.size else { return .notMeasured(lesion: target.lesion.name) }
    let least =
      target.lesion.isNodal && criteria.normalNodeBelow != nil
      ? criteria.smallestNodalTarget : criteria.smallestTarget
    return size < least
      ? .tooSmall(lesion: target.lesion.name, size: size, least: least) : nil
  }
}

extension BaselineProblem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tooMany(let count, let allowed): "\(count) target lesions, at most \(allowed)"
    case .tooManyInOrgan(let organ, let count, let allowed):
      "\(count) target lesions in \(organ), at most \(allowed)"
    case .tooSmall(let lesion, let size, let least):
      "target lesion \(lesion) measures \(size) mm, at least \(least)"
    case .notMeasured(let lesion): "target lesion \(lesion) was not measured at baseline"
    }
  }
}
