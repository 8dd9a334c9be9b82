import ClientProtocol
import JSON
import Rendering
import Store

/// What a `plot` line asks for.
struct PlotRequest: Sendable {
  var run: NamedRun
  var figure: CommandLine.Token?
  var file: OutputFile?
  var format = GnuplotScript.Format.svg

  /// Reads the line; a relative path is below the client's folder.
  init(
    _ arguments: BuiltInArguments, folder: String?, last: RunID?
  ) throws(CommandFailure) {
    guard let first = arguments.words.first else {
      throw .usage(
        "plot needs the number of a run", at: arguments.nameRange, expected: BuiltIn.plot.usage)
    }
    try arguments.refuseWords(after: 2)
    run = try NamedRun(first, last: last)
    figure = arguments.words.dropFirst().first
    guard let path = arguments["to"]?.string else { return }
    let file = try OutputFile(
      path, folder, at: arguments.ranges["to"], overwrites: arguments["force"]?.bool ?? false)
    guard let format = GnuplotScript.Format(rawValue: file.ending) else {
      throw CommandFailure(
        .file, "a figure cannot be written as \(path.commandToken)", at: file.range,
        parameter: "to", expected: "a file that ends in .svg, .pdf or .png")
    }
    self.format = format
    self.file = file
  }
}
