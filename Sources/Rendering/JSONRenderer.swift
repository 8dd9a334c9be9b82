import JSON
package import PluginProtocol

extension ResultDocument {
  /// The document itself on one line that ends in a line feed.
  package var json: String {
    get throws { try JSONValue(encoding: self).text + "\n" }
  }
}
