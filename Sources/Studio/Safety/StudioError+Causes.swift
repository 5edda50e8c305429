import Clara
import Files
import Foundation
import GRDB
import Hummingbird
import Library
import NIOCore

extension StudioError {
    /// What an error of the layers below means for who asked.
    package init(_ error: any Error, limits: StudioLimits = StudioLimits()) {
        switch error {
        case let error as StudioError: self = error
        case let error as DatabaseError: self.init(database: error)
        case is NIOTooManyBytesError: self = .tooLarge(bytes: limits.body)
        case let error as HTTPError where error.status == .notFound:
            self = .notFound("There is nothing at this address; /api tells what there is.")
        case let error as HTTPError:
            self =
                error.status.code < 500
                ? .badRequest(error.body ?? error.status.reasonPhrase)
                : .unusable(error.body ?? error.status.reasonPhrase)
        case let error as DecodingError: self = .badRequest(Self.sentence(of: error))
        case let error as MIDIFileError: self = .badRequest("\(error)")
        case is ContinuationError, is OutOfRange:
            self = .badRequest(Self.withoutFlags("\(error)"))
        case let error as SamplingSettingsError:
            self = .badRequest(Self.withoutFlags("\(error)") + ".")
        case let error as SoundError:
            switch error {
            case .noSoundFont: self = .missing("\(error)")
            case .unwritable(_, let reason): self.init(reason, of: error)
            default: self = .unusable("\(error)")
            }
        case let error as FileError: self.init("\(error)", of: error)
        case let error as OutputError: self.init("\(error)", of: error)
        case let error as LibraryError:
            switch error {
            case .locked: self = .locked
            case .full: self = .diskFull
            case .unusable(_, let reason): self.init(reason, of: error)
            default: self = .unusable("\(error)")
            }
        default: self = .unusable("That did not work: \(error)")
        }
    }

    /// - Parameter reason: why a file could not be written.
    private init(_ reason: String, of error: any Error) {
        // The last is what SQLite says of any write that the system refused.
        let full = [ENOSPC, EDQUOT].map { String(cString: strerror($0)) } + ["disk I/O error"]
        self = full.contains(where: reason.contains) ? .diskFull : .unusable("\(error)")
    }

    private init(database error: DatabaseError) {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
        case .SQLITE_FULL: self = .diskFull
        // A write that the system refused, as on a full disk.
        case .SQLITE_IOERR: self = .diskFull
        case .SQLITE_READONLY:
            self = .unusable("The file of sessions may not be written to; check its permissions.")
        default:
            self = .unusable(
                "The file of sessions cannot be used: "
                    + (error.message ?? error.resultCode.description))
        }
    }

    /// Flags are the command line's.
    private static func withoutFlags(_ text: String) -> String {
        let text = text.replacing("--", with: "")
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    private static func sentence(of error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context):
            "“\(key.stringValue)” is missing\(place(context))."
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "Something else is expected\(place(context))."
        case .dataCorrupted(let context):
            "This is no JSON that Clara reads\(place(context)): something is misspelt, or a number is "
                + "larger than any."
        @unknown default: "This is no JSON that Clara reads."
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        context.codingPath.isEmpty ? "" : " at “\(name(of: context.codingPath))”"
    }

    /// “notes[2].pitch”, counted from 0 as in JavaScript.
    static func name(of path: [any CodingKey]) -> String {
        path.prefix(8).reduce("") { name, key in
            if let index = key.intValue { return "\(name)[\(index)]" }
            return name.isEmpty ? key.stringValue : "\(name).\(key.stringValue)"
        }
    }
}
