import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const first: Translation<typeof en.first> = {
  steps: {
    title: "Erste Schritte",
    putAway: "Diese Liste weglegen",
    done: "erledigt",
    name: "Ihm einen Namen geben",
    channel: "Einen zweiten Kanal anlegen",
    invite: "Jemanden einladen",
    write: "Die erste Nachricht schreiben",
  },
  greeting: {
    title: "Du bist jetzt auf {server}.",
    lead: "Sieh dich erst um oder red gleich mit.",
    hello: "Hallo sagen",
  },
  tour: {
    title: "Ein kurzer Rundgang",
    place: "{n} von {all}",
    next: "Weiter",
    skip: "Überspringen",
    done: "Fertig",
    jump: {
      title: "Überallhin",
      lead: "„Springen zu …“ findet jeden Kanal und Server an ein paar Buchstaben. Auf Tasten: ⌘K oder Strg K.",
      touch: "„Springen zu …“ über den Kanälen findet jeden Kanal und Server an ein paar Buchstaben.",
    },
    glow: { title: "Dem Licht nach", lead: "Wo Namen warm sind, redet man gerade. Je wärmer, desto lebhafter." },
    queue: {
      title: "Weiterschreiben ohne Verbindung",
      lead: "Was du sendest, wartet in deinem Browser und geht von selbst hinaus.",
    },
    keys: {
      title: "Hände an den Tasten",
      lead: "↑ ändert deine letzte Nachricht, Esc geht zurück, ? zeigt sie alle.",
    },
  },
}
