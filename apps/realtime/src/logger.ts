import { type Logger, pino } from "pino"

export type { Logger }

/** What people wrote, their names and addresses are never logged; ids are fields. */
export const createLogger = (level: string): Logger =>
  pino({ name: "realtime", level, redact: ["content", "*.content", "ticket", "*.ticket"] })

export const silentLogger = (): Logger => pino({ enabled: false })
