// From the lines of a step to the step: its prose, its blocks, and what is wrong with them.
import type * as v from 'valibot'
import { nearest } from '../../../shared/filter/spelling'
import { listed } from '../../../shared/format'
import type { JsonPath } from '../../../shared/json-path'
import {
  askBlock,
  explainBlock,
  type Setup,
  type Step,
  setupBlock,
  taskBlock,
} from '../../../shared/lesson/lesson'
import { MAX_FIELD_LINES, MAX_STEP_LINES } from '../../../shared/lesson/lesson-limits'
import { checkCommands } from './block-commands'
import { checkAskedConditions, checkSetupConditions } from './block-conditions'
import { isCodeLanguage } from './code-language'
import { checkFields } from './fields'
import type { Fenced, StepLines } from './lines'
import type { LessonProblems } from './problems'
import { BLOCKS, type BlockName, checkProse, isBlockName } from './prose'
import { checkRequirements } from './task-requirements'
import { YamlText } from './yaml-text'

/** A block with the lines of its fields. */
export interface ReadBlock {
  readonly line: number
  readonly lineOf: (path: JsonPath) => number
}

export interface ReadStep {
  readonly step: Step
  readonly setup: ReadBlock | undefined
  /** The block that asks. */
  readonly asks: ReadBlock | undefined
  readonly pictures: readonly { readonly name: string; readonly line: number }[]
}

const ASKING = ['ask', 'task', 'explain'] as const
type Asking = (typeof ASKING)[number]

/** Fields in Markdown, of each block that asks. */
const MARKDOWN_FIELDS: Readonly<Record<Asking, readonly (readonly string[])[]>> = {
  ask: [['question'], ['choices', '*', 'because']],
  task: [['task'], ['hints', '*']],
  explain: [['explain'], ['model']],
}

export function readStep(lines: StepLines, problems: LessonProblems): ReadStep {
  return new StepReader(lines, problems).read()
}

class StepReader {
  private readonly pictures: { name: string; line: number }[] = []
  private readonly text: string[] = []
  private readonly afterText: string[] = []
  private readonly notes: string[] = []
  private setup: (ReadBlock & { readonly value: Setup }) | undefined
  private asks: (ReadBlock & { readonly value: Step['asks'] }) | undefined

  constructor(
    private readonly lines: StepLines,
    private readonly problems: LessonProblems,
  ) {}

  read(): ReadStep {
    for (const part of this.partsToRead()) {
      if (part.kind === 'prose') this.prose(part.text, (line) => part.line + line - 1)
      else this.block(part)
    }
    const { title, line } = this.lines
    const step: Step = {
      title,
      text: joined(this.text),
      setup: this.setup?.value ?? {},
      asks: this.asks?.value ?? { kind: 'nothing' },
      afterText: joined(this.afterText),
      notes: this.notes.map((text) => text.trim()).join('\n\n'),
      line,
    }
    return { step, setup: this.setup, asks: this.asks, pictures: this.pictures }
  }

  /** None if reading them would take long. */
  private partsToRead(): StepLines['parts'] {
    const { parts, line } = this.lines
    const lines = parts.reduce((sum, part) => sum + part.text.split('\n').length, 0)
    if (lines <= MAX_STEP_LINES) return parts
    this.problems.add(line, `A step has at most ${MAX_STEP_LINES} lines: make two steps of it.`)
    return []
  }

  private prose(text: string, lineOf: (line: number) => number): void {
    this.shown(text)
    this.markdown(text, lineOf)
  }

  private shown(text: string): void {
    const where = this.asks === undefined ? this.text : this.afterText
    where.push(text)
  }

  private markdown(text: string, lineOf: (line: number) => number, mostLines?: number): void {
    const { mistakes, pictures } = checkProse(text, mostLines)
    for (const { line, problem, isWarning } of mistakes) {
      if (isWarning) this.problems.warn(lineOf(line), problem)
      else this.problems.add(lineOf(line), problem)
    }
    for (const { name, line } of pictures) this.pictures.push({ name, line: lineOf(line) })
  }

  private block(fenced: Fenced): void {
    const [name = '', ...rest] = fenced.info.split(/\s+/)
    if (!isBlockName(name)) {
      this.code(fenced, name)
      return
    }
    if (rest.length > 0) {
      this.problems.add(
        fenced.line,
        `Nothing follows “${name}” in its line: write the fields below it.`,
      )
    }
    if (name === 'notes') {
      this.notes.push(fenced.text)
      this.markdown(fenced.text, (line) => fenced.line + line)
      return
    }
    const yaml = new YamlText(fenced.text, fenced.line + 1)
    for (const { line, problem } of yaml.mistakes) this.problems.add(line, problem)
    if (name === 'setup') this.readSetup(fenced, yaml)
    else this.readAsking(fenced, name, yaml)
  }

