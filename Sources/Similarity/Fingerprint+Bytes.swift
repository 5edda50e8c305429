extension Fingerprint {
    /// Which way of making fingerprints this is; those of another version cannot be compared.
    package static let version: UInt8 = 1
    private static let bytesPerMoment = 5

    /// The fingerprint to be stored: the version, then five bytes a moment.
    package var bytes: [UInt8] {
        var bytes = [Self.version]
        bytes.reserveCapacity(1 + moments.count * Self.bytesPerMoment)
        for moment in moments {
            let classes = moment.pitchClasses
            bytes.append(UInt8(truncatingIfNeeded: classes))
            bytes.append(
                UInt8(classes >> 8) | (moment.isMelody ? 16 : 0) | (moment.isBass ? 32 : 0))
            bytes.append(moment.highest << 4 | moment.lowest)
            bytes.append(UInt8(truncatingIfNeeded: moment.wait))
            bytes.append(UInt8(moment.wait >> 8))
        }
        return bytes
    }

    /// Reads what `bytes` wrote.
    ///
    /// - Throws: `FingerprintError` where the bytes are of another version or were not written so.
    package init(bytes: some Collection<UInt8>) throws(FingerprintError) {
        guard let version = bytes.first else { throw .damaged(offset: 0) }
        guard version == Self.version else { throw .otherVersion(version) }
        let body = Array(bytes.dropFirst())
        let count = body.count / Self.bytesPerMoment
        guard body.count % Self.bytesPerMoment == 0, count <= Self.maximumMoments else {
            throw .damaged(offset: body.count)
        }
        var moments: [Moment] = []
        moments.reserveCapacity(count)
        for start in stride(from: 0, to: body.count, by: Self.bytesPerMoment) {
            guard let moment = Self.moment(body[start..<(start + Self.bytesPerMoment)]) else {
                throw .damaged(offset: 1 + start)
            }
            moments.append(moment)
        }
        self.init(moments: moments)
    }

    private static func moment(_ bytes: ArraySlice<UInt8>) -> Moment? {
        let at = bytes.startIndex
        let classes = UInt16(bytes[at + 1] & 15) << 8 | UInt16(bytes[at])
        let (highest, lowest) = (bytes[at + 2] >> 4, bytes[at + 2] & 15)
        guard bytes[at + 1] < 64, highest < 12, lowest < 12,
            classes >> highest & 1 == 1, classes >> lowest & 1 == 1
        else { return nil }
        return Moment(
            pitchClasses: classes, highest: highest, lowest: lowest,
            isMelody: bytes[at + 1] & 16 != 0, isBass: bytes[at + 1] & 32 != 0,
            wait: UInt16(bytes[at + 4]) << 8 | UInt16(bytes[at + 3]))
    }
}

/// Why bytes are no fingerprint.
package enum FingerprintError: Error, Hashable, CustomStringConvertible {
    case otherVersion(UInt8)
    case damaged(offset: Int)

    package var description: String {
        switch self {
        case .otherVersion(let version):
            "the fingerprint is of version \(version), not \(Fingerprint.version); make it again "
                + "from the piece"
        case .damaged(let offset):
            "the fingerprint is damaged at byte \(offset); make it again from the piece"
        }
    }
}
