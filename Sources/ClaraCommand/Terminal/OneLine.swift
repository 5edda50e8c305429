extension String {
    /// On one line and safe to show: white space of any kind is a blank, and what would command the
    /// terminal, such as an escape in a track's name, a replacement character.
    var onOneLine: String {
        split(whereSeparator: \.isWhitespace).map { word in
            String(
                String.UnicodeScalarView(
                    word.unicodeScalars.map {
                        $0.properties.generalCategory == .control ? "\u{FFFD}" : $0
                    }))
        }.joined(separator: " ")
    }
}
