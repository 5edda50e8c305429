import HTTPTypes
import Hummingbird

/// Tells who asks a known address by a method that it does not take, which ones it takes.
enum OtherMethods {
    private static let known: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .patch, .delete, .options,
    ]

    /// - Parameter router: with all its routes; where there is GET, HEAD is answered as well.
    static func refuse(in router: Router<BasicRequestContext>) {
        for (path, routes) in Dictionary(grouping: router.routes, by: \.path.description) {
            var taken = routes.map(\.method)
            if taken.contains(.get) { taken.append(.head) }
            let allowed = taken.map(\.rawValue).sorted()
            for method in known where !taken.contains(method) {
                router.on(RouterPath(path), method: method) { _, _ -> Response in
                    throw StudioError.wrongMethod(allowed: allowed)
                }
            }
        }
    }
}
