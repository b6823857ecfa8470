// The first lines of a log: the program and its versions, the ports it listens on and where it
// keeps recordings.
import { arch, release } from 'node:os'

interface Locations {
  proxy: { host: string; port: number }
  recordingsFolder: string
  /** The web host's port. */
  webPort?: number
}

export function programLine(version: string): string {
  const { electron, chrome, node } = process.versions
  const parts = [
    `Roundabout ${version} started`,
    ...(electron === undefined ? [] : [`Electron ${electron}`, `Chromium ${chrome}`]),
    `Node ${node}`,
    `${process.platform} ${release()} ${arch()}`,
    `process ${process.pid}`,
  ]
  return `${parts.join(', ')}.`
}

export function locationLines({ proxy, recordingsFolder, webPort }: Locations): string[] {
  return [
    `The proxy listens on ${proxy.host} port ${proxy.port}.`,
    ...(webPort === undefined ? [] : [`The app is served on ${proxy.host} port ${webPort}.`]),
    `Sessions and the pool are kept in ${recordingsFolder}.`,
  ]
}
