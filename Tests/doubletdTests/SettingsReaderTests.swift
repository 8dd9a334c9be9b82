import Foundation
import Logging
import PluginHost
import Testing

@testable import doubletd

struct SettingsReaderTests {
  static func problems(_ text: String) -> String? {
    do throws(DaemonError) {
      _ = try SettingsReader.read(Array(text.utf8), file: "doublet.toml")
      return nil
    } catch {
      return error.description
    }
  }

  @Test func takesEverySetting() throws {
    let settings = try SettingsReader.read(
      Array(
        """
        socket = "/run/d.sock"
        data = "/var/lib/doublet"
        plugins = ["/opt/a", "/opt/b"]
        log_level = "debug"
        idle_exit_seconds = 900
        stop_seconds = 2.5
        allow_uids = [1000, 1001]
        submitted_runs = 4

        [limits]
        connections = 10
        requests_per_connection = 3
        line = "1 MiB"
        unanswered = 4194304
        unread_hard = "2 MiB"
        unread_soft = "512 KiB"
        unread_soft_seconds = 0.5

        [plugin]
        start_seconds = 1
        run_seconds = 2.5
        idle_seconds = 3
        cpu_seconds = 20
        memory = "1 GiB"
        line = "1 MiB"
        processes = 7
        sandbox = false
        """.utf8), file: "doublet.toml")
    var expected = Settings()
    expected.socket = "/run/d.sock"
    expected.data = "/var/lib/doublet"
    expected.plugins = ["/opt/a", "/opt/b"]
    expected.logLevel = .debug
    expected.idleExitSeconds = 900
    expected.stopSeconds = 2.5
    expected.allowUIDs = [1000, 1001]
    expected.submittedRuns = 4
    expected.host.startLimit = .seconds(1)
    expected.host.runLimit = .milliseconds(2500)
    expected.host.idleLimit = .seconds(3)
    expected.host.cpuLimit = .seconds(20)
    expected.host.memoryLimitBytes = 1 << 30
    expected.host.maximumLineBytes = 1 << 20
    expected.host.processesPerPlugin = 7
    expected.host.isSandboxed = false
    expected.limits = ServerLimits(
      connections: 10, requestsPerConnection: 3, lineBytes: 1 << 20, unansweredBytes: 4 << 20,
      unreadHardBytes: 2 << 20, unreadSoftBytes: 512 << 10, unreadSoftSeconds: 0.5)
    #expect(settings == expected)
  }

  @Test func namesEveryProblemAtOnce() {
    let text = """
      # settings
      sockett = "x"
      log_level = "loud"

      [limits]
      conections = 3
      line = "3 parsecs"
      requests_per_connection = 0

      [colors]
      red = 1
      """
    #expect(
      Self.problems(text) == """
        doublet.toml:2: there is no setting sockett; did you mean socket?
        doublet.toml:3: log_level must be "trace", "debug", "info", "notice", "warning", "error", \
        "critical", not "loud"
        doublet.toml:6: there is no setting limits.conections; did you mean limits.connections?
        doublet.toml:7: limits.line must be a size from "1 KiB" to "1 GiB", not "3 parsecs"
        doublet.toml:8: limits.requests_per_connection must be a whole number from 1 to 10000, not 0
        doublet.toml:10: there is no setting colors
        """)
  }

  @Test(arguments: [
    ("plugins = \"/opt\"", "doublet.toml:1: plugins must be a list of folders, not \"/opt\""),
    ("plugins = [1]", "doublet.toml:1: plugins must be a list of folders, not [ 1 ]"),
    ("allow_uids = [-1]", "doublet.toml:1: allow_uids must be a list of user numbers, not [ -1 ]"),
    ("socket = \"\"", "doublet.toml:1: socket must be a text that is not empty, not \"\""),
    (
      "stop_seconds = -1",
      "doublet.toml:1: stop_seconds must be a number of seconds from 0 to 1e9, not -1"
    ),
    (
      "[limits]\nunread_soft = \"1 GiB\"",
      "doublet.toml:2: limits.unread_soft is larger than limits.unread_hard"
    ),
    (
      "limits.unanswered = \"1 MiB\"\nlimits.line = \"2 MiB\"",
      "doublet.toml:2: limits.line is larger than limits.unanswered"
    ),
    ("limits = 3", "doublet.toml:1: there is no setting limits; did you mean limits.line?"),
  ])
  func refuses(text: String, sentence: String) {
    #expect(Self.problems(text) == sentence)
  }

  @Test func saysWhereItIsNoTOML() throws {
    let sentence = try #require(Self.problems("socket = \"a\"\n\n[limits\n"))
    #expect(sentence.hasPrefix("doublet.toml:3: "))
    #expect(Self.problems("socket = \"\0\"") == "doublet.toml: the file is not UTF-8 text")
  }

  @Test func saysWhyAFileCannotBeRead() {
    #expect(throws: DaemonError.self) { try SettingsReader.read(file: "/nonexistent/doublet.toml") }
    do throws(DaemonError) {
      _ = try SettingsReader.read(file: "/nonexistent/doublet.toml")
    } catch {
      #expect(
        error.description
          == "/nonexistent/doublet.toml: cannot be read: No such file or directory")
    }
  }

  /// The file we ship says every default; with its keys made active it must change nothing.
  @Test func shipsItsDefaults() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../config/doublet.toml").standardized
    let shipped = try String(contentsOf: file, encoding: .utf8)
    #expect(try SettingsReader.read(Array(shipped.utf8), file: "doublet.toml") == Settings())

    let active = shipped.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("#") && !line.hasPrefix("# ") ? String(line.dropFirst()) : String(line)
    }.joined(separator: "\n")
    var settings = try SettingsReader.read(Array(active.utf8), file: "doublet.toml")
    // These two depend on who runs it, so the file can only give an example.
    #expect(settings.socket != nil && settings.data != nil)
    settings.socket = nil
    settings.data = nil
    #expect(settings == Settings())
    for key in SettingsKey.all {
      let name = key.name.split(separator: ".").last ?? ""
      #expect(shipped.contains("\n#\(name) = "), "\(key.name) is missing")
    }
  }
}

struct ByteCountTests {
  @Test(arguments: [
    ("0", 0), ("17", 17), ("1 KiB", 1024), ("64 MiB", 64 << 20), ("4GiB", 4 << 30),
    ("1 TiB", 1 << 40),
  ])
  func reads(text: String, bytes: Int) {
    #expect(ByteCount.parse(text) == bytes)
  }

  @Test(arguments: ["", "MiB", "1.5 MiB", "-1 KiB", "64 MB", "9999999999 TiB", "1 MiB x"])
  func refuses(text: String) {
    #expect(ByteCount.parse(text) == nil)
  }

  @Test(arguments: [0, 1, 1023, 1024, 1536, 64 << 20, 3 << 40])
  func readsBackWhatItWrites(bytes: Int) {
    #expect(ByteCount.parse(ByteCount.text(bytes)) == bytes)
  }
}
