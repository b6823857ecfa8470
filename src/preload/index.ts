// The typed bridge between the page and the main process: the contract's channels and nothing else.
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import { type Bridge, CHANNELS, type MenuAction } from '../shared/contract'

const bridge: Bridge = {
  kind: 'desktop',
  platform: platformOf(process.platform),
  execute: (command) => ipcRenderer.invoke(CHANNELS.command, command),
  subscribe(onFrame) {
    const stop = listen<Uint8Array>(CHANNELS.frame, onFrame)
    ipcRenderer.send(CHANNELS.subscribe)
    return stop
  },
  acknowledge: (frame) => ipcRenderer.send(CHANNELS.acknowledge, frame),
  onMenu: (listener) => listen<MenuAction>(CHANNELS.menu, listener),
  // The line to the engine is the app itself: it cannot go away and come back.
  onConnected: () => () => {},
}

contextBridge.exposeInMainWorld('roundabout', bridge)

/** Passes on what the main process sends, without the event, which would give the page the sender. */
function listen<T>(channel: string, listener: (value: T) => void): () => void {
  const handler = (_event: IpcRendererEvent, value: T) => listener(value)
  ipcRenderer.on(channel, handler)
  return () => ipcRenderer.removeListener(channel, handler)
}

function platformOf(platform: NodeJS.Platform): Bridge['platform'] {
  switch (platform) {
    case 'darwin':
      return 'mac'
    case 'win32':
      return 'windows'
    default:
      return 'linux'
  }
}
