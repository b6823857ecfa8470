// The build of the three parts: main (the desktop app, the headless host, the command line),
// preload, renderer. Bundles everything but Electron and Node, so that out/ runs without
// node_modules.

import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const root = import.meta.dirname

/** Optional native helpers of `ws`, which are never installed here. */
const WS_NATIVE_HELPERS = ['bufferutil', 'utf-8-validate']

/**
 * CommonJS under `.cjs`: package.json makes `.js` a module, which Electron 25 cannot load as its
 * main.
 */
const commonJs = {
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs',
} as const

export default defineConfig({
  main: {
    build: {
      target: 'node18',
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: resolve(root, 'src/main/index.ts'),
          headless: resolve(root, 'src/main/headless/cli.ts'),
          roundabout: resolve(root, 'src/main/cli/index.ts'),
          'packaged-cli': resolve(root, 'src/main/cli/packaged.ts'),
          'compare-lab': resolve(root, 'src/main/compare/lab-worker.ts'),
          'read-lesson': resolve(root, 'src/main/lessons/reading/reading-worker.ts'),
        },
        external: WS_NATIVE_HELPERS,
        output: commonJs,
      },
    },
  },
  preload: {
    build: {
      target: 'node18',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve(root, 'src/preload/index.ts') },
        output: commonJs,
      },
    },
  },
  renderer: {
    root: resolve(root, 'src/renderer'),
    plugins: [react()],
    // The dev server is for this machine only, too.
    server: { host: '127.0.0.1' },
    build: {
      target: 'chrome114',
      minify: true,
      // The content security policy allows neither inline scripts nor fonts and images from
      // elsewhere.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: {
          index: resolve(root, 'src/renderer/index.html'),
          room: resolve(root, 'src/renderer/room.html'),
        },
      },
    },
  },
})
