extension [String] {
    /// The arguments as a shell takes them, quoted where they need it.
    var shellText: String {
        map { argument in
            let isPlain = argument.allSatisfy {
                $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:,+".contains($0))
            }
            if isPlain, !argument.isEmpty { return argument }
            return "'" + argument.replacing("'", with: "'\\''") + "'"
        }.joined(separator: " ")
    }
}
