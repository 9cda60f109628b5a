export const draft = {
  here: "draft",
  // The draft that another device wrote while this one was typed into.
  other: "Also written on another device",
  use: "Use it",
  below: "Put it below",
  discard: "Discard",
  // An edit that came too late.
  changed: "This message was changed meanwhile. Now it says",
  gone: "This message was deleted meanwhile.",
  saveMine: "Save mine all the same",
  keepTheirs: "Keep theirs",
} as const
