import Hummingbird

/// Answers with a sentence where a request cannot be answered otherwise.
struct ErrorMiddleware<Context: RequestContext>: RouterMiddleware {
    let limits: StudioLimits

    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CancellationError {
            throw error
        } catch {
            let response = Self.response(to: StudioError(error, limits: limits))
            return request.method == .head ? response.createHeadResponse() : response
        }
    }

    static func response(to error: StudioError) -> Response {
        var response = JSON.response(ErrorBody(message: "\(error)"), status: error.status)
        switch error {
        case .busy, .locked: response.headers[.retryAfter] = "2"
        case .wrongMethod(let allowed): response.headers[.allow] = allowed.joined(separator: ", ")
        case .noToken: response.headers[.wwwAuthenticate] = "Bearer"
        default: break
        }
        return response
    }
}

/// `{"error":{"message":"a sentence"}}`
struct ErrorBody: Codable, Hashable {
    struct Message: Codable, Hashable { let message: String }
    let error: Message

    init(message: String) { error = Message(message: message) }
}
