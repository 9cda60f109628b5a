export const POLL_COMMAND = "/poll"
const COMMAND = /^\/poll(?=\s|$)/

/** Whether what was written asks for a poll: `/poll`, and perhaps its question. */
export const isPollCommand = (text: string): boolean => COMMAND.test(text)

/** What stands behind it. */
export const questionOf = (text: string): string => text.replace(COMMAND, "").trim()
