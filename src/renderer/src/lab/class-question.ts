// What a class is asked at the moment, as far as the graph must not give the answer away.
import { create } from 'zustand'
import type { ProtocolId } from '../../../shared/ids'

interface ClassQuestion {
  /** The class is asked which server of this policy is next. */
  policy: ProtocolId | undefined
}

export const useClassQuestion = create<ClassQuestion>(() => ({ policy: undefined }))
