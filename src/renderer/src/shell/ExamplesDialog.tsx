// The list of examples: each opens as a scenario.
import { type Example, examples } from '../actions/examples'
import { offerScenario } from '../actions/scenario'
import { useUi } from '../choices/ui'
import { Modal } from '../ui/Modal'
import './examples.css'

export function ExamplesDialog() {
  const { setExamplesOpen } = useUi.getState()
  const close = () => setExamplesOpen(false)
  return (
    <Modal title="Open an example" onClose={close}>
      <div className="examples">
        {examples().map(([group, list]) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <ul>
              {list.map((example) => (
                <li key={example.hint}>
                  <ExampleButton example={example} onOpen={close} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Modal>
  )
}

function ExampleButton({ example, onOpen }: { example: Example; onOpen(): void }) {
  const { scenario, hint } = example
  function open() {
    onOpen()
    void offerScenario(scenario, `${hint}.`)
  }
  return (
    <button type="button" className="example" data-first-focus onClick={open}>
      <strong>{scenario.name}</strong>
      <span>{hint}</span>
    </button>
  )
}
