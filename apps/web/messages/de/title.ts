import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const title: Translation<typeof en.title> = {
  description: "Ein warmer Ort zum Reden.",
  account: "Konto",
  appearance: "Aussehen",
  channels: "Kanäle",
  invitation: "Einladung",
  invites: "Einladungen",
  keywords: "Stichwörter",
  members: "Mitglieder",
  nowhere: "Nichts unter dieser Adresse",
  overview: "Server-Übersicht",
  privacy: "Privatsphäre",
  register: "Konto anlegen",
  reports: "Meldungen",
  sessions: "Sitzungen",
  setup: "Den Herd anzünden",
  signIn: "Anmelden",
  trace: "Was ist damit geschehen?",
}
