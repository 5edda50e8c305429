import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// The studio: its routes, and what they stand on.
public struct StudioServer: Sendable {
    let settings: StudioSettings
    package let store: SessionStore
    let desk: AnswerDesk
    private let sounds: SoundShelf
    private let page: PageFiles
    private let description: ByteBuffer

    /// - Throws: `StudioError` where the file of sessions, the page or the interface's description
    ///   cannot be used.
    public init(_ settings: StudioSettings) throws {
        self.settings = settings
        let limits = settings.limits
        store = try SessionStore(
            path: settings.sessions, limits: limits, patience: settings.patience,
            now: settings.now)
        page = try PageFiles(folder: settings.page, isLive: settings.isPageLive)
        guard let text = FileManager.default.contents(atPath: settings.description) else {
            throw StudioError.missing(
                "\(settings.description): the description of the interface cannot be read; build "
                    + "the studio again: swift build -c release --product clara-studio")
        }
        description = ByteBuffer(bytes: text)
        sounds = SoundShelf(settings.soundFont, cache: settings.cache)
        desk = AnswerDesk(
            store: store, voices: VoiceShelf(settings.models),
            judge: TakeJudge(critic: try? settings.models.path(of: "critic")),
            turns: JobTurns(places: max(1, settings.cores)), jobs: JobBoard(limit: limits.jobs),
            limits: limits)
    }

    /// Days after which deleted sessions, and notes of SoundFonts that are not used, are forgotten.
    private static let memory = 30.0

    /// Reads what the first request is likely to need, and forgets what is of no use any more.
    public func prepare() async {
        _ = try? await desk.voices.voice(named: VoiceShelf.standard)
        let now = settings.now()
        let limit = now.addingTimeInterval(-86_400 * Self.memory)
        try? await store.purge(deletedBefore: limit)
        sounds.forget(unusedSince: limit, at: now)
    }

    /// The jobs that are running.
    package var jobs: JobBoard { desk.jobs }

    /// The turns that they compute in.
    package var turns: JobTurns { desk.turns }

    /// How many states of prompts a voice remembers.
    package func statesRemembered(by voice: String) async throws -> Int {
        try await desk.voices.voice(named: voice).memory.count
    }

    /// The addresses that there are, with their methods.
    package var router: Router<BasicRequestContext> {
        let router = Router(
            context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            HeaderMiddleware()
            ErrorMiddleware(limits: settings.limits)
            GuardMiddleware(
                requestGuard: RequestGuard(
                    listeningOn: settings.address, names: settings.names, token: settings.token))
        }
        PageRoutes(files: page).add(to: router)
        router.get("/api") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
                body: .init(byteBuffer: description))
        }
        SessionRoutes(
            store: store, examples: ExampleShelf(folders: settings.examples),
            limits: settings.limits
        ).add(to: router)
        NodeRoutes(store: store, limits: settings.limits).add(to: router)
        TakeRoutes(desk: desk).add(to: router)
        SoundRoutes(sounds: sounds).add(to: router)
        ExportRoutes(
            store: store, sounds: sounds, library: LibraryShelf(path: settings.library),
            limits: settings.limits
        ).add(to: router)
        return router
    }

    /// Serves until the program is asked to end (SIGINT, SIGTERM); jobs that are running end then.
    ///
    /// - Parameter onRunning: called with the port when it listens.
    public func run(onRunning: @escaping @Sendable (Int) async -> Void) async throws {
        // Services end in the opposite order, each before the next is asked to.
        var configuration = ServiceGroupConfiguration(
            services: [application(onRunning: onRunning), JobEnding(jobs: jobs)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(3)
        try await ServiceGroup(configuration: configuration).run()
    }

    private var logger: Logger {
        Logger(label: "clara-studio") { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = .critical
            return handler
        }
    }

    /// The server.
    ///
    /// - Parameter onRunning: called with the port when it listens.
    public func application(
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let router = router
        OtherMethods.refuse(in: router)
        return Application(
            router: router,
            server: .http1(configuration: .init(idleTimeout: .seconds(120))),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.address, port: settings.port),
                serverName: nil,
                availableConnectionsDelegate: .maximum(
                    settings.limits.connections, logger: logger)),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) },
            logger: logger)
    }
}

/// Ends the jobs when the program is asked to end, so that it need not wait for them.
private struct JobEnding: Service {
    let jobs: JobBoard

    func run() async throws {
        try? await gracefulShutdown()
        jobs.cancelAll()
    }
}
