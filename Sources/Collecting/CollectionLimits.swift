/// How far a collection goes; the bounds hold for a folder, over all runs that filled it.
package struct CollectionLimits: Hashable, Sendable {
    /// Links between a named page and the last that is followed.
    package var depth = 3
    package var pages = 2_000
    package var files = 10_000
    /// Addresses remembered, fetched or not: a site that makes up links cannot fill the memory.
    package var addresses = 100_000
    package var bytesPerPage = 2 << 20
    package var bytesPerFile = 4 << 20
    package var bytesInAll = 1 << 30
    /// For one request from its start to its last byte, however steadily it drips.
    package var secondsPerRequest = 30.0
    /// Between two requests to one site; a longer Crawl-delay wins.
    package var secondsBetweenRequests = 1.0
    /// A site whose Crawl-delay is longer than this, in seconds, is left alone.
    package var longestCrawlDelay = 300.0
    /// A site that asks to be left alone for longer than this, in seconds, is so until the next run.
    package var longestRetryAfter = 60.0
    package var redirects = 5
    /// Visits to an address that gives nothing for the moment, one in a run.
    package var attempts = 3

    package init() {}
}
