import Audio
import Dispatch
import Foundation
import HTTPTypes
import Hummingbird

/// Pieces on their way out.
struct ExportRoutes: Sendable {
    let store: SessionStore
    let sounds: SoundShelf
    let library: LibraryShelf
    let limits: StudioLimits
    /// One piece is turned into sound at a time.
    private let playing = DispatchQueue(label: "clara.studio.playing")
    /// So is one written down.
    private let writing = DispatchQueue(label: "clara.studio.writing")

    func add(to router: Router<BasicRequestContext>) {
        router.get("/api/sessions/:session/nodes/:node/export") { request, context in
            let format = request.query("format") ?? "mid"
            guard let format = ExportFormat(rawValue: format) else {
                throw StudioError.badRequest(
                    "“format” must be one of "
                        + ExportFormat.allCases.map(\.rawValue).joined(separator: ", ") + ".")
            }
            let export = try await export(context)
            guard let container = format.container else {
                let bytes = try await Background.run(on: writing) {
                    format == .mid ? export.midi : try export.musicXML()
                }
                return Response(
                    status: .ok, headers: headers(of: export, as: format),
                    body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
            }
            let file = try await play(export, as: container, for: request)
            return try respond(with: file, headers(of: export, as: format))
        }
        router.post("/api/sessions/:session/nodes/:node/library") { _, context in
            let (export, time) = (try await export(context), store.now())
            let entry = try await Background.run(on: writing) { [library] in
                try library.add(export, at: time)
            }
            return JSON.response(entry, status: .created)
        }
    }

    private func export(_ context: BasicRequestContext) async throws -> PieceExport {
        let (session, path) = try await store.path(
            to: context.parameter("node"), in: context.parameter("session"))
        return try PieceExport(
            session, path: path, kin: await store.kin(of: context.parameter("node")))
    }

    private func headers(of export: PieceExport, as format: ExportFormat) -> HTTPFields {
        [
            .contentType: format.contentType, .cacheControl: "no-store",
            .contentDisposition:
                "attachment; filename=\"\(export.fileName).\(format.rawValue)\"",
        ]
    }

    /// Stops where the client leaves before all is played.
    private func play(
        _ export: PieceExport, as container: SoundFormat.Container, for request: Request
    ) async throws -> FileHandle {
        let renderer = try sounds.renderer
        let stop = StopFlag()
        return try await request.body.consumeWithCancellationOnInboundClose { _ in
            try await withTaskCancellationHandler {
                try await Background.run(on: playing) { [limits] in
                    try export.sound(by: renderer, as: container, limits: limits) {
                        stop.isRaised
                    }
                }
            } onCancel: {
                stop.raise()
            }
        }
    }

    private func respond(with file: FileHandle, _ headers: HTTPFields) throws -> Response {
        let length = try file.seekToEnd()
        try file.seek(toOffset: 0)
        var headers = headers
        // The connection was watched for the client's leaving, and is not used again.
        headers[.connection] = "close"
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody(contentLength: Int(length)) { writer in
                while let chunk = try file.read(upToCount: 1 << 18), !chunk.isEmpty {
                    try await writer.write(ByteBuffer(bytes: chunk))
                }
                try await writer.finish(nil)
            })
    }
}
