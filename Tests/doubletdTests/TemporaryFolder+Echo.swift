import Foundation

extension TemporaryFolder {
  /// Puts the plugin that says back what it was asked into the folder of plugins.
  func installEcho() throws {
    try FileManager.default.createDirectory(
      atPath: self("plugins/echo"), withIntermediateDirectories: true)
    try write(
      """
      id = "echo"
      version = "1.0.0"
      protocol = 1
      summary = "Says back what it was asked"
      run = ["EchoPlugin"]

      [[analysis]]
      name = "echo"
      summary = "Says back what it was asked"
      data = "none"
      [[analysis.parameter]]
      name = "mode"
      type = "text"
      default = "plain"
      help = "What to do"
      [[analysis.parameter]]
      name = "count"
      type = "ratio"
      help = "A count"
      """, to: "plugins/echo/plugin.toml")
  }
}
