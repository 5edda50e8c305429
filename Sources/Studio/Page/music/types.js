/**
 * The shapes that the server sends (`GET /api` describes them) and that all modules share.
 * Times of music are quarters from the beginning of the piece; bars count from 1.
 *
 * @typedef {object} Note
 * @property {number} pitch MIDI pitch, 0…127
 * @property {number} onset quarters
 * @property {number} duration quarters
 * @property {number} velocity 1…127
 * @property {number} part index into the session's parts
 * @property {string | number} [id] in a stream: the same note again, when it has ended
 * @property {boolean} [open] in a stream: it still sounds
 *
 * @typedef {object} RawNote as it was played
 * @property {number} pitch
 * @property {number} onset seconds from the beginning of the phrase's first bar, below 0 where it was early
 * @property {number} duration seconds
 * @property {number} velocity
 *
 * @typedef {{ onset: number, tempo: number }} TempoChange quarters per minute from `onset` on
 * @typedef {{ onset: number, meter: string }} MeterChange
 * @typedef {{ name: string, program: number, drums?: boolean }} Part
 * @typedef {{ down: number, up: number, part: number }} Pedal quarters
 *
 * @typedef {object} TakeFacts how Clara made it, and what was found out about it
 * @property {string} [voice]
 * @property {string | null} [style]
 * @property {number} [seed]
 * @property {number} [temperature]
 * @property {number | null} [logProbabilityPerNote]
 * @property {{ notes: number, source: string | null, near?: boolean, phrase?: number } | null} [originality]
 *   the longest run it shares with other music, `near` with small changes; above a phrase it counts as a copy
 * @property {number | null} [human] 0…1, how likely the critic holds it that a person wrote it
 *
 * @typedef {object} Node one step of the tree: its own music only
 * @property {string} id
 * @property {string | null} parent
 * @property {'root' | 'played' | 'file' | 'take'} kind
 * @property {string} name
 * @property {string} annotation
 * @property {boolean} pinned
 * @property {boolean} [deleted]
 * @property {number} fromBar where its music begins
 * @property {number} bars how long its music is
 * @property {Note[]} notes
 * @property {RawNote[] | null} [raw]
 * @property {TempoChange[]} [tempos]
 * @property {MeterChange[]} [meters]
 * @property {Pedal[]} [pedals]
 * @property {TakeFacts | null} [take]
 * @property {string | number} [created]
 * @property {Streaming} [streaming] set by the page while the take is still being written
 *
 * @typedef {object} Streaming
 * @property {number} index which of the takes asked for
 * @property {number} ready bars of the piece that are finished
 *
 * @typedef {object} Session
 * @property {string} id
 * @property {string} title
 * @property {number} tempo quarters per minute
 * @property {string} meter such as "3/4"
 * @property {Part[]} parts
 * @property {string} root
 * @property {Node[]} nodes
 *
 * @typedef {object} SessionRow
 * @property {string} id
 * @property {string} title
 * @property {string | number} created
 * @property {string | number} changed
 * @property {number} nodes
 * @property {number} bars
 *
 * @typedef {object} Voice
 * @property {string} name
 * @property {string[]} styles
 * @property {Part[]} instruments
 * @property {boolean} [default]
 * @property {boolean} [originality] whether it can tell what it copies
 *
 * @typedef {{ soundFont: string | null, advice: string | null, programs: number[] }} SoundFacts
 */

export {};
