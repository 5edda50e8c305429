import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One request of the web without cookies, caches and redirects, bounded in bytes and in time.
final class Download: NSObject, URLSessionDataDelegate, Sendable {
    /// What is wanted; the rest of anything else is not fetched.
    enum Wish: Sendable {
        /// The first bytes of whatever it is.
        case text(bytes: Int)
        /// A page or a MIDI file, told apart by their first bytes.
        case pageOrPiece(pageBytes: Int, pieceBytes: Int)
    }

    struct Answer: Sendable {
        var status = 0
        var location: String?
        var retryAfter: String?
        var type: String?
        var encoding: String?
        var bytes: [UInt8] = []
        var isTooLarge = false
        var isOfOtherType = false
        var failure: String?

        var isPage: Bool { type == nil || type == "text/html" || type == "application/xhtml+xml" }

        /// Whether the bytes may begin a MIDI file, bare or in RIFF.
        var mayBePiece: Bool {
            bytes.starts(with: "MThd".utf8) || bytes.starts(with: "RIFF".utf8)
        }
    }

    private let wish: Wish
    private let answer = Mutex(Answer())
    private let isEnded = Atomic(false)
    private let end = DispatchSemaphore(value: 0)

    private init(wish: Wish) { self.wish = wish }

    /// Waits for the answer, `seconds` at most.
    ///
    /// - Parameter host: whom the server at the address is asked for; nil for the URL's own.
    static func get(
        _ url: URL, host: String?, wish: Wish, agent: String, seconds: Double
    ) -> Answer {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        let download = Download(wish: wish)
        let session = URLSession(
            configuration: configuration, delegate: download, delegateQueue: nil)
        var request = URLRequest(
            url: url, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: 2 * seconds)
        request.setValue(agent, forHTTPHeaderField: "User-Agent")
        if let host { request.setValue(host, forHTTPHeaderField: "Host") }
        session.dataTask(with: request).resume()
        let wait = download.end.wait(timeout: .now() + seconds)
        download.answer.withLock { _ in download.isEnded.store(true, ordering: .relaxed) }
        session.invalidateAndCancel()
        var answer = download.answer.withLock { $0 }
        if wait == .timedOut { answer.failure = "no whole answer within \(seconds) s" }
        return answer
    }

    /// Whatever comes after it is not looked at.
    private func finish() {
        if !isEnded.exchange(true, ordering: .relaxed) { end.signal() }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        note(response) { completionHandler(nil) }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        guard let response = response as? HTTPURLResponse else { return dataTask.cancel() }
        note(response) { completionHandler(.allow) }
    }

    /// - Parameter goOn: not called any more when the session is being cancelled, as FoundationNetworking
    ///   stops the program where a cancelled task goes on. The lock keeps the two in order.
    private func note(_ response: HTTPURLResponse, goOn: () -> Void) {
        answer.withLock { answer in
            guard !isEnded.load(ordering: .relaxed) else { return }
            answer.status = response.statusCode
            answer.location = response.value(forHTTPHeaderField: "Location")
            answer.retryAfter = response.value(forHTTPHeaderField: "Retry-After")
            let type = response.value(forHTTPHeaderField: "Content-Type")?.prefix { $0 != ";" }
            answer.type = type?.trimmingCharacters(in: .whitespaces).lowercased()
            answer.encoding = response.textEncodingName
            goOn()
        }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        guard !isEnded.load(ordering: .relaxed) else { return }
        let isEnough = answer.withLock { answer in
            answer.bytes += data
            guard let limit = limit(for: answer) else {
                answer.isOfOtherType = true
                return true
            }
            guard answer.bytes.count > limit else { return false }
            answer.bytes.removeLast(answer.bytes.count - limit)
            answer.isTooLarge = true
            return true
        }
        if isEnough {
            finish()
            dataTask.cancel()
        }
    }

    /// Nil where the answer is nothing that is wished for.
    private func limit(for answer: Answer) -> Int? {
        switch wish {
        case .text(let bytes): return bytes
        case .pageOrPiece(let pageBytes, let pieceBytes):
            if answer.bytes.count < 4 || answer.mayBePiece { return pieceBytes }
            return answer.isPage ? pageBytes : nil
        }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
    ) {
        if !isEnded.load(ordering: .relaxed), let error {
            answer.withLock { $0.failure = Self.reason(error) }
        }
        finish()
    }

    private static func reason(_ error: any Error) -> String {
        switch (error as? URLError)?.code {
        case .cannotFindHost, .dnsLookupFailed: "no such host"
        case .cannotConnectToHost: "no server answers there"
        case .timedOut: "no answer in time"
        case .networkConnectionLost: "the connection broke off"
        case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid:
            "the server cannot prove to be the one that is named"
        default: "the answer cannot be read"
        }
    }
}
