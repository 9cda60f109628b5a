import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const complete: Translation<typeof en.complete> = {
  upTo: "{n, plural, =0 {Hier wurde noch nichts gesagt} other {Vollständig bis #}}",
  notYet: "Noch nicht vollständig",
  verify: "Prüfen",
  everything: "Alles ist hier.",
  mended:
    "{n, plural, =1 {1 Nachricht fehlte hier oder war alt} other {# Nachrichten fehlten hier oder waren alt}}. Jetzt ist alles hier.",
}