  private code({ whole, line }: Fenced, language: string): void {
    if (language !== '' && !isCodeLanguage(language)) {
      const near = nearest(language, BLOCKS)
      const meant = near === undefined ? '' : `Is “${near}” meant? `
      this.problems.add(
        line,
        `There is no block “${language.slice(0, 40)}”. ${meant}Blocks are ${listed(BLOCKS)}; other text stands in “text”, code in the name of its language.`,
      )
    }
    this.shown(whole)
  }

  private readSetup(fenced: Fenced, yaml: YamlText): void {
    if (this.setup !== undefined) {
      this.problems.add(fenced.line, 'A step has one “setup”: write its fields into the first one.')
    }
    if (this.asks !== undefined) {
      this.problems.add(fenced.line, 'The “setup” of a step comes before its question.')
    }
    const value = this.fields('setup', setupBlock, fenced, yaml)
    checkCommands(yaml, this.problems)
    if (value !== undefined) checkSetupConditions(value, yaml, this.problems)
    this.setup = { line: fenced.line, lineOf: (path) => yaml.lineOf(path), value: value ?? {} }
  }

  private readAsking(fenced: Fenced, name: Asking, yaml: YamlText): void {
    if (this.asks !== undefined) {
      this.problems.add(
        fenced.line,
        'A step asks one thing: begin another step by “## Title” for this question.',
      )
    }
    const value = this.asked(name, fenced, yaml)
    if (name === 'ask') checkCommands(yaml, this.problems)
    if (value !== undefined) checkAskedConditions(value, yaml, this.problems)
    for (const path of MARKDOWN_FIELDS[name]) this.markdownFields(yaml, yaml.value, path, [])
    const block = { line: fenced.line, lineOf: (path: JsonPath) => yaml.lineOf(path) }
    this.asks ??= { ...block, value: value ?? { kind: 'nothing' } }
  }

  private asked(name: Asking, fenced: Fenced, yaml: YamlText): Step['asks'] | undefined {
    switch (name) {
      case 'ask': {
        const ask = this.fields(name, askBlock, fenced, yaml)
        return ask && { kind: 'ask', ...ask }
      }
      case 'task': {
        const task = this.fields(name, taskBlock, fenced, yaml)
        checkRequirements(task?.check, yaml, this.problems)
        return task && { kind: 'task', ...task }
      }
      case 'explain': {
        const explain = this.fields(name, explainBlock, fenced, yaml)
        return explain && { kind: 'explain', ...explain }
      }
    }
  }

  private fields<T>(
    name: BlockName,
    schema: v.GenericSchema<unknown, T>,
    fenced: Fenced,
    yaml: YamlText,
  ): T | undefined {
    if (yaml.mistakes.length > 0) return undefined
    if (typeof yaml.value !== 'object' || yaml.value === null || Array.isArray(yaml.value)) {
      this.problems.add(
        fenced.line,
        `The block “${name}” has fields: “name: value”, each in a line.`,
      )
      return undefined
    }
    const { output, mistakes } = checkFields(schema, yaml.value)
    for (const { path, problem } of mistakes) {
      this.problems.add(path.length === 0 ? fenced.line : yaml.lineOf(path), problem)
    }
    return output
  }

  /** Checks the Markdown at this path; `*` stands for each item of a list. */
  private markdownFields(
    yaml: YamlText,
    value: unknown,
    [first, ...rest]: readonly string[],
    path: JsonPath,
  ): void {
    if (first === undefined) {
      if (typeof value !== 'string') return
      this.markdown(value, (line) => yaml.lineInText(path, line), MAX_FIELD_LINES)
    } else if (first === '*') {
      if (!Array.isArray(value)) return
      for (const [index, item] of value.entries()) {
        this.markdownFields(yaml, item, rest, [...path, index])
      }
    } else if (typeof value === 'object' && value !== null && Object.hasOwn(value, first)) {
      this.markdownFields(yaml, Reflect.get(value, first), rest, [...path, first])
    }
  }
}

function joined(parts: readonly string[]): string {
  return parts
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
}
