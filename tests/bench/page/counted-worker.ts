// The packet worker with its frames counted. The order of these lines matters.
import './count-frames'
import '../../../src/renderer/src/canvas/packets/worker'
