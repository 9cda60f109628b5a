import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const shell: Translation<typeof en.shell> = {
  toRoom: "Zum Raum",
  servers: "Server",
  start: "Anfang",
  addServer: "Server hinzufügen",
  createServer: "Einen Server anlegen",
  joinByInvite: "Mit einer Einladung beitreten",
  you: "Du: {name}",
  yourSettings: "Deine Einstellungen",
  appearance: "Aussehen",
  signOut: "Abmelden",
  unread: "{server}, ungelesen",
  members: "Mitglieder",
  drawer: "Server und Kanäle",
  closeDrawer: "Server und Kanäle schließen",
  offline: "Keine Verbindung seit {time}. Du kannst weiterschreiben.",
  again: "wieder in {seconds, number} s",
  now: "Jetzt",
  welcome: "Willkommen, {name}",
  welcomeLead:
    "Man trifft sich auf Servern. Leg einen an für die, zu denen du gehörst, oder geh dorthin, wo du eingeladen bist.",
  noChannels: "Noch keine Kanäle",
  createChannel: "Einen Kanal anlegen",
  noChannelsMake: "In einem Kanal schreibt man einander. Einer reicht für den Anfang.",
  noChannelsWait: "Hier steht dir noch nichts offen. Wer sich um den Server kümmert, kann einen Kanal anlegen.",
  nowhere: "Nichts unter dieser Adresse",
  nowhereLead:
    "Vielleicht ist der Link alt, oder er führt in einen Kanal, in dem du nicht bist. Wer sich um den Server kümmert, kann es dir sagen.",
  goTo: "Zu {server}",
  here: {
    count: "{n, number} hier",
    names: "{n, number} hier: {names}",
    you: "du",
    others: "{n, plural, =1 {eine weitere Person} other {# weitere}}",
  },
  jump: {
    title: "Springen zu",
    label: "Kanal oder Server",
    hint: "Springen zu …",
    places: "Orte",
    server: "Server",
    nothing: "So heißt hier nichts.",
    choose: "wählen",
    newTab: "in neuem Tab",
  },
}
