/// A window of T steps of B streams of token ids: what goes in and what should come out.
package struct TokenWindow: Sendable {
    /// (T·B), steps outermost; ids below the vocabulary's size.
    package var inputs: [Int32]
    /// (T·B); −1 where nothing is asked, as after the end of a piece.
    package var targets: [Int32]
    /// The id that begins a piece: a stream's state is zero when it comes in. The target one step
    /// before it must be −1.
    package let resetToken: Int32
    /// Of all places, (T·B); empty without contexts.
    package var contexts = ContextIDs()
    /// Which tokens may follow at each place, (T·B, V); empty where all may. Targets must.
    package var allowed: [Bool] = []

    package init(inputs: [Int32], targets: [Int32], resetToken: Int32) {
        precondition(inputs.count == targets.count, "as many targets as inputs")
        self.inputs = inputs
        self.targets = targets
        self.resetToken = resetToken
    }
}

extension TokenWindow {
    /// Makes it `rows` places of start tokens without targets, contexts and masks, in the memory that it has.
    package mutating func clear(rows: Int) {
        inputs.removeAll(keepingCapacity: true)
        inputs.append(contentsOf: repeatElement(resetToken, count: rows))
        targets.removeAll(keepingCapacity: true)
        targets.append(contentsOf: repeatElement(-1, count: rows))
        contexts.removeAll()
        allowed.removeAll(keepingCapacity: true)
    }

    /// Fills in contexts and masks, in the memory that the window has: at each place, `streams[s]`
    /// takes in stream s's input.
    ///
    /// - Parameter vocabulary: V
    package mutating func annotate(by streams: inout [any StreamContext], vocabulary: Int) {
        allowed.removeAll(keepingCapacity: true)
        allowed.append(contentsOf: repeatElement(true, count: inputs.count * vocabulary))
        contexts.removeAll()
        allowed.withUnsafeMutableBufferPointer { allowed in
            for row in inputs.indices {
                let stream = row % streams.count
                streams[stream].advance(Int(inputs[row]))
                contexts.append(streams[stream])
                guard targets[row] >= 0 else { continue }
                streams[stream].fillMask(
                    UnsafeMutableBufferPointer(
                        rebasing: allowed[row * vocabulary..<(row + 1) * vocabulary]))
            }
        }
    }
}
