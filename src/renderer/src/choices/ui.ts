// The choices of the person at the screen: selection, open panels and dialogs, theme. None of them is in a recording,
// and some are remembered (preferences.ts).
import { create } from 'zustand'
import type { NodeId, PacketId, ProtocolId } from '../../../shared/ids'
import type { Scenario } from '../../../shared/scenario'
import type { SpotlightTarget } from '../../../shared/spotlight-target'
import {
  type ChartName,
  type ChartStretch,
  type CheckedProgram,
  type DockTab,
  type PacketColumn,
  PREFERENCE_NAMES,
  type Preferences,
  readPreferences,
  writePreferences,
} from './preferences'

export type Selection =
  | { kind: 'node'; id: NodeId }
  | { kind: 'packet'; id: PacketId }
  | { kind: 'policy'; id: ProtocolId }
  | null

/** A message for the person: a hint goes by itself, an error stays until it is dismissed. */
export interface Notice {
  id: number
  level: 'error' | 'info'
  text: string
  /** When it was shown, in milliseconds since 1970. */
  at: number
  /** The change of the set-up that it is about. */
  changed?: Changed | undefined
}

/** A change of the set-up, and what a notice about it offers. */
export interface Changed {
  readonly number: number
  readonly offers: 'undo' | 'redo'
}

interface ComposerState {
  open: boolean
  /** The client that sends, if one was named. */
  client?: NodeId
}

interface Ui extends Preferences {
  selection: Selection
  /** What the presenter spotlights; all else on the graph is dimmed. */
  spotlight: SpotlightTarget | null
  /** Packets picked in the list beside the selected one, for copying or for a sequence diagram. */
  picked: ReadonlySet<PacketId>
  composer: ComposerState
  shortcutsOpen: boolean
  /** The open question before the lab is replaced: by a reset, a new session, or a scenario. */
  anewAsked: 'reset' | 'newSession' | Scenario | null
  /** Whether the list of kept sessions is open. */
  recentOpen: boolean
  examplesOpen: boolean
  lessonsOpen: boolean
  /** The inspector of this node is going to show the faults of its link. */
  faultsAsked: NodeId | null
  /** Whether the pools are being exported to real proxies. */
  exportOpen: boolean
  bookmarksOpen: boolean
  /** Whether the dialog is open in which a program is checked. */
  checkOpen: boolean
  /** Whether another program is being put in the proxy's place. */
  swapOpen: boolean
  /** Whether the dialog is open that opens the lab to a class, and shows its code. */
  roomOpen: boolean
  /** Whether the panel is open in which a class is asked. */
  askOpen: boolean
  /** The sequence diagram is shown in place of the graph and the dock. */
  sequenceFull: boolean
  /** The comparison is shown in place of everything else. */
  comparing: boolean
  /** In projector mode, the charts are shown in place of the graph. */
  projectorCharts: boolean
  /** Receipts show what the other algorithms would have picked. */
  othersOpen: boolean
  /** Whether the inspector returns when the diagram leaves the graph's place. */
  inspectorReturns: boolean
  notices: readonly Notice[]
  /** All notices so far, the newest first, for those who could not read one in time. */
  noticeLog: readonly Notice[]
  noticeLogOpen: boolean
  select(selection: Selection): void
  setSpotlight(spotlight: SpotlightTarget | null): void
  pick(packets: ReadonlySet<PacketId>): void
  openComposer(client?: NodeId): void
  closeComposer(): void
  setShortcutsOpen(open: boolean): void
  askAnew(about: 'reset' | 'newSession' | Scenario | null): void
  setRecentOpen(open: boolean): void
  setExamplesOpen(open: boolean): void
  setLessonsOpen(open: boolean): void
  /** Selects the node, opens its inspector, and shows the faults of its link there. */
  askFaults(node: NodeId): void
  faultsShown(): void
  setExportOpen(open: boolean): void
  setBookmarksOpen(open: boolean): void
  setCheckOpen(open: boolean): void
  changeCheckedProgram(changed: Partial<CheckedProgram>): void
  setSwapOpen(open: boolean): void
  setRoomOpen(open: boolean): void
  setAskOpen(open: boolean): void
  setTheme(theme: Preferences['theme']): void
  /** The graph alone; false also leaves the stage view. */
  setProjector(projector: boolean): void
  /** Projector mode with the receipt, or neither. */
  setStage(stage: boolean): void
  setPausesWhileLookingBack(pauses: boolean): void
  showDockTab(tab: DockTab): void
  setSequenceFull(full: boolean): void
  setComparing(comparing: boolean): void
  setDockOpen(open: boolean): void
  setOthersOpen(open: boolean): void
  setPacketColumns(columns: PacketColumn[]): void
  setCharts(charts: ChartName[]): void
  setProjectorCharts(shown: boolean): void
  setChartStretch(seconds: ChartStretch): void
  setTrafficView(trafficView: boolean): void
  setInspectorOpen(open: boolean): void
  setLessonWidth(pixels: number): void
  setCodeLanguage(language: Preferences['codeLanguage']): void
  rememberLayout(group: 'columns' | 'rows', layout: Record<string, number>): void
  notify(level: Notice['level'], text: string, changed?: Changed): void
  dismiss(id: number): void
  setNoticeLogOpen(open: boolean): void
}

