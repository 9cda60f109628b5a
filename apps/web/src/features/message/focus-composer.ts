const SELECTOR = "[data-composer] textarea"

/** Puts the keyboard where one writes. There is one composer on a page. */
export const focusComposer = (): void => document.querySelector<HTMLTextAreaElement>(SELECTOR)?.focus()
