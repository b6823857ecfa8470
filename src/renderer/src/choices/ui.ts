// The choices of the person at the screen: selection, open panels and dialogs, theme. None of them is in a recording,
// and some are remembered (preferences.ts).
import { create } from 'zustand'
import type { NodeId, PacketId } from '../../../shared/ids'
import type { Scenario } from '../../../shared/scenario'
import {
  type DockTab,
  type PacketColumn,
  PREFERENCE_NAMES,
  type Preferences,
  readPreferences,
  writePreferences,
} from './preferences'

type Selection = { kind: 'node'; id: NodeId } | { kind: 'packet'; id: PacketId } | null

/** A message for the person, until it is dismissed or expires. */
export interface Notice {
  id: number
  level: 'error' | 'info'
  text: string
}

interface ComposerState {
  open: boolean
  /** The client that sends, if one was named. */
  client?: NodeId
}

interface Ui extends Preferences {
  selection: Selection
  /** Packets picked in the list beside the selected one, for copying or for a sequence diagram. */
  picked: ReadonlySet<PacketId>
  composer: ComposerState
  shortcutsOpen: boolean
  /** The open question before the lab is replaced: by a reset, or by a scenario. */
  anewAsked: 'reset' | Scenario | null
  notices: readonly Notice[]
  select(selection: Selection): void
  pick(packets: ReadonlySet<PacketId>): void
  openComposer(client?: NodeId): void
  closeComposer(): void
  setShortcutsOpen(open: boolean): void
  askAnew(about: 'reset' | Scenario | null): void
  setTheme(theme: Preferences['theme']): void
  setProjector(projector: boolean): void
  setPausesWhileLookingBack(pauses: boolean): void
  showDockTab(tab: DockTab): void
  setDockOpen(open: boolean): void
  setPacketColumns(columns: PacketColumn[]): void
  setInspectorOpen(open: boolean): void
  rememberLayout(group: 'columns' | 'rows', layout: Record<string, number>): void
  notify(level: Notice['level'], text: string): void
  dismiss(id: number): void
}

/** With more notices than this, the oldest is removed. */
const MAX_NOTICES = 3
let lastNotice = 0

export const useUi = create<Ui>((set) => ({
  ...readPreferences(),
  selection: null,
  picked: new Set(),
  composer: { open: false },
  shortcutsOpen: false,
  anewAsked: null,
  notices: [],
  select: (selection) => set({ selection, picked: new Set() }),
  pick: (picked) => set({ picked }),
  openComposer: (client) => set({ composer: client ? { open: true, client } : { open: true } }),
  closeComposer: () => set({ composer: { open: false } }),
  setShortcutsOpen: (shortcutsOpen) => set({ shortcutsOpen }),
  askAnew: (anewAsked) => set({ anewAsked }),
  setTheme: (theme) => set({ theme }),
  setProjector: (projector) => set({ projector }),
  setPausesWhileLookingBack: (pausesWhileLookingBack) => set({ pausesWhileLookingBack }),
  showDockTab: (dockTab) => set({ dockTab, dockOpen: true }),
  setDockOpen: (dockOpen) => set({ dockOpen }),
  setPacketColumns: (packetColumns) => set({ packetColumns }),
  setInspectorOpen: (inspectorOpen) => set({ inspectorOpen }),
  rememberLayout: (group, layout) => set({ [group]: layout }),
  notify: (level, text) =>
    set(({ notices }) => ({
      notices: [
        ...notices.filter((notice) => notice.text !== text),
        { id: ++lastNotice, level, text },
      ].slice(-MAX_NOTICES),
    })),
  dismiss: (id) =>
    set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
}))

useUi.subscribe((ui, before) => {
  if (PREFERENCE_NAMES.some((name) => ui[name] !== before[name])) writePreferences(ui)
})
