import HTTPTypes
import Hummingbird

/// Clara's answers.
struct TakeRoutes: Sendable {
    let desk: AnswerDesk

    func add(to router: Router<BasicRequestContext>) {
        router.get("/api/voices") { _, _ in JSON.response(await desk.voices.rows()) }
        router.post("/api/sessions/:session/nodes/:node/takes") { request, context in
            try await takes(
                request, after: context.parameter("node"), in: context.parameter("session"))
        }
        router.delete("/api/jobs/:job") { _, context in
            try desk.jobs.cancel(context.parameter("job"))
            return Response(status: .noContent)
        }
    }

    private func takes(
        _ request: Request, after node: String, in session: String
    ) async throws -> Response {
        var request = request
        let buffer = try await request.collectBody(upTo: desk.limits.body)
        let asked =
            buffer.readableBytes == 0
            ? TakeRequest() : try JSON.decode(TakeRequest.self, from: buffer)
        let answer = try await desk.begin(asked, after: node, in: session)
        let body = request.body
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store",
                // The connection is watched for the client's leaving, and not used again.
                .connection: "close",
            ],
            body: ResponseBody { writer in
                var writer = writer
                try await body.consumeWithCancellationOnInboundClose { _ in
                    try await answer.run { try await writer.write($0) }
                    try await writer.finish(nil)
                }
            })
    }
}
