extension ResultDocument {
  /// One quantity, with its uncertainty where it has one.
  public struct Estimate: Sendable, Codable, Hashable {
    /// A stable name for programs, such as `objective-response-rate`.
    public var name: String
    /// The words a person reads.
    public var label: String
    /// Missing where the quantity cannot be estimated; `status` then says why.
    public var value: Double?
    public var unit: String?
    public var status: String?
    public var interval: Interval?
    public var count: Count?
    public var group: String?

    public init(
      name: String, label: String, value: Double?, unit: String? = nil, status: String? = nil,
      interval: Interval? = nil, count: Count? = nil, group: String? = nil
    ) {
      self.name = name
      self.label = label
      self.value = value
      self.unit = unit
      self.status = status
      self.interval = interval
      self.count = count
      self.group = group
    }
  }

  public struct Interval: Sendable, Codable, Hashable {
    public var method: String
    public var level: Double
    public var lower: Double
    public var upper: Double

    public init(method: String, level: Double, lower: Double, upper: Double) {
      self.method = method
      self.level = level
      self.lower = lower
      self.upper = upper
    }
  }

  public struct Count: Sendable, Codable, Hashable {
    public var events: Int
    public var total: Int

    public init(events: Int, total: Int) {
      self.events = events
      self.total = total
    }
  }
}
