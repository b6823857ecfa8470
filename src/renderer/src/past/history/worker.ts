// The history worker: a thread that reads recordings, or helps another one to.
import { allowOwnWorkers } from '../../line/trusted-types'
import { type HelperThread, HelperThreads, helped, type ToHelper } from './helper-threads'
import { HistoryService } from './history-service'
import type { ToHistory } from './protocol'

const HELPER = 'helper'
const MOST_HELPERS = 4

if (self.name === HELPER) {
  addEventListener('message', (event: MessageEvent<ToHelper>) => {
    postMessage(helped(event.data))
  })
} else {
  allowOwnWorkers()
  const startHelper = (): HelperThread =>
    new Worker(location.href, { type: 'module', name: HELPER })
  const helpers = new HelperThreads(
    Math.min(navigator.hardwareConcurrency, MOST_HELPERS),
    startHelper,
  )
  const service = new HistoryService(
    (message, moved) => postMessage(message, { transfer: moved }),
    helpers,
  )
  addEventListener('message', (event: MessageEvent<ToHistory>) => {
    void service.handle(event.data)
  })
}
