public import JSON

/// One parameter of an analysis.
public struct ParameterDeclaration: Sendable, Codable, Hashable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// A whole number, 0 or more.
    case count
    case integer
    case number
    /// Strictly between 0 and 1 unless bounds say otherwise; may be written `95%`.
    case probability
    /// Responders of patients, `15/30`.
    case ratio
    /// `84d`, `12w`, `3mo` (a month is 30.4375 days); travels as days.
    case duration
    case choice
    case text
    /// Which subjects count, `age >= 65 and sex = F`; travels as text.
    case condition
    /// `yes` or `no`.
    case flag
  }

  public var name: String
  public var type: Kind
  public var help: String
  public var `default`: JSONValue?
  public var required: Bool
  /// The names a `choice` accepts; for a `text`, names offered by completion.
  public var choices: [String]
  public var minimum: Double?
  public var maximum: Double?
  /// Whether the parameter may be given as a bare word, without `key=`.
  public var positional: Bool
  /// What a `text` begins with where the rest of it names a data set, such as `dataset:`.
  ///
  /// The host finds that data set, records it with the run and hands its file over.
  public var datasetPrefix: String?
  /// What a `text` names: a declarative plugin whose definition is of this kind, such as `regimen`.
  ///
  /// The host hands the definition over, and offers the names of those that are installed as the
  /// choices.
  public var definitionKind: String?
  /// What the text begins with where the rest of it names that plugin, such as `plugin:`; without it
  /// the whole text does.
  public var definitionPrefix: String?

  public init(
    name: String, type: Kind, help: String, default: JSONValue? = nil, required: Bool = false,
    choices: [String] = [], minimum: Double? = nil, maximum: Double? = nil,
    positional: Bool = false, datasetPrefix: String? = nil,
    definitionKind: String? = nil, definitionPrefix: String? = nil
  ) {
    self.name = name
    self.type = type
    self.help = help
    self.default = `default`
    self.required = required
    self.choices = choices
    self.minimum = minimum
    self.maximum = maximum
    self.positional = positional
    self.datasetPrefix = datasetPrefix
    self.definitionKind = definitionKind
    self.definitionPrefix = definitionPrefix
  }
}

extension ParameterDeclaration {
  /// The data set a value names, where it names one.
  public func datasetName(in value: JSONValue?) -> String? {
    guard let datasetPrefix, let text = value?.string, text.hasPrefix(datasetPrefix) else {
      return nil
    }
    return String(text.dropFirst(datasetPrefix.count))
  }

  /// The declarative plugin a value names, where it names one.
  public func definitionName(in value: JSONValue?) -> String? {
    guard definitionKind != nil, let text = value?.string else { return nil }
    guard let definitionPrefix else { return text }
    return text.hasPrefix(definitionPrefix) ? String(text.dropFirst(definitionPrefix.count)) : nil
  }
}
