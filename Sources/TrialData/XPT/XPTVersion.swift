/// The two layouts of a SAS transport file.
///
/// Version 5 has names of 8, labels of 40 and texts of 200 bytes; version 8 (`LIBV8`) names of
/// 32, labels of 256, and says how many observations there are.
enum XPTVersion: Sendable {
  case five, eight

  /// The records that announce what follows.
  enum Header: Sendable { case library, member, descriptor, variables, observations }

  func name(_ header: Header) -> String {
    switch (header, self) {
    case (.library, .five): "LIBRARY"
    case (.member, .five): "MEMBER"
    case (.descriptor, .five): "DSCRPTR"
    case (.variables, .five): "NAMESTR"
    case (.observations, .five): "OBS"
    case (.library, .eight): "LIBV8"
    case (.member, .eight): "MEMBV8"
    case (.descriptor, .eight): "DSCPTV8"
    case (.variables, .eight): "NAMSTV8"
    case (.observations, .eight): "OBSV8"
    }
  }

  /// The 48 bytes that begin the record.
  func opening(_ header: Header) -> [UInt8] { Self.opening(name(header)) }

  static func opening(_ name: String) -> [UInt8] {
    let padding = String(repeating: " ", count: 8 - name.utf8.count)
    return Array("HEADER RECORD*******\(name)\(padding)HEADER RECORD!!!!!!!".utf8)
  }

  var longestName: Int { self == .five ? 8 : 32 }
  var longestText: Int { self == .five ? 200 : 32_767 }
}
