import ClientProtocol
import Foundation

/// The files of a new plugin: a template with a name put in, and the author kit beside it.
struct PluginScaffold {
  enum Kind: String, CaseIterable {
    case regimen, swift, python, r

    /// The author kit that a plugin of this kind carries with it, below the folder of the kits.
    var kit: String? {
      switch self {
      case .python: "python/doublet_plugin.py"
      case .r: "r/doublet_plugin.R"
      case .regimen, .swift: nil
      }
    }
  }

  let kind: Kind
  let name: String
  /// The folder of the kits and templates.
  let kits: String

  /// The name in the way types are called: `WinRatio` for `win-ratio`.
  private var typeName: String {
    name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// Whether a plugin may be called so: lower-case letters, digits and hyphens, a letter first.
  static func isName(_ name: String) -> Bool {
    name.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil && name.utf8.count <= 40
  }

  /// Writes the files into a new folder of that name below `parent`, or nothing at all.
  ///
  /// - Returns: Their paths below the new folder, sorted.
  func write(below parent: String) throws(CommandFailure) -> [String] {
    let target = "\(parent)/\(name)"
    guard !FileManager.default.fileExists(atPath: target) else {
      throw CommandFailure(
        .file, "\(target) is there already",
        expected: "another name, or another folder by to=")
    }
    let draft = "\(parent)/.\(name)-\(UInt64.random(in: 0...(.max)))"
    do {
      let files = try files()
      for (path, text) in files { try Self.put(text, into: "\(draft)/\(path)") }
      try FileManager.default.moveItem(atPath: draft, toPath: target)
      return files.map(\.path).sorted()
    } catch {
      try? FileManager.default.removeItem(atPath: draft)
      throw CommandFailure(.file, "\(target) cannot be written: \(error.localizedDescription)")
    }
  }

  private func files() throws -> [(path: String, text: String)] {
    let root = "\(kits)/templates/\(kind.rawValue)"
    var files = try FileManager.default.subpathsOfDirectory(atPath: root).compactMap { path in
      Self.isFile("\(root)/\(path)")
        ? (filled(path), try filled(String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)))
        : nil
    }
    if let kit = kind.kit {
      let text = try String(contentsOfFile: "\(kits)/\(kit)", encoding: .utf8)
      files.append((kit.split(separator: "/").last.map(String.init) ?? kit, text))
    }
    return files
  }

  private func filled(_ text: String) -> String {
    text.replacing("@NAME@", with: name).replacing("@TYPE@", with: typeName)
      .replacing("@KITS@", with: kits)
  }

  /// Whether the path is one of a template's files, and not a folder or what Python left there.
  private static func isFile(_ path: String) -> Bool {
    let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    return type == .typeRegular && !path.contains("__pycache__")
  }

  private static func put(_ text: String, into path: String) throws {
    let file = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    // What begins with #! is a program.
    if text.hasPrefix("#!") {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
  }
}
