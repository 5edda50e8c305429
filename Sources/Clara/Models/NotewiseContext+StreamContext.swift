import Encodings
import Networks

extension NotewiseContext: StreamContext {}
