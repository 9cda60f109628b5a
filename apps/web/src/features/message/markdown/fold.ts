// Folded it shows twelve lines: for fewer than four more nobody wants to press anything.
const FOLD_CHARACTERS = 1200
const FOLD_LINES = 16

/** Whether a message is folded until somebody asks for all of it. */
export const isLong = (content: string): boolean =>
  content.length > FOLD_CHARACTERS || content.split("\n", FOLD_LINES + 1).length > FOLD_LINES
