/**
 * A poll lies in its log as text: the question, a line for each option that begins with the option's emoji, and a line of terms.
 * In each of these lines stands a character that no person's text may have, so only a gateway can have written it (poll.ts).
 * This much of it is needed wherever a text is shown.
 */
export const POLL_SIGN = "\u001f"
const LINES = new RegExp(`\n\\S+ ${POLL_SIGN}`)

export const isPoll = (content: string): boolean => content.includes(POLL_SIGN)

/** The question, the options, and the terms. */
export const pollParts = (content: string): string[] => content.split(LINES)

/** Whether this emoji is an option's: then a reaction with it is a vote. */
export const isVote = (content: string, emoji: string): boolean => content.includes(`\n${emoji} ${POLL_SIGN}`)

/** The question and the options, as whoever shows plain text writes them. */
export const pollText = (content: string): string =>
  (content.split(`\n– ${POLL_SIGN}`)[0] ?? "").replaceAll(POLL_SIGN, "")
