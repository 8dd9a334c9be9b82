/// The members of a JSON object, in order.
///
/// Lookup is a linear search: the objects on our wire have a handful of members, and order is
/// what makes a printed document readable.
public struct JSONObject: Sendable {
  public private(set) var members: [(key: String, value: JSONValue)]

  public init() { members = [] }

  /// - Precondition: No key occurs twice.
  public init(_ members: [(String, JSONValue)]) {
    self.members = members.map { (key: $0.0, value: $0.1) }
  }

  public var isEmpty: Bool { members.isEmpty }

  public var keys: [String] { members.map(\.key) }

  public subscript(key: String) -> JSONValue? {
    get { members.first { $0.key == key }?.value }
    set {
      let index = members.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append((key, value))
      case (nil, nil): break
      }
    }
  }

  /// Adds a member that is known to be new.
  mutating func append(_ key: String, _ value: JSONValue) { members.append((key, value)) }
}

extension JSONObject: Hashable {
  /// Two objects are equal when their members are, whatever the order.
  public static func == (lhs: Self, rhs: Self) -> Bool {
    lhs.members.count == rhs.members.count
      && zip(lhs.sorted, rhs.sorted).allSatisfy { $0.key == $1.key && $0.value == $1.value }
  }

  public func hash(into hasher: inout Hasher) {
    for (key, value) in sorted {
      hasher.combine(key)
      hasher.combine(value)
    }
  }

  private var sorted: [(key: String, value: JSONValue)] { members.sorted { $0.key < $1.key } }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
