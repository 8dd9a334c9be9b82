/// What makes a forecast uncertain, and how much of its variance.
package struct ForecastContribution: Sendable, Hashable {
  package enum Source: String, Sendable, Hashable, Codable, CaseIterable {
    /// How strong the immune effect is where it was fitted, none included.
    case effect
    /// How it depends on the dose.
    case dose
    /// How it differs in this disease.
    case disease
    /// What the control's response rate is.
    case control
    /// Which patients enter the trial.
    case sampling
  }

  package let source: Source
  /// Of the response rate the trial will observe.
  package let variance: Double
}
