// The balancing strategies there are, by name.
import { roundRobin } from './round-robin'

export const BALANCERS = { 'round-robin': roundRobin } as const
