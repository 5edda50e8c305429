import ArgumentParser
import Clara

extension Meter {
    /// Of a flag's value, such as 3/4.
    init(parsing text: String) throws {
        guard let meter = Meter(text) else {
            throw ValidationError("“\(text)” is no meter; write it like 3/4.")
        }
        self = meter
    }
}

extension Tempo {
    /// Of a flag's value: quarter notes a minute.
    init(parsing text: String) throws {
        guard let number = Double(text) else {
            throw ValidationError("give a number of quarter notes a minute, such as 96")
        }
        try self.init(quartersPerMinute: number)
    }
}
