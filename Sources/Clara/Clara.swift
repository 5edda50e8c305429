// What an app sees of the layers below when it imports Clara: music, its files, its sound and the samplers. The
// numerics stay behind the use cases.
@_exported import Audio
@_exported import struct Decoding.BeamSettings
@_exported import struct Decoding.BeamSettingsError
@_exported import struct Decoding.GenerationError
@_exported import struct Decoding.RepetitionSettings
@_exported import struct Decoding.SamplingSettings
@_exported import struct Decoding.SamplingSettingsError
@_exported import struct Encodings.MusicContent
@_exported import MIDIFile
@_exported import enum Networks.SafetensorsError
@_exported import enum Networks.WeightPrecision
@_exported import struct Notation.RollMarks
@_exported import Score
@_exported import enum Training.TrainingError
