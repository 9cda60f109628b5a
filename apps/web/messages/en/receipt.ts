export const receipt = {
  // Beside one's own message: how far it has come.
  sent: "Sent",
  delivered: "Delivered",
  read: "Read",
  readBy: "Read by {n, number} of {of, number}",
  deliveredTo: "Delivered to {n, number} of {of, number}",
  // The dialog with the names, and its lists.
  title: "How far it has come",
  readers: "Read by",
  receivers: "Delivered to",
  waiting: "Sent to",
  // Settings.
  rule: "Read receipts",
  shown: "Show others what I have received and read",
  shownHelp:
    "In direct messages and groups. While this is off nobody sees it of you, and you see it of nobody. While you are invisible nothing is told.",
} as const
