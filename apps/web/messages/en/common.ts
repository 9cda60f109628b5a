export const common = {
  cancel: "Cancel",
  close: "Close",
  notifications: "Notifications",
  keepIt: "Keep it",
  tryAgain: "Try again",
  nothingLost: "Nothing is lost.",
  showMore: "Show more",
  loading: "Loading",
  showPassword: "Show password",
  hidePassword: "Hide password",
  somebody: "Somebody",
  toStart: "Go to the start",
  nowhere: {
    title: "There is nothing here",
    toChannel: "The link may be old, or it leads to a channel that you are not in.",
  },
  /** Of a person, for the ear. */
  presence: {
    online: "here",
    phone: "here, on a phone",
    idle: "idle",
    dnd: "do not disturb",
    offline: "not here",
    unknown: "presence unknown",
    invisible: "invisible",
  },
  when: { soon: "in a minute", justNow: "just now" },
} as const
