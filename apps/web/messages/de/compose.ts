import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const compose: Translation<typeof en.compose> = {
  people: "Leute, die du erwähnen kannst",
  channels: "Kanäle, auf die du verweisen kannst",
  emoji: "Emoji",
  everyone: "alle, die hier lesen können",
  here: "wer hier lesen kann und gerade da ist",
  role: "Rolle",
  pickEmoji: "Emoji",
  commands: "Befehle",
  slow: "Langsamer Modus: eine Nachricht alle {length}.",
  slowWait: "Die nächste geht in {time} hinaus.",
}
