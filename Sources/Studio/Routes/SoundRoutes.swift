import HTTPTypes
import Hummingbird

/// How instruments sound.
struct SoundRoutes: Sendable {
    let sounds: SoundShelf

    private struct Facts: Encodable {
        @OrNull var soundFont: String?
        @OrNull var advice: String?
        /// Those that can be asked for; the last stands for the drums.
        let programs: [Int]
        let seconds: Double
    }

    func add(to router: Router<BasicRequestContext>) {
        router.get("/api/sound") { _, _ in
            JSON.response(
                Facts(
                    soundFont: sounds.name, advice: sounds.advice,
                    programs: sounds.name == nil ? [] : Array(0...SoundShelf.drums),
                    seconds: SoundShelf.seconds))
        }
        router.get("/api/sound/:program/:pitch") { _, context in
            guard let program = context.parameters.get("program", as: Int.self),
                let pitch = context.parameters.get("pitch", as: Int.self),
                (0...SoundShelf.drums).contains(program), (0...127).contains(pitch)
            else {
                throw StudioError.badRequest(
                    "A sound has a program of 0 to 127, or 128 for drums, and a pitch of 0 to 127.")
            }
            let wave = try await sounds.wave(program: program, pitch: pitch)
            return Response(
                status: .ok,
                headers: [.contentType: "audio/wav", .cacheControl: "private, max-age=86400"],
                body: .init(byteBuffer: ByteBuffer(bytes: wave)))
        }
    }
}
