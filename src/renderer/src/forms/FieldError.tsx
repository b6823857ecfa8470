// What is wrong with a field's value.
export function FieldError({ id, text }: { id?: string; text: string | undefined }) {
  return text === undefined ? null : (
    <p id={id} className="field-error" role="alert">
      {text}
    </p>
  )
}
