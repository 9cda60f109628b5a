export const profile = {
  label: "About {name}",
  show: "Show profile",
  loading: "Loading",
  notHere: "This person is not here any more.",
  notLoaded: "The profile did not load.",
  roles: "Roles",
  mutual: "{n, plural, one {In one server with you} other {In # servers with you}}",
  note: "A note for yourself",
  noteHelp: "Nobody else sees it.",
  message: "Message",
} as const
