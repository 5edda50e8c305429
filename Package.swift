// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// A library target with its tests: `Sources/NAME` and `Tests/NAMETests`.
func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], cSettings: [CSetting] = []
) -> [Target] {
    [
        .target(
            name: name, dependencies: dependencies, cSettings: cSettings, swiftSettings: strict),
        .testTarget(
            name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies,
            swiftSettings: strict),
    ]
}

// The map of the targets is Documentation/Architecture.md.
let files = module("Files")

let music =
    module("Score")
    + module("MIDIFile", ["Files", "Score"])
    + module("Encodings", ["Score"])

let numerics: [Target] =
    [
        .systemLibrary(
            name: "COpenBLAS", pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
        .target(name: "CKernels", cSettings: [.define("NDEBUG")]),
    ]
    + module(
        "Tensors",
        ["CKernels", .target(name: "COpenBLAS", condition: .when(platforms: [.linux]))],
        // Since macOS 13.3 Accelerate's BLAS without it is deprecated, and a warning is an error.
        cSettings: [.define("ACCELERATE_NEW_LAPACK")])
    + module("Networks", ["CKernels", "Files", "Tensors"])
    + module("Training", ["CKernels", "Networks", "Tensors"])
    + module("Decoding", ["Networks", "Tensors"])
    + module("Baselines")

let shells =
    module(
        "Clara",
        [
            "Files", "Score", "MIDIFile", "Encodings", "Tensors", "Networks", "Training",
            "Decoding", "Baselines", .product(name: "TOMLKit", package: "TOMLKit"),
        ])
    + [
        .executableTarget(
            name: "ClaraCommand",
            dependencies: [
                "Clara",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ClaraCommandTests",
            dependencies: ["Clara", "Score", "MIDIFile", "ClaraCommand"],
            swiftSettings: strict),
    ]

// Not part of what a newcomer builds; Benchmarks/run and the tests of allocations do.
let benchmarks: [Target] = [
    .target(name: "CAllocationCounter"),
    .executableTarget(
        name: "ClaraBenchmark",
        dependencies: [
            "CAllocationCounter", "CKernels", "Tensors", "Networks", "Training", "Decoding",
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
        .executable(name: "clara-benchmark", targets: ["ClaraBenchmark"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
    ],
    targets: files + music + numerics + shells + benchmarks,
    swiftLanguageModes: [.v6]
)
