const SELECTOR = "[data-composer] textarea"

/** Where one writes. There is one composer on a page, or none. */
export const composerField = (): HTMLTextAreaElement | null => document.querySelector(SELECTOR)
/** Puts the keyboard where one writes. */
export const focusComposer = (): void => composerField()?.focus()
