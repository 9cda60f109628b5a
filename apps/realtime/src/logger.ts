import { destination, type Logger, pino } from "pino"

export type { Logger }

/**
 * What people wrote, their names and addresses are never logged; ids are fields.
 *
 * Written at once, so that nothing is left for the end: what sonic-boom (4.2) still has to write when a process
 * exits, it tries for ever if nobody reads any more, and a gateway whose supervisor was killed would never end.
 */
export const createLogger = (level: string): Logger =>
  pino({ name: "realtime", level, redact: ["content", "*.content", "ticket", "*.ticket"] }, destination({ sync: true }))

export const silentLogger = (): Logger => pino({ enabled: false })
