import Foundation

/// What a site's robots.txt asks of a crawler (RFC 9309), with the customary Crawl-delay.
package struct RobotsRules: Hashable, Sendable {
    /// What is read of a longer file (RFC 9309, 2.5).
    package static let mostBytes = 500 << 10

    package static let everythingAllowed = RobotsRules(rules: [], crawlDelay: nil)

    private struct Rule: Hashable, Sendable {
        let isAllowing: Bool
        let pattern: String
    }

    private struct Group {
        var agents: [String] = []
        var rules: [Rule] = []
        var crawlDelay: Double?

        mutating func add(_ key: String, _ value: String) {
            if key == "crawl-delay" {
                guard let delay = Double(value), delay >= 0, delay.isFinite else { return }
                crawlDelay = delay
            } else if !value.isEmpty {
                let pattern = WebAddress.plainlyEncoded(value)
                rules.append(Rule(isAllowing: key == "allow", pattern: pattern))
            }
        }
    }

    private let rules: [Rule]
    /// In seconds.
    package let crawlDelay: Double?

    private init(rules: [Rule], crawlDelay: Double?) {
        self.rules = rules
        self.crawlDelay = crawlDelay
    }

    /// - Parameter agent: the crawler's product name, as `clara`.
    package init(text: String, agent: String) {
        let groups = Self.groups(text)
        let named = groups.filter { $0.agents.contains(agent.lowercased()) }
        // All groups of one agent count as one (2.2.1).
        let chosen = named.isEmpty ? groups.filter { $0.agents.contains("*") } : named
        self.init(
            rules: chosen.flatMap(\.rules), crawlDelay: chosen.compactMap(\.crawlDelay).max())
    }

    private static func groups(_ text: String) -> [Group] {
        var groups: [Group] = []
        var isNamingAgents = false
        for line in text.split(whereSeparator: \.isNewline) {
            let fields = line.prefix { $0 != "#" }.split(
                separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard fields.count == 2 else { continue }
            let key = fields[0].trimmingCharacters(in: .whitespaces).lowercased()
            let value = fields[1].trimmingCharacters(in: .whitespaces)
            if key == "user-agent" {
                if !isNamingAgents { groups.append(Group()) }
                isNamingAgents = true
                groups[groups.count - 1].agents.append(product(value))
            } else if ["allow", "disallow", "crawl-delay"].contains(key), !groups.isEmpty {
                isNamingAgents = false
                groups[groups.count - 1].add(key, value)
            }
        }
        return groups
    }

    /// `Clara/1.0` as `clara`.
    private static func product(_ agent: String) -> String {
        agent.prefix { $0 != "/" && !$0.isWhitespace }.lowercased()
    }

    /// Whether the longest rule that fits allows it; of two that are as long, the allowing (2.2.2).
    ///
    /// - Parameter path: path and query of a `WebAddress`.
    package func allows(_ path: String) -> Bool {
        let fitting = rules.filter { Self.fits($0.pattern, path) }
        let best = fitting.max {
            let (first, second) = ($0.pattern.utf8.count, $1.pattern.utf8.count)
            return first == second ? !$0.isAllowing && $1.isAllowing : first < second
        }
        return best?.isAllowing ?? true
    }

    /// Whether the pattern, with `*` for anything and `$` at its end for the end, fits the start of
    /// the path. Takes |pattern| × |path| steps at most.
    private static func fits(_ pattern: String, _ path: String) -> Bool {
        var pattern = Array(pattern.utf8)
        let path = Array(path.utf8)
        let star = UInt8(ascii: "*")
        if pattern.last == UInt8(ascii: "$") { pattern.removeLast() } else { pattern.append(star) }
        var (at, position) = (0, 0)
        // Where to go on when the pattern's latest star has to take one byte more.
        var retry: (at: Int, position: Int)?
        while position < path.count {
            if at < pattern.count, pattern[at] == star {
                retry = (at, position)
                at += 1
            } else if at < pattern.count, pattern[at] == path[position] {
                at += 1
                position += 1
            } else if let last = retry {
                retry = (last.at, last.position + 1)
                (at, position) = (last.at + 1, last.position + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == star }
    }
}
