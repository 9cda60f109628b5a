import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const member: Translation<typeof en.member> = {
  title: "Mitglieder",
  lead: "Wer dabei ist und wer sich um den Server kümmert.",
  all: "Alle Mitglieder",
  loading: "Mitglieder werden geladen",
  empty: "Niemand ist hier.",
  joined: "beigetreten {when}",
  owner: "Inhaber:in",
  manage: "{name} verwalten",
  makeAdmin: "Zum Admin machen",
  unmakeAdmin: "Nicht mehr Admin",
  isAdminNow: "{name} ist jetzt Admin",
  isMemberNow: "{name} ist jetzt Mitglied wie die anderen",
  rolesNotChanged: "Die Rollen von {name} wurden nicht geändert. Bitte versuche es noch einmal.",
  remove: "Vom Server entfernen",
  removeTitle: "{name} entfernen?",
  removeLead:
    "{server} ist dann sofort nicht mehr zu sehen. Was geschrieben wurde, bleibt, und eine neue Einladung öffnet die Tür wieder.",
  keep: "Bleiben lassen",
  notLoaded: "Die Mitglieder wurden nicht geladen.",
  notLoadedSafe: "Niemand ist weg: Es war nur die Liste.",
  panel: "Mitglieder",
  closePanel: "Mitglieder schließen",
  about: "etwa {count}",
  find: "Mitglied finden",
  findNothing: "Suche leeren",
  matches: "Gefundene Mitglieder",
  found:
    "{n, plural, =0 {So heißt niemand.} one {# Mitglied gefunden} other {# Mitglieder gefunden}}{more, select, yes {, und weitere} other {}}",
  nobodyFound: "Kein Name beginnt so.",
  byGroup: "Mitglieder nach Gruppen",
  groups: { online: "Da", offline: "Nicht da", members: "Mitglieder" },
}
