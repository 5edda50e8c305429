import CLibXML2
import Foundation

/// What a collector reads in a page: its links, their texts, its title and licence.
package struct HTMLPage: Hashable, Sendable {
    package struct Link: Hashable, Sendable {
        package let target: String
        package let text: String
    }

    package private(set) var links: [Link] = []
    package private(set) var title = ""
    package private(set) var licence: String?
    /// The address that relative links are relative to, where the page sets one.
    package private(set) var base: String?
    /// Whether the page asks that its links not be followed.
    package private(set) var isNotToBeFollowed = false

    /// Elements that lead to other documents, with the attribute that does.
    private static let leading = [
        "a": "href", "area": "href", "frame": "src", "iframe": "src", "embed": "src",
        "bgsound": "src", "audio": "src", "source": "src", "object": "data",
    ]

    /// Reads any bytes; what makes no sense is left out, as in browsers.
    ///
    /// - Parameter encoding: what the server calls it; the page's own word otherwise.
    package init(_ bytes: [UInt8], encoding: String? = nil) {
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue
            | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue
        let document = bytes.withUnsafeBytes { buffer in
            htmlReadMemory(
                buffer.bindMemory(to: CChar.self).baseAddress, CInt(clamping: buffer.count), nil,
                encoding, CInt(options))
        }
        guard let document else { return }
        defer { xmlFreeDoc(document) }
        let root = xmlDocGetRootElement(document)
        var next = root
        while let node = next {
            if node.pointee.type == XML_ELEMENT_NODE { read(node) }
            next = Self.following(node, within: root)
        }
    }

    /// The next node of a walk in the document's order, without the stack that deep pages would fill.
    private static func following(_ node: xmlNodePtr, within root: xmlNodePtr?) -> xmlNodePtr? {
        if node.pointee.type == XML_ELEMENT_NODE, let child = node.pointee.children {
            return child
        }
        var current = node
        while current != root {
            if let sibling = current.pointee.next { return sibling }
            guard let parent = current.pointee.parent else { return nil }
            current = parent
        }
        return nil
    }

    private mutating func read(_ node: xmlNodePtr) {
        let name = String(cString: node.pointee.name).lowercased()
        let relations = (Self.attribute("rel", of: node) ?? "").lowercased()
            .split(whereSeparator: \.isWhitespace)
        if name == "a" || name == "link", relations.contains("license"), licence == nil {
            licence = Self.attribute("href", of: node)
        }
        switch name {
        case "title" where title.isEmpty: title = Self.text(of: node)
        case "base" where base == nil: base = Self.attribute("href", of: node)
        case "meta" where Self.attribute("name", of: node)?.lowercased() == "robots":
            let content = (Self.attribute("content", of: node) ?? "").lowercased()
            if content.contains("nofollow") || content.contains("none") { isNotToBeFollowed = true }
        default: break
        }
        guard let attribute = Self.leading[name], !relations.contains("nofollow"),
            let target = Self.attribute(attribute, of: node)
        else { return }
        links.append(Link(target: target, text: name == "a" ? Self.text(of: node) : ""))
    }

    private static func attribute(_ name: String, of node: xmlNodePtr) -> String? {
        guard let value = xmlGetProp(node, name) else { return nil }
        defer { clara_xml_free(value) }
        return String(cString: value)
    }

    /// Longer texts are cut: no title is longer.
    private static let longestText = 200

    /// The text below a node in one line. Looks at no more nodes than a title has, so that a page of
    /// nested links does not cost the square of its size.
    private static func text(of node: xmlNodePtr) -> String {
        var text = ""
        var nodes = 0
        var next: xmlNodePtr? = node
        while let current = next, text.utf8.count < 4 * longestText, nodes < 100 {
            if current.pointee.type == XML_TEXT_NODE, let content = current.pointee.content {
                text += String(cString: content).prefix(4 * longestText)
            }
            nodes += 1
            next = following(current, within: node)
        }
        return String(
            text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(longestText))
    }
}
