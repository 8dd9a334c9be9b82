import ClientProtocol
import Rendering

/// What a person can change about how results are shown.
struct SessionSettings: Hashable {
  var format: OutputFormat = .text
  var timing = false
  var expansion: TextStyle.Expansion = .auto
  var usesPager = true
}
