import Foundation
import Hummingbird

extension Request {
    /// The body as JSON.
    ///
    /// - Throws: `DecodingError`, or that it is too large.
    func json<Value: Decodable>(_ type: Value.Type, limits: StudioLimits) async throws -> Value {
        let buffer = try await body.collect(upTo: limits.body)
        guard buffer.readableBytes > 0 else {
            throw StudioError.badRequest("This needs a body of JSON; /api tells its form.")
        }
        return try JSON.decode(type, from: buffer)
    }

    /// A value of the query.
    func query(_ name: Substring) -> String? { uri.queryParameters[name].map(String.init) }
}

extension RequestContext {
    /// A part of the address.
    func parameter(_ name: String) throws(StudioError) -> String {
        guard let value = parameters.get(name) else { throw .notFound("There is nothing here.") }
        return value
    }
}
