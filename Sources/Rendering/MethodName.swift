/// The names methods go by in print.
///
/// A name that is not listed prints as it is; tables keep to the names parameters accept.
enum MethodName {
  static func label(_ method: String) -> String { labels[method] ?? method.safe }

  private static let labels = [
    "agresti-caffo": "Agresti-Caffo",
    "agresti-coull": "Agresti-Coull",
    "blaker": "Blaker",
    "clopper-pearson": "Clopper-Pearson",
    "jeffreys": "Jeffreys",
    "miettinen-nurminen": "Miettinen-Nurminen",
    "newcombe": "Newcombe",
    "newcombe-cc": "Newcombe (continuity-corrected)",
    "wald": "Wald",
    "wilson": "Wilson",
    "wilson-cc": "Wilson (continuity-corrected)",
  ]
}
