/** Names of pages, as tabs show them. */
export const title = {
  description: "A warm place to talk.",
  account: "Account",
  appearance: "Appearance",
  channels: "Channels",
  invitation: "Invitation",
  invites: "Invites",
  keywords: "Keywords",
  members: "Members",
  nowhere: "Nothing at this address",
  overview: "Server overview",
  privacy: "Privacy",
  register: "Make an account",
  sessions: "Sessions",
  setup: "Light the hearth",
  signIn: "Sign in",
  trace: "What happened to it?",
} as const
