internal import Glibc

/// Two confidence limits.
public struct SurvivalLimits: Sendable, Hashable {
  public let lower: Double
  public let upper: Double
}

extension SurvivalLimits {
  /// The scale on which the limits of a survival probability lie symmetrically around it.
  ///
  /// Each takes the limits g⁻¹(g(S) ± z g′(S) SE(S)), with Greenwood's standard error.
  /// Raw values are the names used in commands and results.
  ///
  /// ## References
  ///
  /// - Borgan Ø, Liestøl K (1990). A note on confidence intervals and bands for the survival
  ///   function based on transformations. *Scand J Stat* 17:35–41.
  /// - Klein JP, Moeschberger ML (2003). *Survival Analysis*, 2nd ed. Springer, section 4.3.
  public enum Scale: String, Sendable, Hashable, Codable, CaseIterable {
    /// g(S) = S, cut at 0 and 1; the default of tern and, under the name linear, of many papers.
    case plain
    /// g(S) = log S, cut at 1; the default of R's survival.
    case log
    /// g(S) = log(−log S); the default of SAS.
    case logLog = "log-log"
    /// g(S) = log(S / (1 − S)).
    case logit
    /// g(S) = arcsin √S, kept within 0 and π/2.
    case arcsine
  }
}

extension SurvivalLimits.Scale {
  /// The limits of a survival probability whose logarithm has this standard error.
  ///
  /// Nil where the probability is 0: its standard error is not defined. Where it is 1 both limits
  /// are 1 if nothing happened yet, as R prints them.
  func limits(_ survival: Double, logError: Double, deviate z: Double) -> SurvivalLimits? {
    guard survival > 0 else { return nil }
    guard survival < 1 else { return SurvivalLimits(lower: 1, upper: 1) }
    return switch self {
    case .plain: plain(survival, z * logError * survival)
    case .log: logarithmic(survival, z * logError)
    case .logLog: logLog(survival, z * logError)
    case .logit: logit(survival, z * logError)
    case .arcsine: arcsine(survival, z * logError)
    }
  }

  private func plain(_ survival: Double, _ half: Double) -> SurvivalLimits {
    SurvivalLimits(lower: max(survival - half, 0), upper: min(survival + half, 1))
  }

  private func logarithmic(_ survival: Double, _ half: Double) -> SurvivalLimits {
    SurvivalLimits(lower: survival * exp(-half), upper: min(survival * exp(half), 1))
  }

  private func logLog(_ survival: Double, _ half: Double) -> SurvivalLimits {
    let hazard = Glibc.log(survival)
    return SurvivalLimits(
      lower: exp(hazard * exp(-half / hazard)), upper: exp(hazard * exp(half / hazard)))
  }

  private func logit(_ survival: Double, _ half: Double) -> SurvivalLimits {
    let odds = survival / (1 - survival)
    let factor = exp(half * (1 + odds))
    return SurvivalLimits(lower: odds / (odds + factor), upper: odds / (odds + 1 / factor))
  }

  private func arcsine(_ survival: Double, _ half: Double) -> SurvivalLimits {
    let angle = asin(survival.squareRoot())
    let width = half / 2 * (survival / (1 - survival)).squareRoot()
    let (low, high) = (sin(max(0, angle - width)), sin(min(.pi / 2, angle + width)))
    return SurvivalLimits(lower: low * low, upper: high * high)
  }
}
