const SELECTOR = "[data-composer] textarea"

/** Where one writes: beside what is named, which may be a thread, else in the room. */
export const composerField = (beside?: Element | null): HTMLTextAreaElement | null =>
  (beside?.closest(".thread-pane") ?? document).querySelector(SELECTOR)
/** Puts the keyboard where one writes. */
export const focusComposer = (beside?: Element | null): void => composerField(beside)?.focus()
