import Tensors

/// One layer's projections laid out for products with blocks of rows: forward multiplies with them
/// transposed, the gradient as they lie. All layers in turn use the same room.
final class PackedProjections {
    let queriesKeysValues: PackedMatrix
    let output: PackedMatrix
    let up: PackedMatrix
    let down: PackedMatrix

    init(_ configuration: TransformerConfiguration) {
        let (width, wide) = (configuration.embedding, configuration.feedForward)
        queriesKeysValues = PackedMatrix(roomFor: width, 3 * width)
        output = PackedMatrix(roomFor: width, width)
        up = PackedMatrix(roomFor: width, wide)
        down = PackedMatrix(roomFor: wide, width)
    }

    /// Packs all of a layer's.
    func pack(_ weights: TransformerProjections, _ orientation: Orientation, by team: ThreadTeam) {
        pack(weights, queriesKeysValuesOf: weights, orientation, by: team)
    }

    /// Packs a layer's, but for queries, keys and values those of another, the next one.
    func pack(
        _ weights: TransformerProjections, queriesKeysValuesOf next: TransformerProjections,
        _ orientation: Orientation, by team: ThreadTeam
    ) {
        team.run(with: (self, weights, next, orientation, team.threads)) { context, member in
            let (packed, weights, next, orientation, threads) = context
            // The larger ones are not one member's.
            for part in stride(from: member, to: 4, by: threads) {
                switch part {
                case 0: packed.up.pack(weights.up, orientation)
                case 1: packed.down.pack(weights.down, orientation)
                case 2: packed.output.pack(weights.output, orientation)
                default: packed.queriesKeysValues.pack(next.queriesKeysValues, orientation)
                }
            }
        }
    }
}
