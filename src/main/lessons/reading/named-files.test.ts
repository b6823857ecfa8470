import { describe, expect, it } from 'vitest'
import { asking, problemsOf, START } from './testing'

describe('files', () => {
  it('are there, and what their names say', () => {
    const steps = `## Step
\`\`\`setup
scenario: scenarios/stat.roundabout-scenario
proxy: programs/idle.rb
\`\`\`
![](pictures/a.png) ![b](https://example.org/b.png) ![c](c.png) ![d](pictures/d.png)
`
    const files = {
      'pictures/a.png': 'no picture',
      'programs/idle.rb': 'puts 1',
      'scenarios/broken.roundabout-scenario': '{\n  "format": }',
    }
    expect(problemsOf(steps, files)).toMatchInlineSnapshot(`
      [
        "12 There is no file “scenarios/stat.roundabout-scenario”: is “scenarios/start.roundabout-scenario” meant?",
        "15? The picture has no words for those who cannot see it: ![what it shows](…).",
        "15 There is no file “pictures/d.png”: is “pictures/a.png” meant?",
        "15 “c.png” is not in the lesson: its files are in scenarios/, pictures/, programs/.",
        "15 A picture lies in the lesson’s folder: ![what it shows](pictures/name.png).",
        "pictures/a.png:0 Its bytes are not those of a .png file.",
        "programs/idle.rb:0 A lesson’s program is a .py, .mjs, .cjs or .js file.",
      ]
    `)
  })

  it('of scenarios are checked, too', () => {
    const broken = '{\n  "format": "roundabout-scenario",\n  "version": 1,\n  "servers": 3\n}'
    expect(problemsOf(asking('explain\nexplain: Why?\nmodel: So.'), { [START]: broken })).toEqual([
      `${START}:4 servers: It must be a list in square brackets; here it is a number.`,
    ])
    expect(
      problemsOf(asking('explain\nexplain: Why?\nmodel: So.'), { [START]: '{\n"a" 1}' }),
    ).toEqual([`${START}:2 Column 5: a colon is missing.`])
  })

  it('are suggested for 20 names only: comparing takes time for each', () => {
    const pictures = Array.from({ length: 25 }, (_, at) => `![a](pictures/c${10 + at}.png)\n\n`)
    const told = problemsOf(`## Step\n\n${pictures.join('')}`, { 'pictures/c.png': '' })
    const missing = told.filter((problem) => problem.includes('There is no file'))
    expect(missing).toHaveLength(25)
    const suggested = missing.filter((problem) => problem.includes('is “pictures/c.png” meant'))
    expect(suggested).toHaveLength(20)
  })
})
