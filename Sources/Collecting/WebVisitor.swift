import Foundation

/// Fetches from the named sites as their owners ask: by robots.txt, slowly, and nowhere else.
struct WebVisitor {
    /// Why an address gave nothing.
    enum Refusal: Error, CustomStringConvertible {
        case otherSite(String)
        case disallowed
        case unknownHost(String)
        case privateAddress(String)
        case tooManyRedirects
        case status(Int)
        /// Of the connection.
        case noAnswer(String)
        case robotsUnreachable
        /// The site is not asked any more in this run, because of an earlier answer.
        case siteRests(String)
        /// It asks for longer pauses than are made, in seconds.
        case tooSlow(asked: Double, longest: Double)
        /// The pause before the request was ended.
        case stopped
        case notSaved(String)
        case failure(String)

        /// Whether the same address may give something at another time.
        var isTemporary: Bool {
            switch self {
            case .unknownHost, .noAnswer, .robotsUnreachable, .siteRests, .stopped, .notSaved: true
            case .status(let status): [408, 425, 429].contains(status) || status >= 500
            default: false
            }
        }

        /// Whether the address itself was tried.
        var isAttempt: Bool {
            switch self {
            case .siteRests, .stopped: false
            default: true
            }
        }

        var description: String {
            switch self {
            case .otherSite(let address): "leads to another site, \(address)"
            case .disallowed: "the site's robots.txt disallows it"
            case .unknownHost(let host): "no such host: \(host)"
            case .privateAddress(let host):
                "\(host) is at a private address; --allow-local lets it be visited"
            case .tooManyRedirects: "redirects too often"
            case .status(let status): "the server answers with status \(status)"
            case .robotsUnreachable: "the site's robots.txt cannot be had"
            case .siteRests(let reason): "the site is left alone for now: \(reason)"
            case .tooSlow(let asked, let longest):
                "the site's robots.txt asks for \(asked) s between requests, and \(longest) s are "
                    + "waited at most: it is left alone"
            case .stopped: "the run was stopped"
            case .noAnswer(let reason), .notSaved(let reason), .failure(let reason): reason
            }
        }
    }

    /// What sites know the collector as.
    static let product = "clara"
    static let agent = "clara/1.0 (collects MIDI files; keeps to robots.txt)"

    let sites: Set<Site>
    let allowsPrivateAddresses: Bool
    let limits: CollectionLimits
    let clock: any CollectingClock
    private let resolve: @Sendable (String) -> Set<NetworkAddress>
    private let isPublic: @Sendable (NetworkAddress) -> Bool
    private var robots: [String: RobotsRules] = [:]
    private var latestRequest: [Site: Date] = [:]
    /// What sites asked for by Retry-After.
    private var earliestRequest: [Site: Date] = [:]
    /// Why sites are not asked any more.
    private var resting: [Site: String] = [:]
    /// Of answers of all kinds, since this visitor exists.
    private(set) var bytes = 0

    init(
        sites: Set<Site>, allowsPrivateAddresses: Bool, limits: CollectionLimits,
        clock: any CollectingClock, resolve: @escaping @Sendable (String) -> Set<NetworkAddress>,
        isPublic: @escaping @Sendable (NetworkAddress) -> Bool
    ) {
        self.sites = sites
        self.allowsPrivateAddresses = allowsPrivateAddresses
        self.limits = limits
        self.clock = clock
        self.resolve = resolve
        self.isPublic = isPublic
    }

    /// Waits before a request, so many seconds.
    typealias Pause = (Site, Double) throws(Refusal) -> Void

    /// The answer for an address after its redirects, and where it came from.
    mutating func fetch(
        _ address: WebAddress, wish: Download.Wish, pause: Pause
    ) throws(Refusal) -> (answer: Download.Answer, address: WebAddress) {
        var address = address
        for _ in 0...limits.redirects {
            let hosts = try check(address)
            if let reason = resting[address.site] { throw .siteRests(reason) }
            let rules = try rules(for: address, pause)
            guard rules.allows(address.pathAndQuery) else { throw .disallowed }
            let delay = rules.crawlDelay ?? 0
            guard delay <= limits.longestCrawlDelay else {
                throw .tooSlow(asked: delay, longest: limits.longestCrawlDelay)
            }
            let answer = try request(address, at: hosts, wish: wish, crawlDelay: delay, pause)
            guard let next = Self.redirect(answer, from: address) else {
                if let failure = answer.failure { throw .noAnswer(failure) }
                guard answer.status == 200 else { throw .status(answer.status) }
                return (answer, address)
            }
            address = next
        }
        throw .tooManyRedirects
    }

