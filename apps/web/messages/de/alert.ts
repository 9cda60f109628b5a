import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const alert: Translation<typeof en.alert> = {
  title: "Stichwörter",
  lead: "Eine Nachricht mit einem dieser Wörter zählt als eine für dich, in jedem Server, in dem du bist.",
  word: "Ein Wort, oder ein paar",
  help: "Ganze Wörter, groß oder klein, mit Akzenten oder ohne. Sonst sieht sie niemand.",
  add: "Stichwort hinzufügen",
  added: "Du hörst von „{word}“.",
  yours: "Deine Stichwörter",
  none: "Noch keine. Eigene Nachrichten zählen nie, und nichts, was du nicht lesen darfst.",
  loading: "Deine Stichwörter werden geladen",
  since: "Seit {time}",
  remove: "„{word}“ entfernen",
  removed: "„{word}“ ist entfernt.",
}
