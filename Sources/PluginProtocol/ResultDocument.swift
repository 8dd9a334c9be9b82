import JSON

/// What every analysis answers and everything renders.
///
/// Numbers travel at full precision; only renderers round. Built-in commands answer one too, so
/// that tables look alike wherever they come from.
public struct ResultDocument: Sendable, Codable, Hashable {
  /// The analysis or command that answers.
  public var analysis: String
  public var title: String?
  public var plugin: PluginReference?
  public var dataset: DatasetReference?
  /// Every parameter, defaults filled in.
  public var parameters: JSONObjectBox
  /// A string, because JSON numbers lose 64-bit integers in R and JavaScript.
  public var seed: String?
  /// How the result stands to a registered plan; set by the daemon.
  public var plan: PlanStanding?
  /// The interval and the test to quote together.
  public var primary: PrimaryPair?
  public var estimates: [Estimate]
  public var tests: [TestResult]
  public var tables: [ResultTable]
  public var figures: [Figure]
  public var methods: [MethodChoice]
  public var notes: [Note]
  public var citations: [String]
  /// The run that is recorded for this result; set by the daemon.
  public var run: RunReference?

  public init(analysis: String, title: String? = nil) {
    self.analysis = analysis
    self.title = title
    parameters = JSONObjectBox([:])
    estimates = []
    tests = []
    tables = []
    figures = []
    methods = []
    notes = []
    citations = []
  }
}

extension ResultDocument {
  public struct PluginReference: Sendable, Codable, Hashable {
    public var id: String
    public var version: String

    public init(id: String, version: String) {
      self.id = id
      self.version = version
    }
  }

  public struct DatasetReference: Sendable, Codable, Hashable {
    public var name: String
    /// The SHA-256 of the data set's logical content, in hexadecimal.
    public var hash: String

    public init(name: String, hash: String) {
      self.name = name
      self.hash = hash
    }
  }

  public struct RunReference: Sendable, Codable, Hashable {
    public var id: String
    /// Whether the answer was computed for an earlier request and read from the store.
    public var stored: Bool
    public var durationSeconds: Double?

    public init(id: String, stored: Bool, durationSeconds: Double?) {
      self.id = id
      self.stored = stored
      self.durationSeconds = durationSeconds
    }
  }

  /// An interval and a test that cannot contradict each other.
  public struct PrimaryPair: Sendable, Codable, Hashable {
    public var interval: String
    public var test: String?
    public var text: String

    public init(interval: String, test: String?, text: String) {
      self.interval = interval
      self.test = test
      self.text = text
    }
  }

  /// One convention the analysis chose where tools differ: a line of the method card.
  public struct MethodChoice: Sendable, Codable, Hashable {
    /// What was chosen, such as "two-sided rule".
    public var topic: String
    public var choice: String
    /// The method it belongs to, where it does not concern the whole analysis.
    ///
    /// A renderer may leave out what belongs to methods that are not the primary ones.
    public var method: String?
    public var source: String?

    public init(topic: String, choice: String, method: String? = nil, source: String? = nil) {
      self.topic = topic
      self.choice = choice
      self.method = method
      self.source = source
    }
  }
}