    /// Before every request, as a redirect may lead anywhere.
    ///
    /// Between this look-up and another one of URLSession's own, a name may come to mean another address
    /// (DNS rebinding). So plain http is sent to an address that was checked. With https the name is
    /// looked up again, as its certificate is for the name: a server elsewhere that cannot prove to be
    /// the named one gets no request.
    ///
    /// - Returns: where to connect to; none where the name will do.
    private func check(_ address: WebAddress) throws(Refusal) -> [NetworkAddress] {
        guard sites.contains(address.site) else { throw .otherSite("\(address)") }
        guard !allowsPrivateAddresses else { return [] }
        let host = address.url.host() ?? ""
        let addresses = resolve(host)
        if addresses.isEmpty { throw .unknownHost(host) }
        if !addresses.allSatisfy(isPublic) { throw .privateAddress(host) }
        guard address.url.scheme == "http" else { return [] }
        // One of each version, as not every machine reaches both.
        let ordered = addresses.sorted { "\($0)" < "\($1)" }
        return [ordered.first(where: \.isOfVersion4), ordered.first { !$0.isOfVersion4 }]
            .compactMap(\.self)
    }

    private static func redirect(
        _ answer: Download.Answer, from address: WebAddress
    ) -> WebAddress? {
        guard [301, 302, 303, 307, 308].contains(answer.status) else { return nil }
        return answer.location.flatMap { WebAddress($0, base: address.url) }
    }

    /// Those of the address's origin, fetched once (RFC 9309, 2.3).
    private mutating func rules(
        for address: WebAddress, _ pause: Pause
    ) throws(Refusal) -> RobotsRules {
        guard var file = WebAddress("/robots.txt", base: address.url) else { throw .disallowed }
        let origin = file.description
        if let known = robots[origin] { return known }
        for _ in 0...limits.redirects {
            let hosts = try check(file)
            let wish = Download.Wish.text(bytes: RobotsRules.mostBytes)
            let answer = try request(file, at: hosts, wish: wish, crawlDelay: 0, pause)
            if let next = Self.redirect(answer, from: file) {
                file = next
                continue
            }
            if answer.failure == nil, answer.status == 200 {
                let text = String(decoding: answer.bytes, as: UTF8.self)
                robots[origin] = RobotsRules(text: text, agent: Self.product)
            } else if answer.failure == nil, (400..<500).contains(answer.status),
                !Refusal.status(answer.status).isTemporary
            {
                robots[origin] = .everythingAllowed
            }
            break
        }
        if let rules = robots[origin] { return rules }
        resting[address.site] = "\(Refusal.robotsUnreachable)"
        throw .robotsUnreachable
    }

    /// - Parameter hosts: tried one after the other; none to look the name up.
    private mutating func request(
        _ address: WebAddress, at hosts: [NetworkAddress], wish: Download.Wish, crawlDelay: Double,
        _ pause: Pause
    ) throws(Refusal) -> Download.Answer {
        let gap = max(crawlDelay, limits.secondsBetweenRequests)
        let due = [
            latestRequest[address.site]?.addingTimeInterval(gap), earliestRequest[address.site],
        ].compactMap { $0 }.max()
        if let rest = due?.timeIntervalSince(clock.now), rest > 0 { try pause(address.site, rest) }
        latestRequest[address.site] = clock.now
        let answer = download(address, at: hosts, wish: wish)
        bytes += answer.bytes.count
        if let wish = answer.retryAfter, [429, 503].contains(answer.status) {
            wait(wish, at: address.site)
        }
        return answer
    }

    private func download(
        _ address: WebAddress, at hosts: [NetworkAddress], wish: Download.Wish
    ) -> Download.Answer {
        func get(_ url: URL, host: String?) -> Download.Answer {
            Download.get(
                url, host: host, wish: wish, agent: Self.agent, seconds: limits.secondsPerRequest)
        }
        var answer: Download.Answer?
        for url in hosts.compactMap(address.url(at:)) {
            // Whoever answers is the one, whatever the answer is.
            if let answer, answer.failure == nil || answer.status != 0 { return answer }
            answer = get(url, host: address.authority)
        }
        return answer ?? get(address.url, host: nil)
    }

    /// - Parameter wish: the value of Retry-After (RFC 9110, 10.2.3); a date counts as far away.
    private mutating func wait(_ wish: String, at site: Site) {
        if let seconds = Double(wish), seconds <= limits.longestRetryAfter {
            earliestRequest[site] = clock.now.addingTimeInterval(seconds)
        } else {
            resting[site] = "it asks for no more requests"
        }
    }
}
