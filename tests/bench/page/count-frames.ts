// Counts the frames that the packet worker draws, from outside: loaded before it, in the same worker.
import { FRAMES_CHANNEL } from './channel'

let frames: number[] = []
const request = globalThis.requestAnimationFrame.bind(globalThis)
globalThis.requestAnimationFrame = (callback) =>
  request((time) => {
    frames.push(performance.now())
    callback(time)
  })

const channel = new BroadcastChannel(FRAMES_CHANNEL)
channel.onmessage = () => {
  channel.postMessage(frames)
  frames = []
}
