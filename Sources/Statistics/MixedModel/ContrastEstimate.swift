/// A combination of a mixed model's fixed effects, with an interval and a *t* test.
public struct ContrastEstimate: Sendable, Hashable {
  public let estimate: Double
  public let standardError: Double
  /// By Satterthwaite's approximation.
  public let degreesOfFreedom: Double
  public let level: Double

  public var statistic: Double { estimate / standardError }

  public var lower: Double { estimate - halfWidth }
  public var upper: Double { estimate + halfWidth }

  private var halfWidth: Double {
    standardError * studentQuantile(upperTail: (1 - level) / 2, degreesOfFreedom)
  }

  /// The *p*-value of the hypothesis that the combination is `value`.
  public func pValue(_ alternative: Alternative = .twoSided, against value: Double = 0) -> Double {
    let t = (estimate - value) / standardError
    return switch alternative {
    case .twoSided: 2 * studentUpperTail(t.magnitude, degreesOfFreedom)
    case .greater: studentUpperTail(t, degreesOfFreedom)
    case .less: studentUpperTail(-t, degreesOfFreedom)
    }
  }
}

/// A test that several combinations of a mixed model's fixed effects are all 0.
public struct JointContrastTest: Sendable, Hashable {
  /// *F*.
  public let statistic: Double
  public let numeratorDegreesOfFreedom: Int
  /// By Fai and Cornelius's approximation.
  public let denominatorDegreesOfFreedom: Double
  public let pValue: Double
}
