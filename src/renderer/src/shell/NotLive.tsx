// The band of a screen that is not live: of the past, a recording, or an exchange of a check.
import { ExchangeBand, useShownRequirement } from '../checking'
import { PastBand } from '../timeline'

export function NotLive() {
  const requirement = useShownRequirement()
  return requirement === undefined ? <PastBand /> : <ExchangeBand requirement={requirement} />
}
