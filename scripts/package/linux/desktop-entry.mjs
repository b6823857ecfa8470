// How Linux desktops know the app: its entry in menus and its kinds of files.
import { FILE_TYPES, KEYWORDS, NAME, PRODUCT_NAME, SUMMARY } from '../product.mjs'

/** `%F`: the files, as plain arguments, all to one start of the app. */
const EXEC = `${NAME} %F`

/** As electron-builder takes them for the AppImage, whose own Exec it writes. */
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

/** For /usr/share/mime/packages: what the files are called, and how they are recognised. */
export function mimePackage() {
  return `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
${FILE_TYPES.map(mimeType).join('\n')}
</mime-info>
`
}

/** What themes call the icon of a kind of file. */
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
