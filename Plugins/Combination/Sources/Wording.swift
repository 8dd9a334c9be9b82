import PluginKit
import Statistics

extension ResponseCount {
  /// As it is typed: `15/30`.
  var text: String { "\(responders)/\(patients)" }
}

/// A difference of shares in percentage points, with its sign: `+26.0`.
func signedPoints(_ difference: Double) -> String {
  (difference < 0 ? "" : "+") + points(difference)
}
