import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const profile: Translation<typeof en.profile> = {
  label: "Über {name}",
  show: "Profil anzeigen",
  loading: "Wird geladen",
  notHere: "Diese Person ist nicht mehr hier.",
  notLoaded: "Das Profil konnte nicht geladen werden.",
  roles: "Rollen",
  mutual: "{n, plural, one {Mit dir in einem Server} other {Mit dir in # Servern}}",
  note: "Eine Notiz für dich",
  noteHelp: "Niemand sonst sieht sie.",
  message: "Nachricht",
}
