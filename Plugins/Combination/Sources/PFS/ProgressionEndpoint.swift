import PluginKit
import PluginProtocol

/// The events a combination's curves are made of.
struct ProgressionEndpoint: Sendable, Hashable {
  /// In lower case, as data sets keep it.
  let name: String

  /// - Throws: `Refusal` for overall survival.
  init(_ values: Parameters) throws(Refusal) {
    name = try values.text("endpoint").lowercased()
    guard name != "os" else {
      throw Refusal(
        "parameter.value",
        "endpoint=os: independent action and additivity are of times free of progression; their"
          + " authors do not claim them for overall survival, which later treatment prolongs",
        parameter: "endpoint", expected: "pfs, or another time to progression")
    }
  }
}
