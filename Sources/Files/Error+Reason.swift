extension Error {
    /// What it says, without the file's name that most errors of files begin with, for where that is known.
    package func reason(without path: String) -> String {
        let (text, name) = ("\(self)", path + ": ")
        return text.hasPrefix(name) ? String(text.dropFirst(name.count)) : text
    }
}
