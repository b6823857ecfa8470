// The history worker: a thread of its own for what takes long.
import { Answering } from './history-service'
import type { ToHistory } from './protocol'

const answering = new Answering((message, moved) => postMessage(message, { transfer: moved }))

addEventListener('message', (event: MessageEvent<ToHistory>) => {
  void answering.take(event.data)
})
