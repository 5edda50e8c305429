import CKernels

/// Room for the numbers of some rows on their way through the network: rows are the newest tokens of
/// the streams of a batch, or successive tokens of one stream. Holds nothing between steps.
///
/// Safe to share: a state uses its room only while no other has it.
final class TransformerRoom: @unchecked Sendable {
    /// The most rows.
    let capacity: Int
    /// The residual stream, (rows, E).
    let x: UnsafeMutablePointer<Float>
    /// Queries, keys and values, (rows, 3E).
    let queriesKeysValues: UnsafeMutablePointer<Float>
    /// What attention gives, (rows, E).
    let attended: UnsafeMutablePointer<Float>
    /// What goes back into the residual stream, (rows, E).
    let added: UnsafeMutablePointer<Float>
    /// Before GELU and after, (rows, F).
    let hidden: UnsafeMutablePointer<Float>
    let active: UnsafeMutablePointer<Float>
    /// What each row sees, (rows).
    let seen: UnsafeMutablePointer<clara_seen_places>

    private let configuration: TransformerConfiguration
    private let memory: [AlignedBytes]
    private let blocks: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    private let blocksOfRow: Int
    private let angles: UnsafeMutablePointer<Float>
    private let inputs: UnsafeMutablePointer<Float>
    private let members: [MemberRoom]

    /// What a member of a team has for itself.
    private struct MemberRoom {
        let input: UnsafeMutablePointer<Float>
        let scores: UnsafeMutablePointer<Float>
        let normalised: UnsafeMutablePointer<Float>
    }

    init(_ configuration: TransformerConfiguration, rows: Int, members: Int) {
        self.configuration = configuration
        capacity = rows
        blocksOfRow = KeyValueCache.blocks(window: configuration.window)
        var memory: [AlignedBytes] = []
        func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
            memory.append(AlignedBytes(zeros: count, of: Float.self))
            return memory[memory.count - 1].pointer(to: Float.self)
        }
        let (width, inner) = (configuration.embedding, configuration.feedForward)
        let inputSize = Activations.size(stride: Self.stride(max(width, inner)))
        x = floats(rows * width)
        queriesKeysValues = floats(rows * 3 * width)
        attended = floats(rows * width)
        added = floats(rows * width)
        hidden = floats(rows * inner)
        active = floats(rows * inner)
        angles = floats(rows * configuration.head)
        inputs = floats(rows * inputSize)
        let scores = clara_kept_scores(blocksOfRow)
        self.members = (0..<members).map { _ in
            MemberRoom(
                input: floats(inputSize), scores: floats(scores), normalised: floats(width + 1))
        }
        let seen = AlignedBytes(zeros: rows, of: clara_seen_places.self)
        let blocks = AlignedBytes(zeros: rows * blocksOfRow, of: UnsafeMutableRawPointer?.self)
        self.seen = seen.pointer(to: clara_seen_places.self)
        self.blocks = blocks.pointer(to: UnsafeMutableRawPointer?.self)
        self.memory = memory + [seen, blocks]
    }

    private static func stride(_ width: Int) -> Int { (width + 15) / 16 * 16 }

    /// A row of the residual stream.
    func x(row: Int) -> UnsafeMutablePointer<Float> { x + row * configuration.embedding }

    /// All rows as a product takes them, of the given width.
    func inputs(width: Int) -> Activations {
        Activations(at: inputs, rows: capacity, stride: Self.stride(width))
    }

    /// A member's own single row.
    func input(ofMember member: Int, width: Int) -> Activations {
        Activations(at: members[member].input, rows: 1, stride: Self.stride(width))
    }

    func scores(ofMember member: Int) -> UnsafeMutablePointer<Float> { members[member].scores }

    /// One row, (E), before a norm's weight and bias, and one number more.
    func normalised(ofMember member: Int) -> UnsafeMutablePointer<Float> {
        members[member].normalised
    }

    /// Places the next `count` tokens of a stream in the rows from `row` on.
    func enter(_ cache: inout KeyValueCache, count: Int, row: Int, angles rotary: RotaryAngles) {
        let (half, start) = (configuration.head / 2, cache.place)
        let list = blocks + row * blocksOfRow
        let first = cache.advance(by: count, blocks: list)
        for index in 0..<count {
            let cosines = angles + (row + index) * configuration.head
            rotary.write(place: start + index, cosines: cosines, sines: cosines + half)
            let last = first.upperBound + index
            seen[row + index] = clara_seen_places(
                blocks: list, first: max(first.lowerBound, last - configuration.window + 1),
                last: last, cosines: cosines, sines: cosines + half)
        }
    }
}
