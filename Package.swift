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
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    .systemLibrary(name: "CRmath", pkgConfig: "libRmath", providers: [.apt(["r-mathlib"])]),
    .target(name: "CEditline", linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "CLinux"),

    .module("JSON"),
    .module("Threads", uses: ["CLinux"]),
    .numerical("Statistics", uses: ["CRmath"]),
    .numerical("RECIST"),
    .numerical("TrialDesign"),
    .numerical("TumorDynamics", uses: ["RECIST", "Statistics", "TrialDesign"]),
    .numerical("TimeToEvent", uses: ["CRmath", "RECIST", "Statistics", "TrialDesign"]),
    .module("TrialData", uses: ["JSON", "RECIST", .crypto, .grdb, .sqlite]),
    .module("PluginProtocol", uses: ["JSON"]),
    .module("PluginKit", uses: ["CLinux", "JSON", "PluginProtocol", "Threads"]),
    .module(
      "PluginHost", uses: ["CLinux", "JSON", "PluginProtocol", "Threads", .toml, .log, .crypto]),
    .module("Conformance", uses: ["JSON", "PluginHost", "PluginProtocol", .log]),
    .module("Store", uses: [.crypto, .grdb]),
    .module("ClientProtocol", uses: ["JSON", "PluginProtocol"]),
    .module("Schemas", uses: ["ClientProtocol", "JSON", "PluginProtocol"]),
    .module("Rendering", uses: ["JSON", "PluginProtocol"]),
    .module("Reporting", uses: ["JSON", "PluginProtocol", "Rendering", .mustache, .subprocess]),
    .module(
      "Workbench",
      uses: [
        "ClientProtocol", "Conformance", "JSON", "PluginHost", "PluginProtocol", "RECIST",
        "Rendering", "Reporting", "Store", "TrialData", .crypto, .log,
      ]),
    .module("PluginData", uses: ["PluginKit", "PluginProtocol", "TrialData"]),
    .module("ReferenceTesting"),
    .module("PeerTesting"),
    .module(
      "PluginTesting",
      uses: ["JSON", "PluginHost", "PluginProtocol", "TrialData", .toml]),
    .program(
      "doubletd",
      uses: [
        "ClientProtocol", "JSON", "PluginHost", "PluginProtocol", "Store", "Workbench",
        .argumentParser, .log, .nioCore, .nioPosix, .toml,
      ]),
    .program(
      "doublet",
      uses: [
        "CEditline", "CLinux", "ClientProtocol", "JSON", "PluginProtocol", "Rendering",
        "Schemas", .argumentParser,
      ]),

    .plugin("ResponseRate", uses: ["PluginData", "RECIST", "Statistics", "TrialData"]),
    .pluginTests(
      "ResponseRate",
      uses: [
        "JSON", "PluginHost", "PluginKit", "PluginProtocol", "PluginTesting", "RECIST",
        "Statistics",
        "TrialData",
      ]),

    .plugin(
      "TemporalSplit",
      uses: [
        "PluginData", "RECIST", "Statistics", "TrialData", "TrialDesign", "TumorDynamics",
      ]),
    .pluginTests(
      "TemporalSplit",
      uses: [
        "JSON", "PluginHost", "PluginKit", "PluginProtocol", "PluginTesting", "RECIST",
        "Statistics", "TrialData", "TumorDynamics",
      ]),

    .plugin("Survival", uses: ["PluginData", "RECIST", "TimeToEvent", "TrialData"]),
    .pluginTests(
      "Survival",
      uses: [
        "JSON", "PluginData", "PluginHost", "PluginKit", "PluginProtocol", "PluginTesting",
        "Rendering",
        "TimeToEvent", "TrialData",
      ]),

    .plugin(
      "Combination",
      uses: ["PluginData", "RECIST", "Statistics", "TimeToEvent", "TrialData", "TumorDynamics"]),
    .pluginTests(
      "Combination",
      uses: [
        "JSON", "PluginHost", "PluginKit", "PluginProtocol", "PluginTesting", "RECIST",
        "Statistics",
        "TimeToEvent", "TrialData", "TumorDynamics", .log,
      ]),

    .tests(of: "JSON"),
    .tests(of: "Statistics", resources: [.copy("Reference")]),
    .tests(of: "RECIST", resources: [.copy("Reference")]),
    .tests(of: "TrialDesign", resources: [.copy("Reference")]),
    .tests(
      of: "TumorDynamics", uses: ["RECIST", "Statistics", "TrialDesign"],
      resources: [.copy("Reference")]),
    .tests(of: "TimeToEvent", uses: ["RECIST", "Statistics"], resources: [.copy("Reference")]),
    .tests(
      of: "TrialData", uses: ["JSON", "RECIST", .crypto, .grdb, .toml],
      resources: [.copy("Reference")]),
    .tests(of: "PluginProtocol", uses: ["JSON"], resources: [.copy("Conversations")]),
    .tests(
      of: "PluginHost",
      uses: [
        "CLinux", "Conformance", "JSON", "MisbehavingPlugin", "PluginProtocol",
        "WellBehavedPlugin", .log,
      ]),
    .tests(
      of: "Conformance",
      uses: [
        "Combination", "JSON", "PluginHost", "PluginProtocol", "PluginTesting", "TrialData", .log,
      ],
      resources: [.copy("Reference")]),
    .tests(of: "Store", uses: [.grdb], resources: [.copy("Schemas")]),
    .tests(of: "ClientProtocol", uses: ["JSON", "PluginProtocol"]),
    .tests(of: "Schemas", uses: ["JSON", "PluginHost", "PluginProtocol"]),
    .tests(of: "Rendering", uses: ["JSON", "PluginProtocol"]),
    .tests(of: "Reporting", uses: ["JSON", "PluginProtocol", "Rendering"]),
    .tests(of: "doublet", uses: ["ClientProtocol", "JSON", "PluginProtocol", "Rendering"]),
    .tests(
      of: "Workbench",
      uses: [
        "ClientProtocol", "Combination", "EchoPlugin", "JSON", "PluginHost", "PluginProtocol",
        "ResponseRate", "Store", "WellBehavedPlugin", .crypto, .log,
      ]),
    .tests(
      of: "doubletd",
      uses: [
        "ClientProtocol", "EchoPlugin", "JSON", "PluginHost", "PluginProtocol", .log, .nioCore,
      ]),
    .testProgram("EchoPlugin", uses: ["JSON", "PluginKit", "PluginProtocol"]),
    .testProgram("MisbehavingPlugin", uses: ["JSON"]),
    .testProgram("WellBehavedPlugin", uses: ["JSON", "PluginKit", "PluginProtocol"]),
    .testProgram("Benchmark", uses: []),
    .testProgram("ImportBenchmark", uses: ["TrialData"]),
    .testProgram("BestResponseBenchmark", uses: ["RECIST"]),
    .testProgram("ExactBenchmark", uses: ["PeerTesting", "Statistics"]),
    .testProgram("SurvivalBenchmark", uses: ["PeerTesting", "TimeToEvent"]),
    .testProgram("TemporalReferenceBenchmark", uses: ["TumorDynamics"]),
    .testProgram(
      "TumorDynamicsBenchmark",
      uses: ["PeerTesting", "RECIST", "Statistics", "TimeToEvent", "TumorDynamics"]),
  ] + .fuzzers,
  swiftLanguageModes: [.v6]
)

