import { createRandom } from '../clock/random'
import { createMemoryNetwork } from './memory-network'
import { describeNetwork } from './network.contract'
import { createNodeNetwork } from './node-network'

describeNetwork('node', createNodeNetwork)

for (const seed of [1, 2, 3, 4, 5]) {
  describeNetwork(`memory (seed ${seed})`, () =>
    createMemoryNetwork({ random: createRandom(seed), schedule: setImmediate }),
  )
}
