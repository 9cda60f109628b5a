export const report = {
  report: "Report",
  reportNamed: "Report {name}",
  title: "Report {name}?",
  lead: "Those who look after this Hearth read it. {name} is not told.",
  text: "What happened?",
  textHelp: "In your own words. You may leave it empty.",
  send: "Send the report",
  sent: "Thank you. Somebody will look at it.",
} as const
