public import ArgumentParser
import ClientProtocol
import Glibc
public import Logging

/// The daemon's command line.
@main
struct Doubletd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doubletd",
    abstract: "Serves analyses of early-phase oncology trials on a Unix socket.",
    discussion: """
      Stays in the foreground and logs to stderr. SIGTERM ends it once requests and runs have \
      ended or ten seconds have passed; SIGHUP reads settings and plugins again.
      """,
    version: "doubletd \(DaemonFacts.version)")

  @Option(help: ArgumentHelp("Settings file.", valueName: "file"))
  var config: String?
  @Option(help: ArgumentHelp("Socket to listen on.", valueName: "path"))
  var socket: String?
  @Option(help: ArgumentHelp("Folder of the database and the data sets.", valueName: "dir"))
  var data: String?
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Folder of plugins; may be given several times.", valueName: "dir"))
  var plugins: [String] = []
  @Option(help: ArgumentHelp("End after so long without client and run.", valueName: "seconds"))
  var idleExit: Double?
  @Option(help: "trace, debug, info, notice, warning, error or critical.")
  var logLevel: Logger.Level?

  func validate() throws {
    if let idleExit, !(0...1e9).contains(idleExit) {
      throw ValidationError("--idle-exit takes a number of seconds from 0 to 1e9")
    }
  }

  @concurrent func run() async throws {
    do {
      try await Daemon.run(self)
    } catch {
      Self.complain("doubletd: \(error)")
      throw ExitCode(1)
    }
  }

  /// As ArgumentParser's own, but for the exit code: bad usage is 2 everywhere in Doublet.
  @concurrent static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch  where exitCode(for: error) == .validationFailure {
      complain(fullMessage(for: error))
      Glibc.exit(2)
    } catch {
      exit(withError: error)
    }
  }

  private static func complain(_ sentence: String) {
    let line = Array("\(sentence)\n".utf8)
    _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

extension Doubletd {
  /// The settings file with what the command line says in its place.
  ///
  /// - Throws: ``DaemonError``; a file that was named must exist, the usual one need not.
  func readSettings(_ locations: Locations?) throws(DaemonError) -> Settings {
    var settings = Settings()
    if let file = config {
      settings = try SettingsReader.read(file: file)
    } else if let file = locations?.settings, unsafe access(file, F_OK) == 0 {
      settings = try SettingsReader.read(file: file)
    }
    settings.socket = socket ?? settings.socket ?? locations?.socket
    settings.data = data ?? settings.data ?? locations?.data
    settings.plugins = plugins + settings.plugins
    settings.idleExitSeconds = idleExit ?? settings.idleExitSeconds
    settings.logLevel = logLevel ?? settings.logLevel
    return settings
  }
}
