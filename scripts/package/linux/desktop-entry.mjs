// The app's integration in Linux desktops: its menu entry and its kinds of files.
import { FILE_TYPES, KEYWORDS, NAME, PRODUCT_NAME, SUMMARY } from '../product.mjs'

/** `%F`: the files, as plain arguments, all to one start of the app. */
const EXEC = `${NAME} %F`

/** The fields for electron-builder's AppImage, whose own Exec it writes. */
export function desktopEntryFields() {
  return {
    Name: PRODUCT_NAME,
    GenericName: 'Reverse proxy lab',
    Comment: SUMMARY,
    Keywords: `${KEYWORDS.join(';')};`,
    Categories: 'Education;ComputerScience;',
    MimeType: `${FILE_TYPES.map(({ mimeType }) => mimeType).join(';')};`,
    StartupNotify: 'true',
    // The class that Electron gives its windows.
    StartupWMClass: PRODUCT_NAME,
  }
}

export function desktopEntry() {
  const fields = { Type: 'Application', ...desktopEntryFields(), Exec: EXEC, Icon: NAME }
  const lines = Object.entries({ ...fields, Terminal: 'false' })
  return `[Desktop Entry]\n${lines.map(([key, value]) => `${key}=${value}`).join('\n')}\n`
}

/** For /usr/share/mime/packages: how files of a kind are named and recognised. */
export function mimePackage() {
  return `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
${FILE_TYPES.map(mimeType).join('\n')}
</mime-info>
`
}

/** The name of a kind of file's icon in themes. */
export const mimeIcon = (type) => type.replace('/', '-')

function mimeType({ extension, mimeType: type, name, beginsWith, subClassOf }) {
  return [
    `  <mime-type type="${type}">`,
    `    <comment>${name}</comment>`,
    `    <icon name="${mimeIcon(type)}"/>`,
    ...(subClassOf ? [`    <sub-class-of type="${subClassOf}"/>`] : []),
    ...(beginsWith
      ? [`    <magic><match type="string" offset="0" value="${beginsWith}"/></magic>`]
      : []),
    `    <glob pattern="*.${extension}"/>`,
    '  </mime-type>',
  ].join('\n')
}
