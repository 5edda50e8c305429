import Hummingbird

/// Why a request is not answered as asked. Its description is a sentence for people: what, and what to do.
public enum StudioError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the client sent makes no sense.
    case badRequest(String)
    /// The request is from another website, or for another host.
    case foreign(String)
    case noToken
    case notFound(String)
    /// The address is known, and takes other methods.
    case wrongMethod(allowed: [String])
    /// It contradicts what is there.
    case conflict(String)
    case tooLarge(bytes: Int)
    /// As much is going on as can; another time it is not.
    case busy(String)
    /// Another program has the sessions' file.
    case locked
    case diskFull
    case unusable(String)
    /// Something that is not installed.
    case missing(String)

    public var status: HTTPResponse.Status {
        switch self {
        case .badRequest: .badRequest
        case .foreign: .forbidden
        case .noToken: .unauthorized
        case .notFound, .missing: .notFound
        case .wrongMethod: .methodNotAllowed
        case .conflict: .conflict
        case .tooLarge: .contentTooLarge
        case .busy: .tooManyRequests
        case .locked: .serviceUnavailable
        case .diskFull: .init(code: 507, reasonPhrase: "Insufficient Storage")
        case .unusable: .internalServerError
        }
    }

    public var description: String {
        switch self {
        case .badRequest(let sentence), .foreign(let sentence), .notFound(let sentence),
            .conflict(let sentence), .busy(let sentence), .unusable(let sentence),
            .missing(let sentence):
            sentence
        case .wrongMethod(let allowed):
            "This address takes \(allowed.joined(separator: ", ")) only; /api tells what for."
        case .noToken:
            "This studio asks for its token: open the address that it printed when it started."
        case .tooLarge(let bytes):
            "That is too large; at most \(bytes >> 20) MB are taken in at once."
        case .locked:
            "Another program has the file of sessions open and is writing to it; nothing is lost, "
                + "try again in a moment."
        case .diskFull:
            "The disk is full or takes nothing more, so this could not be saved; make room and try "
                + "again. What was saved before is safe."
        }
    }
}

extension StudioError {
    static func noSession(_ id: String) -> StudioError {
        .notFound("There is no session “\(id.prefix(40))”; it may have been deleted.")
    }

    static func noNode(_ id: String) -> StudioError {
        .notFound("There is no take or passage “\(id.prefix(40))” in this session.")
    }
}
