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
    lead: "Sag hallo oder sieh dich einfach um.",
    hello: "Hallo sagen",
  },
}
