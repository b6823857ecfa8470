// npm run icons: draws every icon file in resources/icons from the SVGs in resources/. The files are committed: run
// this after a change to a drawing. The same drawing gives the same pixels (scripts/icons/icons.test.mjs).
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { icns, ico } from './icons/containers.mjs'
import { DRAWINGS, ICNS_SIZES, ICO_SIZES, PNG_SIZES, render } from './icons/drawings.mjs'
import { ROOT } from './lib/project.mjs'

const folder = join(ROOT, 'resources/icons')
rmSync(folder, { recursive: true, force: true })

function write(name, data) {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, data)
}

const renderAll = (drawing, sizes) => Promise.all(sizes.map((size) => render(drawing, size)))

for (const [name, { drawing, mac, pngName }] of Object.entries(DRAWINGS)) {
  for (const image of await renderAll(drawing, PNG_SIZES)) {
    write(pngName(image.size), image.png)
  }
  write(`${name}.ico`, ico(await renderAll(drawing, ICO_SIZES)))
  write(`${name}.icns`, icns(await renderAll(mac, ICNS_SIZES)))
}
// The window's icon; the packages use the folder.
writeFileSync(join(ROOT, 'resources/icon.png'), (await render(DRAWINGS.icon.drawing, 512)).png)
console.log(`Icons written to ${folder}`)
