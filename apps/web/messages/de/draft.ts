import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const draft: Translation<typeof en.draft> = {
  here: "Entwurf",
  other: "Auch auf einem anderen Gerät geschrieben",
  use: "Übernehmen",
  below: "Darunter setzen",
  discard: "Verwerfen",
  changed: "Diese Nachricht wurde inzwischen geändert. Jetzt steht da",
  gone: "Diese Nachricht wurde inzwischen gelöscht.",
  saveMine: "Meine trotzdem speichern",
  keepTheirs: "So lassen",
}