/** With more errors than this, the oldest is removed. */
const MAX_ERRORS = 3
const MAX_LOGGED_NOTICES = 100
let lastNotice = 0

export const useUi = create<Ui>((set) => ({
  ...readPreferences(),
  selection: null,
  spotlight: null,
  picked: new Set(),
  composer: { open: false },
  shortcutsOpen: false,
  anewAsked: null,
  recentOpen: false,
  examplesOpen: false,
  lessonsOpen: false,
  faultsAsked: null,
  exportOpen: false,
  bookmarksOpen: false,
  checkOpen: false,
  swapOpen: false,
  roomOpen: false,
  askOpen: false,
  sequenceFull: false,
  comparing: false,
  projectorCharts: false,
  othersOpen: false,
  inspectorReturns: false,
  notices: [],
  noticeLog: [],
  noticeLogOpen: false,
  select: (selection) => set({ selection, picked: new Set() }),
  setSpotlight: (spotlight) => set({ spotlight }),
  pick: (picked) => set({ picked }),
  openComposer: (client) => set({ composer: client ? { open: true, client } : { open: true } }),
  closeComposer: () => set({ composer: { open: false } }),
  setShortcutsOpen: (shortcutsOpen) => set({ shortcutsOpen }),
  askAnew: (anewAsked) => set({ anewAsked }),
  setRecentOpen: (recentOpen) => set({ recentOpen }),
  setExamplesOpen: (examplesOpen) => set({ examplesOpen }),
  setLessonsOpen: (lessonsOpen) => set({ lessonsOpen }),
  askFaults: (node) =>
    set({
      selection: { kind: 'node', id: node },
      picked: new Set(),
      faultsAsked: node,
      projector: false,
      stage: false,
      inspectorOpen: true,
    }),
  faultsShown: () => set({ faultsAsked: null }),
  setExportOpen: (exportOpen) => set({ exportOpen }),
  setBookmarksOpen: (bookmarksOpen) => set({ bookmarksOpen }),
  setCheckOpen: (checkOpen) => set({ checkOpen }),
  changeCheckedProgram: (changed) =>
    set(({ checkedProgram }) => ({ checkedProgram: { ...checkedProgram, ...changed } })),
  setSwapOpen: (swapOpen) => set({ swapOpen }),
  setRoomOpen: (roomOpen) => set({ roomOpen }),
  setAskOpen: (askOpen) => set({ askOpen }),
  setTheme: (theme) => set({ theme }),
  setProjector: (projector) => set({ projector, stage: false, projectorCharts: false }),
  setStage: (stage) => set({ projector: stage, stage, projectorCharts: false }),
  setPausesWhileLookingBack: (pausesWhileLookingBack) => set({ pausesWhileLookingBack }),
  showDockTab: (dockTab) =>
    set((ui) => ({
      ...withSequence(ui, false),
      projector: false,
      stage: false,
      dockTab,
      dockOpen: true,
    })),
  setSequenceFull: (full) => set((ui) => ({ ...withSequence(ui, full), dockTab: 'sequence' })),
  setComparing: (comparing) => set({ comparing }),
  setDockOpen: (dockOpen) => set({ dockOpen }),
  setOthersOpen: (othersOpen) => set({ othersOpen }),
  setPacketColumns: (packetColumns) => set({ packetColumns }),
  setCharts: (charts) => set({ charts }),
  setProjectorCharts: (projectorCharts) => set({ projectorCharts }),
  setChartStretch: (chartStretch) => set({ chartStretch }),
  setTrafficView: (trafficView) => set({ trafficView }),
  setInspectorOpen: (inspectorOpen) => set({ inspectorOpen }),
  setLessonWidth: (lessonWidth) => set({ lessonWidth }),
  setCodeLanguage: (codeLanguage) => set({ codeLanguage }),
  rememberLayout: (group, layout) => set({ [group]: layout }),
  notify: (level, text, changed) =>
    set(({ notices, noticeLog }) => {
      const notice: Notice = { id: ++lastNotice, level, text, at: Date.now(), changed }
      const errors = notices.filter((one) => one.level === 'error' && one.text !== text)
      return {
        // A hint takes the place of the hint before it: hints do not pile up.
        notices: [...errors, notice].slice(-MAX_ERRORS),
        noticeLog: [notice, ...noticeLog].slice(0, MAX_LOGGED_NOTICES),
      }
    }),
  dismiss: (id) =>
    set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
  setNoticeLogOpen: (noticeLogOpen) => set({ noticeLogOpen }),
}))

/** Whether the stage view is shown: projector mode, with the receipt beside the graph. */
export function isOnStage({ projector, stage }: Pick<Ui, 'projector' | 'stage'>): boolean {
  return projector && stage
}

type Full = Pick<Ui, 'sequenceFull' | 'inspectorOpen' | 'inspectorReturns'>

/** The full-size sequence diagram has the inspector's place too, unless the inspector is opened beside it. */
function withSequence({ sequenceFull, inspectorOpen, inspectorReturns }: Full, full: boolean) {
  if (full === sequenceFull) return {}
  return full
    ? { sequenceFull: true, inspectorOpen: false, inspectorReturns: inspectorOpen }
    : { sequenceFull: false, inspectorOpen: inspectorOpen || inspectorReturns }
}

useUi.subscribe((ui, before) => {
  if (PREFERENCE_NAMES.some((name) => ui[name] !== before[name])) writePreferences(ui)
})
