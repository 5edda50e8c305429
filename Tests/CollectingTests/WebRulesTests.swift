import Collecting
import Testing

@Suite struct WebRulesTests {
    @Test(arguments: [
        ("HTTP://WWW.Example.org:80/a/../b%7e/%2f#x", "http://www.example.org/b~/%2F"),
        ("https://e.org", "https://e.org/"), ("http://e.org/?q=%c3", "http://e.org/?q=%C3"),
    ]) func addressesHaveOneSpelling(text: String, plain: String) {
        #expect(WebAddress(text)?.description == plain)
    }

    @Test(arguments: [
        "ftp://e.org/", "javascript:alert(1)", "http://me:x@e.org/", "", "mailto:a@b",
    ])
    func otherAddressesAreNone(text: String) { #expect(WebAddress(text) == nil) }

    @Test(arguments: [
        "127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:db8::1",
    ]) func reservedAddressesAreNotPublic(text: String) {
        #expect(NetworkAddress(text)?.isPublic == false)
    }

    @Test(arguments: ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1", "::ffff:8.8.8.8"])
    func othersArePublic(text: String) { #expect(NetworkAddress(text)?.isPublic == true) }

    @Test(arguments: [
        ("/a", true), ("/private/x", false), ("/private/open/x", true), ("/x.zip", false),
        ("/x.zip?y", true), ("/b/1/c", false), ("/~me", false),
    ]) func theLongestRuleDecides(path: String, isAllowed: Bool) {
        let text = """
            User-agent: other
            Disallow: /
            User-agent: Clara/2.0
            Disallow: /private # note
            Allow: /private/open
            Disallow: /*.zip$
            Disallow: /b/*/c
            Disallow: /%7Eme
            """
        #expect(RobotsRules(text: text, agent: "clara").allows(path) == isAllowed)
    }

    @Test func pagesAreReadWhateverTheirBytes() {
        let html = Array(
            "<title> A &amp; B</title><base href=/x/><a rel='license' href=/cc>L</a><a href='a.mid'>One <b>two</b></a><a rel=nofollow href=n>N</a>"
                .utf8)
        let page = HTMLPage(html)
        #expect(page.title == "A & B")
        #expect(page.links.map(\.target) == ["/cc", "a.mid"])
        #expect(page.links.last?.text == "One two")
        #expect(page.licence == "/cc")
        var seed: UInt64 = 1
        for _ in 0..<2_000 {
            var bytes = html
            for _ in 0..<8 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(seed >> 33) % bytes.count] = UInt8(truncatingIfNeeded: seed >> 24)
            }
            _ = HTMLPage(bytes)
        }
        _ = HTMLPage(Array(String(repeating: "<a href=x><div>", count: 20_000).utf8))
    }
}
