import Files
import Foundation
import MIDIFile

/// Gathers the MIDI files of named sites into a folder, with a table `metadata.csv` that says where
/// each comes from. It may be stopped or killed at any time: run again, it goes on.
package struct Collector {
    package enum Event: Hashable, Sendable {
        /// A request begins.
        case visiting(String, files: Int, pages: Int, waiting: Int)
        /// The next request to the site has to wait so many seconds.
        case waiting(site: String, seconds: Double)
        case collected(CollectedPiece)
        case skipped(address: String, reason: String)
        /// It gave nothing for the moment; the next run tries it again.
        case postponed(address: String, reason: String)
    }

    package enum End: String, Hashable, Sendable, Encodable {
        /// Nothing is left to visit.
        case complete, files, pages, bytes, stopped
        /// Nothing is left but what the next run tries again.
        case postponed
    }

    package struct Outcome: Hashable, Sendable {
        package let end: End
        /// In the folder now, and those of this run.
        package let pieces: [CollectedPiece]
        package let newPieces: Int
        package let pages: Int
        package let bytes: Int
        /// Addresses still to be visited, without the postponed.
        package let waiting: Int
    }

    private let folder: String
    private let limits: CollectionLimits
    private let clock: any CollectingClock
    private let lock: FileLock
    private var state: CollectionState
    private var visitor: WebVisitor

    /// - Parameters:
    ///   - addresses: where to begin; their sites are the only ones visited.
    ///   - resolve: gives all addresses of a host; none where it is unknown.
    ///   - isPublic: whether anybody may be reached at an address.
    /// - Throws: `CollectingError` where an address is none, or the folder holds other things or is
    ///   another collector's.
    package init(
        addresses: [String], folder: String, limits: CollectionLimits = CollectionLimits(),
        allowsPrivateAddresses: Bool = false, clock: any CollectingClock = SystemClock(),
        resolve: @escaping @Sendable (String) -> Set<NetworkAddress> = NetworkAddress.resolve,
        isPublic: @escaping @Sendable (NetworkAddress) -> Bool = { $0.isPublic }
    ) throws(CollectingError) {
        var starts: [WebAddress] = []
        for text in addresses {
            guard let address = WebAddress(text) else { throw .noAddress(text) }
            starts.append(address)
        }
        self.folder = folder
        self.limits = limits
        self.clock = clock
        lock = try CollectionState.lock(folder: folder)
        state = try CollectionState(folder: folder)
        visitor = WebVisitor(
            sites: Set(starts.map(\.site)), allowsPrivateAddresses: allowsPrivateAddresses,
            limits: limits, clock: clock, resolve: resolve, isPublic: isPublic)
        for start in starts { enqueue(start, depth: 0, title: "", licence: "", isFirst: false) }
    }

    /// Visits until nothing is left, a limit is reached, or `isToStop` says so between two requests or
    /// in a long pause.
    package mutating func run(
        isToStop: () -> Bool = { false }, onEvent: (Event) -> Void = { _ in }
    ) throws(CollectingError) -> Outcome {
        let former = state.pieces.count
        state.frontier += state.postponed
        state.postponed = []
        try save()
        var end: End?
        while let entry = state.frontier.first {
            if let reason = limitReached ?? (isToStop() ? .stopped : nil) {
                end = reason
                break
            }
            onEvent(
                .visiting(
                    entry.address, files: state.pieces.count, pages: state.pages,
                    waiting: state.frontier.count))
            state.frontier.removeFirst()
            try visit(entry, isToStop, onEvent)
        }
        return Outcome(
            end: end ?? (state.postponed.isEmpty ? .complete : .postponed),
            pieces: state.pieces, newPieces: state.pieces.count - former,
            pages: state.pages, bytes: state.bytes, waiting: state.frontier.count)
    }

    private var limitReached: End? {
        if state.pieces.count >= limits.files { return .files }
        if state.pages >= limits.pages { return .pages }
        return state.bytes >= limits.bytesInAll ? .bytes : nil
    }

    private func save() throws(CollectingError) {
        try state.save(in: folder)
        try state.saveTable(in: folder)
    }

    private mutating func visit(
        _ entry: CollectionState.Entry, _ isToStop: () -> Bool, _ onEvent: (Event) -> Void
    ) throws(CollectingError) {
        let before = visitor.bytes
        let clock = clock
        let rest = limits.bytesInAll - state.bytes
        do throws(WebVisitor.Refusal) {
            guard let address = WebAddress(entry.address) else { throw .failure("no address") }
            let wish = Download.Wish.pageOrPiece(
                pageBytes: min(limits.bytesPerPage, rest),
                pieceBytes: min(limits.bytesPerFile, rest))
            let (answer, final) = try visitor.fetch(address, wish: wish) {
                (site, seconds) throws(WebVisitor.Refusal) in
                try clock.pause(seconds, for: site, isToStop, onEvent)
            }
            if answer.isTooLarge { throw .failure("larger than the limit") }
            if answer.isOfOtherType { throw .failure("neither a page nor a MIDI file") }
            if answer.mayBePiece {
                let piece = try keep(answer.bytes, from: final, as: entry)
                if let piece { onEvent(.collected(piece)) }
            } else if answer.isPage {
                read(HTMLPage(answer.bytes, encoding: answer.encoding), at: final, entry)
            } else {
                throw .failure("neither a page nor a MIDI file")
            }
        } catch .stopped {
            state.frontier.insert(entry, at: 0)
        } catch {
            onEvent(refused(entry, error))
        }
        state.bytes += visitor.bytes - before
        try save()
    }

    /// Postpones the entry where another run may do better.
    private mutating func refused(
        _ entry: CollectionState.Entry, _ refusal: WebVisitor.Refusal
    ) -> Event {
        var (entry, reason) = (entry, "\(refusal)")
        if refusal.isAttempt { entry.attempts += 1 }
        if refusal.isTemporary {
            if entry.attempts < limits.attempts {
                state.postponed.append(entry)
                return .postponed(address: entry.address, reason: reason)
            }
            reason += "; given up after \(entry.attempts) attempts"
        }
        // So that it is visited when it is named again, perhaps with --allow-local.
        if entry.depth == 0 { state.seen.remove(entry.address) }
        return .skipped(address: entry.address, reason: reason)
    }

    /// Nil where the folder has the same bytes.
    private mutating func keep(
        _ bytes: [UInt8], from final: WebAddress, as entry: CollectionState.Entry
    ) throws(WebVisitor.Refusal) -> CollectedPiece? {
        try Self.check(bytes, of: entry.address)
        let digest = ByteHash.of(bytes)
        for piece in state.pieces where piece.file.hasSuffix("-\(digest).mid") {
            let path = "\(folder)/\(piece.file)"
            if (try? WholeFile.bytes(of: path, limit: bytes.count)) == bytes { return nil }
        }
        let name = PieceName.of(final, digest: digest)
        guard !state.pieces.contains(where: { $0.file == name }) else {
            throw .failure("\(name) is there with other bytes")
        }
        do {
            try WholeFile.save(bytes, to: "\(folder)/\(name)")
        } catch {
            throw .notSaved("\(name): \(error)")
        }
        let piece = CollectedPiece(
            file: name, source: entry.address, collected: clock.now.ISO8601Format(),
            title: entry.title, licence: entry.licence)
        state.pieces.append(piece)
        return piece
    }

    /// A Content-Length that says too little cuts a file without a word, in a track or between two.
    private static func check(_ bytes: [UInt8], of name: String) throws(WebVisitor.Refusal) {
        let report: ReadingReport
        do {
            report = try MIDIFile.read(Data(bytes), named: name, policy: .complete).report
        } catch {
            throw .failure("\(error)")
        }
        for repair in report.repairs {
            if case .trackCount(let declared, let found) = repair.kind, found < declared {
                throw .failure("has \(found) of its \(declared) tracks")
            }
        }
    }

    private mutating func read(
        _ page: HTMLPage, at address: WebAddress, _ entry: CollectionState.Entry
    ) {
        state.pages += 1
        guard !page.isNotToBeFollowed, entry.depth < limits.depth else { return }
        let base = page.base.flatMap { WebAddress($0, base: address.url) } ?? address
        let licence = page.licence.flatMap { WebAddress($0, base: base.url)?.description } ?? ""
        // Pieces before pages, so that a site without an end gives what it has.
        for link in page.links.reversed() where Self.isNamedAsPiece(link.target) {
            enqueue(link, base, page.title, licence, depth: entry.depth + 1, isFirst: true)
        }
        for link in page.links {
            enqueue(link, base, page.title, licence, depth: entry.depth + 1, isFirst: false)
        }
    }

    private static func isNamedAsPiece(_ target: String) -> Bool {
        MIDIFile.isName(String(target.prefix { $0 != "?" && $0 != "#" }))
    }

    private mutating func enqueue(
        _ link: HTMLPage.Link, _ base: WebAddress, _ pageTitle: String, _ licence: String,
        depth: Int, isFirst: Bool
    ) {
        guard let address = WebAddress(link.target, base: base.url),
            visitor.sites.contains(address.site)
        else { return }
        let title = link.text.isEmpty ? pageTitle : link.text
        enqueue(address, depth: depth, title: title, licence: licence, isFirst: isFirst)
    }

    private mutating func enqueue(
        _ address: WebAddress, depth: Int, title: String, licence: String, isFirst: Bool
    ) {
        guard state.seen.count < limits.addresses,
            state.seen.insert(address.description).inserted
        else { return }
        let entry = CollectionState.Entry(
            address: address.description, depth: depth, title: title, licence: licence)
        state.frontier.insert(entry, at: isFirst ? 0 : state.frontier.count)
    }
}
