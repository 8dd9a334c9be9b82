extension ResultDocument {
  /// How a result stands to an analysis that was specified before it.
  public struct PlanStanding: Sendable, Codable, Hashable {
    public enum Status: String, Sendable, Codable, CaseIterable {
      /// As planned, and the plan was registered before the data were first imported.
      case planned
      /// As planned, but the plan was registered when the data were there already.
      case afterData = "after-data"
      case deviates
      /// As planned, but without a data set whose import could be dated.
      case undated
      /// There are plans for such data, and this is none of them.
      case unplanned
    }

    public struct Deviation: Sendable, Codable, Hashable {
      public var parameter: String
      /// As one would type it; missing where the plan has none.
      public var planned: String?
      public var used: String?

      public init(parameter: String, planned: String?, used: String?) {
        self.parameter = parameter
        self.planned = planned
        self.used = used
      }
    }

    /// Missing where no plan was followed.
    public var name: String?
    /// Of the plan's file.
    public var sha256: String?
    public var status: Status
    /// All of it in words.
    public var text: String
    public var deviations: [Deviation]

    public init(
      name: String?, sha256: String?, status: Status, text: String, deviations: [Deviation] = []
    ) {
      self.name = name
      self.sha256 = sha256
      self.status = status
      self.text = text
      self.deviations = deviations
    }
  }
}
