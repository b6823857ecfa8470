/** Over which the page asks the worker for the times of the frames drawn since it last asked. */
export const FRAMES_CHANNEL = 'packet-frames'
