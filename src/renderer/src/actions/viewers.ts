// The address at which others see this lab as viewers. Only a host that serves browsers has one.
import type { Bridge } from '../../../shared/contract'
import { errorText } from '../../../shared/error-text'
import { useUi } from '../choices/ui'

let makeAddress: Bridge['makeViewerAddress']

export function startViewers(bridge: Bridge): void {
  makeAddress = bridge.makeViewerAddress
}

export function servesViewers(): boolean {
  return makeAddress !== undefined
}

/** Copies the address, and shows it, since a browser may refuse to copy. */
export async function copyViewerAddress(): Promise<void> {
  const { notify } = useUi.getState()
  if (!makeAddress) return notify('info', NOT_SERVED)
  try {
    const address = await makeAddress()
    const copied = await navigator.clipboard.writeText(address).then(
      () => 'It is on the clipboard.',
      () => 'It could not be copied: select it here.',
    )
    notify(
      'info',
      `Viewers open ${address} on this machine: they see the lab, and cannot change it. ${copied}`,
    )
  } catch (error) {
    notify('error', `There is no address for viewers. ${errorText(error)}`)
  }
}

const NOT_SERVED =
  'The desktop app serves no browsers. Start Roundabout with “npm start -- --web” to have viewers.'
