/** What a message begins with that asks for a poll; behind it may stand the question. */
export const POLL_COMMAND = /^\/poll(?!\S)/
