import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const common: Translation<typeof en.common> = {
  cancel: "Abbrechen",
  close: "Schließen",
  notifications: "Hinweise",
  keepIt: "Behalten",
  tryAgain: "Noch einmal versuchen",
  nothingLost: "Nichts geht verloren.",
  showMore: "Mehr anzeigen",
  loading: "Wird geladen",
  showPassword: "Passwort anzeigen",
  hidePassword: "Passwort verbergen",
  somebody: "Jemand",
  toStart: "Zum Anfang",
  nowhere: {
    title: "Hier ist nichts",
    toChannel: "Vielleicht ist der Link alt, oder er führt in einen Kanal, in dem du nicht bist.",
  },
  presence: {
    online: "da",
    phone: "da, am Handy",
    idle: "untätig",
    dnd: "bitte nicht stören",
    offline: "nicht da",
    unknown: "Anwesenheit unbekannt",
    invisible: "unsichtbar",
  },
  when: { soon: "in einer Minute", justNow: "gerade eben" },
}
