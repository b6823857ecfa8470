// Opens the exchange in which a requirement failed as a recording, on the graph and in the sequence diagram.
import { create } from 'zustand'
import { checkRecording } from '../../../shared/check/recording'
import type { CheckedRequirement, How } from '../../../shared/check/result'
import { errorText } from '../../../shared/error-text'
import { RECORDING_EXTENSION } from '../../../shared/file-kinds'
import type { PacketId } from '../../../shared/ids'
import type { ProgramKind } from '../../../shared/program-command'
import type { State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { pastView, usePast } from '../past/past'
import { sha1Hex } from '../ui/sha1'

interface Opened {
  /** The name of the recording. */
  readonly name: string
  readonly requirement: CheckedRequirement
}

interface Shown {
  opened: Opened | undefined
  /** The requirement from whose exchange the person is back in the list. */
  returnedFrom: string | undefined
}

export const useOpened = create<Shown>(() => ({ opened: undefined, returnedFrom: undefined }))

/** The requirement whose exchange is on the screen. */
export function useShownRequirement(): CheckedRequirement | undefined {
  const opened = useOpened((state) => state.opened)
  const isShown = usePast(({ view, name }) => view === 'recording' && name === opened?.name)
  return isShown ? opened?.requirement : undefined
}

export async function showExchange(
  subject: ProgramKind,
  requirement: CheckedRequirement,
): Promise<void> {
  const { id, how, evidence } = requirement
  if (evidence === undefined) return
  const { notify, select, setCheckOpen, showDockTab } = useUi.getState()
  try {
    const bytes = await checkRecording({ subject, id, evidence }, { deflate, sha1: sha1Hex })
    const name = `check ${id}.${RECORDING_EXTENSION}`
    if (!(await pastView().openRecording(new File([bytes], name), 'end'))) return
    useOpened.setState({ opened: { name, requirement } })
    setCheckOpen(false)
    showDockTab('sequence')
    const packet = tellingPacket(useLab.getState().state, how)
    if (packet !== undefined) select({ kind: 'packet', id: packet })
  } catch (error) {
    notify('error', `The exchange was not opened. ${errorText(error)}`)
  }
}

/** The wrong one, which came last; or the question that nothing came back for. */
function tellingPacket({ packets }: State, how: How | undefined): PacketId | undefined {
  const answered = new Set<PacketId>()
  for (let index = packets.end - 1; index >= packets.first && how !== 'wrong'; index--) {
    const { id, exchange } = packets.at(index) ?? { id: 0, exchange: 0 }
    const asker = packets.at(exchange - 1)?.from
    if (exchange !== 0 && packets.at(index)?.to === asker) answered.add(exchange)
    else if (exchange === id && id !== 0 && !answered.has(id)) return id
  }
  return packets.end > packets.first ? packets.end : undefined
}

/** Leaves the exchange. The lab does not have its packets, so no packet stays selected. */
export function closeExchange(): void {
  useUi.getState().select(null)
  pastView().backToNow()
}

/** Leaves the exchange for the list of requirements. */
export function backToList(): void {
  useOpened.setState(({ opened }) => ({ returnedFrom: opened?.requirement.id }))
  closeExchange()
  useUi.getState().setCheckOpen(true)
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const packed = new Blob([Uint8Array.from(bytes)])
    .stream()
    .pipeThrough(new CompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}
