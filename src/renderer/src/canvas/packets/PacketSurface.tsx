// A packet layer's place inside React Flow: in the element that React Flow moves. So packets are never a frame behind
// the nodes, and React renders nothing while packets fly or the view moves.
import { useEffect, useRef } from 'react'
import { useStoreApi, ViewportPortal } from 'reactflow'
import type { PacketLayer } from './layer'
import { liftWhileMoving } from './lifted-view'

/** Above the nodes, and above the selected one, which React Flow raises by 1000. */
const ABOVE_NODES = 2000

interface Props {
  layer: PacketLayer
  /** A benchmark that counts frames passes its own; the layer has a default. */
  startWorker?: () => Worker
}

export function PacketSurface(props: Props) {
  return (
    <ViewportPortal>
      <Host {...props} />
    </ViewportPortal>
  )
}

/** A component, because the portal renders its children only when React Flow has its elements. */
function Host({ layer, startWorker }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const store = useStoreApi()

  useEffect(() => {
    if (host.current === null) return
    const attachment = layer.attach(host.current, startWorker)
    let told = { x: 0, y: 0, zoom: 0, width: 0, height: 0, pixelRatio: 0 }
    const tell = () => {
      const { transform, width, height } = store.getState()
      const [x, y, zoom] = transform
      const pixelRatio = window.devicePixelRatio
      // The store also reports selections, drags and other changes.
      if (
        x === told.x &&
        y === told.y &&
        zoom === told.zoom &&
        width === told.width &&
        height === told.height &&
        pixelRatio === told.pixelRatio
      ) {
        return
      }
      told = { x, y, zoom, width, height, pixelRatio }
      attachment.setView(told)
    }
    tell()
    const stopStore = store.subscribe(tell)
    const view = host.current.closest<HTMLElement>('.react-flow__viewport')
    const stopLifting = view ? liftWhileMoving(store, view) : undefined
    const stopPixelRatio = watchPixelRatio(tell)
    return () => {
      stopStore()
      stopLifting?.()
      stopPixelRatio()
      attachment.detach()
    }
  }, [layer, startWorker, store])

  return (
    <div
      ref={host}
      aria-hidden="true"
      data-testid="packet-layer"
      style={{ position: 'absolute', left: 0, top: 0, zIndex: ABOVE_NODES, pointerEvents: 'none' }}
    />
  )
}

/** Calls when the window moves to a screen of another density, or the page's zoom changes. */
function watchPixelRatio(onChange: () => void): () => void {
  let query: MediaQueryList
  const changed = () => {
    stop()
    watch()
    onChange()
  }
  const stop = () => query.removeEventListener('change', changed)
  const watch = () => {
    query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    query.addEventListener('change', changed)
  }
  watch()
  return () => stop()
}
