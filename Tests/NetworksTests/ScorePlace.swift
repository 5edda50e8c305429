/// Where scores of a place begin, and the tokens that they are of.
struct ScorePlace: Hashable {
    let score: Int
    let token: Int
}

/// All that a layout tells of, in its order.
func scorePlaces(_ tell: ((_ score: Int, _ token: Int) -> Void) -> Void) -> [ScorePlace] {
    var places: [ScorePlace] = []
    tell { places.append(ScorePlace(score: $0, token: $1)) }
    return places
}
