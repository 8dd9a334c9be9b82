import JSON
import PluginKit
import PluginProtocol
import Statistics

/// What the response rate is compared with.
enum Control: Sendable, Hashable {
  /// A rate taken as known without error.
  case rate(Double, text: String)
  case counts(ResponseCount)
  case published(PublishedControl)
  /// Another arm of the data set; its count is known once the data are read.
  case arm(String, ResponseCount?)

  var label: String {
    switch self {
    case .rate(_, let text): text
    case .counts(let count): "\(count.responders)/\(count.patients)"
    case .published(let control): control.name
    case .arm(let name, _): "arm \(name)"
    }
  }

  /// What a sentence calls it.
  var versus: String {
    switch self {
    case .rate(let rate, _): "\(percent(rate)), fixed"
    case .counts(let count): "\(count.responders)/\(count.patients)"
    case .published(let control): "\(control.name) (\(control.responders)/\(control.patients))"
    case .arm(let name, let count):
      "arm \(name)" + (count.map { " (\($0.responders)/\($0.patients))" } ?? "")
    }
  }

  var count: ResponseCount? {
    switch self {
    case .rate: nil
    case .counts(let count): count
    case .published(let control):
      try? ResponseCount(responders: control.responders, patients: control.patients)
    case .arm(_, let count): count
    }
  }

  var rate: Double {
    switch self {
    case .rate(let rate, _): rate
    case .counts(let count): count.rate
    case .published(let control): Double(control.responders) / Double(control.patients)
    case .arm(_, let count): count?.rate ?? .nan
    }
  }
}

extension Control {
  /// The controls of a `control=` text, and whether it asks for the panel alone.
  struct Choice: Sendable, Hashable {
    /// The one control every method is applied to; nil where several are only compared.
    var single: Control?
    var panel: [Control]
  }

  static let expectation =
    "a rate between 0 and 1 such as 0.25 or 25%, a count such as 61/243, one of "
    + PublishedControl.all.map(\.name).joined(separator: ", ")
    + ", arm: and an arm of the data set, several of these with commas, or all"

  /// The arm of `arm:NAME`.
  static func arm(_ item: String) -> String? {
    item.hasPrefix("arm:") && item.count > 4 ? String(item.dropFirst(4)) : nil
  }

  /// Reads `control=`; nil where none is asked for.
  static func choice(_ text: String?) throws(Refusal) -> Choice? {
    guard let text else { return nil }
    let published = PublishedControl.all.map(Control.published)
    if text == "all" { return Choice(single: nil, panel: published) }
    var controls: [Control] = []
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      if item == "all" {
        controls += published
      } else {
        controls.append(try Self(String(item), in: text))
      }
    }
    try refuseSeveralArms(controls, in: text)
    guard controls.count == 1 else { return Choice(single: nil, panel: controls) }
    return Choice(single: controls[0], panel: published)
  }

  private static func refuseSeveralArms(
    _ controls: [Control], in text: String
  ) throws(Refusal) {
    guard controls.count(where: { if case .arm = $0 { true } else { false } }) > 1 else { return }
    throw Refusal(
      "parameter.combination", "control=\(text): only one arm of the data set can be the control",
      parameter: "control")
  }

  private init(_ item: String, in text: String) throws(Refusal) {
    if let arm = Self.arm(item) {
      self = .arm(arm, nil)
    } else if let published = PublishedControl.named(item) {
      self = .published(published)
    } else if item.contains("/") {
      self = .counts(try Self.count(item, in: text))
    } else if let rate = ParameterDeclaration.fraction(item), rate > 0, rate < 1 {
      self = .rate(rate, text: item)
    } else {
      throw Self.refusal(item, in: text)
    }
  }

  private static func count(_ item: String, in text: String) throws(Refusal) -> ResponseCount {
    guard let ratio = ParameterDeclaration.ratio(item),
      let events = ratio["events"]?.integer, let total = ratio["total"]?.integer,
      let count = try? ResponseCount(responders: Int(events), patients: Int(total))
    else { throw refusal(item, in: text) }
    return count
  }

  private static func refusal(_ item: String, in text: String) -> Refusal {
    let nearest = (PublishedControl.all.map(\.name) + ["all"]).nearest(to: item)
    let hint = nearest.map { " (did you mean \($0)?)" } ?? ""
    return Refusal(
      "parameter.value", "control=\(text): \"\(item)\" is no control\(hint)",
      parameter: "control", expected: expectation)
  }
}
