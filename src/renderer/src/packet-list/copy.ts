// Copies the picked packets, or else the selected packet, to the clipboard.

import { errorText } from '../../../shared/error-text'
import { counted } from '../../../shared/format'
import type { PacketId } from '../../../shared/ids'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { readPackets } from '../past/packet-source'
import { type CopyForm, copyText, MAX_COPY_CHARS } from './copy-text'

/** Copies, and notifies the person of the number of packets, or of the reason why none was copied. */
export async function copyPackets(form: CopyForm): Promise<void> {
  const { notify, packetColumns } = useUi.getState()
  const ids = chosen()
  if (ids.length === 0) return notify('info', 'Select the packets to copy in the list first.')
  try {
    const { state } = useLab.getState()
    const found = await readPackets(state, ids)
    const packets = ids.flatMap((id) => found.get(id) ?? [])
    const source = { ...state, packets: { at: (index: number) => found.get(index + 1) } }
    const text = copyText(form, source, packets, packetColumns)
    if (text === undefined) {
      const megabytes = MAX_COPY_CHARS / 1024 / 1024
      return notify('error', `That is more than ${megabytes} MB of text. Pick fewer packets.`)
    }
    await navigator.clipboard.writeText(text)
    notify('info', `${counted(packets.length, 'packet')} copied ${FORM_WORDS[form]}.`)
  } catch (error) {
    const reason = errorText(error)
    notify('error', `The packets were not copied: ${reason}`)
  }
}

const FORM_WORDS: Record<CopyForm, string> = {
  json: 'as JSON',
  table: 'as a table',
  bytes: 'as bytes',
}

/** In order of sending. */
function chosen(): PacketId[] {
  const { picked, selection } = useUi.getState()
  if (picked.size > 0) return [...picked].sort((a, b) => a - b)
  return selection?.kind === 'packet' ? [selection.id] : []
}
