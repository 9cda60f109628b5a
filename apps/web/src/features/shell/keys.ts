/** All keys, in the order of the sheet. Names of groups and of what they do are in `shell.keys`. */
export const sheet = [
  {
    group: "anywhere",
    keys: [
      { does: "jump", press: ["mod", "K"] },
      { does: "sheet", press: ["?"] },
      { does: "channel", press: ["Alt", "↑", "↓"] },
      { does: "unread", press: ["Alt", "Shift", "↑", "↓"] },
      { does: "allRead", press: ["Shift", "Esc"] },
      { does: "pane", press: ["F6"] },
      { does: "up", press: ["Esc"] },
    ],
  },
  {
    group: "messages",
    keys: [
      { does: "walk", press: ["↑", "↓"] },
      { does: "screen", press: ["PgUp", "PgDn"] },
      { does: "ends", press: ["Home", "End"] },
      { does: "react", press: ["+"] },
      { does: "reply", press: ["R"] },
      { does: "thread", press: ["T"] },
      { does: "edit", press: ["E"] },
      { does: "copy", press: ["C"] },
      { does: "forward", press: ["F"] },
      { does: "later", press: ["S"] },
      { does: "unreadFrom", press: ["U"] },
      { does: "reactors", press: ["W"] },
      { does: "pin", press: ["P"] },
      { does: "history", press: ["H"] },
      { does: "delete", press: ["Del"] },
      { does: "write", press: ["Enter"] },
    ],
  },
  {
    group: "writing",
    keys: [
      { does: "send", press: ["Enter"] },
      { does: "sendLater", press: ["mod", "Shift", "Enter"] },
      { does: "line", press: ["Shift", "Enter"] },
      { does: "last", press: ["↑"] },
    ],
  },
  {
    group: "catchUp",
    keys: [
      { does: "next", press: ["J"] },
      { does: "back", press: ["K"] },
      { does: "reply", press: ["R"] },
      { does: "done", press: ["E"] },
      { does: "later", press: ["S"] },
      { does: "open", press: ["Enter"] },
    ],
  },
  {
    group: "lists",
    keys: [
      { does: "walk", press: ["↑", "↓"] },
      { does: "ends", press: ["Home", "End"] },
    ],
  },
] as const
