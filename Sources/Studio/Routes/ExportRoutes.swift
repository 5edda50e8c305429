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
    private let queue = DispatchQueue(label: "clara.studio.export")

    func add(to router: Router<BasicRequestContext>) {
        router.get("/api/sessions/:session/nodes/:node/export") { request, context in
            let format = request.query("format") ?? "mid"
            guard let format = ExportFormat(rawValue: format) else {
                throw StudioError.badRequest(
                    "“format” must be one of "
                        + ExportFormat.allCases.map(\.rawValue).joined(separator: ", ") + ".")
            }
            let export = try await export(context)
            return try await respond(with: export, as: format)
        }
        router.post("/api/sessions/:session/nodes/:node/library") { _, context in
            let (export, time) = (try await export(context), store.now())
            let entry = try await Background.run(on: queue) { [library] in
                try library.add(export, at: time)
            }
            return JSON.response(entry, status: .created)
        }
    }

    private func export(_ context: BasicRequestContext) async throws -> PieceExport {
        let (session, path) = try await store.path(
            to: context.parameter("node"), in: context.parameter("session"))
        return try PieceExport(session, path: path)
    }

    private func respond(
        with export: PieceExport, as format: ExportFormat
    ) async throws -> Response {
        var headers: HTTPFields = [.contentType: format.contentType, .cacheControl: "no-store"]
        headers[.contentDisposition] =
            "attachment; filename=\"\(export.fileName).\(format.rawValue)\""
        guard let container = format.container else {
            let bytes = try await Background.run {
                format == .mid ? export.midi : try export.musicXML()
            }
            return Response(
                status: .ok, headers: headers,
                body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        }
        let renderer = try sounds.renderer
        let file = try await Background.run(on: queue) { [limits] in
            try export.sound(by: renderer, as: container, limits: limits) { false }
        }
        let length = try file.seekToEnd()
        try file.seek(toOffset: 0)
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
