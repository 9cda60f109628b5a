import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const guild: Translation<typeof en.guild> = {
  create: "Server anlegen",
  createTitle: "Einen Server anlegen",
  createLead: "Ein Ort für Menschen, die zusammengehören. Er beginnt mit einem Kanal.",
  name: "Name des Servers",
  joinTitle: "Einem Server beitreten",
  joinLead: "Füge den Link ein, den du bekommen hast. Du siehst, wohin er führt, bevor du beitrittst.",
  joinLook: "Ansehen",
  this: "diesen Server",
  leaveTitle: "{server} verlassen?",
  leaveLead: "Was du geschrieben hast, bleibt dort. Um zurückzukommen, brauchst du eine Einladung.",
  leave: "Server verlassen",
  stay: "Bleiben",
  notYours: "Das können nur die ändern, die sich um den Server kümmern.",
  nowhere: "Vielleicht ist der Link alt, oder er führt zu einem Server, auf dem du nicht bist.",
  back: "Zurück zu {server}",
  why: {
    title: "Wer was darf",
    owner: "Wem der Server gehört, darf alles und kann als Einzige oder Einziger den Server löschen.",
    admins:
      "Admins kümmern sich um ihn: Sie ändern seinen Namen, seine Kanäle, Einladungen und die Mitglieder unter ihnen.",
    members: "Mitglieder lesen und schreiben, und laden andere ein.",
  },
  overview: "Übersicht",
  channels: "Kanäle",
  invites: "Einladungen",
  members: "Mitglieder",
  overviewLead: "Wie der Server heißt.",
  nameTitle: "Name",
  saveName: "Namen speichern",
  nameSaved: "Name gespeichert",
  deleteSection: "Den Server löschen",
  deleteSectionLead: "Seine Kanäle und alles, was darin geschrieben wurde, verschwinden mit, für alle.",
  deleteAsk: "Server löschen …",
  deleteTitle: "{server} löschen?",
  deleteLead:
    "Seine Kanäle und Nachrichten verschwinden mit, für alle Mitglieder. Das lässt sich nicht rückgängig machen.",
  typeName: "Gib den Namen ein, um fortzufahren",
  delete: "Server löschen",
}
