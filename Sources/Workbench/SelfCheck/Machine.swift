import FoundationEssentials
import Glibc

/// The machine a record was made on.
enum Machine {
  /// Names of properties and what they are, in the order of a record.
  static var facts: [(name: String, value: String)] {
    var system = utsname()
    unsafe uname(&system)
    return [
      ("host", text(of: system.nodename)),
      ("system", field("PRETTY_NAME", in: "/etc/os-release", separator: "=") ?? "unknown"),
      ("kernel", "\(text(of: system.sysname)) \(text(of: system.release))"),
      ("architecture", text(of: system.machine)),
      ("processor", field("model name", in: "/proc/cpuinfo", separator: ":") ?? "unknown"),
      ("cores", String(sysconf(Int32(_SC_NPROCESSORS_ONLN)))),
    ]
  }

  private static func text<Characters>(of characters: Characters) -> String {
    unsafe withUnsafeBytes(of: characters) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private static func field(
    _ name: String, in path: String, separator: Character
  ) -> String? {
    // Files of the kernel have no size, so that only reading to the end reads them.
    guard let handle = try? String(contentsOf: URL(filePath: path), encoding: .utf8) else {
      return nil
    }
    for line in handle.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: separator, maxSplits: 1)
      guard parts.count == 2, parts[0].filter({ $0 != "\t" }) == name else { continue }
      return String(parts[1].filter { $0 != "\"" }.drop { $0 == " " })
    }
    return nil
  }
}
