import HTTPTypes
import Hummingbird

/// The page itself.
struct PageRoutes: Sendable {
    let files: PageFiles

    func add(to router: Router<BasicRequestContext>) {
        router.get("/") { request, _ in try respond(to: request, "index.html") }
        router.get("/page/**") { request, context in
            let name = context.parameters.getCatchAll().joined(separator: "/")
            return try respond(to: request, name)
        }
        router.get("/favicon.ico") { request, _ in try respond(to: request, "icon.svg") }
    }

    private func respond(to request: Request, _ name: String) throws -> Response {
        guard let file = files[name] else {
            throw StudioError.notFound("The page has no file of this name.")
        }
        let headers: HTTPFields = [.eTag: file.tag, .cacheControl: "no-cache"]
        if request.headers[.ifNoneMatch] == file.tag {
            return Response(status: .notModified, headers: headers)
        }
        var response = Response(
            status: .ok, headers: headers, body: .init(byteBuffer: file.buffer))
        response.headers[.contentType] = file.contentType
        return response
    }
}
