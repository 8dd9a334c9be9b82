extension ResultDocument {
  /// One hypothesis test.
  public struct TestResult: Sendable, Codable, Hashable {
    public var name: String
    /// A name of the method, as parameters accept it.
    public var method: String
    /// `two-sided`, `greater` or `less`.
    public var alternative: String
    public var statistic: Double?
    public var degreesOfFreedom: Double?
    public var pValue: Double?
    public var status: String?
    /// What the group was compared with, in words.
    public var versus: String?
    public var group: String?

    public init(
      name: String, method: String, alternative: String, statistic: Double? = nil,
      degreesOfFreedom: Double? = nil, pValue: Double?, status: String? = nil,
      versus: String? = nil, group: String? = nil
    ) {
      self.name = name
      self.method = method
      self.alternative = alternative
      self.statistic = statistic
      self.degreesOfFreedom = degreesOfFreedom
      self.pValue = pValue
      self.status = status
      self.versus = versus
      self.group = group
    }
  }
}
