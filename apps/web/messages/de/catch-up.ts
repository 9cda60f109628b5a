import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const catchUp: Translation<typeof en.catchUp> = {
  title: "Aufholen",
  link: "{n, plural, =0 {Aufholen} =1 {Aufholen, 1 Nachricht für dich} other {Aufholen, # Nachrichten für dich}}",
  lead: "{n, plural, =1 {In einem Kanal} other {In # Kanälen}} ging es weiter, während du weg warst.",
  progress: "{done, number} erledigt, {left, number} übrig",
  asks: "Fragt nach dir",
  moved: "Ging weiter, während du weg warst",
  done: "Erledigt {n, number}",
  row: "{channel} in {server}",
  nothingLeft: "Was zuletzt gesagt wurde, ist gelöscht.",
  more: "Mehr",
  loading: "Neues wird geladen",
  empty: "Du hast alles aufgeholt",
  emptyLead: "Nichts wartet auf dich. Neue Nachrichten stehen hier, aus allen deinen Servern.",
  since: "{server} · {n, plural, =1 {1 Nachricht} other {# Nachrichten}}, seit du weg warst",
  open: "Kanal öffnen",
  openThread: "Thread öffnen",
  back: "Zurück zum Aufholen",
  doneNext: "Erledigt, weiter",
  doneLast: "Erledigt",
  notLoaded: "Neues ließ sich nicht laden.",
  safe: "Es ist sicher.",
  keys: {
    next: "weiter",
    back: "zurück",
    answer: "antworten",
    done: "erledigt",
    later: "später",
    open: "öffnen",
  },
}
