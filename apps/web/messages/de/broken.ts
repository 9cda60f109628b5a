import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const broken: Translation<typeof en.broken> = {
  page: "Diese Seite ist kaputt",
  pageLead:
    "Beim Aufbau ist etwas schiefgegangen. Was du geschrieben und gesendet hast, ist sicher. Versuche es gleich noch einmal.",
  all: "Hearth ist kaputt",
  allLead:
    "Bei uns ist etwas schiefgegangen. Was du geschrieben und gesendet hast, ist sicher. Versuche es gleich noch einmal.",
  tryAgain: "Noch einmal versuchen",
  toStart: "Zum Anfang",
}
