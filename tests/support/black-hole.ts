// For tests: what theory says of the black hole's example. Four messages come at once, every 300 ms, to three servers that
// get each where the fewest are in flight. Two work 1,500 ms on average, exponentially, and never on more than four; the
// third answers at once, so it is empty again before the next four come.

/** A message's chance to be in flight still at the next arrivals: the links take 200 ms of the first 300 ms. */
const FIRST = Math.exp(-100 / 1500)
/** And again at the arrivals after those: an exponential time forgets how long it has lasted. */
const LATER = Math.exp(-300 / 1500)
const AT_ONCE = 4

/** By what is in flight at each server, as text: its probability. */
type Chances = Map<string, number>

/** The part of all messages that the black hole gets in this many rounds, from an empty lab on. */
export function blackHolesShare(rounds: number): number {
  let before: Chances = new Map([['0,0', 1]])
  let got = 0
  for (let round = 0; round < rounds; round++) {
    const after: Chances = new Map()
    for (const [state, chance] of before) {
      const [one = 0, other = 0] = numbersIn(state)
      for (const [given, part] of dealt(one, other)) {
        const [toOne = 0, toOther = 0, toHole = 0] = numbersIn(given)
        got += chance * part * toHole
        for (const [left, ofOne] of staying(one, toOne)) {
          for (const [right, ofOther] of staying(other, toOther)) {
            add(after, [left, right], chance * part * ofOne * ofOther)
          }
        }
      }
    }
    before = after
  }
  return got / (rounds * AT_ONCE)
}

/** How many of the messages each of the three gets. Servers that carry as much are equally likely. */
function dealt(one: number, other: number): Chances {
  let chances: Chances = new Map([['0,0,0', 1]])
  for (let message = 0; message < AT_ONCE; message++) {
    const next: Chances = new Map()
    for (const [given, chance] of chances) {
      const [toOne = 0, toOther = 0, toHole = 0] = numbersIn(given)
      const loads = [one + toOne, other + toOther, toHole]
      const least = Math.min(...loads)
      const tied = loads.filter((load) => load === least).length
      for (const [index, load] of loads.entries()) {
        if (load !== least) continue
        const gets = [toOne, toOther, toHole].map((count, at) => count + (at === index ? 1 : 0))
        add(next, gets, chance / tied)
      }
    }
    chances = next
  }
  return chances
}

/** How many of a server's old and new messages are in flight still. */
function* staying(old: number, fresh: number): Iterable<[number, number]> {
  for (let left = 0; left <= old; left++) {
    for (let right = 0; right <= fresh; right++) {
      yield [left + right, binomial(old, left, LATER) * binomial(fresh, right, FIRST)]
    }
  }
}

function binomial(of: number, count: number, chance: number): number {
  let ways = 1
  for (let index = 0; index < count; index++) ways = (ways * (of - index)) / (index + 1)
  return ways * chance ** count * (1 - chance) ** (of - count)
}

function add(chances: Chances, state: readonly number[], chance: number): void {
  const key = state.join()
  chances.set(key, (chances.get(key) ?? 0) + chance)
}

function numbersIn(state: string): number[] {
  return state.split(',').map(Number)
}
