// What the tidy test lets pass. Every number and list here may only shrink.

/** Files of more than the usual number of lines, and how many they may have. */
export const LONG_FILES = {
  'src/main/engine/links/midpoint.test.ts': 350,
  'src/main/engine/links/packet-stream.test.ts': 450,
  'src/main/engine/net/network.test.ts': 400,
  'src/main/engine/proxy/core.test.ts': 1000,
  'src/main/engine/story/recording/recorder.test.ts': 350,
  'src/main/headless/web-host.test.ts': 550,
  'src/main/headless/web-host.ts': 350,
  'src/renderer/src/canvas/nodes/nodes.css': 350,
  'src/renderer/src/inspector/inspector.css': 500,
  'src/renderer/src/past/past-view.test.ts': 500,
  'src/renderer/src/past/past-view.ts': 450,
  'src/renderer/src/shell/shell.css': 600,
  'src/renderer/src/ui/panels.css': 500,
  'src/shared/capture/pcapng.test.ts': 450,
  'src/shared/capture/pcapng.ts': 350,
  'src/shared/feed/field.ts': 400,
  'src/shared/feed/format-1.ts': 350,
  'src/shared/filter/filter.test.ts': 350,
  'src/shared/filter/keys.ts': 350,
  'src/shared/filter/syntax.ts': 350,
  'src/shared/protocol/scanner.test.ts': 400,
  'src/shared/recording/other-versions.test.ts': 350,
  'src/shared/state/reduce.test.ts': 550,
  'src/shared/state/reduce.ts': 550,
  'tests/e2e/hostile-pages.desktop.e2e.ts': 450,
  'tests/engine/held-packets.test.ts': 550,
  'tests/integration/limits.test.ts': 550,
  'tests/integration/web-host.test.ts': 450,
  'tests/interop/capture.test.ts': 350,
  'tests/property/recording.test.ts': 400,
}

/** Exports that something else than an import uses. */
export const USED_OTHERWISE = {
  'tests/package/packages.ts: default': 'vitest calls it before the tests of packages',
}

/** How many exports that nobody imports there may be. */
export const MOST_UNUSED_EXPORTS = 90

/** Names that modules of several folders export, and why. */
export const ALIKE = {
  Connection: "a socket's connection in the engine, and a connection as the state has it",
  Field: 'the component of a form, and a field of a row in a recording',
  PoolSettings: 'the settings of a pool, and the component that edits them',
  VERSION: "each file format's own version",
}

/** How many other such names there may be. */
export const MOST_NAMES_ALIKE = 8

/** How often comments may still have these phrases. */
export const PHRASES = {
  'ends untold': 10,
  'goes on': 30,
  'is none': 30,
  'is told': 20,
  'are told': 10,
  'that are none': 10,
  'who is there': 10,
}
