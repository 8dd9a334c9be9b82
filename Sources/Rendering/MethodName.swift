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
    "conditional-exact": "conditional exact",
    "conditional-mid-p": "conditional mid-p",
    "cornfield": "Cornfield",
    "gart": "Gart",
    "gart-nam": "Gart-Nam",
    "hauck-anderson": "Hauck-Anderson",
    "hodges-lehmann": "Hodges-Lehmann",
    "hodges-lehmann-difference": "Hodges-Lehmann",
    "jeffreys": "Jeffreys",
    "jeffreys-raw": "Jeffreys (equal tails throughout)",
    "katz": "Katz",
    "koopman": "Koopman",
    "mantel-haenszel-greenland-robins": "Mantel-Haenszel, Greenland-Robins",
    "mantel-haenszel-odds-ratio": "Mantel-Haenszel, RBG",
    "mantel-haenszel-ratio": "Mantel-Haenszel, Greenland-Robins",
    "mantel-haenszel-sato": "Mantel-Haenszel, Sato",
    "mee": "Mee",
    "miettinen-nurminen": "Miettinen-Nurminen",
    "mixed-model-satterthwaite": "Satterthwaite",
    "newcombe": "Newcombe",
    "newcombe-cc": "Newcombe (continuity-corrected)",
    "prop-test": "R's prop.test",
    "scas": "skewness-corrected score",
    "stratified-miettinen-nurminen": "stratified Miettinen-Nurminen",
    "stratified-newcombe": "stratified Newcombe",
    "stratified-score-ratio": "stratified score",
    "tango": "Tango",
    "wald": "Wald",
    "wald-cc": "Wald (continuity-corrected)",
    "walter": "Walter",
    "wilson": "Wilson",
    "wilson-cc": "Wilson (continuity-corrected)",
    "woolf": "Woolf",
  ]
}
