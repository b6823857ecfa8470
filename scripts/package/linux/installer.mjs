// The common part of the deb and the rpm: where everything lies in the system, for the makers of
// both.
import { readdirSync, writeFileSync } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../../lib/project.mjs'
import { FILE_TYPES, LONG_DESCRIPTION, NAME, PRODUCT_NAME, SUMMARY, VERSION } from '../product.mjs'
import { desktopEntry, mimeIcon, mimePackage } from './desktop-entry.mjs'

const ICONS = join(ROOT, 'resources/icons')
/** Ends the processes that run from the app's folder before it is removed. */
export const END_APP = join(import.meta.dirname, 'end-app.sh')

/** The options of both makers. `folder` is the app's. */
export function commonOptions({ folder, output }) {
  return {
    src: folder,
    dest: output,
    name: NAME,
    bin: NAME,
    productName: PRODUCT_NAME,
    description: SUMMARY,
    productDescription: LONG_DESCRIPTION,
    version: VERSION,
    icon: icons(),
    logger: () => {},
  }
}

/**
 * Replaces the makers' templates by our own entry, kinds of files and licence. The makers read
 * their defaults from a file that the folder lacks, and would add dependencies that the app does
 * not use.
 */
export const withOurFiles = (Installer) =>
  class extends Installer {
    async generateDefaults() {
      this.defaults = {}
      return this.defaults
    }

    async createDesktopFile() {
      await this.write(`share/applications/${NAME}.desktop`, desktopEntry())
      await this.write(`share/mime/packages/${NAME}.xml`, mimePackage())
    }

    async copyLinuxIcons() {
      await super.copyLinuxIcons()
      for (const { icon, mimeType } of FILE_TYPES) {
        for (const size of drawnSizes(join(ICONS, icon))) {
          const folder = await this.folder(`share/icons/hicolor/${size}/mimetypes`)
          const drawing = join(ICONS, icon, `${size}.png`)
          await copyFile(drawing, join(folder, `${mimeIcon(mimeType)}.png`))
        }
      }
    }

    async createCopyright() {
      const folder = await this.folder(`share/doc/${NAME}`)
      await copyFile(join(ROOT, 'LICENSE'), join(folder, 'copyright'))
    }

    async write(path, text) {
      await this.folder(join(path, '..'))
      writeFileSync(join(this.stagingDir, this.baseAppDir, path), text, { mode: 0o644 })
    }

    async folder(path) {
      const folder = join(this.stagingDir, this.baseAppDir, path)
      await mkdir(folder, { recursive: true, mode: 0o755 })
      return folder
    }
  }

/** Runs all steps of a maker, in its own order; returns the package's path. */
export async function make(installer) {
  await installer.generateDefaults()
  await installer.generateOptions()
  await installer.createStagingDir()
  await installer.createContents()
  await installer.createPackage()
  await installer.movePackage()
  return installer.options.packagePaths
}

/** The largest size in the hicolor theme. */
const LARGEST_ICON = 512

/** All sizes that were drawn, and the drawing itself. */
function icons() {
  const scalable = { scalable: join(ROOT, 'resources/icon.svg') }
  const sizes = drawnSizes(ICONS)
  const drawn = Object.fromEntries(sizes.map((size) => [size, join(ICONS, `${size}.png`)]))
  return sizes.length > 0 ? { ...drawn, ...scalable } : scalable
}

function drawnSizes(folder) {
  try {
    return readdirSync(folder)
      .flatMap((name) => name.match(/^(\d+x\d+)[.]png$/)?.[1] ?? [])
      .filter((size) => Number.parseInt(size, 10) <= LARGEST_ICON)
  } catch {
    return []
  }
}
