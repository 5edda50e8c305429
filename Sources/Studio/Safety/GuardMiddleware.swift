import HTTPTypes
import Hummingbird

/// Lets in whom the guard lets in, and tells browsers what a page of the studio may do.
struct GuardMiddleware<Context: RequestContext>: RouterMiddleware {
    let requestGuard: RequestGuard

    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let query = request.uri.queryParameters["token"].map(String.init)
        try requestGuard.check(
            RequestGuard.Claims(
                host: request.head.authority, origin: request.headers[.origin],
                authorization: request.headers[.authorization],
                cookies: request.headers[.cookie], query: query))
        if let token = requestGuard.token, query != nil, request.uri.path == "/" {
            return Response(
                status: .seeOther,
                headers: [
                    .location: "/",
                    .setCookie:
                        "\(RequestGuard.cookie)=\(token); Path=/; HttpOnly; SameSite=Strict",
                ])
        }
        return try await next(request, context)
    }
}

/// Nothing is loaded from elsewhere, and no other page may show the studio's in a frame.
struct HeaderMiddleware<Context: RequestContext>: RouterMiddleware {
    private static var policy: String {
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' data: blob:; "
            + "style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors 'none'"
    }

    private static var others: [(name: String, value: String)] {
        [("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin")]
    }

    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.xContentTypeOptions] = "nosniff"
        for (name, value) in Self.others {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        return response
    }
}
