// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// A library target with its tests: `Sources/NAME` and `Tests/NAMETests`; the tests may import more.
func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], tests: [Target.Dependency] = [],
    cSettings: [CSetting] = []
) -> [Target] {
    [
        .target(
            name: name, dependencies: dependencies, cSettings: cSettings, swiftSettings: strict),
        .testTarget(
            name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies + tests,
            swiftSettings: strict),
    ]
}

/// A library of the system as a module: `Sources/NAME/module.modulemap`.
func system(_ name: String, pkgConfig: String?, apt: String, brew: String) -> Target {
    .systemLibrary(
        name: name, pkgConfig: pkgConfig, providers: [.apt([apt]), .brew([brew])])
}

// On Debian its flags tell nothing that is needed, and the package manager warns of them.
#if os(Linux)
    let fluidSynthFlags: String? = nil
#else
    let fluidSynthFlags: String? = "fluidsynth"
#endif

// The map of the targets is Documentation/Architecture.md.
let files =
    module("Files")
    // What tests of several targets need.
    + [.target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict)]

let music =
    module("Score")
    + module("MIDIFile", ["Files", "Score"], tests: ["TestSupport"])
    + module("Encodings", ["Files", "Score"], tests: ["TestSupport"])
    + module("Similarity", ["Files", "Score"])
    + module("Originality", ["Files", "Score"])
    + module("Measures", ["CKernels", "Score"], tests: ["TestSupport"])
    + module("Notation", ["Score"], tests: ["MIDIFile", "TestSupport"])
    + [
        system(
            "CFluidSynth", pkgConfig: fluidSynthFlags, apt: "libfluidsynth-dev", brew: "fluid-synth"
        ),
        system("CSndFile", pkgConfig: "sndfile", apt: "libsndfile1-dev", brew: "libsndfile"),
        system("CEBUR128", pkgConfig: "libebur128", apt: "libebur128-dev", brew: "libebur128"),
    ]
    + module("Audio", ["Files", "MIDIFile", "Score", "CFluidSynth", "CSndFile", "CEBUR128"])

let collections =
    module(
        "Library",
        [
            "Encodings", "Files", "Score", "MIDIFile", "Similarity",
            .product(name: "GRDB", package: "GRDB.swift"),
            .product(name: "SwiftCSV", package: "SwiftCSV"),
        ], tests: ["TestSupport"])
    + [system("CLibXML2", pkgConfig: "libxml-2.0", apt: "libxml2-dev", brew: "libxml2")]
    + module("Collecting", ["Files", "MIDIFile", "CLibXML2"], tests: ["LoopbackServing"])
    // What tests of two targets collect from.
    + [.target(name: "LoopbackServing", path: "Tests/LoopbackServing", swiftSettings: strict)]

let numerics: [Target] =
    [
        system("COpenBLAS", pkgConfig: "openblas", apt: "libopenblas-dev", brew: "openblas"),
        .target(name: "CKernels", cSettings: [.define("NDEBUG")]),
    ]
    + module(
        "Tensors",
        ["CKernels", "Files", .target(name: "COpenBLAS", condition: .when(platforms: [.linux]))],
        // Since macOS 13.3 Accelerate's BLAS without it is deprecated, and a warning is an error.
        cSettings: [.define("ACCELERATE_NEW_LAPACK")])
    + module("Networks", ["CKernels", "Files", "Tensors"], tests: ["TestSupport"])
    + module(
        "Training", ["CKernels", "Files", "Networks", "Tensors"], tests: ["TestSupport"])
    + module("Decoding", ["Files", "Networks", "Tensors"])
    + module("Baselines")
    + module("PublishedBenchmarks", ["Files", "Networks", "Training"], tests: ["Tensors"])

let shells =
    module(
        "Clara",
        [
            "Files", "Score", "MIDIFile", "Encodings", "Tensors", "Networks", "Training",
            "Decoding", "Baselines", "PublishedBenchmarks", "Notation", "Audio", "Similarity",
            "Originality", "Measures", "Library",
            .product(name: "TOMLKit", package: "TOMLKit"),
        ], tests: ["TestSupport"])
    + [
        .executableTarget(
            name: "ClaraCommand",
            dependencies: [
                "Clara", "Collecting", "Library", "PublishedBenchmarks",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ClaraCommandTests",
            dependencies: ["Clara", "Score", "MIDIFile", "LoopbackServing", "ClaraCommand"],
            swiftSettings: strict),
    ]

// A program of its own, so that `clara` is built without a web server.
let studio =
    [
        .target(
            name: "Studio",
            dependencies: [
                "Clara", "Audio", "Encodings", "Files", "Library", "MIDIFile", "Notation", "Score",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("API"), .copy("Page")], swiftSettings: strict),
        .executableTarget(
            name: "StudioProgram",
            dependencies: [
                "Studio",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "StudioTests",
            dependencies: [
                "Studio", "Clara", "Library", "MIDIFile", "Score", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: strict),
    ] as [Target]

// Not part of what a newcomer builds; Benchmarks/run and Scripts/test do.
let benchmarks: [Target] = [
    .target(name: "CAllocationCounter"),
    .executableTarget(
        name: "ClaraFuzz",
        dependencies: [
            "CAllocationCounter", "Files", "MIDIFile", "Score", "Tensors",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: strict),
    .executableTarget(
        name: "ClaraBenchmark",
        dependencies: [
            "CAllocationCounter", "CKernels", "Files", "MIDIFile", "Originality", "Score",
            "Similarity", "Tensors",
            "Networks", "Training", "Decoding",
            .target(name: "COpenBLAS", condition: .when(platforms: [.linux])),
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: strict),
    .testTarget(
        name: "AllocationTests", dependencies: ["ClaraBenchmark"], swiftSettings: strict),
]

let package = Package(
    name: "clara",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Clara", targets: ["Clara"]),
        .executable(name: "clara", targets: ["ClaraCommand"]),
        .executable(name: "clara-studio", targets: ["StudioProgram"]),
        .executable(name: "clara-benchmark", targets: ["ClaraBenchmark"]),
        .executable(name: "clara-fuzz", targets: ["ClaraFuzz"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", exact: "0.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
    ],
    targets: files + music + collections + numerics + shells + studio + benchmarks,
    swiftLanguageModes: [.v6]
)