extension Target {
  /// A library under `Sources/`.
  static func module(_ name: String, uses dependencies: [Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: .house)
  }

  /// A library that computes: optimized in debug builds, too, as tests would wait minutes for it.
  static func numerical(_ name: String, uses dependencies: [Dependency] = []) -> Target {
    .target(
      name: name, dependencies: dependencies,
      swiftSettings: .house + [.unsafeFlags(["-O"], .when(configuration: .debug))])
  }

  /// An executable under `Sources/`.
  static func program(_ name: String, uses dependencies: [Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: .house)
  }

  /// An executable the tests or the benchmark run, under `Tests/`.
  static func testProgram(_ name: String, uses dependencies: [Dependency]) -> Target {
    .executableTarget(
      name: name, dependencies: dependencies, path: "Tests/\(name)",
      swiftSettings: .house)
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
      name: "\(name)Tests",
      dependencies: [.target(name: name), "Conformance", "ReferenceTesting"] + dependencies,
      path: "Plugins/\(name)/Tests", swiftSettings: .house)
  }
}

extension [Target] {
  /// The fuzz targets, under `Tests/Fuzz/`, when `DOUBLET_FUZZ` is set.
  ///
  /// libFuzzer brings their `main`, so that without it they would not link.
  static var fuzzers: [Target] {
    guard Context.environment["DOUBLET_FUZZ"] != nil else { return [] }
    return [
      ("LineFuzz", ["ClientProtocol", "JSON"]), ("CommandFuzz", ["ClientProtocol"]),
      ("ManifestFuzz", ["PluginHost"]), ("CSVFuzz", ["TrialData"]),
      ("XPTFuzz", ["TrialData"]), ("DatasetJSONFuzz", ["JSON", "TrialData"]),
    ].map { (name: String, modules: [Target.Dependency]) in
      .executableTarget(
        name: name, dependencies: modules, path: "Tests/Fuzz/\(name)",
        exclude: ["Seeds"],
        swiftSettings: .house + [.unsafeFlags(["-parse-as-library"])])
    }
  }
}

extension Target.Dependency {
  static var argumentParser: Self {
    .product(name: "ArgumentParser", package: "swift-argument-parser")
  }
  static var crypto: Self { .product(name: "Crypto", package: "swift-crypto") }
  static var grdb: Self { .product(name: "GRDB", package: "GRDB.swift") }
  static var sqlite: Self { .product(name: "GRDBSQLite", package: "GRDB.swift") }
  static var log: Self { .product(name: "Logging", package: "swift-log") }
  static var mustache: Self { .product(name: "Mustache", package: "swift-mustache") }
  static var nioCore: Self { .product(name: "NIOCore", package: "swift-nio") }
  static var nioPosix: Self { .product(name: "NIOPosix", package: "swift-nio") }
  static var subprocess: Self { .product(name: "Subprocess", package: "swift-subprocess") }
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
