/** Puts text in place of what stands there, as if it was typed: the browser can take it back, and React hears of it. */
export const insertText = (field: HTMLTextAreaElement, text: string, from?: number, to?: number): void => {
  field.focus()
  if (from !== undefined) field.setSelectionRange(from, to ?? from)
  // Old, and the only way that keeps the field's own history.
  if (document.execCommand?.("insertText", false, text)) return
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end")
  field.dispatchEvent(new Event("input", { bubbles: true }))
}
