// Saves the charts: as a picture on a light background, with titles and axes, or as numbers.
import { errorText } from '../../../shared/error-text'
import type { ChartName } from '../choices/preferences'
import { useUi } from '../choices/ui'
import { pictureOf, toPng } from '../ui/picture'
import { fileName, saveFile } from '../ui/save-file'
import { LINE_CHARTS } from './chart-lines'
import { asCsv } from './csv'
import { ChartsPicture, chartsPictureSize } from './drawing/ChartsPicture'
import { lineChart } from './line-charts'
import { keptSpan } from './seconds'
import type { Subject } from './subject'

/** All seconds that are kept, not only those on the screen. */
export function saveCsv(subject: Subject): void {
  const all: Subject = {
    ...subject,
    servers: 'all',
    reasons: 'all',
    span: keptSpan(subject.metrics) ?? subject.span,
  }
  const text = asCsv(LINE_CHARTS.map((name) => lineChart(name, all)))
  saveFile(fileName('csv'), new Blob([text], { type: 'text/csv;charset=utf-8' }))
}

export async function savePicture(
  form: 'png' | 'svg',
  subject: Subject,
  charts: readonly ChartName[],
): Promise<void> {
  const drawing = <ChartsPicture subject={subject} charts={charts} />
  try {
    const picture = pictureOf(drawing, chartsPictureSize(charts.length))
    const content =
      form === 'png' ? await toPng(picture) : new Blob([picture.svg], { type: 'image/svg+xml' })
    saveFile(fileName(form), content)
  } catch (error) {
    useUi.getState().notify('error', `The charts were not saved. ${errorText(error)}`)
  }
}
