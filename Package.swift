// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "doublet",
  dependencies: [
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CRmath", pkgConfig: "libRmath", providers: [.apt(["r-mathlib"])]),
    // .target(name: "CEditline"),
    .target(name: "CLinux"),

    .module("JSON"),
    .module("Statistics", uses: ["CRmath"]),
    // .module("RECIST"),
    // .module("TrialData", uses: ["RECIST", .crypto, .grdb]),
    .module("PluginProtocol", uses: ["JSON"]),
    .module("PluginKit", uses: ["CLinux", "JSON", "PluginProtocol"]),
    .module("PluginHost", uses: ["CLinux", "JSON", "PluginProtocol", .toml, .log, .crypto]),
    // .module("Store", uses: ["JSON", .crypto, .grdb]),
    .module("ClientProtocol", uses: ["JSON", "PluginProtocol"]),
    // .module("Rendering", uses: ["JSON", "PluginProtocol"]),
    // .module("Workbench", uses: ["ClientProtocol", "JSON", "PluginHost", "PluginProtocol", "Rendering", "Store", "TrialData", .log]),
    .module("ReferenceTesting"),
    .module("PluginTesting", uses: ["JSON", "PluginHost", "PluginProtocol", .log]),
    // .program("doubletd", uses: ["CLinux", "ClientProtocol", "JSON", "PluginHost", "Store", "Workbench", .argumentParser, .log, .nio, .lifecycle, .toml]),
    // .program("doublet", uses: ["CEditline", "CLinux", "ClientProtocol", "JSON", "PluginProtocol", "Rendering", .argumentParser]),

    // .plugin("ResponseRate", uses: ["RECIST", "Statistics", "TrialData"]),
    // .pluginTests("ResponseRate"),

    .tests(of: "JSON"),
    .tests(of: "Statistics", resources: [.copy("Reference")]),
    // .tests(of: "RECIST", resources: [.copy("Reference")]),
    // .tests(of: "TrialData"),
    .tests(of: "PluginProtocol"),
    .executableTarget(
      name: "MisbehavingPlugin", dependencies: ["JSON"], path: "Tests/MisbehavingPlugin",
      swiftSettings: .house),
    .executableTarget(
      name: "WellBehavedPlugin", dependencies: ["JSON", "PluginKit", "PluginProtocol"],
      path: "Tests/WellBehavedPlugin", swiftSettings: .house),
    .tests(
      of: "PluginHost",
      uses: [
        "CLinux", "JSON", "MisbehavingPlugin", "PluginProtocol", "PluginTesting",
        "WellBehavedPlugin", .log,
      ]),
    // .tests(of: "Store"),
    // .tests(of: "Rendering"),
    // .tests(of: "Workbench"),
  ],
  swiftLanguageModes: [.v6]
)

extension Target {
  /// A library under `Sources/`.
  static func module(_ name: String, uses dependencies: [Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: .house)
  }

  /// An executable under `Sources/`.
  static func program(_ name: String, uses dependencies: [Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: .house)
  }

  /// The tests of one library, under `Tests/`.
  static func tests(
    of name: String, uses dependencies: [Dependency] = [], resources: [Resource] = []
  ) -> Target {
    .testTarget(
      name: "\(name)Tests", dependencies: [.target(name: name), "ReferenceTesting"] + dependencies,
      resources: resources, swiftSettings: .house)
  }

  /// An analysis under `Plugins/`.
  ///
  /// It may use the science and the kit, never the daemon.
  static func plugin(_ name: String, uses science: [Dependency]) -> Target {
    .executableTarget(
      name: name, dependencies: ["JSON", "PluginKit", "PluginProtocol"] + science,
      path: "Plugins/\(name)/Sources", swiftSettings: .house)
  }

  /// The tests of one analysis, beside it.
  static func pluginTests(_ name: String, uses dependencies: [Dependency] = []) -> Target {
    .testTarget(
      name: "\(name)Tests", dependencies: [.target(name: name), "ReferenceTesting"] + dependencies,
      path: "Plugins/\(name)/Tests", swiftSettings: .house)
  }
}

extension Target.Dependency {
  static var argumentParser: Self {
    .product(name: "ArgumentParser", package: "swift-argument-parser")
  }
  static var crypto: Self { .product(name: "Crypto", package: "swift-crypto") }
  static var grdb: Self { .product(name: "GRDB", package: "GRDB.swift") }
  static var lifecycle: Self {
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
  }
  static var log: Self { .product(name: "Logging", package: "swift-log") }
  static var nioCore: Self { .product(name: "NIOCore", package: "swift-nio") }
  static var nioPosix: Self { .product(name: "NIOPosix", package: "swift-nio") }
  static var toml: Self { .product(name: "TOMLKit", package: "TOMLKit") }
}

extension [SwiftSetting] {
  static var house: [SwiftSetting] {
    [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
      .enableUpcomingFeature("InferIsolatedConformances"),
      .enableUpcomingFeature("ImmutableWeakCaptures"),
      .strictMemorySafety(),
      .treatAllWarnings(as: .error),
    ]
  }
}
