import { destination, type Logger, pino } from "pino"
import { env } from "./env.ts"
import { once } from "./once.ts"

/**
 * Ids are fields; what people wrote, their addresses and their passwords are never logged.
 * Written at once, as the gateway's are: what is left for a process's end may keep it from ending.
 */
const root = once(
  "logger",
  (): Logger =>
    pino(
      {
        name: "web",
        level: env().LOG_LEVEL,
        redact: [
          "email",
          "*.email",
          "password",
          "*.password",
          "input",
          "*.input",
          "cookie",
          "*.cookie",
          "token",
          "*.token",
        ],
      },
      destination({ sync: true }),
    ),
)

export const httpLog = once("logger:http", () => root().child({ subsystem: "http" }))
export const authLog = once("logger:auth", () => root().child({ subsystem: "auth" }))
export const dbLog = once("logger:db", () => root().child({ subsystem: "db" }))
