import CFluidSynth

/// FluidSynth with one SoundFont, without a sound card: takes messages, gives samples.
///
/// The same messages at the same frames always give the same samples. Messages take effect at the next
/// block of 64 frames, 1.5 ms.
///
/// May go from thread to thread, but is not for two at once.
final class Synthesizer {
    /// Frames between which nothing can happen.
    static let block = 64
    static let sampleRate = 44_100
    /// Voices of one synthesizer; past them the faintest end early.
    private static let polyphony = 256

    private let settings: OpaquePointer
    private let synth: OpaquePointer

    /// FluidSynth writes what it thinks to standard error otherwise. Its logging is the process's, so
    /// this is done once.
    private static let quiet: Void = {
        for level in 0..<Int32(LAST_LOG_LEVEL.rawValue) {
            fluid_set_log_function(level, nil, nil)
        }
    }()

    init(_ soundFont: SoundFont) throws(SoundError) {
        _ = Self.quiet
        guard let settings = new_fluid_settings() else {
            throw .library(name: "FluidSynth", reason: "no settings")
        }
        fluid_settings_setnum(settings, "synth.sample-rate", Double(Self.sampleRate))
        fluid_settings_setint(settings, "synth.midi-channels", Int32(Performance.channelCount))
        fluid_settings_setint(settings, "synth.polyphony", Int32(Self.polyphony))
        fluid_settings_setint(settings, "synth.threadsafe-api", 0)
        // Locking a SoundFont of hundreds of megabytes in memory serves live playing only.
        fluid_settings_setint(settings, "synth.lock-memory", 0)
        guard let synth = new_fluid_synth(settings) else {
            delete_fluid_settings(settings)
            throw .library(name: "FluidSynth", reason: "no synthesizer")
        }
        guard fluid_synth_sfload(synth, soundFont.path, 1) != FLUID_FAILED else {
            delete_fluid_synth(synth)
            delete_fluid_settings(settings)
            throw .unusableSoundFont(file: soundFont.path, reason: "FluidSynth cannot read it")
        }
        self.settings = settings
        self.synth = synth
    }

    deinit {
        delete_fluid_synth(synth)
        delete_fluid_settings(settings)
    }

    /// What FluidSynth does not understand has no effect.
    func take(_ message: Performance.Message) {
        switch message {
        case .strike(let channel, let key, let velocity):
            fluid_synth_noteon(synth, Int32(channel), Int32(key), Int32(velocity))
        case .release(let channel, let key):
            fluid_synth_noteoff(synth, Int32(channel), Int32(key))
        case .controller(let channel, let number, let value):
            fluid_synth_cc(synth, Int32(channel), Int32(number), Int32(value))
        case .program(let channel, let number):
            fluid_synth_program_change(synth, Int32(channel), Int32(number))
        case .pressure(let channel, let value):
            fluid_synth_channel_pressure(synth, Int32(channel), Int32(value))
        case .keyPressure(let channel, let key, let value):
            fluid_synth_key_pressure(synth, Int32(channel), Int32(key), Int32(value))
        case .bend(let channel, let value):
            fluid_synth_pitch_bend(synth, Int32(channel), Int32(value))
        }
    }

    /// Releases every key and every pedal.
    func releaseAll() {
        for channel in 0..<Int32(Performance.channelCount) {
            fluid_synth_cc(synth, channel, 64, 0)
            fluid_synth_cc(synth, channel, 66, 0)
        }
        fluid_synth_all_notes_off(synth, -1)
    }

    /// Makes all as it was at first: silent, with no reverb left.
    func reset() { fluid_synth_system_reset(synth) }

    /// Whether a voice sounds, be it released.
    var isSounding: Bool { fluid_synth_get_active_voice_count(synth) > 0 }

    /// Fills `samples` with frames of two channels, interleaved.
    func play(into samples: UnsafeMutableBufferPointer<Float>) {
        guard let base = samples.baseAddress else { return }
        fluid_synth_write_float(synth, Int32(samples.count / 2), base, 0, 2, base, 1, 2)
    }
}
