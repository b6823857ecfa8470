// The history worker: a thread that reads recordings.
import { HistoryService } from './history-service'
import type { ToHistory } from './protocol'

const service = new HistoryService((message, moved) => postMessage(message, { transfer: moved }))

addEventListener('message', (event: MessageEvent<ToHistory>) => {
  void service.handle(event.data)
})
