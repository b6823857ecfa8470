// Saves what came of a check, in the formats of the command line.
import { Download } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { REPORT_FORMATS, type ReportFormat, reportOf } from '../../../shared/check/report'
import type { HomeworkResult } from '../../../shared/check/result'
import { ButtonMenu } from '../ui/ButtonMenu'
import { saveFile } from '../ui/save-file'

const FILES: Readonly<Record<ReportFormat, { words: string; name: string }>> = {
  text: { words: 'Text', name: 'homework-check.txt' },
  json: { words: 'JSON, with every byte', name: 'homework-check.json' },
  junit: { words: 'JUnit', name: 'homework-check.xml' },
  html: { words: 'Page (HTML)', name: 'homework-check.html' },
  markdown: { words: 'Markdown', name: 'homework-check.md' },
  gradescope: { words: 'Gradescope', name: 'results.json' },
  csv: { words: 'Spreadsheet (CSV)', name: 'homework-check.csv' },
}

export function SaveMenu({ result }: { result: HomeworkResult }) {
  return (
    <ButtonMenu
      name="Save the results"
      icon={<Download size={17} aria-hidden="true" />}
      heading="Save the results as"
    >
      {REPORT_FORMATS.map((format) => (
        <DropdownMenu.Item
          key={format}
          className="menu-item"
          onSelect={() => saveFile(FILES[format].name, new Blob([reportOf(result, format)]))}
        >
          {FILES[format].words}
        </DropdownMenu.Item>
      ))}
    </ButtonMenu>
  )
}
